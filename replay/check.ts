import { EventNotDecodable, UnknownEvent } from '../event-store/codec.ts'
import type { Codec } from '../event-store/codec.ts'
import type { Sentence } from '../event-store/errors.ts'
import { ForeignRecord } from '../event-store/foreign.ts'
import { MetadataInvalid } from '../event-store/metadata.ts'
import type { EventStore, StoredEvent } from '../event-store/port.ts'
import type { Vault } from '../event-store/vault/vault.ts'
import type { Projection, RecordedEvent, Reveal } from '../projections/definition.ts'

/** One check of the log: what a file of `replay/checks/` exports. It looks at every event once, in the log's order. */

export interface EventPlace {
  readonly stream: string
  readonly revision: number
  readonly eventId: string
  /** Place of the event in the log, counted from 1. */
  readonly ordinal: number
}

export interface RowPlace {
  readonly projection: string
  readonly table: string
  /** Key of the row, `column=value`; absent where the whole table is meant. */
  readonly key?: string
}

/** Something that stands in no event: what the server of the log was told to do. */
export interface ServerPlace {
  /** The stream it concerns, or `log`. */
  readonly onServer: string
}

export type Place = EventPlace | RowPlace | ServerPlace

/**
 * What is wrong at one place. An `error` is a history that this program cannot have written; a `warning` is something
 * that a person has to look at, and that can have happened.
 */
export interface Fault {
  readonly code: string
  readonly severity?: 'error' | 'warning'
  readonly found: string
  readonly expected: string
  readonly sentence: Sentence
}

export interface Finding extends Required<Fault> {
  readonly check: string
  readonly where: Place
}

export type Report = (where: Place, fault: Fault) => void

/** What a verification looks at. */
export interface Subject {
  readonly store: EventStore
  readonly codec: Codec
  /** Holds the keys that the log names. */
  readonly vault?: Pick<Vault, 'unknownKeys' | 'keysOf' | 'hmac'>
  /** The rows that live projections wrote. Absent: the log alone is verified. */
  readonly readModels?: {
    readonly databaseUrl: string
    readonly projections: readonly Projection[]
    readonly reveal?: Reveal
  }
}

/** The subject, once the log has said which log it is. */
export interface OpenedSubject extends Subject {
  /** '' where the first event of the log does not tell. */
  readonly logId: string
  readonly kind: 'production' | 'sandbox'
  readonly signal?: AbortSignal
}

/** A check under way. Its memory grows with what is open at one moment; with the log, by a few bytes a stream or command. */
export interface Walk {
  /** Types of the events it looks at; absent: every event. */
  readonly types?: ReadonlySet<string>
  readonly see?: (event: RecordedEvent, stored: StoredEvent) => void
  /** Behind each batch: for what has to be asked elsewhere. */
  readonly batchEnd?: () => Promise<void>
  /** Behind the last event; gives how many rows it looked at, where it looked at rows. */
  readonly end?: () => Promise<number | undefined>
}

export interface Check {
  readonly name: string
  /** What it proves, as a person reads it in the result. */
  readonly title: Sentence
  readonly begin: (subject: OpenedSubject, report: Report) => Walk
}

export const placeOf = ({ stream, revision, id, ordinal }: RecordedEvent): EventPlace => ({
  stream,
  revision,
  eventId: id,
  ordinal,
})

/** The types of declared events, for `Walk.types`. */
export const typesOf = (...definitions: readonly { readonly type: string }[]): ReadonlySet<string> =>
  new Set(definitions.map(({ type }) => type))

/** Whether an event says something that no codec of ours wrote: the check `readable` tells of it. */
export const isUnreadable = (error: unknown): error is Error =>
  error instanceof EventNotDecodable ||
  error instanceof UnknownEvent ||
  error instanceof MetadataInvalid ||
  error instanceof ForeignRecord ||
  error instanceof SyntaxError
