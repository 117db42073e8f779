import type { Sentence } from './errors.ts'

/**
 * The port of the log. Adapters know texts, streams, revisions and positions; what a text means is the codec's.
 * The contract suite (tests/contracts/event-store.contract.ts) is the definition of every word here.
 */

/**
 * A place in the total order of one store: opaque, of fixed width, so that `<` on strings is that order. It belongs
 * to its store and never enters an event.
 */
export type Position = string & { readonly __position?: never }

/** An event ready for the log: encoded once, and sent again with the same bytes if the answer is lost. */
export interface NewEvent {
  readonly id: string
  readonly type: string
  /** JSON text T with `JSON.stringify(JSON.parse(T)) === T`. */
  readonly data: string
  /** JSON text of a flat string → string object, `hash` last. */
  readonly metadata: string
  /** What `data` says, as JSON.parse gives it, where this process has just written it. No store keeps it. */
  readonly parsed?: object
}

export interface StoredEvent extends NewEvent {
  readonly stream: string
  /** 0 for the first event of a stream. */
  readonly revision: number
  readonly position: Position
}

/** What the last event of a stream must be for an append to take place. There is no `any`. */
export type Expected = 'noStream' | { readonly revision: number; readonly hash: string }

export interface Appended {
  /** Revision of the last event appended. */
  readonly revision: number
  /** Position of the last event appended. */
  readonly position: Position
}

export interface ReadStreamOptions {
  readonly direction?: 'forwards' | 'backwards'
  /** First revision to read (inclusive). Absent: the stream's first, or last when backwards. */
  readonly from?: number
  /** At most so many events. */
  readonly limit?: number
}

export interface SubscribeOptions {
  /** Exclusive. Absent: the start of the log. */
  readonly after?: Position
  /** Only streams whose name starts with one of these. Absent: all. */
  readonly prefixes?: readonly string[]
  /** Most events in one batch. */
  readonly batchSize?: number
  /** Least time between two reads while live: many wake-ups then make one batch. 0 (the default) for the quickest. */
  readonly coalesceMs?: number
  readonly signal: AbortSignal
}

/** A piece of the log in its order. `position` is how far the reader is, also where the filter left nothing. */
export interface Batch {
  readonly events: readonly StoredEvent[]
  readonly position: Position
  /** True when nothing lay behind this batch at the moment it was read. */
  readonly caughtUp: boolean
}

/** Something done on the server itself, behind the program's back, against which no hash helps. */
export interface Danger {
  readonly code: string
  /** The stream it concerns; absent where it concerns the whole log. */
  readonly stream?: string
  readonly sentence: Sentence
}

/**
 * Shuts a store to everybody but those who opened it to copy a log (PROTOCOL 12). What was appended before `shut`
 * resolves is stored and read; what comes later is refused as `StoreShut`, by the server and whatever program sends it.
 */
export interface Gate {
  shut(): Promise<void>
  /** Opens it, unless the last event of the stream has that type: who comes too late opens nothing. */
  open(unless: { readonly stream: string; readonly type: string }): Promise<void>
}

