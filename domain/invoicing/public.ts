/** What other contexts may use of invoicing: the shapes that entries are made from. */
export { CreditNoteIssued, InvoiceIssued } from './invoice.events.ts'
export { PaymentReceived } from './payment.events.ts'
export { AllocationReversed, PaymentAllocated } from './receivable.events.ts'
export type { FrozenEntryLine, InvoiceContent, SalePosting } from './invoice-content.ts'
export type { AllocationSource, Settlement, VatRelease } from './receivable.events.ts'
