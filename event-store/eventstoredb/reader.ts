import { foreign, isForeign } from '../foreign.ts'
import { PageSize } from '../page-size.ts'
import { pagesToTheEnd } from '../pages.ts'
import { StreamDamaged } from '../port.ts'
import type { Batch, Position, ReadStreamOptions, StoredEvent } from '../port.ts'
import { asked } from './client.ts'
import { typeOf } from './failures.ts'
import type { Heads } from './heads.ts'
import { START, fromPosition, toPosition } from './positions.ts'
import type { SameLog } from '../same-log.ts'
import type { ScanOrder } from './scan.ts'
import { toEvent } from './records.ts'
import type { Direction, LogRecord, Recorded, Records } from './records.ts'

export const DEFAULT_BATCH = 250
/**
 * Most records of one page of the log, whatever batches are asked for. The client makes much garbage of each: a page must
 * be done with before the young generation has been collected twice, or all that was read grows old.
 */
const PAGE_RECORDS_MAX = 250
/** How far the search for the last event goes back at once, where it is not the last record. */
const BACK_AT_ONCE = 64

const pageSize = (batchSize: number): PageSize => new PageSize(Math.min(batchSize, PAGE_RECORDS_MAX))

const lengthOf = (events: readonly StoredEvent[]): number =>
  events.reduce((sum, e) => sum + e.data.length + e.metadata.length, 0)

/** Says of a stream of which the server shows no events, or fewer than were asked for, whether it was told to. */
export type Destroyed = (stream: string) => Promise<StreamDamaged | undefined>

export interface ReaderParts {
  readonly records: Records
  readonly heads: Heads
  readonly destroyed: Destroyed
  readonly same: SameLog
  /** Told of each record that is read, and that no program of ours wrote. */
  readonly foreign: (record: StoredEvent) => void
  /** Looks for streams with one of some prefixes, up to near the log's end. */
  readonly scan: (order: ScanOrder) => AsyncIterable<Batch>
}

const only = (prefixes: readonly string[], batch: Batch): Batch => ({
  ...batch,
  events: batch.events.filter(event => prefixes.some(prefix => event.stream.startsWith(prefix))),
})

/** Reads by pages that end by themselves: a read that is abandoned leaves no call behind on the server. */
export class Reader {
  private readonly records: Records
  private readonly heads: Heads
  private readonly destroyed: Destroyed
  private readonly same: SameLog
  private readonly foreign: ReaderParts['foreign']
  private readonly scan: ReaderParts['scan']
  /** Behind `after`, and up to `end`, there are only records of the server's own: they are not read again and again. */
  private quiet = { after: START, end: START }

  constructor({ records, heads, destroyed, same, foreign, scan }: ReaderParts) {
    this.records = records
    this.heads = heads
    this.destroyed = destroyed
    this.same = same
    this.foreign = foreign
    this.scan = scan
  }

  /** The last event of the log, however many records of the server's own lie behind it. */
  async head(): Promise<StoredEvent | undefined> {
    let before: Position | undefined
    for (let count = 1; ; count = Math.min(DEFAULT_BATCH, Math.max(BACK_AT_ONCE, count * 4))) {
      const from = before === undefined ? 'end' : fromPosition(before)
      const records = await asked(this.records.all('backwards', from, count))
      const last = records.find(record => record.event !== undefined)?.event
      await this.same.confirm()
      if (last) return this.known([last])
      const oldest = records.at(-1)
      if (!oldest || oldest.position === before) return undefined
      before = oldest.position
    }
  }

  /** What says that a checkpoint is of this log: so it is not told of another one. */
  async eventAt(position: Position): Promise<StoredEvent | undefined> {
    const event = await eventAt(this.records, position)
    await this.same.confirm()
    return event
  }

  /** Pages up to the present end, of all streams. */
  pages(after: Position, batchSize: number, signal?: AbortSignal): AsyncGenerator<Batch, void, undefined> {
    const size = pageSize(batchSize)
    return pagesToTheEnd(after, from => this.page(from, size), signal)
  }

  /**
   * The same of the streams with one of these prefixes. Who is far behind is served by the server's filter, which looks
   * through a log some ten times faster than all of it is sent.
   */
  async *pagesOf(
    prefixes: readonly string[],
    after: Position,
    batchSize: number,
  ): AsyncGenerator<Batch, void, undefined> {
    const size = pageSize(batchSize)
    const first = only(prefixes, await this.page(after, size))
    yield first
    if (first.caughtUp) return
    let from = first.position
    for await (const batch of this.scan({ after: from, prefixes, batchSize })) {
      await this.same.confirm()
      this.known(batch.events)
      yield batch
      from = batch.position
    }
    for await (const batch of pagesToTheEnd(from, position => this.page(position, size)))
      yield only(prefixes, batch)
  }

  /** One page behind a position. */
  pageAfter(after: Position): Promise<Batch> {
    return this.page(after, new PageSize(DEFAULT_BATCH))
  }

  async *readStream(
    stream: string,
    { direction = 'forwards', from, limit = Infinity }: ReadStreamOptions,
  ): AsyncGenerator<StoredEvent, void, undefined> {
    const size = new PageSize(DEFAULT_BATCH)
    const step = direction === 'forwards' ? 1 : -1
    let next = from
    for (let left = limit; left > 0 && (next === undefined || next >= 0);) {
      const count = Math.min(left, size.current)
      const events = await this.streamPage(stream, direction, next, count)
      yield* events
      const last = events.at(-1)
      if (!last || events.length < count) return
      size.learn(events.length, lengthOf(events))
      left -= events.length
      next = last.revision + step
    }
  }

