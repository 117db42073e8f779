import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sentences } from '../../commands/outcome.ts'
import type { CommandHarness } from '../support/command-harness.ts'
import {
  allocationId,
  chai,
  company,
  customerId,
  deliveryId,
  draft,
  emptyCompany,
  entityId,
  invoiceId,
  line1,
  orderId,
  paid,
  paymentId,
  postingAccounts,
  unknown,
} from './invoicing/company.ts'
import { legalEntity } from './commerce/business.ts'

/** Rights come before facts: who has none in an entity learns nothing of its books from what is refused. */

/** Every role that changes something, in another entity. */
const stranger = {
  userId: '01900000-0000-7000-8000-0000000000cc',
  grants: (['sales', 'billing', 'accountant', 'chiefAccountant', 'administrator'] as const).map(role => ({
    role,
    entityId: unknown,
  })),
}

const entryId = '01932f0c-0000-7000-8000-0000000000c9'
const day = '2026-11-20'
const commentId = '01932f0c-0000-7000-8000-0000000000c1'
const about = { category: 'order', documentId: orderId }
const explanation = 'Erreur'
const month = { entityId, period: '2026-11' }
const allocation = { allocationId, entityId, customerId, currency: 'EUR' }
const entry = {
  journal: 'OD',
  accountingDate: day,
  documentDate: day,
  documentReference: 'LOYER 11',
  label: 'Loyer',
  lines: [
    { account: '6132', label: 'Loyer', side: 'debit', amount: 1200_00 },
    { account: '512', label: 'Loyer', side: 'credit', amount: 1200_00 },
  ],
}
const { name, legalForm, siren, vatNumber, address } = legalEntity

/** Commands whose input names the entity. */
const BY_INPUT: Readonly<Record<string, object>> = {
  'organisation.registerLegalEntity': legalEntity,
  'organisation.changeLegalEntity': { entityId, name, legalForm, siren, vatNumber, address },
  'organisation.chooseVatRegime': { entityId, from: '2026-01-01', services: 'receipts' },
  'organisation.openFiscalYear': { entityId, year: '2028', startsOn: '2028-01-01', endsOn: '2028-12-31' },
  'organisation.openNumberSeries': {
    entityId,
    series: 'G',
    documents: ['invoice'],
    journal: 'VE',
    pattern: 'G{year}-{number:6}',
  },
  'organisation.setInvoicingTerms': {
    entityId,
    paymentTermDays: 30,
    latePaymentNote: 'a',
    recoveryNote: 'b',
    discountNote: 'c',
  },
  'ledger.adoptChart': { entityId, edition: 2026 },
  'ledger.openAccount': { entityId, account: '70851', label: 'Ports' },
  'ledger.closeAccount': { entityId, account: '70851' },
  'ledger.openJournal': { entityId, journal: 'XX', label: 'Achats', kind: 'purchase' },
  'ledger.setPostingAccounts': postingAccounts,
  'ledger.lockJournal': { ...month, journal: 'OD' },
  'ledger.unlockJournal': { ...month, journal: 'OD', explanation },
  'ledger.cutPeriod': month,
  'ledger.draftManualEntry': { entryId: unknown, entityId, ...entry },
  'commerce.placeOrder': {
    orderId: unknown,
    entityId,
    customerId,
    number: 'O-2',
    orderedOn: day,
    lines: [{ lineId: line1, productId: chai, quantity: 1_0000 }],
  },
  'invoicing.draftInvoice': { ...draft, invoiceId: unknown },
  'invoicing.recordPayment': { ...paid, bankReference: 'VIR 4712', bankDate: day },
  'invoicing.allocatePayment': {
    ...allocation,
    paymentId,
    settlements: [{ invoiceId, amount: 100_00 }],
    allocatedOn: day,
  },
  'invoicing.reverseAllocation': { ...allocation, reversedOn: day, explanation },
}

/** Commands whose input names a document of the entity. */
const BY_DOCUMENT: Readonly<Record<string, object>> = {
  'collaboration.writeComment': { commentId, about, text: 'Un acompte est-il prévu ?' },
  'collaboration.withdrawComment': { commentId, about },
  'commerce.confirmOrder': { orderId, confirmedOn: day },
  'commerce.deliverOrder': {
    orderId,
    deliveryId,
    deliveredOn: day,
    lines: [{ lineId: line1, quantity: 1_0000 }],
  },
  'commerce.cancelOrderRemainder': { orderId, cancelledOn: day, explanation },
  'invoicing.changeInvoiceDraft': { invoiceId, orders: [] },
  'invoicing.cancelInvoiceDraft': { invoiceId, explanation },
  'invoicing.issueInvoice': { invoiceId },
  'ledger.changeManualEntry': { entryId, ...entry },
  'ledger.cancelManualEntry': { entryId, explanation },
  'ledger.validateManualEntry': { entryId },
  'ledger.reverseManualEntry': { entryId, reversedOn: day, explanation },
}
const ALL = { ...BY_INPUT, ...BY_DOCUMENT }

const drafted = async (): Promise<CommandHarness> => {
  const house = await company()
  await house.done('invoicing.draftInvoice', draft)
  await house.done('ledger.draftManualEntry', { entryId, entityId, ...entry })
  await house.done('collaboration.writeComment', ALL['collaboration.writeComment'])
  return house
}

const settled = async (): Promise<CommandHarness> => {
  const house = await drafted()
  await house.done('invoicing.issueInvoice', { invoiceId })
  await house.done('invoicing.recordPayment', paid)
  await house.done('invoicing.allocatePayment', {
    ...ALL['invoicing.allocatePayment'],
    allocatedOn: undefined,
  })
  return house
}

const locked = async (): Promise<CommandHarness> => {
  const house = await settled()
  for (const journal of ['VE', 'BQ', 'OD']) await house.done('ledger.lockJournal', { ...month, journal })
  return house
}

const cut = async (): Promise<CommandHarness> => {
  const house = await settled()
  house.clock.advanceTo('2026-12-02T08:00:00.000Z')
  for (let n = 1; n <= 11; n++)
    await house.done('ledger.cutPeriod', { entityId, period: `2026-${String(n).padStart(2, '0')}` })
  return house
}

const cancelled = async (): Promise<CommandHarness> => {
  const house = await drafted()
  await house.done('invoicing.cancelInvoiceDraft', { invoiceId, explanation })
  await house.done('ledger.cancelManualEntry', { entryId, explanation })
  return house
}

describe.each([
  ['that is not there yet', emptyCompany, BY_INPUT],
  ['with drafts', drafted, ALL],
  ['with documents settled', settled, ALL],
  ['with journals locked', locked, ALL],
  ['with months cut', cut, ALL],
  ['with drafts cancelled', cancelled, ALL],
] as const)('of an entity %s', (_, open, inputs) => {
  let house: CommandHarness
  beforeAll(async () => {
    house = await open()
  })
  afterAll(() => house.stop())

  it.each(Object.entries(inputs))('%s tells a stranger nothing', async (command, input) => {
    const before = await house.store.head()
    for (const dryRun of [false, true]) {
      const outcome = await house.send(command, input, { as: stranger, dryRun })
      expect(outcome).toStrictEqual({ kind: 'forbidden', sentence: sentences.forbidden })
    }
    expect(await house.store.head()).toStrictEqual(before)
  })
})

it('every command of the registry that belongs to an entity is tried here', async () => {
  const house = await emptyCompany()
  const perEntity = house.deps.registry.describe().filter(command => command.perEntity)
  expect(Object.keys(ALL).sort()).toStrictEqual(perEntity.map(command => command.name).sort())
  await house.stop()
})
