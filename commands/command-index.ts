import type { Rejection } from '../domain/shared/aggregate.ts'

/** What a command recorded in one stream, as the index tells it. */
export interface IndexedAppend {
  readonly stream: string
  readonly first: number
  readonly count: number
  /** Position of the last of its events. */
  readonly position: string
  /** Type of the last of its events: a claim alone is not the whole of a command. */
  readonly type: string
}

/** An outcome that left no event, remembered for a day. */
export type RememberedOutcome =
  { readonly kind: 'nothing' } | { readonly kind: 'refused'; readonly rejection: Rejection }

export interface IndexedCommand {
  /** Digest of its input; absent for registrars and reactions. */
  readonly inputHash: string | undefined
  readonly appends: readonly IndexedAppend[]
  readonly remembered?: RememberedOutcome
}

/**
 * Commands by their id: a projection of the log, besides the outcomes that left no event there (PROTOCOL 13). The
 * events are the truth; what the index does not know yet, the streams tell.
 */
export interface CommandIndex {
  find(commandId: string): Promise<IndexedCommand | undefined>
  /** Binds an outcome without events to its key, for 24 hours. The first one stays. */
  remember(commandId: string, inputHash: string, outcome: RememberedOutcome): Promise<void>
  /** This process recorded it a moment ago: the index may not have read so far. */
  note(commandId: string, inputHash: string | undefined, append: IndexedAppend): void
}

/** Types of events that are claims: what a command does after them is not done yet (PROTOCOL 16). */
export const CLAIMS: ReadonlySet<string> = new Set(['organisation.KeyClaimed', 'commerce.BillingClaimed'])
