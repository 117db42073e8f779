import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import type { EventStore } from '../../event-store/port.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { projections } from '../../projections/all.ts'
import { ProjectionRunner } from '../../projections/engine/runner.ts'
import { ProjectionWatch } from '../../projections/engine/watch.ts'
import { invoiceList } from '../../projections/invoicing/invoices.queries.ts'
import { ageing } from '../../projections/invoicing/receivables.queries.ts'
import { accountPage } from '../../projections/ledger/accounts.queries.ts'
import { trialBalance } from '../../projections/ledger/trial-balance.queries.ts'
import { appendFacts, factWriter } from '../projections/support/append-facts.ts'
import { company, sale } from '../projections/support/business.ts'
import { ENTITY, codec } from '../projections/support/facts.ts'
import { revealTest } from '../projections/support/reveal.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import type { Goal, Section } from './section.ts'

const SALES = 20_000
const LIVE_SECONDS = 10
const LIVE_PER_SECOND = 500
const QUERY_ROUNDS = 300

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0

interface Rebuilt {
  readonly events: number
  readonly seconds: number
  readonly residentMax: number
}

const rebuildAlone = async (databaseUrl: string): Promise<Rebuilt> => {
  const program = join(import.meta.dirname, 'rebuild-alone.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [program, databaseUrl])
  return JSON.parse(stdout) as Rebuilt
}

/** Milliseconds from the acknowledgement of an append to its rows in all projections, at a steady rate. */
const liveLatencies = async (databaseUrl: string, store: EventStore): Promise<readonly number[]> => {
  const runner = new ProjectionRunner({ databaseUrl, store, codec, projections, reveal: revealTest })
  const watch = await ProjectionWatch.open(databaseUrl)
  runner.start()
  try {
    const head = (await store.head())?.position
    if (head !== undefined) await watch.waitFor({ projections, position: head }, 60_000)
    return await steadily(store, watch)
  } finally {
    await runner.close()
    await watch.close()
  }
}

const steadily = async (store: EventStore, watch: ProjectionWatch): Promise<readonly number[]> => {
  const write = factWriter(store)
  const latencies: number[] = []
  const visible: Promise<void>[] = []
  const start = performance.now()
  for (let n = 0; n < LIVE_SECONDS * LIVE_PER_SECOND; n++) {
    const early = start + (n * 1_000) / LIVE_PER_SECOND - performance.now()
    if (early > 1) await delay(early)
    // Orders of their own, as many as there are appends: each is a stream nobody else writes to.
    const [, placed] = sale(SALES + n)
    if (!placed) throw new Error('a sale begins with its order')
    const { position } = await write({
      stream: placed.stream,
      facts: [{ event: placed.event, recordedAt: new Date().toISOString() }],
    })
    const acknowledged = performance.now()
    visible.push(
      watch.waitFor({ projections, position }, 10_000).then(() => {
        latencies.push(performance.now() - acknowledged)
      }),
    )
  }
  await Promise.all(visible)
  return latencies
}

const queries = (pool: pg.Pool): Readonly<Record<string, () => Promise<unknown>>> => ({
  'trial balance': () => trialBalance(pool, { entityId: ENTITY, from: '1997-01', to: '1997-12' }),
  'account page': () =>
    accountPage(pool, { entityId: ENTITY, account: '411', from: '1997-06-01', to: '1997-12-31' }),
  'ageing page': () => ageing(pool, { entityId: ENTITY, at: '1998-01-31' }),
  'last 50 invoices': () => invoiceList.page(pool, { filter: { state: 'issued' } }),
})

const queryTimes = async (databaseUrl: string): Promise<ReadonlyMap<string, number>> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const medians = new Map<string, number>()
  try {
    for (const [name, query] of Object.entries(queries(pool))) {
      const times: number[] = []
      for (let round = 0; round < QUERY_ROUNDS; round++) {
        const start = performance.now()
        await query()
        times.push(performance.now() - start)
      }
      medians.set(name, quantile(times, 0.5))
    }
  } finally {
    await pool.end()
  }
  return medians
}

const rounded = (value: number): number => Number(value.toFixed(2))

/** Rebuild of all projections, live latency, and the four queries, on the log of a company of 20,000 invoices. */
export const run = async (): Promise<Section> => {
  const server = await startThrowawayServer({ durable: true })
  const store = await openPostgresStore({ connectionString: server.url })
  try {
    await appendFacts(store, company(SALES))
    const rebuilt = await rebuildAlone(server.url)
    const times = await queryTimes(server.url)
    const latencies = await liveLatencies(server.url, store)
    return sectionOf(rebuilt, times, latencies)
  } finally {
    await store.close()
    await server.stop()
  }
}

const sectionOf = (
  { events, seconds, residentMax }: Rebuilt,
  times: ReadonlyMap<string, number>,
  latencies: readonly number[],
): Section => {
  const goal = (name: string, measured: number, bound: Goal['bound'], value: number): Goal => ({
    name,
    measured: rounded(measured),
    goal: value,
    bound,
  })
  const goals = [
    goal('rebuild of all projections, events/s', events / seconds, 'atLeast', 50_000),
    goal('resident memory of the rebuild, MB', residentMax / 1e6, 'atMost', 300),
    goal('append to visible in all projections, p99 ms', quantile(latencies, 0.99), 'atMost', 15),
    ...[...times].map(([name, ms]) => goal(`${name}, p50 ms`, ms, 'atMost', 2)),
  ]
  return {
    title: `Read side: ${events} events of ${SALES} sales, ${projections.length} projections`,
    columns: ['what', 'measured'],
    rows: [
      ...goals.map(g => [g.name, g.measured]),
      ['append to visible, p50 ms', rounded(quantile(latencies, 0.5))],
    ],
    goals,
  }
}
