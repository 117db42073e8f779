import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Appended, EventStore } from '../../event-store/port.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { projections } from '../../projections/all.ts'
import { ProjectionRunner } from '../../projections/engine/runner.ts'
import { ProjectionWatch } from '../../projections/engine/watch.ts'
import { appendFacts, factWriter } from '../projections/support/append-facts.ts'
import { company, sale } from '../projections/support/business.ts'
import { codec } from '../projections/support/facts.ts'
import { revealTest } from '../projections/support/reveal.ts'
import { programFlags } from '../support/program-flags.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { rawQuestion, rawReading } from './raw.ts'
import type { Figure, Section } from './section.ts'
import { quantile } from './statistics.ts'

const SALES = 20_000
const LIVE_SECONDS = 10
/** Writes of the first second are not counted: connections plan their statements then, once. */
const LIVE_WARM_SECONDS = 1
export const LIVE_PER_SECOND = 500

interface Rebuilt {
  readonly events: number
  readonly seconds: number
  readonly residentMax: number
}

const rebuildAlone = async (databaseUrl: string): Promise<Rebuilt> => {
  const program = join(import.meta.dirname, 'rebuild-alone.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [...programFlags(), program, databaseUrl])
  return JSON.parse(stdout) as Rebuilt
}

const liveLatencies = async (databaseUrl: string, store: EventStore): Promise<readonly number[]> => {
  const runner = new ProjectionRunner({ databaseUrl, store, codec, projections, reveal: revealTest })
  const watch = await ProjectionWatch.open(databaseUrl)
  runner.start()
  try {
    const head = (await store.head())?.position
    if (head !== undefined) await watch.waitFor({ projections, position: head }, 60_000)
    return await visibleAfter(watch, appendOrder(store))
  } finally {
    await runner.close()
    await watch.close()
  }
}

/** Orders of their own, as many as there are appends: each is a stream nobody else writes to. */
const appendOrder = (store: EventStore) => {
  const write = factWriter(store)
  return (n: number): Promise<Appended> => {
    const [, placed] = sale(SALES + n)
    if (!placed) throw new Error('a sale begins with its order')
    return write({
      stream: placed.stream,
      facts: [{ event: placed.event, recordedAt: new Date().toISOString() }],
    })
  }
}

/** Milliseconds from the acknowledgement of each append to its rows in all projections, at a steady rate. */
export const visibleAfter = async (
  watch: ProjectionWatch,
  append: (n: number) => Promise<Pick<Appended, 'position'>>,
): Promise<readonly number[]> => {
  const latencies: number[] = []
  const visible: Promise<void>[] = []
  const start = performance.now()
  for (let n = 0; n < (LIVE_WARM_SECONDS + LIVE_SECONDS) * LIVE_PER_SECOND; n++) {
    const early = start + (n * 1_000) / LIVE_PER_SECOND - performance.now()
    if (early > 1) await delay(early)
    const { position } = await append(n)
    const acknowledged = performance.now()
    visible.push(
      watch.waitFor({ projections, position }, 10_000).then(() => {
        if (n >= LIVE_WARM_SECONDS * LIVE_PER_SECOND) latencies.push(performance.now() - acknowledged)
      }),
    )
  }
  await Promise.all(visible)
  return latencies
}

const figuresOf = async (
  databaseUrl: string,
  { events, seconds, residentMax }: Rebuilt,
): Promise<readonly Figure[]> => {
  const read = await rawReading(databaseUrl, true)
  return [
    {
      what: 'rebuild of all projections',
      unit: 'events/s',
      measured: events / seconds,
      raw: { what: 'events/s read raw and parsed, nothing written', measured: read },
      goal: { bound: 'atLeast', value: 50_000 },
    },
    {
      what: 'resident memory of the rebuild at most',
      unit: 'MB',
      measured: residentMax / 1e6,
      goal: { bound: 'atMost', value: 300 },
    },
  ]
}

const liveFigures = async (databaseUrl: string, store: EventStore): Promise<readonly Figure[]> => {
  const latencies = await liveLatencies(databaseUrl, store)
  const raw = { what: 'ms for "select 1" by pg', measured: await rawQuestion(databaseUrl) }
  return [
    {
      what: `append to visible in all projections, ${LIVE_PER_SECOND} writes/s, p99`,
      unit: 'ms',
      measured: quantile(latencies, 0.99),
      raw,
      goal: { bound: 'atMost', value: 15 },
    },
    { what: '  p50', unit: 'ms', measured: quantile(latencies, 0.5), raw },
  ]
}

/** Rebuild of all projections, and live latency, on the log of a company of 20,000 invoices. */
export const run = async (): Promise<Section> => {
  const server = await startThrowawayServer({ durable: true })
  const store = await openPostgresStore({ connectionString: server.url })
  try {
    await appendFacts(store, company(SALES))
    const rebuilt = await rebuildAlone(server.url)
    return {
      title: `Read models: ${rebuilt.events} events of ${SALES} sales, ${projections.length} projections`,
      figures: [...(await figuresOf(server.url, rebuilt)), ...(await liveFigures(server.url, store))],
    }
  } finally {
    await store.close()
    await server.stop()
  }
}
