import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { same } from '../shared/same.ts'
import { impossible } from '../shared/values.ts'
import { journalEntry, receiptEntry } from '../ledger/public.ts'
import type { Chart, EntryRejection } from '../ledger/public.ts'
import { paymentEvents } from './payment.events.ts'
import type { PaymentEvent, PaymentReceived } from './payment.events.ts'

/** Money of a customer that reached the bank. What it pays is said on the receivable. */

export type Received = Omit<z.output<typeof PaymentReceived.data>, 'journalEntry'>
export type Payment =
  | { readonly status: 'None' }
  | { readonly status: 'Abandoned' }
  | ({ readonly status: 'Received' } & Received)

export type PaymentRejection =
  | EntryRejection
  | { readonly code: 'PAYMENT_ALREADY_RECORDED' }
  | { readonly code: 'PAYMENT_ABANDONED' }
  | { readonly code: 'PAYMENT_CURRENCY_NOT_OF_LEDGER'; readonly currency: string; readonly ledger: string }
  | { readonly code: 'JOURNAL_NOT_OF_TREASURY'; readonly journal: string }

/** The payment as told; the accounts come from the books. */
export type PaymentTold = Omit<Received, 'bankAccount' | 'customerAccount'>

export interface PaymentBooks {
  readonly chart: Chart
  readonly customers: string
  readonly currency: string
}

type Decide = Decision<Payment, PaymentEvent, PaymentRejection>

export const decide = {
  receive:
    (told: PaymentTold, books: PaymentBooks): Decide =>
    payment => {
      if (payment.status === 'Received') {
        const { status: _, bankAccount: __, customerAccount: ___, ...received } = payment
        return same(received, told, 'same') ? E.right([]) : E.left({ code: 'PAYMENT_ALREADY_RECORDED' })
      }
      if (payment.status === 'Abandoned') return E.left({ code: 'PAYMENT_ABANDONED' })
      const { currency, journal } = told
      if (currency !== books.currency)
        return E.left({ code: 'PAYMENT_CURRENCY_NOT_OF_LEDGER', currency, ledger: books.currency })
      const opened = books.chart.journals.get(journal)
      if (opened === undefined) return E.left({ code: 'JOURNAL_UNKNOWN', journal })
      const bankAccount = opened.treasuryAccount
      if (bankAccount === undefined) return E.left({ code: 'JOURNAL_NOT_OF_TREASURY', journal })
      const received = { ...told, bankAccount, customerAccount: books.customers }
      const entry = journalEntry(books.chart)(receiptEntry(received))
      return E.isLeft(entry)
        ? entry
        : E.right([{ type: 'invoicing.PaymentReceived', data: { ...received, journalEntry: entry.right } }])
    },

  /** Ends a receipt that never came after its claim on the bank's reference, so that the key can be released. */
  abandon:
    (data: { readonly paymentId: string; readonly commandId: string }): Decide =>
    payment => {
      switch (payment.status) {
        case 'None':
          return E.right([{ type: 'invoicing.PaymentReceiptAbandoned', data }])
        case 'Abandoned':
          return E.right([])
        case 'Received':
          return E.left({ code: 'PAYMENT_ALREADY_RECORDED' })
      }
    },
}

const evolve = (payment: Payment, event: PaymentEvent): Payment => {
  if (payment.status !== 'None') return impossible(`${event.type} on ${payment.status}`)
  switch (event.type) {
    case 'invoicing.PaymentReceived': {
      const { journalEntry: _, ...received } = event.data
      return { status: 'Received', ...received }
    }
    case 'invoicing.PaymentReceiptAbandoned':
      return { status: 'Abandoned' }
  }
}

export const payment: Aggregate<Payment, PaymentEvent> = {
  category: 'payment',
  events: paymentEvents,
  initial: { status: 'None' },
  evolve,
}
