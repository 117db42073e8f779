import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { ClockConfirmed, LOG_STREAM, LogOpened } from '../domain/organisation/log.events.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import { chain, firstPrevHash } from './chain.ts'
import type { Link } from './chain.ts'
import { LogClock } from './clock.ts'
import type { ClockSource } from './clock.ts'
import type { Codec, Prepared } from './codec.ts'
import { StartRefused } from './errors.ts'
import { decodeMetadata, hashOf } from './metadata.ts'
import type { Metadata, Origin } from './metadata.ts'
import type { PersonAndPurpose } from './codec.ts'
import type { ReplacePersonal } from './personal-fields.ts'
import { StoreUnavailable, WrongExpectedRevision } from './port.ts'
import type { Appended, EventStore, Expected, NewEvent, Position, StoredEvent } from './port.ts'
import { uuidv5 } from './uuid.ts'

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

export interface AppendRequest {
  readonly stream: string
  readonly expected: Expected
  readonly events: readonly DomainEvent[]
  readonly context: AppendContext
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

/** Gives the keys that protect personal fields: the vault. */
export interface Protection {
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

const RETRY_MS = 15_000
const BACKOFF_MS_MIN = 20
const BACKOFF_MS_MAX = 1_000

/** The log itself, when it acts: opening is nobody's command. Fixed for ever. */
export const LOG_ACTOR = '6f1f7a86-9a0c-5d3c-8a55-1f2c1f9a4a01'

export const expectedAfter = (event: StoredEvent): Expected => ({
  revision: event.revision,
  hash: hashOf(event.metadata),
})

const sameIds = (stored: readonly StoredEvent[], events: readonly NewEvent[]): boolean =>
  stored.length === events.length && stored.every((s, i) => s.id === events[i]?.id)

const readAllOf = async (events: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> => {
  const read: StoredEvent[] = []
  for await (const event of events) read.push(event)
  return read
}

/** Sends the same bytes until the store answers; then, if it says conflict, looks whether they are what stands there. */
const sendAppend = async (
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
      if (error instanceof WrongExpectedRevision && unknown)
        return await readBack(store, stream, expected, events, error)
      if (!(error instanceof StoreUnavailable) || performance.now() + backoff > deadline) throw error
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
  conflict: WrongExpectedRevision,
): Promise<Appended> => {
  const from = expected === 'noStream' ? 0 : expected.revision + 1
  const stored = await readAllOf(store.readStream(stream, { from, limit: events.length }))
  const last = stored.at(-1)
  if (!last || !sameIds(stored, events)) throw conflict
  return { revision: last.revision, position: last.position }
}

const linkOf = (context: AppendContext, prepared: Prepared, protect: ReplacePersonal): Link => ({
  type: prepared.type,
  data: prepared.data(protect),
  metadata: {
    $correlationId: context.correlationId,
    $causationId: context.causationId,
    commandId: context.commandId,
    inputHash: context.inputHash,
    actor: context.actor,
    permission: context.permission,
    reason: context.reason,
    origin: context.origin,
    recordedAt: context.recordedAt,
    schemaVersion: prepared.schemaVersion,
  },
})

const nobody: ReplacePersonal = (_, place) => {
  throw new Error(`no key was asked for ${place.personId}`)
}

class OpenLog implements Log {
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

  async append({ stream, expected, events, context }: AppendRequest): Promise<AppendResult> {
    await this.checkClock(stream, events, context.recordedAt)
    const prepared = events.map(event => this.codec.prepare(event))
    const persons = prepared.flatMap(p => p.persons)
    const protect = persons.length === 0 ? nobody : await this.protection.protector(this.id, persons)
    const [revision, prevHash] =
      expected === 'noStream' ? [0, firstPrevHash(this.id, stream)] : [expected.revision + 1, expected.hash]
    const chained = chain(
      stream,
      revision,
      prevHash,
      prepared.map(p => linkOf(context, p, protect)),
    )
    const appended = await sendAppend(this.store, stream, expected, chained.events, this.retryMs)
    this.clock.observe(context.recordedAt)
    return {
      ...appended,
      hash: chained.hash,
      next: { revision: appended.revision, hash: chained.hash },
      eventIds: chained.events.map(e => e.id),
    }
  }

  async load(stream: string, from = 0): Promise<LoadedStream> {
    const events: RecordedEvent[] = []
    for await (const stored of this.store.readStream(stream, { from })) events.push(this.decode(stored))
    const last = events.at(-1)
    if (last) {
      this.clock.observe(last.metadata.recordedAt)
      return {
        events,
        revision: last.revision,
        expected: { revision: last.revision, hash: last.metadata.hash },
      }
    }
    return { events, revision: -1, expected: 'noStream' }
  }

  async lastEvent(stream: string): Promise<RecordedEvent | undefined> {
    const [last] = await readAllOf(this.store.readStream(stream, { direction: 'backwards', limit: 1 }))
    return last && this.decode(last)
  }

  decode(stored: StoredEvent): RecordedEvent {
    const metadata = decodeMetadata(stored.metadata)
    const { type, data } = this.codec.decode(stored.type, metadata.schemaVersion, stored.data)
    const { id, stream, revision, position } = stored
    return { id, stream, revision, position, type, data, metadata }
  }

  /** Learns what the log says of time: its last event, and what operators confirmed. */
  async learnTime(): Promise<void> {
    const head = await this.store.head()
    if (head) this.clock.observe(decodeMetadata(head.metadata).recordedAt)
    const { events } = await this.load(LOG_STREAM)
    for (const event of events) {
      if (event.type !== ClockConfirmed.type) continue
      const { from, previousMaximum } = event.data as { from: string; previousMaximum: string }
      this.clock.confirm(from, previousMaximum)
    }
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

interface Opened {
  readonly logId: string
  readonly kind: 'production' | 'sandbox'
  readonly name: string
}

/**
 * Opens the log a store holds. What it is stands in its first event, and is read from there also by whoever just
 * wrote one: of two starters of an empty log, one alone decides (PROTOCOL 9).
 * @throws StartRefused where the log was never opened, or is a production log with a simulated clock
 */
export const openLog = async (options: LogOptions): Promise<Log> => {
  const stored = await readAllOf(options.store.readStream(LOG_STREAM, { limit: 1 }))
  if (!stored[0]) throw await neverOpened(options.store)
  const log = new OpenLog(options, openedBy(options.codec, stored[0]))
  if (log.kind === 'production' && options.clock.kind === 'simulated') throw productionIsReal()
  await log.learnTime()
  return log
}

/**
 * Writes the first event of an empty log; where there is one already, nothing happens. Open it afterwards: the
 * stored event says what the log is, not what was asked for here.
 * @throws StartRefused where the store holds events but no `log-main`
 */
export const createLog = async (
  options: LogOptions,
  log: { readonly kind: 'production' | 'sandbox'; readonly name: string; readonly recordedAt: string },
): Promise<void> => {
  const head = await options.store.head()
  if (head) {
    const [first] = await readAllOf(options.store.readStream(LOG_STREAM, { limit: 1 }))
    if (!first) throw await neverOpened(options.store)
    return
  }
  if (log.kind === 'production' && options.clock.kind === 'simulated') throw productionIsReal()
  const logId = randomUUID()
  const commandId = uuidv5(LOG_ACTOR, `open ${logId}`)
  const attempt = new OpenLog(options, { logId, kind: log.kind, name: log.name })
  const context = {
    commandId,
    actor: LOG_ACTOR,
    origin: 'job',
    correlationId: commandId,
    recordedAt: log.recordedAt,
  } as const
  const data = { logId, kind: log.kind, name: log.name }
  try {
    await attempt.append({
      stream: LOG_STREAM,
      expected: 'noStream',
      events: [{ type: LogOpened.type, data }],
      context,
    })
  } catch (error) {
    // Another starter was first: its event counts.
    if (!(error instanceof WrongExpectedRevision)) throw error
  }
}

const openedBy = (codec: Codec, first: StoredEvent): Opened => {
  const { schemaVersion } = decodeMetadata(first.metadata)
  if (first.type !== LogOpened.type) throw new Error(`the first event of ${LOG_STREAM} is ${first.type}`)
  return codec.decode(first.type, schemaVersion, first.data).data as Opened
}

const neverOpened = async (store: EventStore): Promise<StartRefused> =>
  (await store.head())
    ? new StartRefused(
        'LOG_NOT_OPENED',
        { stream: LOG_STREAM },
        {
          en: `The store holds events but no ${LOG_STREAM}: this is not a log of this program.`,
          fr: `Le magasin contient des événements mais pas de ${LOG_STREAM} : ce n'est pas un journal de ce programme.`,
        },
      )
    : new StartRefused(
        'LOG_EMPTY',
        { stream: LOG_STREAM },
        {
          en: 'The log is empty: it was never opened.',
          fr: "Le journal est vide : il n'a jamais été ouvert.",
        },
      )

const productionIsReal = (): StartRefused =>
  new StartRefused(
    'CLOCK_SIMULATED_IN_PRODUCTION',
    {},
    {
      en: 'This is a production log: it runs on the real clock only.',
      fr: "C'est un journal de production : il ne connaît que l'horloge réelle.",
    },
  )
