import type { DomainEvent } from '../domain/shared/events.ts'
import type { ClockSource, LogClock } from './clock.ts'
import type { Codec, PersonAndPurpose } from './codec.ts'
import type { Metadata, Origin } from './metadata.ts'
import type { ReplacePersonal } from './personal-fields.ts'
import type { Appended, EventStore, Expected, Position, StoredEvent } from './port.ts'

/** Who acted, on whose behalf and when: what the metadata of a command's events says. */
export interface AppendContext {
  readonly commandId: string
  readonly inputHash?: string | undefined
  readonly actor: string
  readonly permission?: string | undefined
  readonly reason?: string | undefined
  readonly origin: Origin
  readonly correlationId: string
  readonly causationId?: string | undefined
  /** ISO 8601, UTC, milliseconds. */
  readonly recordedAt: string
}

/** An event as it will be stored, but for its metadata: what does not depend on the event before it. */
export interface WrittenEvent {
  readonly type: string
  readonly schemaVersion: number
  readonly data: string
  /** What JSON.parse of `data` gives. */
  readonly parsed: object
}

export interface AppendRequest {
  readonly stream: string
  readonly expected: Expected
  readonly events: readonly DomainEvent[]
  /** The same events, where `write` was called ahead. */
  readonly written?: readonly WrittenEvent[]
  /** Of all the events; or one each, in their order, where they answer different commands (a registrar's). */
  readonly context: AppendContext | readonly AppendContext[]
}

export interface AppendResult extends Appended {
  /** Hash of the last event. */
  readonly hash: string
  /** What the next append to the stream expects. */
  readonly next: Expected
  readonly eventIds: readonly string[]
}

/** An event of the log as the program works with it. */
export interface RecordedEvent extends DomainEvent {
  readonly id: string
  readonly stream: string
  readonly revision: number
  readonly position: Position
  readonly metadata: Metadata
}

export interface LoadedStream {
  readonly events: readonly RecordedEvent[]
  /** -1 for a stream that does not exist. */
  readonly revision: number
  /** What an append behind these events expects. */
  readonly expected: Expected
}

/** Gives the keys that protect personal fields, and the log's secret: the vault. */
export interface Protection {
  /** HMAC-SHA-256, hex, under the log's secret. */
  hmac(kind: string, text: string): string
  /** Makes the keys of these persons durable, checks that none is erased, and hands out the means to protect. */
  protector(logId: string, persons: readonly PersonAndPurpose[]): Promise<ReplacePersonal>
}

/** The log as commands, registrars and projections use it: domain events in, domain events out. */
export interface Log {
  readonly id: string
  readonly kind: 'production' | 'sandbox'
  readonly name: string
  readonly store: EventStore
  readonly codec: Codec
  readonly clock: LogClock
  /**
   * Encodes events once, chains them and appends them to one stream. When the store does not answer, the same bytes
   * are sent again, for at most `retryMs`, so that an append is never doubled and never silently lost.
   * @throws WrongExpectedRevision, ClockRefused, EventNotEncodable, EventTooLarge, StoreUnavailable (outcome unknown)
   */
  append(request: AppendRequest): Promise<AppendResult>
  /**
   * Checks and encodes events: all of an append that need not wait for the event before it (PROTOCOL 4), so that it can
   * be done while that one is on its way.
   * @throws EventNotEncodable
   */
  write(events: readonly DomainEvent[]): Promise<readonly WrittenEvent[]>
  /** A stream's events in their order, `from` a revision on. Nothing for a stream that does not exist. */
  load(stream: string, from?: number): Promise<LoadedStream>
  lastEvent(stream: string): Promise<RecordedEvent | undefined>
  decode(stored: StoredEvent): RecordedEvent
}

export interface LogOptions {
  readonly store: EventStore
  readonly codec: Codec
  readonly protection: Protection
  readonly clock: ClockSource
  /** How long an append goes on trying while the store does not answer. */
  readonly retryMs?: number
}
