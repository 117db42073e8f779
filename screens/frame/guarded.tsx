import { Suspense, useEffect } from 'react'
import type { ReactNode } from 'react'
import { useMe } from '../api/session.ts'
import { useSay } from '../words/words.ts'
import { mayStand } from './address-parts.ts'
import { mayOpen } from './declaration.ts'
import type { Screen } from './declaration.ts'
import { useAddressParts } from './link.tsx'
import { Loading, NoDocument, NotYours } from './messages.tsx'
import { OfOneEntity } from './of-one-entity.tsx'

/** A screen for those who may open it; the others are told so, and nothing of what it shows. */
export const Guarded = ({ screen, children }: { readonly screen: Screen; readonly children: ReactNode }) => {
  const say = useSay()
  const me = useMe()
  const parts = useAddressParts()
  const title = say(screen.label)
  useEffect(() => {
    document.title = `${title} · Grandlivre`
  }, [title])
  const mayIn = (entityId?: string): boolean => mayOpen(me, screen, entityId)
  if (!mayIn()) return <NotYours />
  if (!mayStand(parts)) return <NoDocument />
  return (
    <Suspense fallback={<Loading />}>
      {screen.ofOneEntity ? (
        <OfOneEntity title={title} may={mayIn}>
          {children}
        </OfOneEntity>
      ) : (
        children
      )}
    </Suspense>
  )
}
