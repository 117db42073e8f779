import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PROBLEM_TYPE } from '../../api/problems.ts'
import { LogEndangered } from '../../event-store/errors.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbServer } from '../support/eventstoredb/server.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { wholeLog } from '../support/test-events.ts'
import { until } from '../support/wait.ts'
import { draft, openTestProgram, setUpBusiness } from './program.ts'
import type { Answer, Client, TestProgram } from './program.ts'

/** What callers and the operator are told while the server of the log is away, silent, or lets the program in no more. */

const PASSWORD = 'open: sesame'
const DEADLINES = { answerMsMax: 300, appendMsMax: 300, retryMs: 500, awayMsMax: 0 }

let server: EventStoreDbServer
let database: FreshDatabase
let test: TestProgram
let billing: Client
let faults: unknown[]

beforeEach(async () => {
  server = await startEventStoreDb({ tls: true, users: { ledger: PASSWORD } })
  database = await freshDatabase()
  faults = []
  test = await openTestProgram(database.url, 'still', ['projections', 'reactions'], {
    eventStoreUrl: server.connectionString,
    deadlines: DEADLINES,
    onFault: error => faults.push(error),
  })
  await setUpBusiness(test)
  billing = await test.user({ role: 'billing', entityId: 'all' })
})
afterEach(async () => {
  await test.close()
  await database.drop()
  await server.stop()
})

/** Requests of different keys, in both languages, each of which can be sent again. */
const requests = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const invoiceId = randomUUID()
    const language = i % 2 === 0 ? 'fr' : 'en'
    const headers = { 'idempotency-key': randomUUID(), 'accept-language': language }
    return {
      language,
      stream: `invoice-${invoiceId}`,
      send: () => billing.send('invoicing.draftInvoice', draft(invoiceId), headers),
    }
  })
type Request = ReturnType<typeof requests>[number]

const SAID = {
  away: { fr: /^Le journal .*réponde? pas/, en: /^The log .*does not answer/ },
  denied: { fr: /^Le serveur du journal ne laisse pas entrer/, en: /^The server of the log does not let/ },
} as const

const expectUnavailable = ({ language }: Request, why: keyof typeof SAID, answer: Answer): void => {
  expect(answer).toMatchObject({ status: 503, body: { status: 503, code: 'UNAVAILABLE' } })
  expect(answer.headers.get('content-type')).toBe(PROBLEM_TYPE)
  expect(answer.headers.get('content-language')).toBe(language)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answer.body['detail']).toMatch(SAID[why][language as 'fr' | 'en'])
}

/** Sends each again, by its key, until it is done; then each is in the log once, however often it was sent. */
const expectDoneOnce = async (sent: readonly Request[]): Promise<void> => {
  for (const { stream, send } of sent) {
    await until(`${stream} is recorded`, async () => (await send()).status === 200)
    expect(await send()).toMatchObject({ status: 200 })
  }
  const events = await wholeLog(test.program.log.store)
  for (const { stream } of sent) expect(events.filter(event => event.stream === stream)).toHaveLength(1)
}

describe('a server that is away for longer than an append may take', () => {
  it.each<[string, () => unknown, () => unknown]>([
    ['nobody listens', () => server.die(), () => server.comeBack()],
    ['it is silent', () => server.stall(), () => server.resume()],
    [
      'it stores appends and answers none',
      () => server.answerNoAppend(true),
      () => server.answerNoAppend(false),
    ],
  ])(
    '%s: each request is a 503 that says so, and its repeat takes effect once',
    async (_, leave, comeBack) => {
      const sent = requests(6)
      await leave()
      const answers = await Promise.all(sent.map(({ send }) => send()))
      for (const [i, request] of sent.entries()) expectUnavailable(request, 'away', answers[i]!)
      await comeBack()
      await expectDoneOnce([...sent, ...requests(1)])
      await until('it is ready again', async () => (await fetch(`${test.address}/ready`)).ok)
    },
  )
})

describe('a server that answers every read and acknowledges no append', () => {
  it('makes the program not ready, until one is', async () => {
    const [request] = requests(1) as [Request]
    server.answerNoAppend(true)
    expectUnavailable(request, 'away', await request.send())
    expect(await test.program.log.store.head()).toBeDefined()
    const ready = await fetch(`${test.address}/ready`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ failing: ['log'] })
    server.answerNoAppend(false)
    await expectDoneOnce([request, ...requests(1)])
    expect((await fetch(`${test.address}/ready`)).status).toBe(200)
  })
})

describe('a password that is changed while the program runs', () => {
  const alarms = () =>
    faults.flatMap(fault =>
      fault instanceof LogEndangered && fault.sentence.en.includes('does not let ledger in any more')
        ? [fault.sentence]
        : [],
    )

  it('is one alarm and 503 until it is what it was; then all goes on by itself', async () => {
    server.changePassword('ledger', 'another')
    await until('the operator is told', () => alarms().length > 0)
    const sent = requests(4)
    for (const request of sent) expectUnavailable(request, 'denied', await request.send())
    expect(await (await fetch(`${test.address}/ready`)).json()).toMatchObject({
      failing: expect.arrayContaining(['log']) as string[],
    })
    expect(alarms()).toHaveLength(1)
    expect(JSON.stringify(alarms())).not.toContain('sesame')
    server.changePassword('ledger', PASSWORD)
    await expectDoneOnce(sent)
    await until('it is ready again', async () => (await fetch(`${test.address}/ready`)).ok)
    expect(alarms()).toHaveLength(1)
    server.changePassword('ledger', 'yet another')
    await until('the operator is told again', () => alarms().length === 2)
  })
})
