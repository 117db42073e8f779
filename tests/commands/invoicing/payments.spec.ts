import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recompute } from '../../../domain/ledger/posting-rules/registry.ts'
import { entryOf } from '../../../domain/ledger/posting.ts'
import type { CommandHarness } from '../../support/command-harness.ts'
import { shown } from '../../domain/ledger/books.ts'
import { legalEntity } from '../commerce/business.ts'
import {
  allocationId,
  books,
  company,
  customerId,
  draft,
  entityId,
  invoiceId,
  paid,
  paymentId,
  unknown,
} from './company.ts'

let house: CommandHarness
beforeEach(async () => {
  house = await company()
})
afterEach(() => house.stop())

const eventsOf = (stream: string) => house.events(stream)
const receivable = `receivable-${entityId}.${customerId}.EUR`
const issued = async () => {
  await house.done('invoicing.draftInvoice', draft)
  await house.done('invoicing.issueInvoice', { invoiceId })
}
const allocate = (amount: number, more: object = {}) => ({
  allocationId,
  entityId,
  customerId,
  currency: 'EUR',
  paymentId,
  settlements: [{ invoiceId, amount }],
  ...more,
})

describe('recordPayment', () => {
  it('PROTOCOL 16: claims the bank’s reference first, so that money is recorded once', async () => {
    await house.done('invoicing.recordPayment', paid)
    const [event] = await eventsOf(`payment-${paymentId}`)
    expect(shown(entryOf(event!))).toStrictEqual([
      'BQ 2026-11-21 VIR 4711 of 2026-11-21 receipt 1',
      'D 512 1000.00',
      'C 411 VINET 1000.00',
    ])
    expect(await house.rejection('invoicing.recordPayment', { ...paid, paymentId: unknown })).toStrictEqual({
      code: 'KEY_TAKEN',
      kind: 'bankReference',
      ownerStream: `payment-${paymentId}`,
    })
  })

  it('books money of a shut day on an open one; its real day stays the document’s', async () => {
    await house.done('invoicing.recordPayment', { ...paid, recordedOn: '2026-11-22' })
    const [received] = await eventsOf(`payment-${paymentId}`)
    expect(shown(entryOf(received!))[0]).toBe('BQ 2026-11-22 VIR 4711 of 2026-11-21 receipt 1')
  })

  it.each([
    [{ entityId: unknown }, { code: 'LEGAL_ENTITY_NOT_FOUND' }],
    [{ customerId: unknown }, { code: 'CUSTOMER_NOT_FOUND' }],
    [
      { bankDate: '2026-11-23' },
      { code: 'DAY_IN_FUTURE', field: 'bankDate', day: '2026-11-23', today: '2026-11-22' },
    ],
    [{ bankDate: '2025-12-31' }, { code: 'POSTING_ACCOUNTS_NOT_SET', day: '2025-12-31' }],
    [
      { recordedOn: '2026-11-23' },
      { code: 'DAY_IN_FUTURE', field: 'recordedOn', day: '2026-11-23', today: '2026-11-22' },
    ],
    [
      { recordedOn: '2026-11-20' },
      { code: 'RECORDED_BEFORE_BANK', day: '2026-11-20', bankDate: '2026-11-21' },
    ],
    [{ journal: 'OD' }, { code: 'JOURNAL_NOT_OF_TREASURY', journal: 'OD' }],
  ])('refuses %o and leaves no claim behind', async (more, rejection) => {
    const before = await house.store.head()
    expect(await house.rejection('invoicing.recordPayment', { ...paid, ...more })).toStrictEqual(rejection)
    expect(await house.store.head()).toStrictEqual(before)
  })
})

describe('allocatePayment and reverseAllocation', () => {
  it('releases the VAT that waited, on the bank’s day, and takes it back', async () => {
    await issued()
    await house.done('invoicing.recordPayment', paid)
    await house.done('invoicing.allocatePayment', allocate(1000_00))
    const [allocated] = await eventsOf(receivable)
    // 200.00 × 1,000.00 / 1,471.20 = 135.94…; base 1,000.00 × 1,000.00 / 1,471.20 = 679.717… → 679.72.
    expect(shown(entryOf(allocated!))).toStrictEqual([
      'OD 2026-11-22 VIR 4711 of 2026-11-21 vatOnReceipt 1',
      'D 44574 135.94 | S 20.00% receipts -679.72 + -135.94 waits',
      'C 44571 135.94 | S 20.00% receipts 679.72 + 135.94 due 2026-11-21',
    ])
    const ids = { allocationId, entityId, customerId, currency: 'EUR' }
    await house.done('invoicing.reverseAllocation', { ...ids, explanation: 'Autre facture' })
    const reversed = (await eventsOf(receivable)).at(-1)
    expect(recompute(reversed!)).toStrictEqual(entryOf(reversed!))
    expect(entryOf(reversed!)?.rule.id).toBe('reversal')
  })

  it.each([
    [{ paymentId: unknown }, { code: 'PAYMENT_NOT_FOUND', paymentId: unknown }],
    [{ customerId: unknown }, { code: 'PAYMENT_OF_ANOTHER_RECEIVABLE', paymentId }],
    [
      { settlements: [{ invoiceId: unknown, amount: 1 }] },
      { code: 'INVOICE_NOT_ISSUED', invoiceId: unknown },
    ],
    [
      { allocatedOn: '2026-11-23' },
      { code: 'DAY_IN_FUTURE', field: 'allocatedOn', day: '2026-11-23', today: '2026-11-22' },
    ],
    [{ allocatedOn: '2026-11-20' }, { code: 'ALLOCATED_BEFORE_RECEIPT', receivedOn: '2026-11-21' }],
    [
      { settlements: [{ invoiceId, amount: 1000_01 }] },
      { code: 'ALLOCATION_EXCEEDS_PAYMENT', reference: 'VIR 4711', left: 1000_00n },
    ],
  ])('refuses %o', async (more, rejection) => {
    await issued()
    await house.done('invoicing.recordPayment', paid)
    expect(await house.rejection('invoicing.allocatePayment', allocate(1, more))).toStrictEqual(rejection)
  })

  it('does not tell the number of an invoice of another entity', async () => {
    await issued()
    await books(house, { ...legalEntity, entityId: unknown, code: 'SUD' })
    const elsewhere = { entityId: unknown, paymentId: unknown }
    await house.done('invoicing.recordPayment', { ...paid, ...elsewhere })
    expect(await house.rejection('invoicing.allocatePayment', allocate(1, elsewhere))).toStrictEqual({
      code: 'INVOICE_NOT_ISSUED',
      invoiceId,
    })
  })

  it('refuses an allocation that is not there', async () => {
    const ids = { allocationId, entityId, customerId, currency: 'EUR' }
    expect(await house.rejection('invoicing.reverseAllocation', { ...ids, explanation: 'x' })).toStrictEqual({
      code: 'ALLOCATION_NOT_FOUND',
    })
  })
})
