import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Outcome } from '../../commands/outcome.ts'
import { stageOf } from '../../cli/stage.ts'
import { companyFrom } from '../../integrations/demonstration/company.ts'
import { setUpCompany } from '../../integrations/company-setup.ts'
import { createPlayer } from '../../integrations/player.ts'
import type { Player } from '../../integrations/player.ts'
import { schemaOf } from '../../projections/definition.ts'
import { invoices } from '../../projections/invoicing/invoices.ts'
import { ledger } from '../../projections/ledger/ledger.ts'
import { accountPage } from '../../projections/ledger/accounts.queries.ts'
import { trialBalance } from '../../projections/ledger/trial-balance.queries.ts'
import { LOG_SERVERS, type LogServer } from '../support/log-servers.ts'
import { openStory, readable, type StoryProgram } from './program.ts'

/**
 * A story for accountants: one order of consulting, training and goods, from its placing to the month's close. The
 * house is French and pays VAT on the receipts of its services; each test is what happens next.
 *
 *   2 days of consulting at 1,000.00           2,000.00   VAT 20 %, due at the receipt
 *   5 tablets at 240.00, less 10 %             1,080.00   VAT 20 %, due at the delivery
 *   1 day of training                          1,500.00   exempt, CGI 261-4-4° a
 *   freight                                       20.00   VAT 20 %, like the goods it carries
 *   net 4,600.00, VAT 20 % of 3,100.00 = 620.00, to pay 5,220.00
 */

