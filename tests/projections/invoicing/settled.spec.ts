import { expect, it } from 'vitest'
import type { RecordedEvent } from '../../../projections/definition.ts'
import { replayInMemory } from '../../../projections/engine/in-memory.ts'
import { openItemTable, receivables } from '../../../projections/invoicing/receivables.ts'
import { ENTITY, id } from '../support/facts.ts'

/** An invoice and a payment of 120.00 of one customer: what is left of each, and when it was settled. */

const [invoiceId, paymentId, customerId] = [id('invoice'), id('payment'), id('customer')]
const buyer = { customerId, code: 'VINET' }

const opened = [
  {
    type: 'invoicing.InvoiceIssued',
    data: {
      ...{ invoiceId, entityId: ENTITY, number: 'F1', issuedOn: '1996-07-01', dueOn: '1996-08-01' },
      content: { buyer, currency: 'EUR', totals: { payable: 120_00n } },
    },
  },
  {
    type: 'invoicing.PaymentReceived',
    data: {
      ...{ paymentId, entityId: ENTITY, customer: buyer, bankDate: '1996-07-20', amount: 120_00n },
      ...{ currency: 'EUR', bankAccount: '512', bankReference: 'VIR 1' },
    },
  },
]

const allocated = (type: 'PaymentAllocated' | 'AllocationReversed', amount: bigint, day: string) => ({
  type: `invoicing.${type}`,
  data: {
    ...{ allocationId: id(`allocation of ${amount}`), entityId: ENTITY, customerId, currency: 'EUR' },
    source: { kind: 'payment', id: paymentId, reference: 'VIR 1', amount: 120_00n, day: '1996-07-20' },
    settlements: [{ invoiceId, number: 'F1', issuedOn: '1996-07-01', payable: 120_00n, amount, vat: [] }],
    ...(type === 'PaymentAllocated' ? { allocatedOn: day } : { reversedOn: day }),
  },
})

/** What is left of the invoice and of the payment, and the day that settled each. */
const leftAfter = async (...allocations: ReturnType<typeof allocated>[]) => {
  const events = [...opened, ...allocations].map(
    (event, at) =>
      ({
        ...event,
        ...{ ordinal: at + 1, stream: `s-${at}`, revision: 0, id: id(`event ${at}`) },
        metadata: { recordedAt: '1996-07-01T08:00:00.000Z' },
      }) as unknown as RecordedEvent,
  )
  const { rows } = await replayInMemory(receivables, [events])
  return [invoiceId, paymentId].map(document => {
    const row = rows.get(openItemTable.name)?.find(item => item['document_id'] === document)
    return [row?.['left_open'], row?.['settled_on']]
  })
}

const half = allocated('PaymentAllocated', 60_00n, '1996-07-21')
const rest = allocated('PaymentAllocated', 60_00n, '1996-07-25')

it('is not settled while something is left', async () =>
  expect(await leftAfter(half)).toStrictEqual([
    [60_00n, null],
    [-60_00n, null],
  ]))
it('is settled on the day of the allocation that takes the rest', async () =>
  expect(await leftAfter(half, rest)).toStrictEqual([
    [0n, '1996-07-25'],
    [0n, '1996-07-25'],
  ]))
it('is open again once an allocation is taken back', async () =>
  expect(await leftAfter(half, rest, allocated('AllocationReversed', 60_00n, '1996-07-31'))).toStrictEqual([
    [60_00n, null],
    [-60_00n, null],
  ]))
