import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { draft, openTestProgram, setUpBusiness } from '../api/program.ts'
import type { LogOfTest, TestProgram } from '../api/program.ts'
import { until } from '../support/wait.ts'
import type { Load, Measured } from './http-clients.ts'

/** A program with a company whose invoices a signed-in client may issue and read, and clients that ask over HTTP. */
export interface Bench {
  readonly test: TestProgram
  readonly port: number
  readonly cookie: string
}

const PREPARED_AT_ONCE = 64
/** Invoices go to so many customers in turn. */
const CUSTOMERS = 200

const customerIds: readonly string[] = Array.from({ length: CUSTOMERS }, () => randomUUIDv7())
/** One of them. */
export const someCustomer = customerIds[0] ?? ''

/** A SIREN by its check digit (Luhn), of a company that does not exist. */
const inventedSiren = (n: number): string => {
  const digits = String(90_000_000 + n)
  const doubled = [...digits].map((d, i) => Number(d) * (i % 2 === 0 ? 1 : 2))
  const sum = doubled.reduce((total, d) => total + (d > 9 ? d - 9 : d), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

const registerCustomers = async ({ done }: TestProgram): Promise<void> => {
  const address = { line1: "59 rue de l'Abbaye", postcode: '51100', city: 'Reims', country: 'FR' }
  for (const [n, customerId] of customerIds.entries()) {
    const name = `Client ${n}`
    const party = { kind: 'company', name, siren: inventedSiren(n), address }
    await done('commerce.registerCustomer', { customerId, code: `C${n}`, party, currency: 'EUR' })
  }
}

export const openBench = async (
  databaseUrl: string,
  roles?: Parameters<typeof openTestProgram>[2],
  log?: LogOfTest,
): Promise<Bench> => {
  const test = await openTestProgram(databaseUrl, 'machine', roles, log)
  const year = new Date().getUTCFullYear()
  await setUpBusiness(test, [{ year: String(year), startsOn: `${year}-01-01`, endsOn: `${year}-12-31` }])
  await registerCustomers(test)
  const { cookie } = await test.user(
    { role: 'billing', entityId: 'all' },
    { role: 'auditor', entityId: 'all' },
  )
  return { test, cookie, port: Number(new URL(test.address).port) }
}

/** A whole request as it goes over the wire. */
export const wire = ({ cookie, port }: Bench, method: string, path: string, body = '', key = ''): string =>
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

/** Drafts ready to be issued. */
export const drafts = async ({ test }: Pick<Bench, 'test'>, count: number): Promise<readonly string[]> => {
  const ids = Array.from({ length: count }, () => randomUUIDv7())
  const waiting = ids.entries()
  await Promise.all(
    Array.from({ length: PREPARED_AT_ONCE }, async () => {
      for (const [n, invoiceId] of waiting)
        await test.done('invoicing.draftInvoice', {
          ...draft(invoiceId),
          customerId: customerIds[n % CUSTOMERS],
        })
    }),
  )
  return ids
}

export const issueRequests = async (bench: Bench, count: number): Promise<readonly string[]> =>
  (await drafts(bench, count)).map(invoiceId =>
    wire(bench, 'POST', '/api/commands/invoicing.issueInvoice', JSON.stringify({ invoiceId }), randomUUID()),
  )

/** Sends requests from a thread of its own. @throws where an answer was no success */
export const load = async (options: Load): Promise<Measured> => {
  const measured = await new Promise<Measured>((resolve, reject) => {
    const worker = new Worker(new URL('http-clients.ts', import.meta.url), { workerData: options })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  if (measured.failures.length > 0) throw new Error(`not every answer was a success: ${measured.failures[0]}`)
  return measured
}

/** Waits until the read models hold everything. */
export const caughtUp = ({ test: { program } }: Pick<Bench, 'test'>): Promise<void> =>
  until('the read models have caught up', async () => {
    const head = await program.log.store.head()
    const progress = await program.watch.current()
    return [...progress.values()].every(({ position }) => position === head?.position)
  })
