import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { beginLink, changePassword, endSession, renewRecoveryCodes } from '../api/account.ts'
import { get } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import { tell } from '../frame/tell.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import classes from './account.module.css'
import { agentName } from './agent.ts'
import { problemAt } from './problem.ts'
import { RecoveryCodes, SecondFactorSetting } from './second-factor.tsx'
import { useTried } from './use-tried.ts'
import { words } from './words.ts'

/** One's own account: password, second factor, and the sessions that are open. */
export default function AccountPage() {
  const say = useSay()
  return (
    <div className={classes['page']}>
      <h1>{say(words.title)}</h1>
      <Sessions />
      <SecondFactor />
      <Password />
      <Provider />
    </div>
  )
}

/** The link to the identity provider, where the program knows one. */
const Provider = () => {
  const say = useSay()
  const { problem, attempt } = useTried()
  const { data: welcome } = useQuery({
    queryKey: ['welcome'],
    queryFn: ({ signal }) => get('/api/welcome', { signal }),
  })
  const provider = welcome?.provider
  if (provider === undefined) return null
  const linked = new URLSearchParams(window.location.search).has('linked')
  return (
    <section className={classes['box']}>
      <h2>{say(words.provider)}</h2>
      <p className={classes['hint']}>{say(linked ? words.linked : words.linkHint, { provider })}</p>
      {problem && <p role="alert">{problem.message}</p>}
      {!linked && (
        <Button
          variant="default"
          onClick={() => attempt(async () => window.location.assign(await beginLink()))}
        >
          {say(words.link)}
        </Button>
      )}
    </section>
  )
}

const SESSIONS = ['me', 'sessions']

const Sessions = () => {
  const say = useSay()
  const formats = useFormats()
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => get('/api/me/sessions', { signal }),
  })
  const end = async (sessionId: string): Promise<void> => {
    await endSession(sessionId)
    await client.invalidateQueries({ queryKey: SESSIONS })
  }
  return (
    <section className={classes['box']}>
      <h2>{say(words.sessions)}</h2>
      <ul className={classes['sessions']}>
        {(data?.items ?? []).map(({ sessionId, agent, createdAt, present }) => {
          const name = agentName(agent) ?? say(words.unknownAgent)
          const since = formats.instant(createdAt)
          return (
            <li key={sessionId}>
              <span>{name}</span>
              <span className={classes['quiet']}>{say(words.sessionSince, { since })}</span>
              {present ? (
                <span className={classes['quiet']}>{say(words.present)}</span>
              ) : (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={say(words.endOf, { agent: name, since })}
                  onClick={() => void end(sessionId)}
                >
                  {say(words.end)}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const FACTOR = ['me', 'second-factor']

const SecondFactor = () => {
  const say = useSay()
  const client = useQueryClient()
  const [setting, setSetting] = useState(false)
  const { data } = useQuery({
    queryKey: FACTOR,
    queryFn: ({ signal }) => get('/api/me/second-factor', { signal }),
  })
  const done = (): void => {
    setSetting(false)
    void client.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <section className={classes['box']}>
      <h2>{say(words.factor)}</h2>
      <p className={classes['hint']}>{say(words.factorHint)}</p>
      {data && !setting && (
        <>
          <p>{data.set ? say(words.factorSet, { left: data.recoveryCodesLeft }) : say(words.factorNone)}</p>
          <Button variant="default" onClick={() => setSetting(true)}>
            {say(data.set ? words.replaceFactor : words.setFactor)}
          </Button>
          {data.set && <Renewal onDone={done} />}
        </>
      )}
      {data && setting && <SecondFactorSetting replaces={data.set} onDone={done} />}
    </section>
  )
}

const Renewal = ({ onDone }: { readonly onDone: () => void }) => {
  const say = useSay()
  const [code, setCode] = useState('')
  const [codes, setCodes] = useState<readonly string[]>()
  const { busy, problem, attempt } = useTried()
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />
  return (
    <form
      className={classes['form']}
      onSubmit={event => {
        event.preventDefault()
        attempt(async () => setCodes(await renewRecoveryCodes(code)))
      }}
    >
      <TextInput
        label={say(words.presentCode)}
        autoComplete="one-time-code"
        value={code}
        error={problemAt(problem, 'code', true)}
        onChange={event => setCode(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={busy} disabled={code.trim() === ''}>
        {say(words.renew)}
      </Button>
    </form>
  )
}

const Password = () => {
  const say = useSay()
  const me = useMe()
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { busy, problem, attempt } = useTried()
  const change = async (): Promise<void> => {
    await changePassword(current, password)
    setCurrent('')
    setPassword('')
    tell(say(words.passwordChanged))
    // Every session has ended, this one too: signing in again goes on here.
    await client.invalidateQueries()
  }
  return (
    <section className={classes['box']}>
      <h2>{say(words.password)}</h2>
      <form
        className={classes['form']}
        onSubmit={event => {
          event.preventDefault()
          attempt(change)
        }}
      >
        <input type="hidden" autoComplete="username" value={me.login ?? ''} readOnly />
        <PasswordInput
          label={say(words.current)}
          autoComplete="current-password"
          value={current}
          error={problemAt(problem, 'current')}
          onChange={event => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={say(words.newPassword)}
          autoComplete="new-password"
          value={password}
          error={problemAt(problem, 'password', true)}
          onChange={event => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy} disabled={current === '' || password === ''}>
          {say(words.changePassword)}
        </Button>
      </form>
    </section>
  )
}
