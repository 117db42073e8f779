import type pg from 'pg'
import { PageSize } from '../page-size.ts'
import { pagesToTheEnd } from '../pages.ts'
import type { Batch, Position, ReadStreamOptions, StoredEvent } from '../port.ts'
import type { SameLog } from '../same-log.ts'
import { asStoreError } from './failures.ts'
import { COLUMNS, fromPosition, toEvent, toPosition } from './positions.ts'
import type { Row } from './positions.ts'

export const DEFAULT_BATCH = 1_000

const lengthOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + row[5].length + row[6].length, 0)

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
  private readonly same: SameLog

  constructor(pool: pg.Pool, same: SameLog) {
    this.pool = pool
    this.same = same
  }

  async head(): Promise<StoredEvent | undefined> {
    return this.known(await this.rows('log_head', HEAD, []))[0]
  }

  /** What says that a checkpoint is of this log: so it is not told of another one. */
  async eventAt(position: Position): Promise<StoredEvent | undefined> {
    const event = await eventAt(this.pool, position)
    await this.same.confirm()
    return event
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
      yield* this.known(rows)
      const last = rows.at(-1)
      if (last === undefined || rows.length < limit) return
      size.learn(rows.length, lengthOf(rows))
      left -= rows.length
      from = last[2] + (backwards ? -1 : 1)
    }
  }

  /** Pages up to the present end. */
  pages(after: Position, batchSize: number, signal?: AbortSignal): AsyncGenerator<Batch, void, undefined> {
    const size = new PageSize(batchSize)
    return pagesToTheEnd(after, from => this.page(from, size), signal)
  }

  /** One page behind a position. */
  pageAfter(after: Position): Promise<Batch> {
    return this.page(after, new PageSize(DEFAULT_BATCH))
  }

  private async page(after: Position, size: PageSize): Promise<Batch> {
    const limit = size.current
    const rows = await this.rows('log_all', ALL, [fromPosition(after), limit])
    size.learn(rows.length, lengthOf(rows))
    const events = this.known(rows)
    return { events, position: events.at(-1)?.position ?? after, caughtUp: events.length < limit }
  }

  /** As `pages`, of the streams with one of these prefixes. Positions are dense, so a range is a bound of size. */
  async *pagesOf(
    prefixes: readonly string[],
    after: Position,
    batchSize: number,
  ): AsyncGenerator<Batch, void, undefined> {
    const [top] = (await ask<[string]>(this.pool, 'log_top', TOP, []))[0] ?? ['0']
    const end = Number(top)
    yield* pagesToTheEnd(after, async position => {
      const from = fromPosition(position)
      const to = Math.max(from, Math.min(end, from + batchSize))
      const rows = to > from ? await this.rows('log_range', RANGE, [from, to, prefixes]) : []
      return { events: this.known(rows), position: toPosition(to), caughtUp: to >= end }
    })
  }

  private async rows(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const rows = await ask<Row>(this.pool, name, text, values)
    await this.same.confirm()
    return rows
  }

  /** Events that the log was seen to hold. */
  private known(rows: readonly Row[]): StoredEvent[] {
    const events = rows.map(toEvent)
    const last = events.at(-1)
    if (last) this.same.know(last)
    return events
  }
}

/** The event at a position, or undefined where none lies there. @throws StoreUnavailable */
export const eventAt = async (pool: pg.Pool, position: Position): Promise<StoredEvent | undefined> =>
  (await ask<Row>(pool, 'log_at', AT, [fromPosition(position)])).map(toEvent)[0]

const ask = async <R extends unknown[]>(
  pool: pg.Pool,
  name: string,
  text: string,
  values: unknown[],
): Promise<R[]> => {
  try {
    const result = await pool.query<R>({ name, text, values, rowMode: 'array' })
    return result.rows
  } catch (error) {
    throw asStoreError(error)
  }
}
