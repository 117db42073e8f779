import { CreditNoteIssued, InvoiceIssued } from '../../domain/invoicing/invoice.events.ts'
import { PaymentReceived } from '../../domain/invoicing/payment.events.ts'
import { AllocationReversed, PaymentAllocated } from '../../domain/invoicing/receivable.events.ts'
import { sum } from '../../domain/shared/money.ts'
import { column } from '../definition.ts'
import type { Recorded, RowOf } from '../definition.ts'

/** The documents that something is owed by, and what events do to them. */

export type Opening = Recorded<typeof InvoiceIssued | typeof CreditNoteIssued | typeof PaymentReceived>
export const openings = [InvoiceIssued, CreditNoteIssued, PaymentReceived] as const
export type Allocation = Recorded<typeof PaymentAllocated | typeof AllocationReversed>
export const allocations = [PaymentAllocated, AllocationReversed] as const

export const totalOf = ({ settlements }: Allocation['data']): bigint => sum(settlements.map(s => s.amount))
/** +1 where an allocation takes from its documents, −1 where it is taken back. */
export const signOf = (e: Allocation): bigint => (e.type === PaymentAllocated.type ? 1n : -1n)

export const openItemColumns = {
  document_id: column.uuid('Invoice, credit note or payment'),
  entity_id: column.uuid('Legal entity'),
  customer_id: column.uuid('Customer'),
  customer_code: column.text('Code of the customer on the document'),
  currency: column.text('ISO 4217 code'),
  kind: column.oneOf(['invoice', 'creditNote', 'payment'], 'Which document'),
  reference: column.text('Number of the document, or reference of the bank'),
  document_on: column.date('Day of issue, or day of the bank'),
  due_on: column.date('Day on which it is due; of a credit note or payment, its own day'),
  amount: column.bigint('What it was in all, minor units: owed to us positive, owed by us negative'),
  left_open: column.bigint('What is left of it, same sign; zero when settled'),
  settled_on: column.optional(column.date('Day of the allocation that settled it')),
}
type OpenItem = RowOf<typeof openItemColumns>

type Document = Recorded<typeof InvoiceIssued | typeof CreditNoteIssued>['data']
const documentItem = (data: Document, of: Pick<OpenItem, 'document_id' | 'kind' | 'due_on'>): OpenItem => {
  const { payable } = data.content.totals
  const amount = of.kind === 'invoice' ? payable : -payable
  return {
    ...of,
    entity_id: data.entityId,
    customer_id: data.content.buyer.customerId,
    customer_code: data.content.buyer.code,
    currency: data.content.currency,
    reference: data.number,
    document_on: data.issuedOn,
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

/** The document that an event opens. */
export const openedBy = (e: Opening): OpenItem => {
  switch (e.type) {
    case InvoiceIssued.type:
      return documentItem(e.data, { document_id: e.data.invoiceId, kind: 'invoice', due_on: e.data.dueOn })
    case CreditNoteIssued.type:
      return documentItem(e.data, {
        document_id: e.data.creditNoteId,
        kind: 'creditNote',
        due_on: e.data.issuedOn,
      })
    case PaymentReceived.type:
      return paymentItem(e.data)
  }
}

/** Ids are unique within a kind of document: whoever records a payment makes its id, and may take any. */
export type DocumentKey = Pick<OpenItem, 'document_id' | 'kind'>
export const keyOf = ({ document_id, kind }: DocumentKey): DocumentKey => ({ document_id, kind })

/** What an allocation changes of one document: all of it stands in the event. */
export interface Change extends DocumentKey {
  readonly document_on: string
  /** The document in all, and what is added to what is left of it: owed to us positive, owed by us negative. */
  readonly amount: bigint
  readonly change: bigint
}

export const changesBy = (e: Allocation): readonly Change[] => {
  const { settlements, source } = e.data
  return [
    ...settlements.map(s => ({
      document_id: s.invoiceId,
      kind: 'invoice' as const,
      document_on: s.issuedOn,
      amount: s.payable,
      change: -signOf(e) * s.amount,
    })),
    {
      document_id: source.id,
      kind: source.kind,
      document_on: source.day,
      amount: -source.amount,
      change: signOf(e) * totalOf(e.data),
    },
  ]
}
