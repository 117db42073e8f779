import type { ComponentType } from 'react'
import type { ListPath } from '../api/client.ts'
import type { Area } from '../api/session.ts'
import type { LegalEntity } from '../frame/entity.tsx'
import type { Text } from '../words/words.ts'

/** What a context shows of itself on the first page, declared. */

/** What waits to be done: so many rows of a list, which opens to them. */
export interface HomeTask {
  readonly label: Text
  readonly path: ListPath
  readonly query: Readonly<Record<string, string | readonly string[]>>
  readonly to: string
  /** Of those who read this area. */
  readonly area: Area
}

/** How things stand, for those who read an area. */
interface Standing<P> {
  readonly area: Area
  readonly Show: ComponentType<P>
}

export interface ContextHome {
  readonly tasks: readonly HomeTask[]
  /** The figures of one legal entity. */
  readonly figures?: Standing<{ readonly entity: LegalEntity }>
  /** What is new in one of them, or in all. */
  readonly newest?: Standing<{ readonly entity: LegalEntity | undefined }>
}
