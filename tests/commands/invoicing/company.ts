import { collaboration } from '../../../commands/collaboration/index.ts'
import { commerce } from '../../../commands/commerce/index.ts'
import { invoicing } from '../../../commands/invoicing/index.ts'
import { ledger } from '../../../commands/ledger/index.ts'
import { organisation } from '../../../commands/organisation/index.ts'
import { commandHarness } from '../../support/command-harness.ts'
import type { CommandHarness } from '../../support/command-harness.ts'
import { chai, customer, customerId, entityId, legalEntity, orderId, product } from '../commerce/business.ts'

/** A small company on a log in memory, with books, a series and an order delivered: ready to invoice. */

export { chai, customerId, entityId, orderId }
export const line1 = '01932f0c-0000-7000-8000-000000000011'
export const deliveryId = '01932f0c-0000-7000-8000-0000000000d2'
export const invoiceId = '01932f0c-0000-7000-8000-0000000000f1'
export const paymentId = '01932f0c-0000-7000-8000-0000000000b9'
export const allocationId = '01932f0c-0000-7000-8000-0000000000a9'
export const unknown = '01932f0c-0000-7000-8000-0000000000ff'
export const conseil = '01932f0c-0000-7000-8000-000000000023'

export const postingAccounts = {
  entityId,
  from: '2026-01-01',
  customers: '411',
  vatCollected: '44571',
  vatCollectedPending: '44574',
  freight: '7085',
  saleJournal: 'VE',
  operationsJournal: 'OD',
}

/** Entity, years, chart and journals: what the ledger's commands need. */
export const books = async (harness: CommandHarness, of = legalEntity): Promise<CommandHarness> => {
  const { entityId } = of
  await harness.done('organisation.registerLegalEntity', of)
  for (const year of ['2026', '2027'])
    await harness.done('organisation.openFiscalYear', {
      entityId,
      year,
      startsOn: `${year}-01-01`,
      endsOn: `${year}-12-31`,
    })
  await harness.done('ledger.adoptChart', { entityId, edition: 2026 })
  await harness.done('ledger.openAccount', { entityId, account: '44574', label: 'TVA en attente' })
  const journals = [
    { journal: 'VE', label: 'Ventes', kind: 'sale' },
    { journal: 'OD', label: 'Opérations diverses', kind: 'operations' },
    { journal: 'BQ', label: 'Banque', kind: 'bank', treasuryAccount: '512' },
  ]
  for (const journal of journals) await harness.done('ledger.openJournal', { entityId, ...journal })
  await harness.done('ledger.setPostingAccounts', { ...postingAccounts, entityId })
  return harness
}

export const emptyCompany = (): Promise<CommandHarness> =>
  commandHarness([organisation, commerce, ledger, invoicing, collaboration])

/** The whole company: 12 Chai at 18.00 and 2 days of advice at 500.00 ordered with 10.00 of freight; all delivered. */
export const company = async (): Promise<CommandHarness> => {
  const harness = await books(await emptyCompany())
  await harness.done('organisation.openNumberSeries', {
    entityId,
    series: 'F',
    documents: ['invoice'],
    journal: 'VE',
    pattern: 'F{year}-{number:6}',
  })
  await harness.done('organisation.setInvoicingTerms', {
    entityId,
    paymentTermDays: 30,
    latePaymentNote: 'Pénalités de retard : taux de la BCE majoré de 10 points.',
    recoveryNote: 'Indemnité forfaitaire de recouvrement : 40 €.',
    discountNote: 'Pas d’escompte.',
  })
  await harness.done('commerce.registerCustomer', customer)
  await harness.done('commerce.registerProduct', product)
  await harness.done('commerce.registerProduct', {
    ...product,
    productId: conseil,
    code: 'C1',
    name: 'Conseil',
    operation: 'services',
    unit: 'DAY',
    revenueAccount: '706',
    unitPrice: 500_000000,
  })
  await harness.done('commerce.placeOrder', {
    orderId,
    entityId,
    customerId,
    number: 'O-1',
    orderedOn: '2026-11-10',
    freight: 10_00,
    lines: [
      { lineId: line1, productId: chai, quantity: 12_0000 },
      { lineId: conseil, productId: conseil, quantity: 2_0000 },
    ],
  })
  await harness.done('commerce.confirmOrder', { orderId, confirmedOn: '2026-11-10' })
  await harness.done('commerce.deliverOrder', {
    orderId,
    deliveryId,
    deliveredOn: '2026-11-18',
    lines: [
      { lineId: line1, quantity: 12_0000 },
      { lineId: conseil, quantity: 2_0000 },
    ],
  })
  return harness
}

export const draft = {
  invoiceId,
  entityId,
  customerId,
  currency: 'EUR',
  orders: [{ orderId }],
}
export const paid = {
  paymentId,
  entityId,
  customerId,
  bankDate: '2026-11-21',
  amount: 1000_00,
  currency: 'EUR',
  journal: 'BQ',
  bankReference: 'VIR 4711',
}
