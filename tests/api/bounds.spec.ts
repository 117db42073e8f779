import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { customerId, draft, entityId, openTestProgram, productId, setUpBusiness } from './program.ts'
import type { Client, TestProgram } from './program.ts'

/** PROTOCOL 7: amounts that pass the bounds, typed or computed, are refused by name, and leave nothing behind. */

let database: FreshDatabase
let test: TestProgram
let somebody: Client
let colleague: Client

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url)
  await setUpBusiness(test)
  const everywhere = (['sales', 'billing', 'accountant'] as const).map(
    role => ({ role, entityId: 'all' }) as const,
  )
  somebody = await test.user(...everywhere)
  colleague = await test.user(...everywhere)
})
afterAll(async () => {
  await test?.close()
  await database.drop()
})

const BOUND = 10 ** 14
const day = '1996-07-01'
const order = (changes: object, ...lines: object[]) => ({
  orderId: randomUUID(),
  entityId,
  customerId,
  number: `C-${randomUUID().slice(0, 8)}`,
  orderedOn: day,
  lines: lines.map(line => ({ lineId: randomUUID(), productId, ...line })),
  ...changes,
})
const invoice = (...lines: object[]) => {
  const one = draft(randomUUID())
  return { ...one, lines: lines.map(line => ({ ...one.lines[0], ...line })) }
}
const payment = (amount: number) => ({
  paymentId: randomUUID(),
  entityId,
  customerId,
  bankDate: day,
  amount,
  currency: 'EUR',
  journal: 'BQ',
  bankReference: `VIR ${randomUUID().slice(0, 8)}`,
})
const entry = (...amounts: number[]) => ({
  entryId: randomUUID(),
  entityId,
  journal: 'OD',
  accountingDate: day,
  documentDate: day,
  documentReference: 'OD 1',
  label: 'Capital',
  lines: amounts.flatMap(amount => [
    { account: '512', label: 'Capital', side: 'debit', amount },
    { account: '1013', label: 'Capital', side: 'credit', amount },
  ]),
})
/** Half of the bound: with VAT at 100 % it is all of it. */
const half = { quantity: 5_000_0000, unitPrice: BOUND }
const most = { quantity: 10 ** 12, unitPrice: BOUND }

describe('what passes the bounds of amounts', () => {
  it.each([
    ['commerce.placeOrder', 400, 'lines.0.unitPrice', order({}, { quantity: 1_0000, unitPrice: BOUND + 1 })],
    ['commerce.placeOrder', 400, 'lines.0.quantity', order({}, { quantity: BOUND * 100, unitPrice: 1 })],
    ['commerce.placeOrder', 400, 'freight', order({ freight: BOUND + 1 }, { quantity: 1_0000 })],
    ['commerce.placeOrder', 422, 'lines.1.lineId', order({}, { quantity: 1_0000 }, most)],
    ['commerce.placeOrder', 422, 'lines', order({}, half, { quantity: 1_0000 })],
    ['commerce.placeOrder', 422, 'lines', order({ freight: BOUND }, { quantity: 1_0000 })],
    ['invoicing.draftInvoice', 400, 'lines.0.unitPrice', invoice({ unitPrice: BOUND + 1 })],
    ['invoicing.draftInvoice', 422, 'lines.1.unitPrice', invoice({}, most)],
    ['invoicing.draftInvoice', 422, 'lines', invoice(half, {})],
    ['invoicing.recordPayment', 400, 'amount', payment(BOUND + 1)],
    ['ledger.draftManualEntry', 400, 'lines.0.amount', entry(BOUND + 1)],
  ])('by %s is answered by %i and names %s', async (name, status, field, input) => {
    const before = await test.position()
    const preview = await somebody.send(`${name}?dryRun=true`, input)
    const refused = await somebody.send(name, input)
    for (const answer of [preview, refused]) {
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status })
      const errors = answer.body['errors'] as { field: string; expected: { fr: string; en: string } }[]
      expect(errors.map(error => error.field)).toContain(field)
      for (const { expected } of errors) expect([expected.fr, expected.en]).not.toContain('')
    }
    expect(await test.position()).toBe(before)
  })

  it('by an entry in all: its draft stands, and is not validated', async () => {
    const drafted = entry(BOUND, BOUND)
    expect(await somebody.send('ledger.draftManualEntry', drafted)).toMatchObject({ status: 200 })
    const before = await test.position()
    expect(await colleague.send('ledger.validateManualEntry', { entryId: drafted.entryId })).toMatchObject({
      status: 422,
      body: { code: 'AMOUNT_OUT_OF_BOUNDS', errors: [{ field: 'lines' }] },
    })
    expect(await test.position()).toBe(before)
  })
})

it('what lies at the bounds is recorded, and every list shows it', async () => {
  const drafted = invoice({ ...half, quantity: 4_999_0000 }, {})
  for (const [name, input] of [
    ['commerce.placeOrder', order({}, half)],
    ['invoicing.draftInvoice', drafted],
    ['invoicing.issueInvoice', { invoiceId: drafted.invoiceId }],
    ['invoicing.recordPayment', payment(BOUND)],
  ] as const)
    expect(await somebody.send(name, input)).toMatchObject({ status: 200 })
  const at = `minPosition=${await test.position()}`
  for (const list of ['/api/commerce/orders', '/api/invoicing/invoices', '/api/invoicing/payments'])
    expect(await somebody.get(`${list}?${at}`)).toMatchObject({ status: 200 })
})
