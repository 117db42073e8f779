import type pg from 'pg'
import type { Batch, Position, ReadStreamOptions, StoredEvent } from '../port.ts'
import { asStoreError } from './failures.ts'
import { COLUMNS, START, fromPosition, toEvent, toPosition } from './positions.ts'
import type { Row } from './positions.ts'

/** Memory that one page of a read may take, as near as the page before it can tell. */
const PAGE_BYTES = 512 * 1024
const FIRST_PAGE = 100
export const DEFAULT_BATCH = 1_000

/** Chooses the size of pages so that large events do not make large pages. */
class PageSize {
  private readonly most: number
  current: number
  constructor(most: number) {
    this.most = Math.max(1, most)
    this.current = Math.min(this.most, FIRST_PAGE)
  }
  learn(rows: readonly Row[]): void {
    if (rows.length === 0) return
    const length = rows.reduce((sum, row) => sum + row[5].length + row[6].length, 0)
    this.current = Math.max(1, Math.min(this.most, Math.floor((PAGE_BYTES * rows.length) / (length + 1))))
  }
}

const ALL = `select ${COLUMNS} from log.events where position > $1 order by position limit $2`
const RANGE = `select ${COLUMNS} from log.events where position > $1 and position <= $2 and stream ^@ any($3::text[]) order by position`
const FORWARDS = `select ${COLUMNS} from log.events where stream = $1 and revision >= $2 order by revision limit $3`
const BACKWARDS = `select ${COLUMNS} from log.events where stream = $1 and revision <= $2 order by revision desc limit $3`
const AT = `select ${COLUMNS} from log.events where position = $1`
const HEAD = `select ${COLUMNS} from log.events order by position desc limit 1`
const TOP = `select coalesce(max(position), 0) from log.events`

const LAST_REVISION = 2 ** 31 - 1

/** Reads by pages on the key, never by cursor: a read that is abandoned leaves nothing behind on the server. */
export class Reader {
  private readonly pool: pg.Pool
  constructor(pool: pg.Pool) {
    this.pool = pool
  }

  async head(): Promise<StoredEvent | undefined> {
    return (await this.rows('log_head', HEAD, [])).map(toEvent)[0]
  }

  async eventAt(position: Position): Promise<StoredEvent | undefined> {
    return (await this.rows('log_at', AT, [fromPosition(position)])).map(toEvent)[0]
  }

  async *readStream(
    stream: string,
    options: ReadStreamOptions,
  ): AsyncGenerator<StoredEvent, void, undefined> {
    const backwards = options.direction === 'backwards'
    const [name, text] = backwards ? ['log_backwards', BACKWARDS] : ['log_forwards', FORWARDS]
    const size = new PageSize(DEFAULT_BATCH)
    let left = options.limit ?? Infinity
    let from = options.from ?? (backwards ? LAST_REVISION : 0)
    while (left > 0 && from >= 0) {
      const limit = Math.min(left, size.current)
      const rows = await this.rows(name, text, [stream, from, limit])
      for (const row of rows) yield toEvent(row)
      const last = rows.at(-1)
      if (last === undefined || rows.length < limit) return
      size.learn(rows)
      left -= rows.length
      from = last[2] + (backwards ? -1 : 1)
    }
  }

  /** Pages up to the present end, the next one asked for while the one before is worked on. */
  async *pages(
    after: Position,
    batchSize: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Batch, void, undefined> {
    const size = new PageSize(batchSize)
    let next = this.page(after, size)
    for (;;) {
      signal?.throwIfAborted()
      const batch = await next
      if (!batch.caughtUp) {
        next = this.page(batch.position, size)
        // Its failure is told when it is its turn, or to nobody when the reader has gone.
        next.catch(() => undefined)
      }
      yield batch
      if (batch.caughtUp) return
    }
  }

  /** One page behind a position. */
  pageAfter(after: Position): Promise<Batch> {
    return this.page(after, new PageSize(DEFAULT_BATCH))
  }

  private async page(after: Position, size: PageSize): Promise<Batch> {
    const limit = size.current
    const rows = await this.rows('log_all', ALL, [fromPosition(after), limit])
    size.learn(rows)
    const events = rows.map(toEvent)
    return { events, position: events.at(-1)?.position ?? after, caughtUp: events.length < limit }
  }

  /** As `pages`, of the streams with one of these prefixes. Positions are dense, so a range is a bound of size. */
  async *pagesOf(
    prefixes: readonly string[],
    after: Position,
    batchSize: number,
  ): AsyncGenerator<Batch, void, undefined> {
    const [top] = (await this.query<[string]>('log_top', TOP, []))[0] ?? ['0']
    const end = Number(top)
    let from = fromPosition(after)
    const read = async (): Promise<Batch> => {
      const to = Math.max(from, Math.min(end, from + batchSize))
      const rows = to > from ? await this.rows('log_range', RANGE, [from, to, prefixes]) : []
      from = to
      return { events: rows.map(toEvent), position: toPosition(to), caughtUp: to >= end }
    }
    let next = read()
    for (;;) {
      const batch = await next
      if (!batch.caughtUp) {
        next = read()
        next.catch(() => undefined)
      }
      yield batch
      if (batch.caughtUp) return
    }
  }

  private rows(name: string, text: string, values: unknown[]): Promise<Row[]> {
    return this.query<Row>(name, text, values)
  }

  private async query<R extends unknown[]>(name: string, text: string, values: unknown[]): Promise<R[]> {
    try {
      const result = await this.pool.query<R>({ name, text, values, rowMode: 'array' })
      return result.rows
    } catch (error) {
      throw asStoreError(error)
    }
  }
}

export { START }
