import type { QueryClient } from '@tanstack/react-query'
import { untilConnected } from './connection.ts'

/** What changed in the read models, as it happens: every screen reads again what it shows of it. */

/** Rows by table; null where they are too many to name, or not all are this reader's. */
type Keys = Readonly<Record<string, readonly string[]>> | null
export type ChangeListener = (keys: Keys) => void

const listeners = new Map<string, Set<ChangeListener>>()

/** Calls back when rows of a projection changed; by its name without the version. */
export const onChange = (projection: string, listener: ChangeListener): (() => void) => {
  const all = listeners.get(projection) ?? new Set()
  listeners.set(projection, all.add(listener))
  return () => void all.delete(listener)
}

const tell = (projection: string, keys: Keys): void => {
  for (const listener of listeners.get(projection) ?? []) listener(keys)
}

/** Follows the changes until stopped; the browser comes back by itself, and resumes where it was. */
export const follow = (client: QueryClient): (() => void) => {
  const source = new EventSource('/api/events')
  source.addEventListener('change', ({ data }) => {
    const { projections } = JSON.parse(data as string) as {
      readonly projections: Readonly<Record<string, Keys>>
    }
    for (const [name, keys] of Object.entries(projections)) tell(name.replace(/_v\d+$/, ''), keys)
  })
  source.addEventListener('reset', () => void client.invalidateQueries())
  source.addEventListener('error', () => void untilConnected())
  return () => source.close()
}
