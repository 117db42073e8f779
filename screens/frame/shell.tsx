import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { onSignedOut, Problem } from '../api/client.ts'
import { follow } from '../api/live.ts'
import { meQuery } from '../api/session.ts'
import { useSay } from '../words/words.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { EntityHere } from './entity.tsx'
import { Header } from './header.tsx'
import { Failed, Loading } from './messages.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { SessionOver, SignInPage } from './sign-in.tsx'
import classes from './shell.module.css'
import { words } from './words.ts'

const InvitationPage = lazy(() => import('../account/invitation-page.tsx'))
const MustSetFactor = lazy(() => import('../account/must-set-factor.tsx'))

/** Where the link of an invitation opens, whoever is signed in. */
const INVITATION = '/invitation'

/** The frame around every screen. Who is not signed in sees the page of sign-in, at whatever address. */
export const Shell = () => {
  const { data: me, error, isPending, refetch } = useQuery(meQuery)
  const suspended = (page: ReactNode) => <Suspense fallback={<Loading />}>{page}</Suspense>
  if (window.location.pathname === INVITATION) return suspended(<InvitationPage />)
  if (me?.secondFactor === 'toSet') return suspended(<MustSetFactor onDone={() => void refetch()} />)
  if (me) return <SignedIn />
  if (isPending) return <Loading />
  const signedOut = error instanceof Problem && error.status === 401
  return signedOut ? (
    <SignInPage onDone={() => void refetch()} />
  ) : (
    <Failed error={error} again={() => void refetch()} />
  )
}

const SignedIn = () => {
  const say = useSay()
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const [over, setOver] = useState(false)
  const [menu, setMenu] = useState(false)
  const [signIns, setSignIns] = useState(0)
  // What ended with the session before is followed anew: a browser gives up on a stream that was refused.
  useEffect(() => follow(client), [client, signIns])
  useEffect(() => onSignedOut(() => setOver(true)), [])
  if (!me) return null
  return (
    <div className={classes['shell']} data-menu={menu || undefined}>
      <a href="#content" className={classes['skip']}>
        {say(words.skip)}
      </a>
      {me.log.kind === 'sandbox' && (
        <section className={classes['sandbox']} aria-label={say(words.sandboxLabel)}>
          {say(words.sandbox, { name: me.log.name })}
        </section>
      )}
      <Header onMenu={() => setMenu(!menu)} />
      <Navigation onOpened={() => setMenu(false)} />
      <main id="content" className={classes['content']} tabIndex={-1}>
        <ConnectionBanner />
        <EntityHere value={undefined}>
          <Outlet />
        </EntityHere>
      </main>
      <Palette />
      <Shortcuts />
      {over && (
        <SessionOver
          login={me.login}
          onDone={() => {
            setOver(false)
            setSignIns(signIns + 1)
            void client.invalidateQueries()
          }}
        />
      )}
    </div>
  )
}
