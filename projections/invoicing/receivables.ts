import { CreditNoteIssued, InvoiceIssued } from '../../domain/invoicing/invoice.events.ts'
import { PaymentReceived } from '../../domain/invoicing/payment.events.ts'
import { AllocationReversed, PaymentAllocated } from '../../domain/invoicing/receivable.events.ts'
import { sum } from '../../domain/shared/money.ts'
import { column, table } from '../definition.ts'
import type { Projection, Recorded, RowOf } from '../definition.ts'
import { present } from '../shared.ts'

type Allocation = Recorded<typeof PaymentAllocated | typeof AllocationReversed>

const totalOf = ({ settlements }: Allocation['data']): bigint => sum(settlements.map(s => s.amount))
/** +1 where an allocation takes from its documents, −1 where it is taken back. */
const signOf = (e: Allocation): bigint => (e.type === PaymentAllocated.type ? 1n : -1n)

const openItemColumns = {
  document_id: column.uuid('Invoice, credit note or payment'),
  entity_id: column.uuid('Legal entity'),
  customer_id: column.uuid('Customer'),
  customer_code: column.text('Code of the customer on the document'),
  currency: column.text('ISO 4217 code'),
  kind: column.text('invoice, creditNote or payment'),
  reference: column.text('Number of the document, or reference of the bank'),
  document_on: column.date('Day of issue, or day of the bank'),
  due_on: column.date('Day on which it is due; of a credit note or payment, its own day'),
  amount: column.bigint('What it was in all, minor units: owed to us positive, owed by us negative'),
  left_open: column.bigint('What is left of it, same sign; zero when settled'),
  settled_on: column.optional(column.date('Day of the allocation that settled it')),
}
type OpenItem = RowOf<typeof openItemColumns>

type Document = Recorded<typeof InvoiceIssued | typeof CreditNoteIssued>['data']
const documentItem = (
  id: string,
  kind: 'invoice' | 'creditNote',
  data: Document,
  due_on: string,
): OpenItem => {
  const { payable } = data.content.totals
  const amount = kind === 'invoice' ? payable : -payable
  return {
    document_id: id,
    entity_id: data.entityId,
    customer_id: data.content.buyer.customerId,
    customer_code: data.content.buyer.code,
    currency: data.content.currency,
    kind,
    reference: data.number,
    document_on: data.issuedOn,
    due_on,
    amount,
    left_open: amount,
    settled_on: null,
  }
}

const paymentItem = (data: Recorded<typeof PaymentReceived>['data']): OpenItem => ({
  document_id: data.paymentId,
  entity_id: data.entityId,
  customer_id: data.customer.customerId,
  customer_code: data.customer.code,
  currency: data.currency,
  kind: 'payment',
  reference: data.bankReference,
  document_on: data.bankDate,
  due_on: data.bankDate,
  amount: -data.amount,
  left_open: -data.amount,
  settled_on: null,
})

export const openItemTable = table({
  name: 'open_item',
  comment: 'Invoices, credit notes and payments of customers with what is left of each',
  columns: openItemColumns,
  key: ['document_id'],
  history: true,
  measures: ['amount', 'left_open'],
  indexes: [
    {
      columns: ['entity_id', 'customer_id', 'due_on', 'document_id'],
      include: ['left_open', 'currency'],
      where: 'left_open <> 0',
    },
    { columns: ['due_on', 'document_id'], include: ['left_open'], where: 'left_open <> 0' },
    { columns: ['customer_id', 'document_on', 'document_id'] },
  ],
  on: on => [
    on(
      InvoiceIssued,
      e => (e.data.content.totals.payable === 0n ? [] : [{ document_id: e.data.invoiceId }]),
      (_, { data }) => documentItem(data.invoiceId, 'invoice', data, data.dueOn),
    ),
    on(
      CreditNoteIssued,
      e => (e.data.content.totals.payable === 0n ? [] : [{ document_id: e.data.creditNoteId }]),
      (_, { data }) => documentItem(data.creditNoteId, 'creditNote', data, data.issuedOn),
    ),
    on(
      PaymentReceived,
      e => [{ document_id: e.data.paymentId }],
      (_, { data }) => paymentItem(data),
    ),
    on(
      [PaymentAllocated, AllocationReversed],
      e =>
        [...new Set([...e.data.settlements.map(s => s.invoiceId), e.data.source.id])].map(document_id => ({
          document_id,
        })),
      (row, e, key) => {
        const item = present(row)
        const part = e.data.settlements.filter(s => s.invoiceId === key.document_id).map(s => s.amount)
        const taken = key.document_id === e.data.source.id ? -totalOf(e.data) : sum(part)
        const left_open = item.left_open - signOf(e) * taken
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
  indexes: [{ columns: ['entity_id', 'customer_code', 'customer_id', 'currency'] }],
  on: on => {
    interface Owed {
      readonly entity_id: string
      readonly customer_id: string
      readonly currency: string
      readonly customer_code: string
      readonly amount: bigint
    }
    const add = (row: { balance: bigint; documents: number } | undefined, { amount, ...owed }: Owed) => ({
      ...owed,
      balance: (row?.balance ?? 0n) + amount,
      documents: (row?.documents ?? 0) + 1,
    })
    const keyOf = ({ entity_id, customer_id, currency }: Owed) => [{ entity_id, customer_id, currency }]
    const invoiced = ({ type, data }: Recorded<typeof InvoiceIssued | typeof CreditNoteIssued>): Owed => ({
      entity_id: data.entityId,
      customer_id: data.content.buyer.customerId,
      currency: data.content.currency,
      customer_code: data.content.buyer.code,
      amount: type === InvoiceIssued.type ? data.content.totals.payable : -data.content.totals.payable,
    })
    const paid = ({ data }: Recorded<typeof PaymentReceived>): Owed => ({
      entity_id: data.entityId,
      customer_id: data.customer.customerId,
      currency: data.currency,
      customer_code: data.customer.code,
      amount: -data.amount,
    })
    return [
      on(
        [InvoiceIssued, CreditNoteIssued],
        e => keyOf(invoiced(e)),
        (row, e) => add(row, invoiced(e)),
      ),
      on(
        PaymentReceived,
        e => keyOf(paid(e)),
        (row, e) => add(row, paid(e)),
      ),
    ]
  },
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
    received_at: column.instant('Instant of its recording'),
  },
  key: ['payment_id'],
  history: true,
  measures: ['amount', 'allocated'],
  indexes: [
    { columns: ['bank_date', 'payment_id'] },
    { columns: ['customer_id', 'bank_date', 'payment_id'] },
    { columns: ['bank_date', 'payment_id'], where: 'allocated < amount' },
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
        received_at: recordedAt,
      }),
    ),
    on(
      [PaymentAllocated, AllocationReversed],
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
    source_kind: column.text('payment or creditNote'),
    source_id: column.uuid('What settles'),
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
  indexes: [{ columns: ['invoice_id'] }, { columns: ['source_id'] }],
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
  version: 1,
  comment: 'What customers owe: open items, payments, allocations',
  tables: [openItemTable, customerBalanceTable, paymentTable, allocationTable],
}
