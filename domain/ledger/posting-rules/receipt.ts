import type { z } from 'zod'
import type { JournalEntry } from '../../shared/journal-entry.ts'
import type { PaymentReceived } from '../../invoicing/public.ts'
import { frozenEntry } from '../journal-entry.ts'

/**
 * Receipt, version 1: money of a customer reached the bank, whatever it will be allocated to.
 *
 *     D 512 bank / C 411 customer
 */

export type ReceiptFacts = Omit<z.output<typeof PaymentReceived.data>, 'journalEntry'>

export const receiptRule = { id: 'receipt', version: 1 } as const

export const receiptEntry = (facts: ReceiptFacts): JournalEntry => {
  const { customer, bankDate, recordedOn, amount, bankReference } = facts
  const label = `Règlement ${customer.code} ${bankReference}`
  return frozenEntry({
    entityId: facts.entityId,
    journal: facts.journal,
    accountingDate: recordedOn ?? bankDate,
    documentDate: bankDate,
    documentReference: bankReference,
    label,
    currency: facts.currency,
    rule: receiptRule,
    lines: [
      { account: facts.bankAccount, label, side: 'debit', amount },
      {
        account: facts.customerAccount,
        auxiliary: { kind: 'customer', id: customer.customerId, code: customer.code },
        label,
        side: 'credit',
        amount,
      },
    ],
  })
}
