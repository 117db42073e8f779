import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { Answers } from '../../commands/registrar/answers.ts'
import { invoiceNumbering } from '../../commands/registrar/numbering.ts'
import { runRegistrar } from '../../commands/registrar/registrar.ts'
import { postgresRoleCheckpoints } from '../../commands/role-checkpoints.ts'
import { createWatermarks } from '../../commands/watermarks.ts'
import { InvoiceIssueRequested } from '../../domain/invoicing/invoice.events.ts'
import { entityId } from '../api/program.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { drafts, openBench } from './http-bench.ts'
import type { Bench } from './http-bench.ts'
import { openRaw } from './raw.ts'
import type { Section } from './section.ts'
import { rate } from './statistics.ts'

const REQUESTS = 10_000
const PACE_MS = 1.5
const RAW_MS = 1_500
/** About as many answers as one append of the registrar holds. */
const BATCH = 75
const DATA_BYTES = 3_500
const ANSWER_MS_MAX = 60_000

/** Requests that no registrar answers yet: the last one's event id, and the series it asked in. */
const standing = async (bench: Bench): Promise<{ readonly last: string; readonly series: string }> => {
  const { handler } = bench.test.program.writeSide
  const ids = await drafts(bench, REQUESTS)
  const actor = { userId: SYSTEM_ACTORS.operator, grants: [{ role: 'billing', entityId: 'all' }] } as const
  const outcomes = await Promise.all(
    ids.map(async (invoiceId, n) => {
      // One after the other, not all in one moment: what waits for seconds is refused for its old time.
      await delay(n * PACE_MS)
      return handler.handle({
        name: 'invoicing.issueInvoice',
        input: { invoiceId },
        key: randomUUID(),
        actor,
        origin: 'cli',
      })
    }),
  )
  const refused = outcomes.find(outcome => outcome.kind !== 'accepted')
  if (refused) throw new Error(`a request stands when its caller has waited: ${refused.kind}`)
  const { log } = bench.test.program
  let last = { id: '', series: '' }
  for await (const { events } of log.store.readAll())
    for (const event of events)
      if (event.type === InvoiceIssueRequested.type)
        last = { id: event.id, series: (log.decode(event).data as { series: string }).series }
  return { last: last.id, series: last.series }
}

const numbered = async (
  { test: { program } }: Bench,
  { last, series }: Awaited<ReturnType<typeof standing>>,
): Promise<number> => {
  const answers = new Answers()
  const stopping = new AbortController()
  const began = performance.now()
  const running = runRegistrar(
    {
      log: program.log,
      numbering: invoiceNumbering,
      checkpoints: postgresRoleCheckpoints(program.readModels),
      answers,
      watermarks: createWatermarks(() => Promise.resolve()),
      now: () => program.clock.now(),
    },
    { entityId, series },
    stopping.signal,
  )
  const answer = await answers.wait(last, ANSWER_MS_MAX)
  const seconds = (performance.now() - began) / 1_000
  stopping.abort()
  await running
  if (!answer) throw new Error('the requests were not answered in time')
  return REQUESTS / seconds
}

/** The registrar by itself, before so many requests. */
export const run = async (): Promise<Section> => {
  const server = await startThrowawayServer({ durable: true })
  const bench = await openBench(server.url, [])
  try {
    const measured = await numbered(bench, await standing(bench))
    const raw = await openRaw(server.url, DATA_BYTES)
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
  } finally {
    await bench.test.close()
    await server.stop()
  }
}