  /** The hash of the event at a revision of a stream, remembered or read; undefined where there is none. */
  async hashAt(stream: string, revision: number): Promise<string | undefined> {
    const known = this.heads.hashAt(stream, revision)
    if (known !== undefined) return known
    await this.streamPage(stream, 'forwards', revision, 1)
    return this.heads.hashAt(stream, revision)
  }

  /** A page of the log behind a position. Only events have positions here, never the records of the server's own. */
  private async page(after: Position, size: PageSize): Promise<Batch> {
    let from = after === this.quiet.after ? this.quiet.end : after
    for (;;) {
      // A read begins with the record at the position, which was read before.
      const [point, count] =
        from === START ? (['start', size.current] as const) : [fromPosition(from), size.current + 1]
      const records = await asked(this.records.all('forwards', point, count))
      const events = records.filter(record => record.position > from).flatMap(({ event }) => event ?? [])
      await this.same.confirm()
      this.known(events)
      const caughtUp = records.length < count
      const position = events.at(-1)?.position ?? after
      from = records.at(-1)?.position ?? from
      size.learn(events.length, lengthOf(events))
      if (caughtUp) this.quiet = { after: position, end: from }
      if (caughtUp || events.length > 0) return { events, position, caughtUp }
    }
  }

  private async streamPage(
    stream: string,
    direction: Direction,
    from: number | undefined,
    count: number,
  ): Promise<StoredEvent[]> {
    const learn = this.heads.learner()
    const records = await this.found(stream, this.records.stream(stream, direction, from, count))
    const events = (records ?? []).map(eventOfStream)
    this.checkOurs(events)
    const short = events.length < count
    if (short) await this.checkShort(stream)
    if (records?.length === 0) checkHidden(stream, direction, from)
    checkWhole(stream, direction, { from, short }, events)
    const inOrder = direction === 'forwards' ? events : events.toReversed()
    await this.same.confirm()
    const newest = this.known(inOrder)
    if (newest) learn(newest)
    return events
  }

  /** Events that were read in their order: the last of them is known from then on. */
  private known(events: readonly StoredEvent[]): StoredEvent | undefined {
    const newest = events.at(-1)
    if (newest) this.same.know(newest)
    for (const event of events) if (isForeign(event)) this.foreign(event)
    return newest
  }

  /** @throws StreamDamaged for a record that no program of ours writes into a stream */
  private checkOurs(events: readonly StoredEvent[]): void {
    const other = events.find(isForeign)
    if (!other) return
    this.foreign(other)
    throw new StreamDamaged(other.stream, foreign(other).en)
  }

  /** A stream may end where the server hides the rest of it. @throws StreamDamaged */
  private async checkShort(stream: string): Promise<void> {
    const damage = await this.destroyed(stream)
    if (damage) throw damage
  }

  /** Undefined where the server knows no such stream. */
  private async found(stream: string, read: Promise<Recorded[]>): Promise<Recorded[] | undefined> {
    try {
      return await asked(read)
    } catch (error) {
      if (typeOf(error) === 'stream-deleted')
        throw new StreamDamaged(stream, 'was ended for ever on the server')
      if (typeOf(error) !== 'stream-not-found') throw error
      return undefined
    }
  }
}

/** The event at a position, or undefined where none lies there. @throws StoreUnavailable */
export const eventAt = async (records: Records, position: Position): Promise<StoredEvent | undefined> => {
  const point = fromPosition(position)
  if (position === START) return undefined
  const read = (): Promise<LogRecord[]> => records.all('forwards', point, 1)
  const [record] = await asked(read().catch(error => noneThere(records, error, read)))
  return record?.position === position ? record.event : undefined
}

/**
 * Where a read does not begin at a record the server fails without saying why. That it was this is concluded where the
 * server answers another question, and fails again at the same.
 */
const noneThere = async (
  records: Records,
  error: unknown,
  again: () => Promise<LogRecord[]>,
): Promise<LogRecord[]> => {
  if (typeOf(error) !== 'unknown') throw error
  await records.all('backwards', 'end', 1)
  try {
    return await again()
  } catch (second) {
    if (typeOf(second) !== 'unknown') throw second
    return []
  }
}

const eventOfStream = (record: Recorded): StoredEvent => {
  if (!record.position) throw new Error('this server does not say where an event of a stream lies')
  return toEvent(record, toPosition(record.position))
}

/**
 * The server knows the stream and shows none of it: where the first event was asked for, it is hidden.
 * @throws StreamDamaged
 */
const checkHidden = (stream: string, direction: Direction, from = 0): void => {
  if (direction === 'backwards' || from === 0)
    throw new StreamDamaged(stream, 'the server has it, and shows none of its events')
}

/**
 * Revisions follow one another from the first on. Where they do not, the server was told to forget events.
 * @throws StreamDamaged
 */
const checkWhole = (
  stream: string,
  direction: Direction,
  { from, short }: { readonly from: number | undefined; readonly short: boolean },
  events: readonly StoredEvent[],
): void => {
  const [first] = events
  if (!first) return
  const forwards = direction === 'forwards'
  const begin = forwards ? (from ?? 0) : first.revision
  events.forEach(({ revision }, i) => {
    const due = forwards ? begin + i : begin - i
    if (revision !== due) throw new StreamDamaged(stream, `revision ${due} is gone, ${revision} stands there`)
  })
  const last = events.at(-1)?.revision ?? 0
  if (!forwards && short && last > 0)
    throw new StreamDamaged(stream, `what lay before revision ${last} is gone`)
}