export interface EventStore {
  /**
   * Appends events atomically to one stream, at an exact place. The same ids at the same place a second time add
   * nothing and return the first outcome.
   * @throws WrongExpectedRevision, EventTooLarge, InvalidAppend, StreamDamaged, StoreShut, StoreReplaced,
   *   StoreUnavailable (outcome unknown: send the same bytes again)
   */
  append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended>
  /** Events of one stream; nothing for a stream that does not exist. @throws StreamDamaged, StoreUnavailable */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<StoredEvent>
  /** The log up to its present end, in batches. `after` is exclusive. */
  readAll(options?: { after?: Position; batchSize?: number; signal?: AbortSignal }): AsyncIterable<Batch>
  /** The log, and then what comes, until the signal. Survives a lost server: goes on after the last batch. */
  subscribe(options: SubscribeOptions): AsyncIterable<Batch>
  /** The last event of the log, or undefined when it is empty. */
  head(): Promise<StoredEvent | undefined>
  /** The event at a position, or undefined when none lies there: checkpoints are believed only after this. */
  eventAt(position: Position): Promise<StoredEvent | undefined>
  /** Whether a text that came from outside has the form of this store's positions. */
  isPosition(text: string): boolean
  /**
   * The place in the log, counted from 1, that a position names. Absent where positions are not dense; where it is there,
   * a place without an event is an event that was destroyed.
   */
  readonly placeOf?: (position: Position) => number
  /** What was done on the server that destroys events, hides them, or lets it do so later. Looks at all of the log. */
  dangers(): Promise<readonly Danger[]>
  /** What this process knows of that without asking, and that another log answers than the one that was read before. */
  knownDangers(): readonly Danger[]
  /** Whether appends have failed for long without one success. Absent where reading shows as much. */
  readonly appendsFail?: () => boolean
  /** Absent where the server cannot refuse appends by itself. */
  readonly gate?: Gate
  close(): Promise<void>
}

/** The stream's last event is not the one expected. `actual` is its revision, or 'noStream'. */
export class WrongExpectedRevision extends Error {
  readonly stream: string
  readonly expected: number | 'noStream'
  readonly actual: number | 'noStream'
  constructor(stream: string, expected: number | 'noStream', actual: number | 'noStream') {
    super(
      expected === actual
        ? `stream ${stream}: another event than the one expected stands at revision ${String(actual)}`
        : `stream ${stream}: expected revision ${String(expected)}, found ${String(actual)}`,
    )
    this.name = 'WrongExpectedRevision'
    this.stream = stream
    this.expected = expected
    this.actual = actual
  }
}

/** An append above 1,000 events or 900 KiB. Nothing was stored. */
export class EventTooLarge extends Error {
  readonly bytes: number
  readonly events: number
  constructor(stream: string, events: number, bytes: number) {
    super(
      `stream ${stream}: ${events} events of ${bytes} bytes; at most ${MAX_EVENTS_PER_APPEND} of ${MAX_BYTES_PER_APPEND}`,
    )
    this.name = 'EventTooLarge'
    this.bytes = bytes
    this.events = events
  }
}

/** An append that no store may be asked: a bad stream name, id, type or text. A defect of the caller. */
export class InvalidAppend extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InvalidAppend'
  }
}

/**
 * Events of a stream are gone, hidden, or not where their numbers say: nothing that a program of ours does, but what was
 * done on the server itself. An alarm, never an empty stream.
 */
export class StreamDamaged extends Error {
  readonly stream: string
  constructor(stream: string, what: string) {
    super(`stream ${stream}: ${what}`)
    this.name = 'StreamDamaged'
    this.stream = stream
  }
}

/** The server did not answer: what was asked may have happened. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreUnavailable'
  }
}

/** The server does not let this program in: password or rights are not, or no more, what they should be. */
export class AccessLost extends StoreUnavailable {
  constructor(options?: ErrorOptions) {
    super('the server of the log does not let this program in', options)
    this.name = 'AccessLost'
  }
}

/** Nothing is appended here: the log was moved, or is being copied here and not whole yet. Nothing was stored. */
export class StoreShut extends StoreUnavailable {
  constructor(options?: ErrorOptions) {
    super('the log is shut: it was moved, or is being copied here', options)
    this.name = 'StoreShut'
  }
}

/**
 * What answers is not the log that was read before: the server lost the newest of it, or is another one. Nothing is read
 * or appended any more, as nothing that is remembered of it holds; whoever opens it anew is told by his checkpoints.
 */
export class StoreReplaced extends StoreUnavailable {
  constructor(what: string) {
    super(`this log is not the one that was read before: ${what}`)
    this.name = 'StoreReplaced'
  }
}

export const MAX_EVENTS_PER_APPEND = 1_000
export const MAX_BYTES_PER_APPEND = 900 * 1024
