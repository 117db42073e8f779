import type pg from 'pg'
import { InvalidAppend, StoreShut, StoreUnavailable, WrongExpectedRevision } from '../port.ts'
import type { Appended, Expected, NewEvent, Position, StoredEvent } from '../port.ts'
import { isUnavailable, sqlState } from '../unavailable.ts'
import { asStoreError } from './failures.ts'
import { SHUT } from './gate.ts'
import { NO_STREAM, expectedRevision, flush, readStored } from './flush.ts'
import type { Member, Outcome } from './flush.ts'
import { toPosition } from './positions.ts'

/** Bounds of one flush: what waits beyond them goes into the next. */
const MAX_FLUSH_BYTES = 4 * 1024 * 1024
const MAX_FLUSH_EVENTS = 800
const MAX_FLUSH_MEMBERS = 32
/** While the server works on one flush, the next is sent behind it if it is worth a transaction of its own. */
const MAX_IN_FLIGHT = 2
const WORTH_SENDING_EVENTS = 16
/** What waits is cut in two from twice so many events on: this process then prepares one half while the server works. */
const HALF_EVENTS_MIN = 200

interface Waiting extends Member {
  readonly bytes: number
  readonly answer: (appended: Appended) => void
  readonly refuse: (error: unknown) => void
}

/** Told of what became of flushes, before those who asked for them. */
export interface WriterListener {
  /** These events stand directly behind `after`. */
  appended(after: Position, events: readonly StoredEvent[]): void
  /** A flush has no answer: it may yet be committed, or be so already. */
  lost(): void
}

const revisionName = (revision: number): number | 'noStream' =>
  revision === NO_STREAM ? 'noStream' : revision

/**
 * Group commit: appends that wait at the same moment, whatever their streams, share one transaction (PROTOCOL 31,
 * PERFORMANCE.md). One connection executes the flushes in turn; what arrives meanwhile is the next. Nothing about
 * streams is remembered between flushes: the stored head alone decides.
 */
export class Writer {
  private readonly connect: () => Promise<pg.Client>
  private readonly listener: WriterListener
  private queue: Waiting[] = []
  /** Streams of the flushes sent and not answered yet: none of them is in two at once. */
  private readonly busy = new Set<string>()
  private inFlight = 0
  private scheduled = false
  private client: Promise<pg.Client> | undefined
  private session: number | undefined
  private closed = false
  private readonly idle: (() => void)[] = []

  constructor(connect: () => Promise<pg.Client>, listener: WriterListener) {
    this.connect = connect
    this.listener = listener
  }

  /** Whether a session of the database is the one whose answers this writer hears. */
  isOwn(processId: number): boolean {
    return processId === this.session
  }

  /** `bytes` bounds the flush it goes into. */
  append(stream: string, expected: Expected, events: readonly NewEvent[], bytes: number): Promise<Appended> {
    if (this.closed) return Promise.reject(new StoreUnavailable('the log is closed'))
    return new Promise((answer, refuse) => {
      this.queue.push({ stream, expected, events, bytes, answer, refuse })
      this.schedule()
    })
  }

  /** Waits for what was asked before, then lets the connection go. */
  async close(): Promise<void> {
    this.closed = true
    if (this.queue.length > 0 || this.inFlight > 0) await new Promise<void>(done => this.idle.push(done))
    await (await this.client?.catch(() => undefined))?.end().catch(() => undefined)
  }

