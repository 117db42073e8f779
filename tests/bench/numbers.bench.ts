import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Outcome } from '../../commands/outcome.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { Answers } from '../../commands/registrar/answers.ts'
import { invoiceNumbering } from '../../commands/registrar/numbering.ts'
import { runRegistrar } from '../../commands/registrar/registrar.ts'
import { postgresRoleCheckpoints } from '../../commands/role-checkpoints.ts'
import { createWatermarks } from '../../commands/watermarks.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import { entityId } from '../api/program.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { openBenchLog } from './bench-log.ts'
import { drafts, openBench } from './http-bench.ts'
import type { Bench } from './http-bench.ts'
import { openRaw } from './raw.ts'
import type { Section } from './section.ts'
import { rate } from './statistics.ts'

const REQUESTS = 10_000
const AT_ONCE = 100
const ISSUE = {
  name: 'invoicing.issueInvoice',
  actor: { userId: SYSTEM_ACTORS.operator, grants: [{ role: 'billing', entityId: 'all' }] },
  origin: 'cli',
} as const
const RAW_MS = 1_500
/** About as many answers as one append of the registrar holds. */
const BATCH = 75
const DATA_BYTES = 3_500
const ANSWER_MS_MAX = 60_000

interface Standing {
  /** Event id of the last request, in the order of the log. */
  readonly last: string
  readonly series: string
}

/** Requests that no registrar answers. What waits for seconds to be recorded is refused for its time: some at once. */
const standing = async (bench: Bench): Promise<Standing> => {
  const { log, writeSide } = bench.test.program
  const ids = await drafts(bench, REQUESTS)
  const head = await log.store.head()
  const answered: Promise<Outcome>[] = []
  const ask = (): void => {
    for (const invoiceId of ids.slice(answered.length, answered.length + AT_ONCE))
      answered.push(writeSide.handler.handle({ ...ISSUE, input: { invoiceId }, key: randomUUID() }))
  }
  const stopping = new AbortController()
  const after = head ? { after: head.position } : {}
  let recorded = 0
  let last: StoredEvent | undefined
  ask()
  for await (const { events } of log.store.subscribe({ ...after, signal: stopping.signal })) {
    recorded += events.length
    last = events.at(-1) ?? last
    if (recorded === REQUESTS) break
    if (recorded === answered.length) ask()
  }
  stopping.abort()
  const refused = (await Promise.all(answered)).find(({ kind }) => kind !== 'accepted')
  if (refused || !last) throw new Error(`a request stands when its caller has waited: ${refused?.kind}`)
  return { last: last.id, series: (log.decode(last).data as { series: string }).series }
}

/** Answers them on a log of its own, with nothing else at work in the process. */
const numbered = async (
  databaseUrl: string,
  masterKeyFile: string,
  { last, series }: Standing,
): Promise<number> => {
  const { log, close } = await openBenchLog(databaseUrl, masterKeyFile, { create: false })
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  const answers = new Answers()
  const stopping = new AbortController()
  const began = performance.now()
  const running = runRegistrar(
    {
      log,
      numbering: invoiceNumbering,
      checkpoints: postgresRoleCheckpoints(pool),
      answers,
      watermarks: createWatermarks(() => Promise.resolve()),
      now: () => new Date().toISOString(),
    },
    { entityId, series },
    stopping.signal,
  )
  const answer = await answers.wait(last, ANSWER_MS_MAX)
  const seconds = (performance.now() - began) / 1_000
  stopping.abort()
  await running
  await Promise.all([close(), pool.end()])
  if (!answer) throw new Error('the requests were not answered in time')
  return REQUESTS / seconds
}

const measure = async (databaseUrl: string, masterKeyFile: string): Promise<Section> => {
  const bench = await openBench(databaseUrl, [])
  const requests = await standing(bench)
  await copyFile(bench.test.masterKeyFile, masterKeyFile)
  await bench.test.close()
  const measured = await numbered(databaseUrl, masterKeyFile, requests)
  const raw = await openRaw(databaseUrl, DATA_BYTES)
  const bare = BATCH * (await rate(1, RAW_MS, () => raw.batch(BATCH)))
  await raw.close()
  return {
    title: 'Numbers for requests that stand',
    figures: [
      {
        what: `${REQUESTS} requests answered by one registrar`,
        unit: 'numbers/s',
        measured,
        raw: { what: `rows of 4 kB/s in raw batches of ${BATCH}`, measured: bare },
        goal: { bound: 'atLeast', value: 15_000 },
      },
    ],
  }
}

/** The registrar by itself, before so many requests. */
export const run = async (): Promise<Section> => {
  const server = await startThrowawayServer({ durable: true })
  const folder = await mkdtemp(join(tmpdir(), 'grandlivre-bench-'))
  try {
    return await measure(server.url, join(folder, 'master.key'))
  } finally {
    await server.stop()
    await rm(folder, { recursive: true })
  }
}
