import { randomUUID } from 'node:crypto'
import { sandboxClock } from '../../../cli/sandbox-clock.ts'
import { openWriteSide } from '../../../commands/write-side.ts'
import type { Outcome } from '../../../commands/outcome.ts'
import type { Grant } from '../../../domain/organisation/user.events.ts'
import { fieldRevealer } from '../../../event-store/vault/reveal-field.ts'
import { CONTEXTS } from '../../commands/support/business.ts'
import type { OpenedLog } from '../../support/open-log.ts'
import { collect } from '../../support/test-events.ts'
import { until } from '../../support/wait.ts'
import { openSelling } from '../../support/selling.ts'

/** Two months of a small business, played by commands on a real log, with its registrar and the closing of a month. */

export const OPENED_AT = '1997-01-02T08:00:00.000Z'
export const entityId = '01932f0c-0000-7000-8000-0000000000e1'
export const vinet = '01932f0c-0000-7000-8000-000000000001'
export const person = '01932f0c-0000-7000-8000-000000000002'
export const personId = '01932f0c-0000-7000-8000-0000000000b2'
export const contactId = '01932f0c-0000-7000-8000-0000000000b1'
export const anna = '01932f0c-0000-7000-8000-0000000000aa'
export const bruno = '01932f0c-0000-7000-8000-0000000000bb'
const chai = '01932f0c-0000-7000-8000-000000000021'
const tasting = '01932f0c-0000-7000-8000-000000000022'

const GRANTS: readonly Grant[] = (
  ['sales', 'billing', 'accountant', 'chiefAccountant', 'administrator'] as const
).map(role => ({ role, entityId: 'all' }))

export interface Trade {
  /** Sends a command and fails unless it was recorded. */
  readonly done: (name: string, input: object, as?: string) => Promise<Extract<Outcome, { kind: 'done' }>>
  readonly at: (instant: string) => void
  readonly stop: () => Promise<void>
}

export const openTrade = async ({ log, vault, pool, databaseUrl }: OpenedLog): Promise<Trade> => {
  const clock = sandboxClock('still', () => log.clock.maximum)
  const side = await openWriteSide({
    log,
    pool,
    databaseUrl,
    contexts: CONTEXTS,
    now: () => clock.now(),
    hmac: (kind, text) => vault.hmac(kind, text),
    personalKeys: () => Promise.resolve([]),
    reveal: fieldRevealer(vault, log.id),
  })
  return {
    done: async (name, input, as = anna) => {
      const outcome = await side.handler.handle({
        name,
        input,
        key: randomUUID(),
        origin: 'api',
        actor: { userId: as, grants: GRANTS },
      })
      if (outcome.kind === 'done') return outcome
      throw new Error(
        `${name}: ${JSON.stringify(outcome, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))}`,
      )
    },
    at: instant => clock.advanceTo(instant),
    stop: () => side.stop(),
  }
}

const address = { line1: '1 rue du Port', postcode: '76600', city: 'Le Havre', country: 'FR' }

/** The entity with its books; a company and a person who buy; goods, and services whose VAT waits for the receipt. */
export const setUp = async ({ done }: Trade): Promise<void> => {
  await done('organisation.registerLegalEntity', {
    entityId,
    code: 'NW',
    name: 'Northwind SAS',
    legalForm: 'SAS',
    siren: '404833048',
    vatNumber: 'FR83404833048',
    address,
    currency: 'EUR',
    timeZone: 'Europe/Paris',
  })
  await done('organisation.chooseVatRegime', { entityId, from: '1997-01-01', services: 'receipts' })
  for (const year of ['1997', '1998'])
    await done('organisation.openFiscalYear', {
      entityId,
      year,
      startsOn: `${year}-01-01`,
      endsOn: `${year}-12-31`,
    })
  await done('ledger.adoptChart', { entityId, edition: 2026 })
  await done('ledger.openAccount', { entityId, account: '44574', label: 'TVA collectée en attente' })
  await done('ledger.openAccount', { entityId, account: '70851', label: 'Ports facturés' })
  for (const [journal, kind, treasuryAccount] of [
    ['VE', 'sale'],
    ['BQ', 'bank', '512'],
    ['OD', 'operations'],
  ])
    await done('ledger.openJournal', {
      entityId,
      journal,
      label: kind,
      kind,
      ...(treasuryAccount && { treasuryAccount }),
    })
  await openSelling(done, entityId, '1997-01-01')
  await done('commerce.registerCustomer', {
    customerId: vinet,
    code: 'VINET',
    party: { kind: 'company', name: 'Vins Chevalier', siren: '732829320', address },
    currency: 'EUR',
    contacts: [{ personId: contactId, name: 'Paul Henriot', email: 'paul@vins.fr' }],
  })
  await done('commerce.registerCustomer', {
    customerId: person,
    code: 'P0001',
    party: { kind: 'person', personId, name: 'Maria Anders', city: 'Reims', country: 'FR' },
    currency: 'EUR',
  })
  const product = { vat: 'standard', currency: 'EUR' }
  await done('commerce.registerProduct', {
    ...product,
    productId: chai,
    code: 'P1',
    name: 'Chai',
    operation: 'goods',
    unit: 'C62',
    revenueAccount: '707',
    unitPrice: 18_000000,
  })
  await done('commerce.registerProduct', {
    ...product,
    productId: tasting,
    code: 'T1',
    name: 'Tea tasting',
    operation: 'services',
    unit: 'HUR',
    revenueAccount: '706',
    unitPrice: 90_000000,
  })
}

