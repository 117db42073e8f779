import type * as E from 'fp-ts/lib/Either.js'
import type { DomainEvent, EventDefinition } from './events.ts'

/**
 * A consistency boundary: the fold of one stream. `category` is the stream's prefix; the stream of an instance is
 * `<category>-<id>`.
 */
export interface Aggregate<S, Ev extends DomainEvent> {
  readonly category: string
  readonly events: readonly EventDefinition[]
  readonly initial: S
  readonly evolve: (state: S, event: Ev) => S
}

/** Why a decision said no: a closed union of codes per aggregate, with the data a human needs. */
export interface Rejection {
  readonly code: string
}

/** A decision: pure, of the state alone. `right([])` says that what is asked already took effect. */
export type Decision<S, Ev, R extends Rejection = Rejection> = (state: S) => E.Either<R, readonly Ev[]>

/** Name of the stream of one instance. */
export const streamOf = (aggregate: { readonly category: string }, id: string): string =>
  `${aggregate.category}-${id}`
