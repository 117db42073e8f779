import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { EventReference, JournalEntry } from '../shared/journal-entry.ts'
import {
  AccountNumber,
  Axes,
  CentsNotNegative,
  Code,
  Currency,
  Day,
  DocumentNumber,
  Quantity,
  Rate,
  UnitPrice,
  Uuid,
  text,
  Unit,
} from '../shared/values.ts'
import { VatRateClass } from '../commerce/public.ts'
import {
  DeliveryReference,
  FrozenEntryLine,
  InvoiceContent,
  OrderLineReference,
  SalePosting,
} from './invoice-content.ts'

/** Stream `invoice-<invoiceId>`: the draft and the request. The number comes on the register's stream. */

/** A line while it can still change: VAT and account are decided when the issue is asked for. */
export const DraftLine = z.strictObject({
  order: OrderLineReference.optional(),
  delivery: DeliveryReference.optional(),
  productId: Uuid.optional(),
  productCode: text(40).optional(),
  name: text(200),
  description: text(1000).optional(),
  operation: z.enum(['goods', 'services']),
  quantity: Quantity,
  unit: Unit,
  unitPrice: UnitPrice,
  discountRate: Rate,
  vat: VatRateClass,
  vatExemption: text(40).optional(),
  revenueAccount: AccountNumber,
  axes: Axes.optional(),
})
export type DraftLine = z.output<typeof DraftLine>

const Draft = {
  lines: z.array(DraftLine).min(1).max(500),
  /** Freight billed with these lines, by order. */
  freight: z.array(z.strictObject({ orderId: Uuid, number: text(35), net: CentsNotNegative })).max(20),
  deliveries: InvoiceContent.shape.deliveries,
  deliverTo: InvoiceContent.shape.deliverTo,
  buyerReference: InvoiceContent.shape.buyerReference,
  purchaseOrder: InvoiceContent.shape.purchaseOrder,
  contract: InvoiceContent.shape.contract,
}

export const InvoiceDrafted = defineEvent(
  'invoicing.InvoiceDrafted',
  z.strictObject({ invoiceId: Uuid, entityId: Uuid, customerId: Uuid, currency: Currency, ...Draft }),
)
export const InvoiceDraftChanged = defineEvent(
  'invoicing.InvoiceDraftChanged',
  z.strictObject({ invoiceId: Uuid, ...Draft }),
)
/** The end of a draft. What it claimed is released after this event, from what the claim froze. */
export const InvoiceDraftCancelled = defineEvent(
  'invoicing.InvoiceDraftCancelled',
  z.strictObject({ invoiceId: Uuid, explanation: text(500) }),
)

/** Content and terms are frozen; exactly one request wins. The registrar answers it (PROTOCOL 19–21). */
export const InvoiceIssueRequested = defineEvent(
  'invoicing.InvoiceIssueRequested',
  z.strictObject({
    invoiceId: Uuid,
    entityId: Uuid,
    series: Code,
    /** Pattern of the series and zone of the entity on the day of the request: `issue` needs nothing else. */
    pattern: text(40),
    timeZone: text(60),
    content: InvoiceContent,
    posting: SalePosting,
    rule: JournalEntry.shape.rule,
    entryLines: z.array(FrozenEntryLine).min(2).max(500),
  }),
)

export const CreditCause = z.enum(['returned', 'price', 'quantity', 'notDelivered', 'goodwill', 'error'])

/**
 * Asked on the stream of the invoice it corrects, which owns what may still be credited. The credit note's own
 * content is frozen here, as an invoice's is at its request.
 */
export const CreditNoteRequested = defineEvent(
  'invoicing.CreditNoteRequested',
  z.strictObject({
    /** The invoice corrected: this stream's. */
    invoiceId: Uuid,
    /** Where it was numbered: what the credit note's entry corrects. */
    corrected: EventReference,
    creditNoteId: Uuid,
    entityId: Uuid,
    series: Code,
    pattern: text(40),
    timeZone: text(60),
    /** Code of the reason, for statistics, and the sentence the customer reads. */
    cause: CreditCause,
    explanation: text(500),
    content: InvoiceContent,
    posting: SalePosting,
    rule: JournalEntry.shape.rule,
    entryLines: z.array(FrozenEntryLine).min(2).max(500),
  }),
)

export const invoiceEvents = [
  InvoiceDrafted,
  InvoiceDraftChanged,
  InvoiceDraftCancelled,
  InvoiceIssueRequested,
  CreditNoteRequested,
] as const
export type InvoiceEvent = EventOf<typeof invoiceEvents>

/** Stream `invoiceRegister-<entityId>.<series>`: written by the series' registrar alone, in the order of the log. */
const Numbered = {
  entityId: Uuid,
  series: Code,
  number: DocumentNumber,
  /** The count behind the number: 1, 2, 3… restarting where the pattern holds the year. */
  sequence: z.int().min(1),
  issuedOn: Day,
  /** The request answered: with `sequence` and `issuedOn`, the registrar's whole state. */
  request: EventReference,
  content: InvoiceContent,
  posting: SalePosting,
  journalEntry: JournalEntry,
}
export const InvoiceIssued = defineEvent(
  'invoicing.InvoiceIssued',
  z.strictObject({ invoiceId: Uuid, ...Numbered, dueOn: Day }),
)
export const CreditNoteIssued = defineEvent(
  'invoicing.CreditNoteIssued',
  z.strictObject({
    creditNoteId: Uuid,
    invoiceId: Uuid,
    ...Numbered,
    corrected: EventReference,
    cause: CreditCause,
    explanation: text(500),
  }),
)

export const registerEvents = [InvoiceIssued, CreditNoteIssued] as const
export type RegisterEvent = EventOf<typeof registerEvents>
