import type pg from 'pg'
import { InvalidAppend, StoreUnavailable, WrongExpectedRevision } from '../port.ts'
import type { Appended, Expected, NewEvent } from '../port.ts'
import { asStoreError, isUnavailable, sqlState } from './failures.ts'
import { NO_STREAM, expectedRevision, flush, readStored } from './flush.ts'
import type { Member, Outcome } from './flush.ts'
import { toPosition } from './positions.ts'

/** Bounds of one flush: what waits beyond them goes into the next. */
const MAX_FLUSH_BYTES = 4 * 1024 * 1024
const MAX_FLUSH_EVENTS = 8_000

interface Waiting extends Member {
  readonly bytes: number
  readonly answer: (appended: Appended) => void
  readonly refuse: (error: unknown) => void
}

const revisionName = (revision: number): number | 'noStream' =>
  revision === NO_STREAM ? 'noStream' : revision

/**
 * Group commit: appends that wait at the same moment, whatever their streams, share one transaction (PROTOCOL 31,
 * PERFORMANCE.md). One connection, one flush at a time; what arrives meanwhile is the next flush. Nothing about
 * streams is remembered between flushes: the stored head alone decides.
 */
export class Writer {
  private readonly connect: () => Promise<pg.Client>
  private readonly onAppended: () => void
  private queue: Waiting[] = []
  private running = false
  private client: pg.Client | undefined
  private closed = false
  private idle: Promise<void> = Promise.resolve()

  constructor(connect: () => Promise<pg.Client>, onAppended: () => void) {
    this.connect = connect
    this.onAppended = onAppended
  }

  /** `bytes` bounds the flush it goes into. */
  append(stream: string, expected: Expected, events: readonly NewEvent[], bytes: number): Promise<Appended> {
    if (this.closed) return Promise.reject(new StoreUnavailable('the log is closed'))
    return new Promise((answer, refuse) => {
      this.queue.push({ stream, expected, events, bytes, answer, refuse })
      if (this.running) return
      this.running = true
      this.idle = new Promise(done => {
        // What is appended in the same turn of the event loop shares the first flush.
        setImmediate(() => void this.drain().finally(done))
      })
    })
  }

  /** Waits for what was asked before, then lets the connection go. */
  async close(): Promise<void> {
    this.closed = true
    await this.idle
    await this.client?.end().catch(() => undefined)
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) await this.commit(this.take())
    this.running = false
  }

  /** The next flush: in order of arrival, one append per stream, within the bounds. */
  private take(): Waiting[] {
    const streams = new Set<string>()
    const taken: Waiting[] = []
    const left: Waiting[] = []
    let bytes = 0
    let events = 0
    for (const w of this.queue) {
      const fits =
        taken.length === 0 ||
        (bytes + w.bytes <= MAX_FLUSH_BYTES && events + w.events.length <= MAX_FLUSH_EVENTS)
      if (!fits || streams.has(w.stream)) {
        left.push(w)
      } else {
        taken.push(w)
        bytes += w.bytes
        events += w.events.length
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
      this.onAppended()
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

  private async connected(): Promise<pg.Client> {
    if (this.client) return this.client
    const client = await this.connect()
    client.on('error', () => {
      if (this.client === client) this.client = undefined
    })
    this.client = client
    return client
  }

  private drop(): void {
    const client = this.client
    this.client = undefined
    void client?.end().catch(() => undefined)
  }
}

const UNIQUE_VIOLATION = '23505'

const asRefusal = (m: Member, error: unknown): unknown =>
  sqlState(error) === UNIQUE_VIOLATION
    ? new InvalidAppend(`append to ${m.stream}: an id of it names an event stored elsewhere`)
    : error
