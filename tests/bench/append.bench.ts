import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { eventDefinitions } from '../../domain/events.ts'
import { createCodec } from '../../event-store/codec.ts'
import { createLog, openLog } from '../../event-store/log.ts'
import type { Log } from '../../event-store/log.ts'
import { intArray, textArray, uuidArray } from '../../event-store/postgres/binary-arrays.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { postgresClock } from '../../event-store/postgres/server-clock.ts'
import { openVault } from '../../event-store/vault/vault.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { sampleInvoiceIssued } from './sample-invoice.ts'
import { printed } from './section.ts'
import type { Goal, Section } from './section.ts'

/** How long each figure is measured, after a third of it to warm up. */
const MEASURE_MS = 2_500
const ROUNDS = 3
const ACTOR = randomUUID()

/** An event of about 600 bytes with its metadata, as PERFORMANCE measured. */
const smallEvent = () => ({
  type: 'organisation.KeyClaimed',
  data: { kind: 'orderNumber', ownerStream: `order-${randomUUID()}`, commandId: randomUUID() },
})

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Events per second of so many callers, each doing `act` again and again. */
const rate = async (callers: number, eventsPerAct: number, act: () => Promise<unknown>): Promise<number> => {
  let acts = 0
  const during = async (ms: number): Promise<number> => {
    const start = performance.now()
    acts = 0
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (performance.now() - start < ms) {
          await act()
          acts++
        }
      }),
    )
    return (acts * eventsPerAct * 1_000) / (performance.now() - start)
  }
  await during(MEASURE_MS / 3)
  return during(MEASURE_MS)
}

const RAW_TABLE = `create table raw (position bigint primary key, stream text collate "C" not null,
  revision integer not null, id uuid not null unique, type text collate "C" not null, data text not null,
  metadata text not null, unique (stream, revision))`
const RAW_INSERT = `insert into raw select * from
  unnest($1::int4[], $2::text[], $3::int4[], $4::uuid[], $5::text[], $6::text[], $7::text[])`

/** One connection, the same table, rows of the same size, one batch per statement: what the server gives at best. */
const rawBatches = (client: pg.Client): ((size: number) => Promise<void>) => {
  let position = 0
  const data = JSON.stringify(smallEvent().data)
  const metadata = JSON.stringify({ pad: 'x'.repeat(430) })
  return async size => {
    const at = Array.from({ length: size }, () => ++position)
    const values = [
      intArray(at),
      textArray(at.map(n => `uniqueKey-orderNumber.${n}`)),
      intArray(at.map(() => 0)),
      uuidArray(at.map(() => randomUUID())),
      textArray(at.map(() => 'organisation.KeyClaimed')),
      textArray(at.map(() => data)),
      textArray(at.map(() => metadata)),
    ]
    await client.query({ name: 'raw', text: RAW_INSERT, values })
  }
}

const appends = (log: Log, size: number): (() => Promise<unknown>) => {
  let n = 0
  return () => {
    const commandId = randomUUID()
    return log.append({
      stream: `uniqueKey-orderNumber.${commandId}.${++n}`,
      expected: 'noStream',
      events: Array.from({ length: size }, smallEvent),
      context: {
        commandId,
        correlationId: commandId,
        actor: ACTOR,
        permission: 'sales@all',
        origin: 'api',
        recordedAt: new Date().toISOString(),
      },
    })
  }
}

const readRate = async (log: Log, decode: boolean): Promise<number> => {
  let events = 0
  const start = performance.now()
  for await (const batch of log.store.readAll()) {
    events += batch.events.length
    if (decode) for (const event of batch.events) log.decode(event)
  }
  return (events * 1_000) / (performance.now() - start)
}

const decodeMicroseconds = (log: Log): number => {
  const texts = Array.from({ length: 500 }, () => log.codec.prepare(sampleInvoiceIssued()).data(String))
  const round = () => {
    const start = performance.now()
    for (const text of texts) log.codec.decode('invoicing.InvoiceIssued', 1, text)
    return ((performance.now() - start) * 1_000) / texts.length
  }
  return median(Array.from({ length: 30 }, round))
}

/** Appends through the whole log layer (schema, clock, chain, group commit), against raw batches of the same size. */
export const run = async (): Promise<Section> => {
  const server = await startThrowawayServer({ durable: true })
  const folder = await mkdtemp(join(tmpdir(), 'grandlivre-bench-'))
  const store = await openPostgresStore({ connectionString: server.url })
  const pool = new pg.Pool({ connectionString: server.url, max: 1 })
  const vault = await openVault({ connectionString: server.url, masterKeyFile: join(folder, 'master.key') })
  const client = new pg.Client({ connectionString: server.url })
  try {
    await client.connect()
    await client.query(RAW_TABLE)
    const clock = { kind: 'real', serverNow: postgresClock(pool) } as const
    const options = { store, codec: createCodec(eventDefinitions), protection: vault, clock }
    await createLog(options, { kind: 'sandbox', name: 'bench', recordedAt: new Date().toISOString() })
    return await measure(await openLog(options), rawBatches(client))
  } finally {
    await Promise.all([store.close(), pool.end(), vault.close(), client.end()])
    await server.stop()
    await rm(folder, { recursive: true })
  }
}

const measure = async (log: Log, raw: (size: number) => Promise<void>): Promise<Section> => {
  const rows: (string | number)[][] = []
  const goals: Goal[] = []
  for (const size of [1, 100])
    for (const callers of [1, 8, 64]) {
      const ours: number[] = []
      const theirs: number[] = []
      // In turns, so that whatever else the machine does falls on both.
      for (let round = 0; round < ROUNDS; round++) {
        theirs.push(await rate(1, size * callers, () => raw(size * callers)))
        ours.push(await rate(callers, size, appends(log, size)))
      }
      const ratio = Math.round((100 * median(ours)) / median(theirs))
      rows.push([
        `append of ${size}`,
        callers,
        Math.round(median(ours)),
        Math.round(median(theirs)),
        `${ratio} %`,
      ])
      const goal = size === 100 ? 90 : 60
      goals.push({
        name: `append of ${size}, ${callers} caller(s), % of raw`,
        measured: ratio,
        goal,
        bound: 'atLeast',
      })
    }
  const read = await readRate(log, false)
  const decoded = await readRate(log, true)
  const invoice = decodeMicroseconds(log)
  rows.push(['readAll', 1, Math.round(read), '', ''], ['readAll and decode', 1, Math.round(decoded), '', ''])
  rows.push(['decode an issued invoice (4 kB), µs', 1, Number(invoice.toFixed(1)), '', ''])
  goals.push({ name: 'readAll, events/s', measured: Math.round(read), goal: 300_000, bound: 'atLeast' })
  return { title: 'The log', columns: ['what', 'callers', 'events/s', 'raw batches', 'ratio'], rows, goals }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(printed(await run()))
