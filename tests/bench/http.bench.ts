import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { customerId, draft, entityId, openTestProgram, setUpBusiness } from '../api/program.ts'
import type { TestProgram } from '../api/program.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { until } from '../support/wait.ts'
import type { Load, Measured } from './http-clients.ts'
import { printed } from './section.ts'
import type { Goal, Section } from './section.ts'

/** How many invoices a client, and sixteen clients, issue while they are measured, after a warming up. */
const ISSUED = { warm: 2_000, one: 1_500, sixteen: 12_000 } as const
/** Queries are asked when there are so many invoices. */
const INVOICES = 20_000
const QUERIES = 300
const PREPARED_AT_ONCE = 64

const load = (options: Load): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('http-clients.ts', import.meta.url), { workerData: options })
    worker.once('message', resolve)
    worker.once('error', reject)
  })

const percentile = (values: readonly number[], p: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * p)] ?? 0
const rounded = (ms: number): number => Math.round(ms * 100) / 100

interface Bench {
  readonly test: TestProgram
  readonly port: number
  readonly cookie: string
}

const wire = ({ cookie, port }: Bench, method: string, path: string, body = '', key = ''): string =>
  [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    `cookie: ${cookie}`,
    'x-requested-with: bench',
    ...(key === '' ? [] : [`idempotency-key: ${key}`, 'content-type: application/json']),
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')

/** Drafts ready to be issued: what is measured is from the request of a number to the number. */
const drafts = async ({ test }: Bench, count: number): Promise<readonly string[]> => {
  const ids = Array.from({ length: count }, () => randomUUIDv7())
  const waiting = ids.values()
  await Promise.all(
    Array.from({ length: PREPARED_AT_ONCE }, async () => {
      for (const invoiceId of waiting) await test.done('invoicing.draftInvoice', draft(invoiceId))
    }),
  )
  return ids
}

const issue = async (bench: Bench, clients: number, count: number): Promise<Measured> => {
  const requests = (await drafts(bench, count)).map(invoiceId =>
    wire(bench, 'POST', '/api/commands/invoicing.issueInvoice', JSON.stringify({ invoiceId }), randomUUID()),
  )
  return checked(await load({ port: bench.port, clients, requests }))
}

const checked = (measured: Measured): Measured => {
  if (measured.failures.length > 0) throw new Error(`not every answer was a success: ${measured.failures[0]}`)
  return measured
}

const issuing = async (bench: Bench): Promise<Pick<Section, 'rows' | 'goals'>> => {
  await issue(bench, 8, ISSUED.warm)
  const rows: (string | number)[][] = []
  const goals: Goal[] = []
  for (const [clients, count, goal] of [
    [1, ISSUED.one, 450],
    [16, ISSUED.sixteen, 3_000],
  ] as const) {
    const { seconds, milliseconds } = await issue(bench, clients, count)
    const rate = Math.round(count / seconds)
    const [p50, p99] = [rounded(percentile(milliseconds, 0.5)), rounded(percentile(milliseconds, 0.99))]
    rows.push(['invoices issued', clients, rate, p50, p99])
    goals.push({
      name: `invoices issued over HTTP/s, ${clients} client(s)`,
      measured: rate,
      goal,
      bound: 'atLeast',
    })
  }
  return { rows, goals }
}

const asking = async (bench: Bench): Promise<Pick<Section, 'rows' | 'goals'>> => {
  const year = new Date().getUTCFullYear()
  const range = `entityId=${entityId}&from=${year}-01-01&to=${year}-12-31`
  const pages: Readonly<Record<string, string>> = {
    'trial balance': `/api/ledger/trial-balance?entityId=${entityId}&from=${year}-01&to=${year}-12`,
    'account page of 50': `/api/ledger/accounts/411/lines?${range}&limit=50`,
    'third party page of 50': `/api/ledger/parties/${customerId}/lines?${range}&limit=50`,
    'ageing page': `/api/invoicing/ageing?entityId=${entityId}&at=${year}-12-31`,
    'last 50 invoices': '/api/invoicing/invoices?limit=50',
  }
  const rows: (string | number)[][] = []
  const goals: Goal[] = []
  for (const [name, path] of Object.entries(pages)) {
    const requests = Array.from({ length: QUERIES }, () => wire(bench, 'GET', path))
    checked(await load({ port: bench.port, clients: 1, requests: requests.slice(0, QUERIES / 3) }))
    const { seconds, milliseconds } = checked(await load({ port: bench.port, clients: 1, requests }))
    const p50 = rounded(percentile(milliseconds, 0.5))
    rows.push([name, 1, Math.round(QUERIES / seconds), p50, rounded(percentile(milliseconds, 0.99))])
    goals.push({ name: `${name} at ${INVOICES} invoices, p50 ms`, measured: p50, goal: 2, bound: 'atMost' })
  }
  return { rows, goals }
}

/** Waits until the read models hold everything: queries are measured at rest. */
const caughtUp = ({ test: { program } }: Bench): Promise<void> =>
  until('the read models have caught up', async () => {
    const progress = await program.watch.current()
    return [...progress.values()].every(({ ordinal }) => ordinal >= program.logEnd())
  })

const measure = async (bench: Bench): Promise<Section> => {
  const issued = await issuing(bench)
  const { warm, one, sixteen } = ISSUED
  await issue(bench, 16, INVOICES - warm - one - sixteen)
  await caughtUp(bench)
  const asked = await asking(bench)
  return {
    title: 'HTTP, with projections running',
    columns: ['what', 'clients', 'per second', 'p50 ms', 'p99 ms'],
    rows: [...issued.rows, ...asked.rows],
    goals: [...issued.goals, ...asked.goals],
  }
}

/** Invoices issued over HTTP, request to number, and queries at 20,000 invoices; everything on the same machine. */
export const run = async (): Promise<Section> => {
  const server = await startThrowawayServer({ durable: true })
  const test = await openTestProgram(server.url, 'machine')
  try {
    const year = new Date().getUTCFullYear()
    await setUpBusiness(test, [{ year: String(year), startsOn: `${year}-01-01`, endsOn: `${year}-12-31` }])
    const { cookie } = await test.user(
      { role: 'billing', entityId: 'all' },
      { role: 'auditor', entityId: 'all' },
    )
    return await measure({ test, cookie, port: Number(new URL(test.address).port) })
  } finally {
    await test.close()
    await server.stop()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(printed(await run()))
