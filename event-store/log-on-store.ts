import { setTimeout as delay } from 'node:timers/promises'
import { ClockConfirmed, LOG_STREAM } from '../domain/organisation/log.events.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import { chain, firstPrevHash } from './chain.ts'
import type { Link } from './chain.ts'
import { LogClock } from './clock.ts'
import type { Codec } from './codec.ts'
import { APPEND_ARRIVES_MS_MAX } from './eventstoredb/deadline.ts'
import { readMetadata } from './foreign.ts'
import type {
  AppendContext,
  AppendRequest,
  AppendResult,
  LoadedStream,
  Log,
  LogOptions,
  Protection,
  RecordedEvent,
  WrittenEvent,
} from './log-types.ts'
import type { ReplacePersonal } from './personal-fields.ts'
import { AccessLost, StoreReplaced, StoreShut, StoreUnavailable, WrongExpectedRevision } from './port.ts'
import type { Appended, EventStore, Expected, NewEvent, StoredEvent } from './port.ts'

export const RETRY_MS = 15_000
/**
 * How long an append may be under way with the bytes it was encoded to, from the look at the clock before: the last time
 * that it is sent, and until that has arrived or never will. Meanwhile younger events may be recorded before it.
 */
export const APPEND_UNDER_WAY_MS_MAX = RETRY_MS + APPEND_ARRIVES_MS_MAX
const BACKOFF_MS_MIN = 20
const BACKOFF_MS_MAX = 1_000

const sameIds = (stored: readonly StoredEvent[], events: readonly NewEvent[]): boolean =>
  stored.length === events.length && stored.every((s, i) => s.id === events[i]?.id)