const uuid = (n: number): string => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`
const entityId = uuid(1)
const customerId = uuid(2)
const orderId = uuid(3)
const invoiceId = uuid(4)
const lines = { consulting: uuid(11), tablets: uuid(12), training: uuid(13) }

let program: StoryProgram
let player: Player
let keys = 0
const key = (): string => `story-${++keys}`
const happens = (name: string, input: object) => player.play(name, input, key())
const asked = (name: string, input: object): Promise<Outcome> =>
  stageOf(program, 'import').execute({ name, input, key: key(), sender: { kind: 'importer' } })
const itIs = (day: string, hour = '09:00'): void => player.until(`${day}T${hour}:00.000Z`)

/** Account, opening, debit, credit, closing, from a month to a month. */
const balance = async (from: string, to = from): Promise<string[]> => {
  await program.caughtUp()
  return readable((await trialBalance(program.readModels, { entityId, from, to })).lines)
}

const begin = async ({ eventStoreUrl }: LogServer): Promise<void> => {
  program = await openStory('2026-08-31T07:00:00.000Z', { eventStoreUrl })
  player = createPlayer(stageOf(program, 'import'), { kind: 'importer' })
  await setUpCompany(player, entityId, companyFrom(2026), (...step) => ['set-up', ...step].join('-'))
  await happens('commerce.registerCustomer', {
    customerId,
    code: 'MARTIN',
    party: {
      kind: 'company',
      name: 'Ateliers Martin',
      siren: '552100554',
      vatNumber: 'FR96552100554',
      address: { line1: '3 rue du Port', postcode: '44600', city: 'Saint-Nazaire', country: 'FR' },
    },
    currency: 'EUR',
  })
  const product = (n: number, code: string, details: object) =>
    happens('commerce.registerProduct', {
      productId: uuid(20 + n),
      code,
      name: code,
      currency: 'EUR',
      ...details,
    })
  await product(1, 'CONSEIL', {
    operation: 'services',
    unit: 'DAY',
    unitPrice: 1_000_000_000,
    vat: 'standard',
    revenueAccount: '7061',
  })
  await product(2, 'TABLETTE', {
    operation: 'goods',
    unit: 'C62',
    unitPrice: 240_000_000,
    vat: 'standard',
    revenueAccount: '707',
  })
  await product(3, 'FORMATION', {
    operation: 'services',
    unit: 'DAY',
    unitPrice: 1_500_000_000,
    vat: 'exempt',
    vatExemption: 'VATEX-FR-CGI261-4',
    revenueAccount: '7062',
  })
}

describe.each(LOG_SERVERS)('from an order to a closed month, on %s', (_, startLogServer) => {
  let server: LogServer
  beforeAll(async () => {
    server = await startLogServer()
    await begin(server)
  })
  afterAll(async () => {
    await program.close()
    await server.stop()
  })

  it('1 September: the order is placed and confirmed; the books know nothing of it', async () => {
    itIs('2026-09-01')
    await happens('commerce.placeOrder', {
      orderId,
      entityId,
      customerId,
      number: 'C-1',
      orderedOn: '2026-09-01',
      lines: [
        { lineId: lines.consulting, productCode: 'CONSEIL', quantity: 20_000 },
        { lineId: lines.tablets, productCode: 'TABLETTE', quantity: 50_000, discountRate: 1_000 },
        { lineId: lines.training, productCode: 'FORMATION', quantity: 10_000 },
      ],
      freight: 20_00,
    })
    await happens('commerce.confirmOrder', { orderId, confirmedOn: '2026-09-01' })
    expect(await balance('2026-09')).toStrictEqual([])
  })

  it('10 September: everything is delivered; no more than was ordered can be', async () => {
    itIs('2026-09-10')
    const delivery = (deliveryId: string, quantity: number) => ({
      orderId,
      deliveryId,
      deliveredOn: '2026-09-10',
      lines: [{ lineId: lines.tablets, quantity }],
    })
    expect(await asked('commerce.deliverOrder', delivery(uuid(5), 60_000))).toMatchObject({
      kind: 'refused',
      rejection: { code: 'DELIVERY_EXCEEDS_ORDER', asked: 60_000n, remaining: 50_000n },
    })
    await happens('commerce.deliverOrder', {
      ...delivery(uuid(6), 50_000),
      lines: [
        { lineId: lines.consulting, quantity: 20_000 },
        { lineId: lines.tablets, quantity: 50_000 },
        { lineId: lines.training, quantity: 10_000 },
      ],
    })
    expect(await balance('2026-09')).toStrictEqual([])
  })

  it('11 September: it is invoiced; VAT on goods and freight is due, on services it waits in 44574', async () => {
    itIs('2026-09-11')
    await happens('invoicing.draftInvoice', {
      invoiceId,
      entityId,
      customerId,
      currency: 'EUR',
      orders: [{ orderId }],
    })
    expect(await player.play('invoicing.issueInvoice', { invoiceId }, key())).toMatchObject({
      kind: 'done',
      issued: { number: 'F2026-000001', issuedOn: '2026-09-11' },
    })
    expect(await balance('2026-09')).toStrictEqual([
      '411 0.00 5220.00 0.00 5220.00',
      '44571 0.00 0.00 220.00 -220.00',
      '44574 0.00 0.00 400.00 -400.00',
      '7061 0.00 0.00 2000.00 -2000.00',
      '7062 0.00 0.00 1500.00 -1500.00',
      '707 0.00 0.00 1080.00 -1080.00',
      '70851 0.00 0.00 20.00 -20.00',
    ])
  })

  it('28 September: half is paid and allocated; half of the VAT that waited falls due', async () => {
    itIs('2026-09-28')
    await pay(uuid(7), uuid(8), '2026-09-28', 'VIR 77')
    expect(await balance('2026-09')).toStrictEqual([
      '411 0.00 5220.00 2610.00 2610.00',
      '44571 0.00 0.00 420.00 -420.00',
      '44574 0.00 200.00 400.00 -200.00',
      '512 0.00 2610.00 0.00 2610.00',
      '7061 0.00 0.00 2000.00 -2000.00',
      '7062 0.00 0.00 1500.00 -1500.00',
      '707 0.00 0.00 1080.00 -1080.00',
      '70851 0.00 0.00 20.00 -20.00',
    ])
  })

  it('the bank tells of one movement once, and no document is paid beyond its amount', async () => {
    const again = { ...payment(uuid(9), '2026-09-28', 'VIR 77'), amount: 1_00 }
    expect(await asked('invoicing.recordPayment', again)).toMatchObject({ kind: 'refused' })
    const tooMuch = allocation(uuid(10), uuid(7), '2026-09-28')
    expect(await asked('invoicing.allocatePayment', tooMuch)).toMatchObject({
      kind: 'refused',
      rejection: { code: 'ALLOCATION_EXCEEDS_PAYMENT', left: 0n },
    })
  })

  it('PROTOCOL 25: 5 October: what is being recorded for September while it is cut is posted on 1 October, and shown so', async () => {
    itIs('2026-10-05')
    expect(await asked('ledger.cutPeriod', { entityId, period: '2026-09' })).toMatchObject({
      kind: 'refused',
      rejection: { code: 'PERIOD_BEFORE_NOT_CUT', before: '2026-08' },
    })
    for (const month of ['01', '02', '03', '04', '05', '06', '07', '08'])
      await happens('ledger.cutPeriod', { entityId, period: `2026-${month}` })
    const receipt = { ...payment(uuid(33), '2026-09-30', 'VIR 78'), amount: 100_00 }
    whileWriting(`payment-${receipt.paymentId}`, () =>
      happens('ledger.cutPeriod', { entityId, period: '2026-09' }),
    )
    await happens('invoicing.recordPayment', receipt)

    await program.caughtUp()
    const days = { from: '2026-09-01', to: '2026-10-31' }
    const bank = await accountPage(program.readModels, { entityId, account: '512', ...days })
    expect(
      bank.lines.map(l => [l.postedOn, l.documentReference, l.amount, l.moved ? 'moved' : '']),
    ).toStrictEqual([
      ['2026-09-28', 'VIR 77', 2610_00n, ''],
      ['2026-10-01', 'VIR 78', 100_00n, 'moved'],
    ])
  })

  it('PROTOCOL 25: the months up to September are closed for ever; nothing is dated there any more', async () => {
    expect(await asked('invoicing.recordPayment', payment(uuid(9), '2026-09-30', 'VIR 79'))).toMatchObject({
      kind: 'refused',
      rejection: { code: 'PERIOD_CLOSED_FOR_ENTRIES', firstOpenDay: '2026-10-01' },
    })
    await expect
      .poll(() => closed(), { timeout: 10_000 })
      .toStrictEqual([
        { journal: 'BQ', first: 1, last: 1, debit: 2610_00, credit: 2610_00 },
        { journal: 'OD', first: 1, last: 1, debit: 200_00, credit: 200_00 },
        { journal: 'VE', first: 1, last: 1, debit: 5220_00, credit: 5220_00 },
      ])
  })

  it('8 October: the rest is paid; 100.00 stays to be allocated; the last receipt takes the last cent of VAT, in its own month', async () => {
    itIs('2026-10-08')
    await pay(uuid(31), uuid(32), '2026-10-08', 'VIR 91')
    expect(await balance('2026-10')).toStrictEqual([
      '411 2610.00 0.00 2710.00 -100.00',
      '44571 -420.00 0.00 200.00 -620.00',
      '44574 -200.00 200.00 0.00 0.00',
      '512 2610.00 2710.00 0.00 5320.00',
      '7061 -2000.00 0.00 0.00 -2000.00',
      '7062 -1500.00 0.00 0.00 -1500.00',
      '707 -1080.00 0.00 0.00 -1080.00',
      '70851 -20.00 0.00 0.00 -20.00',
    ])
    const { rows } = await program.readModels.query<{ settlement: string }>(
      `select settlement from ${schemaOf(invoices)}.invoice where invoice_id = $1`,
      [invoiceId],
    )
    expect(rows).toStrictEqual([{ settlement: 'settled' }])
    expect(program.faults).toStrictEqual([])
  })
})

/** Lets something happen at the moment in which a stream is about to be written, once. */
const whileWriting = (stream: string, what: () => Promise<unknown>): void => {
  const append = program.log.append.bind(program.log)
  let happened = false
  vi.spyOn(program.log, 'append').mockImplementation(async request => {
    if (request.stream === stream && !happened) {
      happened = true
      await what()
    }
    return append(request)
  })
}

const payment = (paymentId: string, bankDate: string, bankReference: string) => ({
  paymentId,
  entityId,
  customerId,
  bankDate,
  amount: 2610_00,
  currency: 'EUR',
  journal: 'BQ',
  bankReference,
})

const allocation = (allocationId: string, paymentId: string, allocatedOn: string) => ({
  allocationId,
  entityId,
  customerId,
  currency: 'EUR',
  paymentId,
  settlements: [{ invoiceId, amount: 2610_00 }],
  allocatedOn,
})

const pay = async (
  paymentId: string,
  allocationId: string,
  day: string,
  reference: string,
): Promise<void> => {
  await happens('invoicing.recordPayment', payment(paymentId, day, reference))
  await happens('invoicing.allocatePayment', allocation(allocationId, paymentId, day))
}

/** What the close of September says for ever, journal by journal. */
const closed = async (): Promise<unknown> => {
  const { rows } = await program.readModels.query<{ journals: Record<string, unknown>[] | null }>(
    `select journals from ${schemaOf(ledger)}.period where entity_id = $1 and period = '2026-09'`,
    [entityId],
  )
  return rows[0]?.journals?.map(({ journal, firstNumber, lastNumber, debit, credit }) => ({
    journal,
    first: firstNumber,
    last: lastNumber,
    debit,
    credit,
  }))
}
