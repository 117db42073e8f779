import {
  AllocationReversed,
  AllocationSource,
  PaymentAllocated,
} from '../../domain/invoicing/receivable.events.ts'
import { PaymentReceived } from '../../domain/invoicing/payment.events.ts'
import { sum } from '../../domain/shared/money.ts'
import { column, table } from '../definition.ts'
import type { Projection } from '../definition.ts'
import { distinct, present, SEARCH_COMMENT, searchText } from '../shared.ts'
import { openDayTable } from './open-days.ts'
import {
  allocations,
  changesBy,
  keyOf,
  openItemColumns,
  openedBy,
  openings,
  signOf,
  totalOf,
} from './open-documents.ts'
import type { Allocation } from './open-documents.ts'

export const openItemTable = table({
  name: 'open_item',
  comment: 'Invoices, credit notes and payments of customers with what is left of each',
  columns: openItemColumns,
  key: ['document_id', 'kind'],
  history: true,
  measures: ['amount', 'left_open'],
  indexes: [
    { columns: ['due_on', 'document_id'], where: 'left_open <> 0' },
    { columns: ['customer_id', 'due_on', 'document_id'], where: 'left_open <> 0' },
    { columns: ['customer_id', 'document_on', 'document_id'] },
  ],
  on: on => [
    on(
      openings,
      e => (openedBy(e).amount === 0n ? [] : [keyOf(openedBy(e))]),
      (_, e) => openedBy(e),
    ),
    on(
      allocations,
      e => distinct(changesBy(e).map(keyOf)),
      (row, e, key) => {
        const item = present(row)
        const changes = changesBy(e).filter(c => c.document_id === key.document_id && c.kind === key.kind)
        const left_open = item.left_open + sum(changes.map(c => c.change))
        const on = e.type === PaymentAllocated.type ? e.data.allocatedOn : null
        return { ...item, left_open, settled_on: left_open === 0n ? on : null }
      },
    ),
  ],
})

export const customerBalanceTable = table({
  name: 'customer_balance',
  comment: 'What each customer owes in all, by legal entity and currency',
  columns: {
    entity_id: column.uuid('Legal entity'),
    customer_id: column.uuid('Customer'),
    currency: column.text('ISO 4217 code'),
    customer_code: column.text('Code of the customer on its last document'),
    balance: column.bigint('Invoices less credit notes and payments, minor units'),
    documents: column.integer('Documents counted'),
  },
  key: ['entity_id', 'customer_id', 'currency'],
  measures: ['balance'],
  on: on => [
    on(
      openings,
      e => {
        const { entity_id, customer_id, currency } = openedBy(e)
        return [{ entity_id, customer_id, currency }]
      },
      (row, e) => {
        const { entity_id, customer_id, currency, customer_code, amount } = openedBy(e)
        return {
          ...{ entity_id, customer_id, currency, customer_code },
          balance: (row?.balance ?? 0n) + amount,
          documents: (row?.documents ?? 0) + 1,
        }
      },
    ),
  ],
})

export const paymentTable = table({
  name: 'payment',
  comment: 'Payments received, with what is left to allocate',
  columns: {
    payment_id: column.uuid('Identifier of the payment'),
    entity_id: column.uuid('Legal entity'),
    customer_id: column.uuid('Customer who paid'),
    customer_code: column.text('Code of the customer'),
    bank_date: column.date('Day the bank booked it'),
    amount: column.bigint('Amount received, minor units'),
    allocated: column.bigint('Of it, what allocations took'),
    currency: column.text('ISO 4217 code'),
    bank_account: column.text('Account of the bank'),
    bank_reference: column.text("The bank's own reference"),
    search: column.text(SEARCH_COMMENT),
    received_at: column.instant('Instant of its recording'),
  },
  key: ['payment_id'],
  history: true,
  measures: ['amount', 'allocated'],
  indexes: [
    { columns: ['bank_date', 'payment_id'] },
    { columns: ['customer_id', 'bank_date', 'payment_id'] },
    { columns: ['bank_date', 'payment_id'], where: 'allocated < amount' },
    { columns: ['amount', 'payment_id'] },
    { columns: ['search'], using: 'trigrams' },
  ],
  on: on => [
    on(
      PaymentReceived,
      e => [{ payment_id: e.data.paymentId }],
      (_, { data, recordedAt }) => ({
        payment_id: data.paymentId,
        entity_id: data.entityId,
        customer_id: data.customer.customerId,
        customer_code: data.customer.code,
        bank_date: data.bankDate,
        amount: data.amount,
        allocated: 0n,
        currency: data.currency,
        bank_account: data.bankAccount,
        bank_reference: data.bankReference,
        search: searchText(data.bankReference, data.customer.code),
        received_at: recordedAt,
      }),
    ),
    on(
      allocations,
      e => (e.data.source.kind === 'payment' ? [{ payment_id: e.data.source.id }] : []),
      (row, e) => ({ ...present(row), allocated: present(row).allocated + signOf(e) * totalOf(e.data) }),
    ),
  ],
})

export const allocationTable = table({
  name: 'allocation',
  comment: 'What settles what: one row per allocation and document settled',
  columns: {
    allocation_id: column.uuid('Identifier of the allocation'),
    invoice_id: column.uuid('Document settled'),
    entity_id: column.uuid('Legal entity'),
    customer_id: column.uuid('Customer'),
    currency: column.text('ISO 4217 code'),
    source_kind: column.oneOf(AllocationSource.shape.kind.options, 'What settles: which document'),
    source_id: column.uuid('Its identifier'),
    source_reference: column.text('Its number or reference'),
    number: column.text('Number of the document settled'),
    amount: column.bigint('Amount settled, minor units'),
    vat_released: column.bigint('VAT that fell due by it, minor units'),
    allocated_on: column.date('Day of the allocation'),
    reversed_on: column.optional(column.date('Day on which it was taken back')),
  },
  key: ['allocation_id', 'invoice_id'],
  history: true,
  measures: ['amount', 'vat_released'],
  indexes: [
    { columns: ['allocated_on', 'allocation_id', 'invoice_id'] },
    { columns: ['invoice_id'] },
    { columns: ['source_id'] },
  ],
  on: on => {
    const keys = ({ data }: { data: Allocation['data'] }) =>
      data.settlements.map(s => ({ allocation_id: data.allocationId, invoice_id: s.invoiceId }))
    return [
      on(PaymentAllocated, keys, (_, { data }, key) => {
        const settlement = present(data.settlements.find(s => s.invoiceId === key.invoice_id))
        return {
          allocation_id: data.allocationId,
          invoice_id: settlement.invoiceId,
          entity_id: data.entityId,
          customer_id: data.customerId,
          currency: data.currency,
          source_kind: data.source.kind,
          source_id: data.source.id,
          source_reference: data.source.reference,
          number: settlement.number,
          amount: settlement.amount,
          vat_released: sum(settlement.vat.map(v => v.tax)),
          allocated_on: data.allocatedOn,
          reversed_on: null,
        }
      }),
      on(AllocationReversed, keys, (row, { data }) => ({ ...present(row), reversed_on: data.reversedOn })),
    ]
  },
})

export const receivables: Projection = {
  name: 'receivables',
  version: 3,
  comment: 'What customers owe: open items, payments, allocations',
  tables: [openItemTable, openDayTable, customerBalanceTable, paymentTable, allocationTable],
}
