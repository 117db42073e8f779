import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { customerId, draft, entityId, openTestProgram, setUpBusiness } from './program.ts'
import type { Answer, Client, TestProgram } from './program.ts'

/** What an accountant's screens read: months and what is missing before they close, third parties, comparisons. */

let database: FreshDatabase
let test: TestProgram
let accountant: Client
let chief: Client
let billing: Client
const invoiceId = randomUUID()
const paymentId = randomUUID()
const allocationId = randomUUID()
const entryId = randomUUID()

/** 12 pieces of 18.00 at 20.6 %. */
const GROSS = 260_50

const entry = {
  entryId,
  entityId,
  journal: 'OD',
  accountingDate: '1996-06-30',
  documentDate: '1996-06-30',
  documentReference: 'OD-1',
  label: 'Loyer de juin',
  lines: [
    { account: '6132', label: 'Loyer', side: 'debit', amount: 900_00 },
    { account: '512', label: 'Loyer', side: 'credit', amount: 900_00 },
  ],
}

let position = ''
const send = async (client: Client, name: string, input: object): Promise<Answer> => {
  const answer = await client.send(name, input)
  if (typeof answer.body['position'] === 'string') position = answer.body['position']
  return answer
}
const read = async (path: string, client = accountant): Promise<Answer['body']> => {
  const sign = path.includes('?') ? '&' : '?'
  return (await client.get(`${path}${sign}entityId=${entityId}&minPosition=${position}`)).body
}

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url)
  await setUpBusiness(test)
  accountant = await test.user({ role: 'accountant', entityId: 'all' })
  chief = await test.user({ role: 'chiefAccountant', entityId: 'all' })
  billing = await test.user({ role: 'billing', entityId: 'all' })
  await send(billing, 'invoicing.draftInvoice', draft(invoiceId))
  await send(billing, 'invoicing.issueInvoice', { invoiceId })
  const payment = { paymentId, entityId, customerId, bankDate: '1996-07-01', amount: GROSS, currency: 'EUR' }
  await send(accountant, 'invoicing.recordPayment', { ...payment, journal: 'BQ', bankReference: 'VIR 1' })
  await send(accountant, 'ledger.draftManualEntry', entry)
})
afterAll(async () => {
  await test?.close()
  await database.drop()
})

const checklist = (period: string) => read(`/api/ledger/months/${period}/checklist`)

describe('before a month is closed', () => {
  it('says what still waits in it or before', async () => {
    expect(await checklist('1996-05')).toMatchObject({ manualDrafts: 0, unallocatedPayments: 0 })
    expect(await checklist('1996-06')).toMatchObject({ manualDrafts: 1, unallocatedPayments: 0 })
    expect(await checklist('1996-07')).toEqual({
      manualDrafts: 1,
      invoiceDrafts: 0,
      invoiceRequests: 0,
      unallocatedPayments: 1,
    })
  })

  it('no longer says it once it is done', async () => {
    await send(chief, 'ledger.validateManualEntry', { entryId })
    const settlements = [{ invoiceId, amount: GROSS }]
    const allocation = { allocationId, entityId, customerId, currency: 'EUR', paymentId, settlements }
    await send(accountant, 'invoicing.allocatePayment', allocation)
    expect(await checklist('1996-07')).toMatchObject({ manualDrafts: 0, unallocatedPayments: 0 })
  })
})

