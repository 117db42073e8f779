import { Button, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { acceptInvitation, openInvitation, signIn } from '../api/account.ts'
import { LanguageSwitch } from '../frame/header.tsx'
import { Loading } from '../frame/messages.tsx'
import { useSay } from '../words/words.ts'
import classes from './account.module.css'
import { problemAt } from './problem.ts'
import { useTried } from './use-tried.ts'
import { words } from './words.ts'

/** Where the link of an invitation opens. Its secret stands behind the #: it is in no request for a page, and no log. */
export default function InvitationPage() {
  const say = useSay()
  const [secret] = useState(() => window.location.hash.slice(1))
  const { data, error } = useQuery({
    queryKey: ['invitation', secret],
    retry: false,
    gcTime: 0,
    queryFn: () => openInvitation(secret),
  })
  const title = data ? say(words.invitation, { name: data.name }) : say(words.invitationOver)
  useEffect(() => {
    document.title = `${title} · Grandlivre`
  }, [title])
  if (!data && !error) return <Loading />
  return (
    <main className={classes['alone']}>
      <div className={classes['corner']}>
        <LanguageSwitch />
      </div>
      <section className={classes['box']}>
        <h1>{title}</h1>
        {data ? (
          <Choice secret={secret} login={data.login} />
        ) : (
          <>
            <p className={classes['hint']}>{error?.message}</p>
            <a href="/">{say(words.toSignIn)}</a>
          </>
        )}
      </section>
    </main>
  )
}

const Choice = ({ secret, login }: { readonly secret: string; readonly login: string }) => {
  const say = useSay()
  const [password, setPassword] = useState('')
  const { busy, problem, attempt } = useTried()
  const choose = async (): Promise<void> => {
    await acceptInvitation(secret, password)
    await signIn(login, password).catch(() => undefined)
    // Where a code is asked for, the page of sign-in asks for it.
    window.location.assign('/')
  }
  return (
    <form
      className={classes['form']}
      onSubmit={event => {
        event.preventDefault()
        attempt(choose)
      }}
    >
      <p className={classes['hint']}>{say(words.invitationHint, { login })}</p>
      <input type="hidden" autoComplete="username" value={login} readOnly />
      <PasswordInput
        label={say(words.newPassword)}
        autoComplete="new-password"
        value={password}
        autoFocus
        error={problemAt(problem, 'password', true)}
        onChange={event => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} disabled={password === ''}>
        {say(words.choosePassword)}
      </Button>
    </form>
  )
}
