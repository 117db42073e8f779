import type { RecordedEvent } from '../../event-store/log.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import type { PostingHistory } from './posting-history.ts'

/** A command that an event set off. */
export interface ReactionCommand {
  readonly name: string
  /** As over the wire; or read from the log as it stood at the causing event. */
  readonly input: unknown
  readonly inputFrom?: (history: PostingHistory) => Promise<unknown>
  /** Rejections that say there is nothing left to do: no task for anybody. */
  readonly settledBy?: readonly string[]
  /** Tells several commands of one cause apart. */
  readonly key: string
  /** The event it answers: its id is part of the command's, so that running it again changes nothing. */
  readonly cause: Cause
}

export interface Cause {
  readonly eventId: string
  readonly correlationId: string
}

/** Decodes an event of the log: asked only for those that matter. */
export type Decode = (stored: StoredEvent) => RecordedEvent

/**
 * What follows from events: a pure function of them and of a state folded from them. It never runs in a replay; its
 * state is stored with its checkpoint.
 */
export interface Reaction<S = unknown> {
  readonly name: string
  /** Prefixes of the streams it follows. */
  readonly prefixes: readonly string[]
  readonly initial: () => S
  /** May change `state` in place: the runner owns it. `at` is when the event was read, on the machine's clock. */
  readonly react: (state: S, event: StoredEvent, decode: Decode, at: string) => readonly ReactionCommand[]
  /** What time alone made due, by the machine's clock: a sandbox's jumps. */
  readonly due?: (state: S, now: string) => readonly ReactionCommand[]
  readonly encode: (state: S) => unknown
  readonly decode: (stored: unknown) => S
}

export const causeOf = ({ id, metadata }: RecordedEvent): Cause => ({
  eventId: id,
  correlationId: metadata.$correlationId,
})

/** Hides the type of a reaction's state from the runner. */
export const reaction = <S>(r: Reaction<S>): Reaction => r as unknown as Reaction
