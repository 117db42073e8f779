import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { JournalEntry } from '../shared/journal-entry.ts'
import { AccountNumber, CentsPositive, Code, Currency, Day, Uuid, text } from '../shared/values.ts'

/** Stream `payment-<paymentId>`. */

export const PaymentReceived = defineEvent(
  'invoicing.PaymentReceived',
  z.strictObject({
    paymentId: Uuid,
    entityId: Uuid,
    customer: z.strictObject({ customerId: Uuid, code: text(20) }),
    /** The day the bank booked it: VAT on receipts falls due then, whatever the day of the allocation. */
    bankDate: Day,
    /**
     * The day of its entry, where the bank's day is not it: money of a month that is closed is booked on an open day, and
     * keeps its real day as the document's (PCG 1031-4).
     */
    recordedOn: Day.optional(),
    amount: CentsPositive,
    currency: Currency,
    journal: Code,
    bankAccount: AccountNumber,
    /** Account of the third party credited: 411. */
    customerAccount: AccountNumber,
    /** The bank's own reference of the movement, unique per bank account: claimed first. */
    bankReference: text(40),
    journalEntry: JournalEntry,
  }),
)

/**
 * The command that had claimed the key of this payment never came back. Nothing begins on this stream any more; its
 * key is free again (PROTOCOL 16). `commandId` is the command that had claimed.
 */
export const PaymentReceiptAbandoned = defineEvent(
  'invoicing.PaymentReceiptAbandoned',
  z.strictObject({ paymentId: Uuid, commandId: Uuid }),
)

export const paymentEvents = [PaymentReceived, PaymentReceiptAbandoned] as const
export type PaymentEvent = EventOf<typeof paymentEvents>