export interface Sold {
  readonly orderId: string
  readonly invoiceId: string
}

let orders = 0

/** An order of goods and services, delivered, drafted and issued on one day. Quantities in whole units. */
export const sell = async (
  { done }: Trade,
  sale: { customerId?: string; day: string; goods?: number; services?: number; freight?: number },
): Promise<Sold> => {
  const { customerId = vinet, day, goods = 0, services = 0, freight = 0 } = sale
  const [orderId, invoiceId] = [randomUUID(), randomUUID()]
  const lines = [
    ...(goods > 0 ? [{ lineId: randomUUID(), productId: chai, quantity: goods * 10_000 }] : []),
    ...(services > 0 ? [{ lineId: randomUUID(), productId: tasting, quantity: services * 10_000 }] : []),
  ]
  await done('commerce.placeOrder', {
    orderId,
    entityId,
    customerId,
    number: `O-${++orders}`,
    orderedOn: day,
    lines,
    freight,
  })
  await done('commerce.confirmOrder', { orderId, confirmedOn: day })
  await done('commerce.deliverOrder', {
    orderId,
    deliveryId: randomUUID(),
    deliveredOn: day,
    lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
  })
  await done('invoicing.draftInvoice', {
    invoiceId,
    entityId,
    customerId,
    currency: 'EUR',
    orders: [{ orderId }],
  })
  await done('invoicing.issueInvoice', { invoiceId })
  return { orderId, invoiceId }
}

/** Money of a customer, allocated at once to these invoices. Amounts in cents. */
export const pay = async (
  { done }: Trade,
  payment: {
    customerId?: string
    day: string
    amount: number
    settles: readonly { readonly invoiceId: string; readonly amount: number }[]
  },
): Promise<{ readonly paymentId: string; readonly allocationId: string }> => {
  const { customerId = vinet, day, amount, settles } = payment
  const [paymentId, allocationId] = [randomUUID(), randomUUID()]
  const ids = { entityId, customerId, currency: 'EUR' }
  await done('invoicing.recordPayment', {
    ...ids,
    paymentId,
    bankDate: day,
    amount,
    journal: 'BQ',
    bankReference: `VIR ${paymentId.slice(0, 8)}`,
  })
  if (settles.length > 0)
    await done('invoicing.allocatePayment', {
      ...ids,
      allocationId,
      paymentId,
      settlements: settles,
      allocatedOn: day,
    })
  return { paymentId, allocationId }
}

/** An entry by hand, drafted by Anna and validated by Bruno: `[account, cents]`, debit positive. */
export const enter = async (
  { done }: Trade,
  day: string,
  lines: readonly (readonly [string, number])[],
): Promise<string> => {
  const entryId = randomUUID()
  await done('ledger.draftManualEntry', {
    entryId,
    entityId,
    journal: 'OD',
    accountingDate: day,
    documentDate: day,
    documentReference: `OD ${entryId.slice(0, 8)}`,
    label: 'Loyer',
    lines: lines.map(([account, amount]) => ({
      account,
      label: 'Loyer',
      side: amount > 0 ? 'debit' : 'credit',
      amount: Math.abs(amount),
    })),
  })
  await done('ledger.validateManualEntry', { entryId }, bruno)
  return entryId
}

/** Cuts a month and waits until the reaction has closed it. */
export const close = async (trade: Trade, { log }: OpenedLog, period: string): Promise<void> => {
  await trade.done('ledger.cutPeriod', { entityId, period }, bruno)
  await until(`the close of ${period}`, async () => {
    const events = await collect(log.store.readStream(`period-${entityId}.${period}`))
    return events.at(-1)?.type === 'ledger.PeriodClosed'
  })
}

export interface TwoMonths {
  readonly first: Sold
  readonly second: Sold
  readonly third: Sold
}

/** January sold and closed; February paid in part, taken back, entered by hand and reversed. */
export const playTwoMonths = async (trade: Trade, opened: OpenedLog): Promise<TwoMonths> => {
  await setUp(trade)
  trade.at('1997-01-10T09:00:00.000Z')
  const first = await sell(trade, { day: '1997-01-10', goods: 12, services: 2, freight: 3238 })
  trade.at('1997-01-20T09:00:00.000Z')
  const second = await sell(trade, { day: '1997-01-20', customerId: person, goods: 3, services: 1 })
  trade.at('1997-02-03T09:00:00.000Z')
  await close(trade, opened, '1997-01')
  trade.at('1997-02-05T09:00:00.000Z')
  await pay(trade, {
    day: '1997-02-05',
    amount: 20_000,
    settles: [{ invoiceId: first.invoiceId, amount: 15_000 }],
  })
  const wrong = await pay(trade, {
    customerId: person,
    day: '1997-02-05',
    amount: 10_000,
    settles: [{ invoiceId: second.invoiceId, amount: 10_000 }],
  })
  trade.at('1997-02-06T09:00:00.000Z')
  await trade.done('invoicing.reverseAllocation', {
    allocationId: wrong.allocationId,
    entityId,
    customerId: person,
    currency: 'EUR',
    reversedOn: '1997-02-06',
    explanation: 'Wrong invoice',
  })
  const entryId = await enter(trade, '1997-02-06', [
    ['613', 120_000],
    ['512', -120_000],
  ])
  await trade.done('ledger.reverseManualEntry', {
    entryId,
    reversedOn: '1997-02-06',
    explanation: 'Entered twice',
  })
  trade.at('1997-02-20T09:00:00.000Z')
  const third = await sell(trade, { day: '1997-02-20', goods: 5 })
  return { first, second, third }
}
