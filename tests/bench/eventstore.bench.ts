import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projections } from '../../projections/all.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { startEventStoreDbProcess } from '../support/eventstoredb/process.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { MEASURE_MS, ROUNDS, appendOf, appendRate } from './append.bench.ts'
import { appending, openBenchLog } from './bench-log.ts'
import type { BenchLog } from './bench-log.ts'
import { openBench } from './http-bench.ts'
import { issueAll } from './http.bench.ts'
import { LIVE_PER_SECOND, visibleAfter } from './rebuild.bench.ts'
import type { Figure, Section } from './section.ts'
import { inTurns, quantile } from './statistics.ts'

/** How many invoices are issued: to warm up, then while they are measured. */
const ISSUED = { warm: 200, one: 200, sixteen: 1_000 } as const

/** Where one log of the comparison lies: its database, and its server where that is another. */
interface Place {
  readonly databaseUrl: string
  readonly masterKeyFile: string
  readonly eventStoreUrl?: string | undefined
}

interface AtWork {
  readonly one: Awaited<ReturnType<typeof issueAll>>
  readonly sixteen: Awaited<ReturnType<typeof issueAll>>
  readonly visible: readonly number[]
  readonly events: number
  readonly rebuiltPerSecond: number
}

/** A program at work on one store; then, when it has ended, its read models made anew from the log. */
const atWork = async (place: Place): Promise<AtWork> => {
  const { databaseUrl, eventStoreUrl, masterKeyFile } = place
  const bench = await openBench(databaseUrl, undefined, { eventStoreUrl, masterKeyFile })
  await issueAll(bench, { clients: 8, count: ISSUED.warm })
  const one = await issueAll(bench, { clients: 1, count: ISSUED.one })
  const sixteen = await issueAll(bench, { clients: 16, count: ISSUED.sixteen })
  const { log, watch } = bench.test.program
  const append = appending(log, 1)
  const visible = await visibleAfter(watch, append)
  await bench.test.close()
  return { one, sixteen, visible, ...(await rebuilt(place)) }
}

const rebuilt = async ({ databaseUrl, ...place }: Place) => {
  const { log, vault, close } = await openBenchLog(databaseUrl, place.masterKeyFile, {
    create: false,
    eventStoreUrl: place.eventStoreUrl,
  })
  const began = performance.now()
  const { events } = await rebuild({
    databaseUrl,
    store: log.store,
    codec: log.codec,
    projections,
    reveal: fields => vault.reveal(log.id, fields),
  })
  const seconds = (performance.now() - began) / 1_000
  await close()
  return { events, rebuiltPerSecond: events / seconds }
}

const beside = (what: string, unit: string, [esdb, postgres]: readonly [number, number]): Figure => ({
  what,
  unit,
  measured: esdb,
  raw: { what: `${unit} on PostgreSQL`, measured: postgres },
})

const worked = (esdb: AtWork, postgres: AtWork): readonly Figure[] => {
  const both = (what: string, unit: string, of: (work: AtWork) => number): Figure =>
    beside(what, unit, [of(esdb), of(postgres)])
  const issuing = (['one', 'sixteen'] as const).flatMap(who => {
    const clients = `${who === 'one' ? 1 : 16} client(s)`
    return [
      both(`invoices issued, ${clients}`, '/s', work => work[who].perSecond),
      both(`  p50, ${clients}`, 'ms', work => quantile(work[who].milliseconds, 0.5)),
      both(`  p99, ${clients}`, 'ms', work => quantile(work[who].milliseconds, 0.99)),
      both(`  thread of the API, ${clients}`, 'ms CPU each', work => work[who].cpuMilliseconds),
    ]
  })
  const visible = `append to visible in all projections, ${LIVE_PER_SECOND} writes/s`
  return [
    ...issuing,
    both(`${visible}, p50`, 'ms', work => quantile(work.visible, 0.5)),
    both('  p99', 'ms', work => quantile(work.visible, 0.99)),
    both(`rebuild of all projections, ${esdb.events} events`, 'events/s', work => work.rebuiltPerSecond),
  ]
}

const appends = async (
  measured: BenchLog,
  beside: BenchLog,
  { sizes, where }: { readonly sizes: readonly number[]; readonly where: string },
): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const size of sizes)
    for (const callers of [1, 8, 64]) {
      const [ours, theirs] = await inTurns(
        ROUNDS,
        () => appendRate(measured.log, callers, size, MEASURE_MS),
        () => appendRate(beside.log, callers, size, MEASURE_MS),
      )
      const raw = { what: `events/s ${where}`, measured: theirs }
      figures.push({ what: appendOf(size, callers), unit: 'events/s', measured: ours, raw })
    }
  return figures
}

const compare = async (esdb: Place, postgres: Place): Promise<readonly Section[]> => {
  const work = worked(await atWork(esdb), await atWork(postgres))
  const open = ({ databaseUrl, masterKeyFile, eventStoreUrl }: Place): Promise<BenchLog> =>
    openBenchLog(databaseUrl, masterKeyFile, { create: false, eventStoreUrl })
  // The first store of a process appends in batches, any other by a call for each append.
  const [batches, calls, table] = [await open(esdb), await open(esdb), await open(postgres)]
  const { address, version } = batches.logServer ?? { address: '', version: '' }
  const sections = [
    { title: `The program on EventStoreDB ${version} at ${address}, beside PostgreSQL`, figures: work },
    {
      title: 'Appends to EventStoreDB, beside PostgreSQL',
      figures: await appends(batches, table, { sizes: [1, 100], where: 'on PostgreSQL' }),
    },
    {
      title: 'Appends to EventStoreDB in batches, beside a call for each append',
      figures: await appends(batches, calls, { sizes: [1], where: 'by a call for each' }),
    },
  ]
  await Promise.all([batches, calls, table].map(({ close }) => close()))
  return sections
}

const NO_REAL_SERVER: Section = {
  title:
    'EVENTSTORE_URL names no server: what follows ran against the server of the tests, which keeps no disk busy. It ' +
    'tells what client, adapter and protocol cost, and nothing of a real server.',
  figures: [],
}

/**
 * Both stores side by side, in one run. EVENTSTORE_URL may name a real server that holds no log yet: one is opened there,
 * and what is written stays.
 */
export const run = async (): Promise<readonly Section[]> => {
  const folder = await mkdtemp(join(tmpdir(), `grandlivre-bench-${randomUUID()}`))
  const given = process.env['EVENTSTORE_URL']
  const ours = given ? undefined : await startEventStoreDbProcess({})
  const servers = [
    await startThrowawayServer({ durable: true }),
    await startThrowawayServer({ durable: true }),
  ] as const
  const place = (n: 0 | 1, eventStoreUrl?: string): Place => ({
    databaseUrl: servers[n].url,
    masterKeyFile: join(folder, `${n}.key`),
    eventStoreUrl,
  })
  try {
    const sections = await compare(place(0, given ?? ours?.connectionString), place(1))
    return given ? sections : [NO_REAL_SERVER, ...sections]
  } finally {
    await ours?.kill()
    for (const server of servers) await server.stop()
    await rm(folder, { recursive: true })
  }
}
