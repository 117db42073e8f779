import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { beginAtProvider, signIn } from '../api/account.ts'
import { get, Problem } from '../api/client.ts'
import { useSay } from '../words/words.ts'
import { Dialog } from './dialogs.tsx'
import { LanguageSwitch } from './header.tsx'
import classes from './sign-in.module.css'
import { refusalWords, roleWords, words } from './words.ts'

interface Done {
  readonly onDone: () => void
}

/** Login and password, then the code of a second factor where there is one, and why they were refused. */
const SignInForm = ({ login: given, onDone }: Done & { readonly login?: string | undefined }) => {
  const say = useSay()
  const [login, setLogin] = useState(given ?? '')
  const [password, setPassword] = useState('')
  /** Undefined until it is asked for. */
  const [code, setCode] = useState<string>()
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    try {
      await signIn(login, password, code)
      onDone()
    } catch (error) {
      const asked = error instanceof Problem && error.code === 'SECOND_FACTOR_NEEDED'
      setFailure(asked ? undefined : (error as Error).message)
      if (asked) setCode('')
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className={classes['form']} onSubmit={event => void submit(event)}>
      <TextInput
        size="sm"
        label={say(words.login)}
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus={given === undefined}
        value={login}
        onChange={event => setLogin(event.currentTarget.value)}
      />
      <PasswordInput
        size="sm"
        label={say(words.password)}
        autoComplete="current-password"
        required
        withAsterisk={false}
        autoFocus={given !== undefined}
        data-autofocus={given !== undefined || undefined}
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
        error={code === undefined && failure}
      />
      {code !== undefined && (
        <TextInput
          size="sm"
          label={say(words.code)}
          description={say(words.codeHint)}
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          autoFocus
          value={code}
          onChange={event => setCode(event.currentTarget.value)}
          error={failure}
        />
      )}
      <Button type="submit" size="sm" loading={busy} fullWidth>
        {say(words.signIn)}
      </Button>
    </form>
  )
}

export const SignInPage = ({ onDone }: Done) => {
  const say = useSay()
  const { data: welcome } = useQuery({
    queryKey: ['welcome'],
    queryFn: ({ signal }) => get('/api/welcome', { signal }),
  })
  return (
    <main className={classes['page']}>
      <div className={classes['corner']}>
        <LanguageSwitch />
      </div>
      <section className={classes['box']}>
        <h1>Grandlivre</h1>
        <p className={classes['tagline']}>{say(words.tagline)}</p>
        <SignInForm onDone={onDone} />
        {welcome?.provider !== undefined && <ThroughProvider provider={welcome.provider} />}
        {welcome?.log.kind === 'sandbox' && (
          <p className={classes['sandbox']}>{say(words.sandbox, { name: welcome.log.name })}</p>
        )}
      </section>
      {welcome?.demonstration && <DemonstrationUsers users={welcome.demonstration} onDone={onDone} />}
    </main>
  )
}

/** Sign-in through the identity provider, and why it was refused when the browser came back. */
const ThroughProvider = ({ provider }: { readonly provider: string }) => {
  const say = useSay()
  const refused = new URLSearchParams(window.location.search).get('refused')
  const [problem, setProblem] = useState<string>()
  const begin = async (): Promise<void> => {
    try {
      window.location.assign(await beginAtProvider())
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  const known = refused !== null && Object.hasOwn(refusalWords, refused)
  const told = problem ?? (known ? say(refusalWords[refused as keyof typeof refusalWords]) : undefined)
  return (
    <div className={classes['provider']}>
      {told !== undefined && <p role="alert">{told}</p>}
      <Button variant="default" fullWidth onClick={() => void begin()}>
        {say(words.throughProvider, { provider })}
      </Button>
    </div>
  )
}

interface DemonstrationUser {
  readonly login: string
  readonly name: string
  readonly role: string
  readonly password: string
}

const DemonstrationUsers = ({ users, onDone }: Done & { readonly users: readonly DemonstrationUser[] }) => {
  const say = useSay()
  const enter = async ({ login, password }: DemonstrationUser): Promise<void> => {
    await signIn(login, password)
    onDone()
  }
  return (
    <section className={classes['users']}>
      <h2>{say(words.demonstrationUsers)}</h2>
      <p>{say(words.demonstrationHint)}</p>
      <ul>
        {users.map(user => (
          <li key={user.login}>
            <button type="button" onClick={() => void enter(user)}>
              <strong>{say(roleWords[user.role as keyof typeof roleWords])}</strong>
              <span>{user.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Over what was open when the session ended: signing in again goes on there. */
export const SessionOver = ({ login, onDone }: Done & { readonly login?: string | undefined }) => {
  const say = useSay()
  return (
    <Dialog opened title={say(words.sessionOver)}>
      <p className={classes['hint']}>{say(words.sessionOverHint)}</p>
      <SignInForm login={login} onDone={onDone} />
    </Dialog>
  )
}
