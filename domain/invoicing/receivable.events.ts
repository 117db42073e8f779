import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { JournalEntry, VatCategory } from '../shared/journal-entry.ts'
import {
  AccountNumber,
  Cents,
  CentsPositive,
  Code,
  Currency,
  Day,
  DocumentNumber,
  Rate,
  Uuid,
  text,
} from '../shared/values.ts'

/**
 * Stream `receivable-<entityId>.<customerId>.<currency>`: owns what is left of each document in it (PROTOCOL 23).
 * A document enters with the first allocation that names it; the allocation carries all that its entry needs.
 */

/** VAT that waited for a receipt: what the document holds in all, and what this allocation releases. */
export const VatRelease = z.strictObject({
  category: VatCategory,
  rate: Rate,
  pendingAccount: AccountNumber,
  dueAccount: AccountNumber,
  /** Of the whole document. */
  documentBase: Cents,
  documentTax: Cents,
  /** Released by this allocation: cumulated pro rata, so that the last receipt takes the remainder. */
  base: Cents,
  tax: Cents,
})
export type VatRelease = z.output<typeof VatRelease>

export const Settlement = z.strictObject({
  invoiceId: Uuid,
  number: DocumentNumber,
  issuedOn: Day,
  /** Account the document was posted to: where it is settled. */
  account: AccountNumber,
  /** Gross amount of the whole document: what it may be paid at most. */
  payable: CentsPositive,
  amount: CentsPositive,
  vat: z.array(VatRelease).max(20),
})
export type Settlement = z.output<typeof Settlement>

/** What pays, and how much of it there was in all. A credit note pays like a payment. */
export const AllocationSource = z.strictObject({
  kind: z.enum(['payment', 'creditNote']),
  id: Uuid,
  reference: text(40),
  amount: CentsPositive,
  /** The bank's day of a payment, the issue day of a credit note: the tax point. */
  day: Day,
  /** Account it was posted to. */
  account: AccountNumber,
  /** A credit note's own VAT that waited, and what of it this allocation releases; empty for a payment. */
  vat: z.array(VatRelease).max(20),
})
export type AllocationSource = z.output<typeof AllocationSource>

export const PaymentAllocated = defineEvent(
  'invoicing.PaymentAllocated',
  z.strictObject({
    allocationId: Uuid,
    entityId: Uuid,
    customerId: Uuid,
    currency: Currency,
    source: AllocationSource,
    settlements: z.array(Settlement).min(1).max(200),
    allocatedOn: Day,
    /** Journal of the entry: operations. */
    journal: Code,
    /** Absent where no VAT waited. */
    journalEntry: JournalEntry.optional(),
  }),
)

/** An allocation was wrong: what it took is free again, and the VAT it released waits again. */
export const AllocationReversed = defineEvent(
  'invoicing.AllocationReversed',
  z.strictObject({
    allocationId: Uuid,
    entityId: Uuid,
    customerId: Uuid,
    currency: Currency,
    reversedOn: Day,
    explanation: text(500),
    journal: Code,
    source: AllocationSource,
    /** What the allocation had released, so that the entry can be made again from this event. */
    settlements: z.array(Settlement).min(1).max(200),
    journalEntry: JournalEntry.optional(),
  }),
)

export const receivableEvents = [PaymentAllocated, AllocationReversed] as const
export type ReceivableEvent = EventOf<typeof receivableEvents>
