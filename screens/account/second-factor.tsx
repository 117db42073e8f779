import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { offerFactor, setFactor } from '../api/account.ts'
import type { OfferedFactor } from '../api/account.ts'
import { useSay } from '../words/words.ts'
import classes from './account.module.css'
import { problemAt } from './problem.ts'
import { useTried } from './use-tried.ts'
import { words } from './words.ts'

interface Props {
  /** Whether there is one already: its code is asked for before another takes its place. */
  readonly replaces: boolean
  readonly onDone: () => void
}

/** Sets a second factor in three steps: the password, a code from the application, the recovery codes, shown once. */
export const SecondFactorSetting = ({ replaces, onDone }: Props) => {
  const [offered, setOffered] = useState<OfferedFactor>()
  const [codes, setCodes] = useState<readonly string[]>()
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />
  if (offered) return <Confirmation offered={offered} onConfirmed={setCodes} />
  return <Asking replaces={replaces} onOffered={setOffered} />
}

const Asking = ({
  replaces,
  onOffered,
}: Pick<Props, 'replaces'> & { readonly onOffered: (offered: OfferedFactor) => void }) => {
  const say = useSay()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const { busy, problem, attempt } = useTried()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    attempt(async () => onOffered(await offerFactor(password, code)))
  }
  return (
    <form className={classes['form']} onSubmit={submit}>
      <PasswordInput
        label={say(words.current)}
        autoComplete="current-password"
        value={password}
        autoFocus
        error={problemAt(problem, 'password', true)}
        onChange={event => setPassword(event.currentTarget.value)}
      />
      {replaces && (
        <TextInput
          label={say(words.presentCode)}
          autoComplete="one-time-code"
          value={code}
          error={problemAt(problem, 'code')}
          onChange={event => setCode(event.currentTarget.value)}
        />
      )}
      <Button type="submit" loading={busy} disabled={password === ''}>
        {say(words.goOn)}
      </Button>
    </form>
  )
}

const Confirmation = ({
  offered: { factorId, secret, uri },
  onConfirmed,
}: {
  readonly offered: OfferedFactor
  readonly onConfirmed: (codes: readonly string[]) => void
}) => {
  const say = useSay()
  const [code, setCode] = useState('')
  const { busy, problem, attempt } = useTried()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    attempt(async () => onConfirmed(await setFactor(factorId, code)))
  }
  return (
    <form className={classes['form']} onSubmit={submit}>
      <p className={classes['hint']}>{say(words.scan)}</p>
      <Picture text={uri} />
      <p className={classes['hint']}>
        {say(words.byHand)} <span className={classes['key']}>{secret.replaceAll(/(.{4})/g, '$1 ')}</span>
      </p>
      <TextInput
        label={say(words.code)}
        autoComplete="one-time-code"
        inputMode="numeric"
        value={code}
        autoFocus
        error={problemAt(problem, 'code', true)}
        onChange={event => setCode(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} disabled={code.trim() === ''}>
        {say(words.confirm)}
      </Button>
    </form>
  )
}

/** Quiet modules around the picture, as readers need them. */
const BORDER = 4

/** The text as a QR code: one path of squares. What makes it is loaded here alone. */
const Picture = ({ text }: { readonly text: string }) => {
  const say = useSay()
  const { data: path } = useQuery({
    queryKey: ['qr', text],
    gcTime: 0,
    queryFn: async () => {
      const { encode } = await import('uqr')
      const { data, size } = encode(text, { border: BORDER })
      const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
      return { size, squares: squares.join('') }
    },
  })
  if (!path) return <div className={classes['picture']} />
  return (
    <svg
      role="img"
      aria-label={say(words.picture)}
      className={classes['picture']}
      viewBox={`0 0 ${path.size} ${path.size}`}
      shapeRendering="crispEdges"
    >
      <path d={path.squares} fill="#000" />
    </svg>
  )
}

/** Recovery codes, for the only time: whoever leaves says that they are kept. */
export const RecoveryCodes = ({
  codes,
  onKept,
}: {
  readonly codes: readonly string[]
  readonly onKept: () => void
}) => {
  const say = useSay()
  const clipboard = useClipboard()
  return (
    <>
      <h3>{say(words.recoveryTitle)}</h3>
      <p className={classes['hint']}>{say(words.recoveryHint)}</p>
      <ul className={classes['codes']}>
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes['actions']}>
        <Button variant="default" onClick={() => clipboard.copy(codes.join('\n'))}>
          {say(clipboard.copied ? words.copied : words.copy)}
        </Button>
        <Button onClick={onKept}>{say(words.kept)}</Button>
      </div>
    </>
  )
}