describe('months', () => {
  it('tell their state, their journals and who locked them', async () => {
    await send(chief, 'ledger.lockJournal', { entityId, period: '1996-06', journal: 'OD' })
    await send(chief, 'ledger.cutPeriod', { entityId, period: '1996-01' })
    const body = await read('/api/ledger/months')
    expect(body).toMatchObject({ year: '1996', years: [{ year: '1996', startsOn: '1996-01-01' }] })
    const months = body['months'] as readonly { period: string; state: string; journals: readonly object[] }[]
    expect(months.map(({ period }) => period)).toHaveLength(12)
    expect(months[0]).toMatchObject({ period: '1996-01', cutByName: 'Camille' })
    expect(months[5]).toMatchObject({ period: '1996-06', state: 'open', cutAt: null })
    expect(months[5]?.journals).toContainEqual({
      journal: 'OD',
      entries: 1,
      debit: 900_00,
      credit: 900_00,
      firstNumber: 1,
      lastNumber: 1,
      lockedAt: expect.stringMatching(/^1996-07-01T/) as string,
      lockedByName: 'Camille',
    })
    expect(months[6]?.journals).toContainEqual(
      expect.objectContaining({ journal: 'VE', entries: 1, debit: GROSS }),
    )
    expect(await read('/api/ledger/months?year=1995')).toMatchObject({ months: [] })
    expect(await read('/api/ledger/fiscal-years')).toEqual({ items: body['years'] })
  })

  it('tell of a closed month what its close stated', async () => {
    for (const period of ['1996-02', '1996-03', '1996-04', '1996-05', '1996-06'])
      await send(chief, 'ledger.cutPeriod', { entityId, period })
    await expect
      .poll(async () => {
        const { months } = (await read('/api/ledger/months')) as { months: readonly { state: string }[] }
        return months.slice(0, 7).map(({ state }) => state)
      })
      .toEqual([...Array.from({ length: 6 }, () => 'closed'), 'open'])
    const { months } = (await read('/api/ledger/months')) as { months: readonly Record<string, unknown>[] }
    expect(months[5]).toMatchObject({ agrees: true, moved: 0 })
    expect(months[5]?.['journals']).toContainEqual(
      expect.objectContaining({ journal: 'OD', entries: 1, debit: 900_00, lastNumber: 1 }),
    )
  })
})

describe('third parties', () => {
  const days = 'from=1996-01-01&to=1996-12-31'
  const lines = async () =>
    (await read(`/api/ledger/parties/${customerId}/lines?${days}`))['items'] as readonly Record<
      string,
      unknown
    >[]

  it('have their balances, in all and by account', async () => {
    const sums = { opening: 0, debit: GROSS, credit: GROSS, closing: 0 }
    const vinet = { partyId: customerId, partyCode: 'VINET', partyKind: 'customer', account: '411' }
    expect(await read('/api/ledger/parties?from=1996-01&to=1996-12')).toEqual({
      items: [{ ...vinet, ...sums }],
      ...sums,
    })
    expect(await read('/api/ledger/parties?from=1996-01&to=1996-12&account=401')).toMatchObject({ items: [] })
  })

  it('are lettered as allocations say', async () => {
    expect((await lines()).map(line => [line['documentId'], line['leftOpen'], line['lettering']])).toEqual([
      [invoiceId, 0, 'A'],
      [paymentId, 0, 'A'],
    ])
    const reversal = { allocationId, entityId, customerId, currency: 'EUR', explanation: 'Mauvaise facture' }
    await send(accountant, 'invoicing.reverseAllocation', reversal)
    expect((await lines()).map(line => [line['leftOpen'], line['lettering']])).toEqual([
      [GROSS, null],
      [-GROSS, null],
    ])
  })
})

describe('a comparison', () => {
  const path = '/api/ledger/trial-balance/comparison?from=1996-07&to=1996-07'

  it('holds the months asked for against others', async () => {
    const { lines } = (await read(`${path}&againstFrom=1996-06&againstTo=1996-06&basis=movement`)) as {
      lines: readonly Record<string, unknown>[]
    }
    expect(lines).toContainEqual({
      account: '6132',
      label: expect.any(String) as string,
      notPosted: false,
      value: 0,
      against: 900_00,
      difference: -900_00,
      share: -10_000,
    })
  })

  it('refuses months that end before they begin', async () => {
    const answer = await accountant.get(`${path}&againstFrom=1996-06&againstTo=1996-05&entityId=${entityId}`)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ errors: [{ field: 'againstTo' }] })
  })
})

