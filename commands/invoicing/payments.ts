import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { customer } from '../../domain/commerce/public.ts'
import { decide, payment } from '../../domain/invoicing/payment.ts'
import type { PaymentBooks } from '../../domain/invoicing/payment.ts'
import { PaymentReceived } from '../../domain/invoicing/payment.events.ts'
import { postingAccountsOn } from '../../domain/ledger/public.ts'
import type { DayRejection } from '../../domain/ledger/open-day.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import { Uuid } from '../../domain/shared/values.ts'
import { claimKey } from '../claims.ts'
import { defineCommand, step } from '../definition.ts'
import { booksOf, closedDay, today } from '../ledger/books.ts'
import type { BooksRejection } from '../ledger/books.ts'

/** The command that records money received: the bank's reference is claimed first, so that it is recorded once. */

const { entityId, bankDate, recordedOn, amount, currency, journal, bankReference } =
  PaymentReceived.data.shape
const Input = z.strictObject({
  paymentId: Uuid,
  entityId,
  customerId: Uuid,
  bankDate,
  recordedOn,
  amount,
  currency,
  /** The bank's journal: its account is debited. */
  journal,
  bankReference,
})

export type PaymentFactsRejection =
  | BooksRejection
  | DayRejection
  | { readonly code: 'CUSTOMER_NOT_FOUND' }
  | { readonly code: 'POSTING_ACCOUNTS_NOT_SET'; readonly day: string }
  | { readonly code: 'DAY_IN_FUTURE'; readonly field: string; readonly day: string; readonly today: string }
  | { readonly code: 'RECORDED_BEFORE_BANK'; readonly day: string; readonly bankDate: string }

/** The day of the entry, and the field that says it. */
const dayOf = (input: z.output<typeof Input>): { readonly field: string; readonly day: string } =>
  input.recordedOn === undefined
    ? { field: 'bankDate', day: input.bankDate }
    : { field: 'recordedOn', day: input.recordedOn }

interface Facts extends PaymentBooks {
  readonly customerCode: string
}

export const recordPayment = defineCommand({
  name: 'invoicing.recordPayment',
  summary: { fr: 'Enregistrer un règlement reçu', en: 'Record a payment received' },
  input: Input,
  roles: ['billing', 'accountant', 'chiefAccountant'],
  entity: input => input.entityId,
  facts: async (input, read, context): Promise<E.Either<PaymentFactsRejection, Facts>> => {
    const [books, payer] = await Promise.all([
      booksOf(read, input.entityId),
      read.state(customer, input.customerId),
    ])
    if (E.isLeft(books)) return books
    if (payer.status !== 'registered') return E.left({ code: 'CUSTOMER_NOT_FOUND' })
    const { entity, chart, currency: ofLedger } = books.right
    const { field, day } = dayOf(input)
    const now = today(entity, context.dayIn)
    if (day > now) return E.left({ code: 'DAY_IN_FUTURE', field, day, today: now })
    if (day < input.bankDate) return E.left({ code: 'RECORDED_BEFORE_BANK', day, bankDate: input.bankDate })
    const accounts = postingAccountsOn(chart, day)
    if (accounts === undefined) return E.left({ code: 'POSTING_ACCOUNTS_NOT_SET', day })
    const closed = await closedDay(read, entity, input.journal, { day, field })
    if (closed !== undefined) return E.left(closed)
    const { customers } = accounts
    return E.right({ chart, customers, currency: ofLedger, customerCode: payer.code })
  },
  steps: ({ customerId, ...input }, { customerCode, ...books }, context) => {
    const told = { ...input, customer: { customerId, code: customerCode } }
    return [
      claimKey(context, {
        kind: 'bankReference',
        parts: [input.entityId, input.journal, input.bankReference],
        ownerStream: streamOf(payment, input.paymentId),
      }),
      step({ aggregate: payment, id: input.paymentId, decide: decide.receive(told, books) }),
    ]
  },
})
