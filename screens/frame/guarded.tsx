import { Suspense, useEffect } from 'react'
import type { ReactNode } from 'react'
import { mayRead, maySend, useMe } from '../api/session.ts'
import { useSay } from '../words/words.ts'
import type { Screen } from './declaration.ts'
import { Loading, NotYours } from './messages.tsx'

/** A screen for those who may open it; the others are told so, and nothing of what it shows. */
export const Guarded = ({ screen, children }: { readonly screen: Screen; readonly children: ReactNode }) => {
  const say = useSay()
  const me = useMe()
  const title = say(screen.label)
  useEffect(() => {
    document.title = `${title} · Grandlivre`
  }, [title])
  const open = mayRead(me, screen.area) && (screen.command === undefined || maySend(me, screen.command))
  return open ? <Suspense fallback={<Loading />}>{children}</Suspense> : <NotYours />
}