export const collect = async (events: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> => {
  const read: StoredEvent[] = []
  for await (const event of events) read.push(event)
  return read
}

/** Sends the same bytes until the store answers; then, if it refuses them, looks whether they are what stands there. */
export const sendAppend = async (
  store: EventStore,
  stream: string,
  expected: Expected,
  events: readonly NewEvent[],
  retryMs: number,
): Promise<Appended> => {
  const deadline = performance.now() + retryMs
  let unknown = false
  for (let backoff = BACKOFF_MS_MIN; ; backoff = Math.min(backoff * 2, BACKOFF_MS_MAX)) {
    try {
      return await store.append(stream, expected, events)
    } catch (error) {
      const final =
        error instanceof WrongExpectedRevision || error instanceof StoreShut || error instanceof StoreReplaced
      if (final && unknown) return readBack(store, stream, expected, events, error)
      // However late it is, what is unknown is asked once more: the time may have been this process's own.
      const late = unknown && performance.now() + backoff > deadline
      const over = late || error instanceof AccessLost
      if (final || !(error instanceof StoreUnavailable) || over) throw error
      unknown = true
      await delay(backoff)
    }
  }
}

const readBack = async (
  store: EventStore,
  stream: string,
  expected: Expected,
  events: readonly NewEvent[],
  refusal: WrongExpectedRevision | StoreShut | StoreReplaced,
): Promise<Appended> => {
  const from = expected === 'noStream' ? 0 : expected.revision + 1
  const stored = await collect(store.readStream(stream, { from, limit: events.length }))
  const last = stored.at(-1)
  if (!last || !sameIds(stored, events)) throw refusal
  return { revision: last.revision, position: last.position }
}

const contextOf = (context: AppendRequest['context'], i: number): AppendContext => {
  const one = 'commandId' in context ? context : context[i]
  if (!one) throw new Error('an event without a context')
  return one
}

const metadataOf = (context: AppendContext, schemaVersion: number): Link['metadata'] => ({
  $correlationId: context.correlationId,
  $causationId: context.causationId,
  commandId: context.commandId,
  inputHash: context.inputHash,
  actor: context.actor,
  permission: context.permission,
  reason: context.reason,
  origin: context.origin,
  recordedAt: context.recordedAt,
  schemaVersion,
})

/** Events that follow one another in one command share its metadata, which is then written once. */
const linksOf = (written: readonly WrittenEvent[], contextAt: (i: number) => AppendContext): Link[] => {
  let last: { readonly context: AppendContext; readonly metadata: Link['metadata'] } | undefined
  return written.map(({ type, schemaVersion, data, parsed }, i) => {
    const context = contextAt(i)
    if (last?.context !== context || last.metadata.schemaVersion !== schemaVersion)
      last = { context, metadata: metadataOf(context, schemaVersion) }
    return { type, data, parsed, metadata: last.metadata }
  })
}

const nobody: ReplacePersonal = (_, place) => {
  throw new Error(`no key was asked for ${place.personId}`)
}

/** What the first event of a log says. */
export interface Opened {
  readonly logId: string
  readonly kind: 'production' | 'sandbox'
  readonly name: string
}

export class LogOnStore implements Log {
  readonly id: string
  readonly kind: 'production' | 'sandbox'
  readonly name: string
  readonly store: EventStore
  readonly codec: Codec
  readonly clock: LogClock
  private readonly protection: Protection
  private readonly retryMs: number

  constructor(options: LogOptions, opened: Opened) {
    this.id = opened.logId
    this.kind = opened.kind
    this.name = opened.name
    this.store = options.store
    this.codec = options.codec
    this.protection = options.protection
    this.retryMs = options.retryMs ?? RETRY_MS
    this.clock = new LogClock(options.clock)
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    const { stream, expected, events, context } = request
    const contexts = events.map((_, i) => contextOf(context, i))
    for (const recordedAt of new Set(contexts.map(c => c.recordedAt)))
      await this.checkClock(stream, events, recordedAt)
    const written = request.written ?? (await this.write(events))
    const [revision, prevHash] =
      expected === 'noStream' ? [0, firstPrevHash(this.id, stream)] : [expected.revision + 1, expected.hash]
    const links = linksOf(written, i => contextOf(contexts, i))
    const chained = chain(stream, revision, prevHash, links)
    const appended = await sendAppend(this.store, stream, expected, chained.events, this.retryMs)
    for (const { recordedAt } of contexts) this.clock.observe(recordedAt, appended.position)
    return {
      ...appended,
      hash: chained.hash,
      next: { revision: appended.revision, hash: chained.hash },
      eventIds: chained.events.map(e => e.id),
    }
  }

  async write(events: readonly DomainEvent[]): Promise<readonly WrittenEvent[]> {
    const prepared = events.map(event => this.codec.prepare(event))
    const persons = prepared.flatMap(p => p.persons)
    const protect = persons.length === 0 ? nobody : await this.protection.protector(this.id, persons)
    return prepared.map(({ type, schemaVersion, plain }) => {
      const parsed = plain(protect)
      return { type, schemaVersion, data: JSON.stringify(parsed), parsed }
    })
  }

  async load(stream: string, from = 0): Promise<LoadedStream> {
    const events: RecordedEvent[] = []
    for await (const stored of this.store.readStream(stream, { from })) events.push(this.decode(stored))
    const last = events.at(-1)
    if (last) {
      this.clock.observe(last.metadata.recordedAt, last.position)
      return {
        events,
        revision: last.revision,
        expected: { revision: last.revision, hash: last.metadata.hash },
      }
    }
    return { events, revision: -1, expected: 'noStream' }
  }

  async lastEvent(stream: string): Promise<RecordedEvent | undefined> {
    const [last] = await collect(this.store.readStream(stream, { direction: 'backwards', limit: 1 }))
    return last && this.decode(last)
  }

  decode(stored: StoredEvent): RecordedEvent {
    const metadata = readMetadata(stored)
    const { type, data } = this.codec.decodeStored(stored, metadata.schemaVersion)
    const { id, stream, revision, position } = stored
    return { id, stream, revision, position, type, data, metadata }
  }

  /** Learns what the log says of time: what operators confirmed, and its last event. */
  async learnTime(): Promise<void> {
    for (const event of (await this.load(LOG_STREAM)).events)
      if (event.type === ClockConfirmed.type)
        this.clock.confirm((event.data as { from: string }).from, event.position)
    const head = await this.store.head()
    if (head) this.clock.observe(readMetadata(head).recordedAt, head.position)
  }

  private async checkClock(
    stream: string,
    events: readonly DomainEvent[],
    recordedAt: string,
  ): Promise<void> {
    await this.clock.checkServer(recordedAt)
    const confirms = stream === LOG_STREAM && events.length === 1 && events[0]?.type === ClockConfirmed.type
    if (confirms || !this.clock.refusal(recordedAt)) return
    // Another process may have gone on, or an operator confirmed, since this one last looked.
    await this.learnTime()
    const refusal = this.clock.refusal(recordedAt)
    if (refusal) throw refusal
  }
}
