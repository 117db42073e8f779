import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CommandHarness } from '../../support/command-harness.ts'
import { company, conseil, draft, entityId, invoiceId } from './company.ts'

let house: CommandHarness
beforeEach(async () => {
  house = await company()
})
afterEach(() => house.stop())

/** Lines that no order stands behind, each about 2,000 bytes where it is stored. */
const wordy = (count: number) =>
  Array.from({ length: count }, () => ({
    productId: conseil,
    productCode: 'C1',
    name: 'Conseil',
    description: 'é'.repeat(900),
    operation: 'services',
    quantity: 1_0000,
    unit: 'DAY',
    unitPrice: 500_000000,
    discountRate: 0,
    vat: 'standard',
    revenueAccount: '706',
  }))

it('PROTOCOL 20: an invoice that its registrar could not answer is refused at its request, and stays a draft', async () => {
  await house.done('invoicing.draftInvoice', { ...draft, lines: wordy(240) })
  const rejection = await house.rejection('invoicing.issueInvoice', { invoiceId })
  expect(rejection).toMatchObject({ code: 'INVOICE_TOO_LARGE', bytesMax: 450 * 1024 })
  expect((await house.events(`invoice-${invoiceId}`)).map(e => e.type)).toStrictEqual([
    'invoicing.InvoiceDrafted',
  ])
  expect(await house.events(`invoiceRegister-${entityId}.F`)).toStrictEqual([])
  // Shortened, the same draft is issued: the series was never held up.
  const less = { invoiceId, orders: [], lines: wordy(3) }
  await house.done('invoicing.changeInvoiceDraft', less)
  await house.done('invoicing.issueInvoice', { invoiceId })
  expect(await house.events(`invoiceRegister-${entityId}.F`)).toHaveLength(1)
})

it('PROTOCOL 6: a draft too large for one append is refused, and claims nothing before', async () => {
  const before = await house.store.head()
  expect(await house.rejection('invoicing.draftInvoice', { ...draft, lines: wordy(498) })).toMatchObject({
    code: 'TOO_LARGE',
    bytesMax: 900 * 1024,
  })
  expect(await house.store.head()).toStrictEqual(before)
})
