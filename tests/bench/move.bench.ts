import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LogComparison } from '../../event-store/comparison.ts'
import { copyEvents } from '../../event-store/copy.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { freshDatabaseOn } from '../support/postgres.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { appending, openBenchLog } from './bench-log.ts'
import { openRaw, rawReading } from './raw.ts'
import type { Figure, Section } from './section.ts'
import { rate } from './statistics.ts'

const APPENDS = 4_000
/** Consecutive events of one stream, which travel together: about what a business records. */
const EVENTS_EACH = 2
const RAW_MS = 2_000

const { signal } = new AbortController()

/** Events per second of work that says how many it dealt with. */
const perSecond = async (work: () => Promise<number>): Promise<number> => {
  const start = performance.now()
  return ((await work()) * 1_000) / (performance.now() - start)
}

const measure = async (sourceUrl: string, targetUrl: string, masterKeyFile: string): Promise<Figure[]> => {
  const { log, close } = await openBenchLog(sourceUrl, masterKeyFile, { create: true })
  const append = appending(log, EVENTS_EACH)
  await Promise.all(Array.from({ length: APPENDS }, append))
  const target = await openPostgresStore({ connectionString: targetUrl, copying: true })
  const copied = await perSecond(() => copyEvents(log.store, target, { signal }))
  const raw = await openRaw(targetUrl)
  const bare = EVENTS_EACH * (await rate(1, RAW_MS, () => raw.batch(EVENTS_EACH)))
  const compared = await perSecond(async () => {
    const comparison = new LogComparison(log.store, target, log.id)
    await comparison.advance(signal)
    return comparison.compared.events
  })
  const read = await rawReading(sourceUrl, false)
  await Promise.all([close(), target.close(), raw.close()])
  return [
    {
      what: `copy, ${EVENTS_EACH} events an append, one in flight`,
      unit: 'events/s',
      measured: copied,
      raw: { what: `in raw batches of ${EVENTS_EACH}, one caller`, measured: bare },
    },
    {
      what: 'comparison of both, with the chain',
      unit: 'events/s',
      measured: compared,
      raw: { what: 'read raw, not parsed, of one', measured: read },
    },
  ]
}

/** A log is copied to another database of the same server, and compared with it. */
export const run = async (): Promise<Section> => {
  const server = await startThrowawayServer({ durable: true })
  const folder = await mkdtemp(join(tmpdir(), 'grandlivre-bench-move-'))
  try {
    const [source, target] = [await freshDatabaseOn(server.url), await freshDatabaseOn(server.url)]
    const figures = await measure(source.url, target.url, join(folder, 'master.key'))
    return { title: 'Moving a log: events of about 600 bytes, durable', figures }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true })
  }
}