  /** What is appended in the same turn of the event loop shares a flush. */
  private schedule(): void {
    if (this.scheduled) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      this.send()
    })
  }

  private send(): void {
    while (this.inFlight < MAX_IN_FLIGHT && this.worthSending()) {
      const members = this.take()
      if (members.length === 0) return
      this.inFlight++
      for (const m of members) this.busy.add(m.stream)
      void this.commit(members).finally(() => {
        this.inFlight--
        for (const m of members) this.busy.delete(m.stream)
        if (this.queue.length > 0) this.schedule()
        else if (this.inFlight === 0) for (const done of this.idle) done()
      })
    }
  }

  private worthSending(): boolean {
    return this.inFlight === 0 ? this.queue.length > 0 : this.waitingEvents() >= WORTH_SENDING_EVENTS
  }

  private waitingEvents(): number {
    return this.queue.reduce((events, w) => events + w.events.length, 0)
  }

  /** Behind an idle server the first flush is half of what waits: the other half follows while it works. */
  private eventsMax(): number {
    if (this.inFlight > 0) return MAX_FLUSH_EVENTS
    return Math.min(MAX_FLUSH_EVENTS, Math.max(HALF_EVENTS_MIN, Math.ceil(this.waitingEvents() / 2)))
  }

  /** The next flush: in order of arrival, one append per stream, within the bounds. */
  private take(): Waiting[] {
    const streams = new Set(this.busy)
    const eventsMax = this.eventsMax()
    const taken: Waiting[] = []
    const left: Waiting[] = []
    let bytes = 0
    let events = 0
    for (const w of this.queue) {
      const within =
        taken.length < MAX_FLUSH_MEMBERS &&
        bytes + w.bytes <= MAX_FLUSH_BYTES &&
        events + w.events.length <= eventsMax
      if ((within || taken.length === 0) && !streams.has(w.stream)) {
        taken.push(w)
        bytes += w.bytes
        events += w.events.length
      } else {
        left.push(w)
      }
      // Also where it did not fit: what comes later on the stream must not overtake it.
      streams.add(w.stream)
    }
    this.queue = left
    return taken
  }

  /** Gives every member its own outcome; never throws. */
  private async commit(members: Waiting[]): Promise<void> {
    try {
      const client = await this.connected()
      const outcomes = await flush(client, members)
      const flushed = flushedOf(members, outcomes)
      if (flushed) this.listener.appended(flushed.after, flushed.events)
      await this.answer(client, members, outcomes)
    } catch (error) {
      await this.failed(members, error)
    }
  }

  private async answer(client: pg.Client, members: Waiting[], outcomes: Outcome[]): Promise<void> {
    const heads = new Map<string, number>()
    const losers: Waiting[] = []
    members.forEach((m, i) => {
      const outcome = outcomes[i] as Outcome
      heads.set(m.stream, outcome.accepted ? outcome.revision : outcome.actual)
      if (outcome.accepted) m.answer({ revision: outcome.revision, position: toPosition(outcome.position) })
      else losers.push(m)
    })
    // Streams only grow: who expected less than the head just seen cannot win in a later flush either.
    const beaten = (w: Waiting): boolean => expectedRevision(w.expected) < (heads.get(w.stream) ?? NO_STREAM)
    losers.push(...this.queue.filter(beaten))
    this.queue = this.queue.filter(w => !beaten(w))
    if (losers.length > 0) await this.answerLosers(client, losers)
  }

  /** A repeat of what is stored gets the first outcome; every other learns the stream's last revision. */
  private async answerLosers(client: pg.Client, losers: Waiting[]): Promise<void> {
    try {
      const stored = await readStored(client, losers)
      losers.forEach((w, i) => {
        const found = stored[i]
        const expected = expectedRevision(w.expected)
        if (found?.same)
          w.answer({ revision: expected + w.events.length, position: toPosition(found.position) })
        else
          w.refuse(
            new WrongExpectedRevision(
              w.stream,
              revisionName(expected),
              revisionName(found?.actual ?? NO_STREAM),
            ),
          )
      })
    } catch (error) {
      for (const w of losers) w.refuse(asStoreError(error))
    }
  }

  private async failed(members: Waiting[], error: unknown): Promise<void> {
    if (isUnavailable(error)) {
      this.drop()
      for (const m of members) m.refuse(asStoreError(error))
    } else if (members.length > 1) {
      // The server refused the statement for the sake of one of them: alone, each meets its own fate.
      for (const m of members) await this.commit([m])
    } else {
      for (const m of members) m.refuse(asRefusal(m, error))
    }
  }

  private connected(): Promise<pg.Client> {
    if (this.client) return this.client
    const connecting = this.connect().then(client => {
      client.on('error', () => {
        this.forget(connecting)
      })
      this.session = (client as pg.Client & { readonly processID: number }).processID
      return client
    })
    this.client = connecting
    connecting.catch(() => {
      this.forget(connecting)
    })
    return connecting
  }

  private forget(client: Promise<pg.Client>): void {
    if (this.client !== client) return
    this.client = undefined
    this.session = undefined
    this.listener.lost()
  }

  private drop(): void {
    const client = this.client
    this.client = undefined
    this.session = undefined
    this.listener.lost()
    client?.then(c => c.end()).catch(() => undefined)
  }
}

/** The events of the members that were accepted, which follow one another in the order of the members. */
const flushedOf = (
  members: readonly Waiting[],
  outcomes: readonly Outcome[],
): { readonly after: Position; readonly events: readonly StoredEvent[] } | undefined => {
  let after: Position | undefined
  const events: StoredEvent[] = []
  members.forEach(({ stream, expected, events: own }, i) => {
    const outcome = outcomes[i]
    if (!outcome?.accepted) return
    const before = outcome.position - own.length
    after ??= toPosition(before)
    const first = expectedRevision(expected) + 1
    own.forEach((event, k) =>
      events.push({ ...event, stream, revision: first + k, position: toPosition(before + 1 + k) }),
    )
  })
  return after === undefined ? undefined : { after, events }
}

const UNIQUE_VIOLATION = '23505'

const asRefusal = (m: Member, error: unknown): unknown => {
  switch (sqlState(error)) {
    case UNIQUE_VIOLATION:
      return new InvalidAppend(`append to ${m.stream}: an id of it names an event stored elsewhere`)
    case SHUT:
      return new StoreShut({ cause: error })
    default:
      return error
  }
}