describe('as it was known', () => {
  const moment = (asked: string) => read(`/api/ledger/moment?${asked}`)
  const months = 'from=1996-01&to=1996-12'
  const days = 'from=1996-01-01&to=1996-12-31'

  it('is asked by the moments of the ledger, one behind each entry', async () => {
    const { first, last } = await moment('asOf=999999999')
    const before = `asOf=${Number(first) - 1}`
    expect(await moment(before)).toMatchObject({ ordinal: 0, recordedAt: null, later: first })
    expect(await moment(`asOf=${String(last)}`)).toMatchObject({ ordinal: last, later: null })
    expect((await read(`/api/ledger/accounts/411/lines?${days}&${before}`))['items']).toEqual([])
    expect((await read(`/api/ledger/parties?${months}&${before}`))['items']).toEqual([])
    const lines = `/api/ledger/parties/${customerId}/lines?${days}`
    expect((await read(`${lines}&${before}`))['items']).toEqual([])
    expect(await read(`${lines}&asOf=${String(last)}`)).toEqual(await read(lines))
    // Behind the invoice alone, all of it was still to be paid.
    const [line, ...others] = (await read(`${lines}&asOf=${String(first)}`))['items'] as readonly object[]
    expect(line).toMatchObject({ amount: GROSS, leftOpen: GROSS, lettering: null })
    expect(others).toEqual([])
  })

  it('is asked by a day, which ends where the entity is', async () => {
    const { recordedAt, ordinal } = await moment('asOf=999999999')
    const day = Temporal.Instant.from(String(recordedAt)).toZonedDateTimeISO('Europe/Paris').toPlainDate()
    expect(await moment(`on=${day.toString()}`)).toMatchObject({ ordinal })
    expect(await moment(`on=${day.subtract({ days: 1 }).toString()}`)).toMatchObject({ ordinal: 0 })
  })

  it('is asked by an ordinal, an instant or a day, not by several', async () => {
    expect((await accountant.get(`/api/ledger/moment?entityId=${entityId}`)).status).toBe(400)
    expect(
      (await accountant.get(`/api/ledger/moment?entityId=${entityId}&asOf=1&on=1970-01-01`)).status,
    ).toBe(400)
    expect(await moment('at=1970-01-01T00:00:00.000Z')).toMatchObject({ ordinal: 0 })
  })
})

describe('as a file', () => {
  const fileOf = async (client: Client, path: string, columns: readonly object[]): Promise<Response> =>
    fetch(`${test.address}/api/ledger/${path}&entityId=${entityId}&minPosition=${position}`, {
      method: 'POST',
      headers: { cookie: client.cookie, 'x-requested-with': 'test', 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ format: 'csv', language: 'en', title: 'Ledger', timeZone: 'Europe/Paris', columns },
        about: { title: 'About', lines: [] },
      }),
    })
  const account = { field: 'account', label: 'Account', as: 'text' }
  const amount = (field: string) => ({ field, label: field, as: 'amount' })

  it('the trial balance has the lines that the page shows', async () => {
    const asked = 'trial-balance?from=1996-01&to=1996-12'
    const { lines } = await read(`/api/ledger/${asked}`)
    const file = await fileOf(accountant, asked.replace('?', '/export?'), [account, amount('closing')])
    const text = await file.text()
    for (const { account, closing } of lines as readonly { account: string; closing: number }[])
      expect(text).toContain(`${account},${(closing / 100).toFixed(2)}\r\n`)
  })

  it('an account has its lines with their running balance, and is for readers of the ledger', async () => {
    const asked = 'accounts/411/lines/export?from=1996-01-01&to=1996-12-31'
    const columns = [amount('debit'), amount('credit'), amount('balance')]
    const file = await fileOf(accountant, asked, columns)
    expect(await file.text()).toContain('\r\n260.50,,260.50\r\n')
    expect((await fileOf(billing, asked, columns)).status).toBe(403)
  })
})

it('is for readers of the ledger', async () => {
  for (const path of ['months', 'months/1996-06/checklist', 'parties?from=1996-01&to=1996-12'])
    expect(
      (await billing.get(`/api/ledger/${path}${path.includes('?') ? '&' : '?'}entityId=${entityId}`)).status,
    ).toBe(403)
})

it('tells the story of an entry by hand, with what was drafted', async () => {
  const answer = await accountant.get(`/api/ledger/manual-entries/${entryId}/story?minPosition=${position}`)
  expect(answer.body['items']).toMatchObject([
    { type: 'ledger.ManualEntryDrafted', data: { lines: entry.lines } },
    { type: 'ledger.ManualEntryValidated', data: { journalEntry: { rule: { id: 'manual' } } } },
  ])
})
