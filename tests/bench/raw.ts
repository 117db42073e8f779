import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { intArray, textArray, uuidArray } from '../../event-store/postgres/binary-arrays.ts'
import { median, rate } from './statistics.ts'

/** What the bare server gives through pg, with rows and statements like the log's: the measure of the same run. */

const TABLE = `create table if not exists raw_events (position bigint primary key, stream text collate "C" not null,
  revision integer not null, id uuid not null unique, type text collate "C" not null, data text not null,
  metadata text not null, unique (stream, revision))`
const INSERT = `insert into raw_events select * from
  unnest($1::int4[], $2::text[], $3::int4[], $4::uuid[], $5::text[], $6::text[], $7::text[])`
const METADATA = JSON.stringify({ pad: 'x'.repeat(430) })

let position = 0

export interface Raw {
  /** Commits one batch of so many rows. */
  readonly batch: (rows: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** One connection that inserts batches; `dataBytes` is what an event's data takes. */
export const openRaw = async (databaseUrl: string, dataBytes = 130): Promise<Raw> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(TABLE)
  const data = JSON.stringify({ pad: 'x'.repeat(dataBytes) })
  const batch = async (rows: number): Promise<void> => {
    const at = Array.from({ length: rows }, () => ++position)
    const values = [
      intArray(at),
      textArray(at.map(n => `uniqueKey-orderNumber.${n}`)),
      intArray(at.map(() => 0)),
      uuidArray(at.map(() => randomUUID())),
      textArray(at.map(() => 'organisation.KeyClaimed')),
      textArray(at.map(() => data)),
      textArray(at.map(() => METADATA)),
    ]
    await client.query({ name: 'raw', text: INSERT, values })
  }
  return { batch, close: () => client.end() }
}

/** Pairs of durable single inserts of 4 kB per second, by so many clients: an invoice's two events and nothing else. */
export const rawPairs = async (
  databaseUrl: string,
  clients: number,
  milliseconds: number,
): Promise<number> => {
  const connections: Raw[] = []
  for (let n = 0; n < clients; n++) connections.push(await openRaw(databaseUrl, 4_000))
  const free = [...connections]
  const pairs = await rate(clients, milliseconds, async () => {
    const raw = free.pop()
    if (!raw) throw new Error('each client has its connection')
    await raw.batch(1)
    await raw.batch(1)
    free.push(raw)
  })
  await Promise.all(connections.map(c => c.close()))
  return pairs
}

/** Median milliseconds of the smallest question there is. */
export const rawQuestion = async (databaseUrl: string, times = 500): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const milliseconds: number[] = []
  for (let n = 0; n < times; n++) {
    const began = performance.now()
    await client.query({ name: 'one', text: 'select 1' })
    milliseconds.push(performance.now() - began)
  }
  await client.end()
  return median(milliseconds)
}

/** Events per second that are read in pages of 1,000 and parsed, and nothing done with them. */
export const rawReading = async (databaseUrl: string, parse: boolean): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const began = performance.now()
  let events = 0
  for (let after = '0'; ;) {
    const { rows } = await client.query<[string, string, string, number, string, string, string]>({
      name: 'page',
      text: `select position, id, stream, revision, type, data, metadata from log.events
             where position > $1 order by position limit 1000`,
      values: [after],
      rowMode: 'array',
    })
    if (parse) for (const row of rows) JSON.parse(row[5])
    events += rows.length
    const last = rows.at(-1)
    if (!last) break
    after = last[0]
  }
  const seconds = (performance.now() - began) / 1_000
  await client.end()
  return events / seconds
}
