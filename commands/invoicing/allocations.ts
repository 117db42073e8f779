import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { InvoiceIssued } from '../../domain/invoicing/public.ts'
import { payment } from '../../domain/invoicing/payment.ts'
import type { Payment } from '../../domain/invoicing/payment.ts'
import { AllocationReversed } from '../../domain/invoicing/receivable.events.ts'
import { decide, receivable, receivableIdOf } from '../../domain/invoicing/receivable.ts'
import type { ToSettle } from '../../domain/invoicing/receivable.ts'
import { postingAccountsOn } from '../../domain/ledger/public.ts'
import type { Chart } from '../../domain/ledger/public.ts'
import type { DayRejection } from '../../domain/ledger/open-day.ts'
import { CentsPositive, Currency, Day, Uuid } from '../../domain/shared/values.ts'
import { defineCommand, step } from '../definition.ts'
import type { CommandContext, FactReader } from '../definition.ts'
import { booksOf, closedDay, today } from '../ledger/books.ts'
import type { Books, BooksRejection } from '../ledger/books.ts'

/** Commands on a receivable: what a payment pays, and taking that back. */

const Ids = { allocationId: Uuid, entityId: Uuid, customerId: Uuid, currency: Currency }

const AllocateInput = z.strictObject({
  ...Ids,
  paymentId: Uuid,
  settlements: z
    .array(z.strictObject({ invoiceId: Uuid, amount: CentsPositive }))
    .min(1)
    .max(200),
  /** Day of the entry; today where absent. The tax point is the bank's day whatever it is. */
  allocatedOn: Day.optional(),
})
type AllocateInput = z.output<typeof AllocateInput>

export type AllocationFactsRejection =
  | BooksRejection
  | DayRejection
  | { readonly code: 'DAY_IN_FUTURE'; readonly field: string; readonly day: string; readonly today: string }
  | { readonly code: 'POSTING_ACCOUNTS_NOT_SET'; readonly day: string }
  | { readonly code: 'PAYMENT_NOT_FOUND'; readonly paymentId: string }
  | { readonly code: 'PAYMENT_OF_ANOTHER_RECEIVABLE'; readonly paymentId: string }
  | { readonly code: 'INVOICE_NOT_ISSUED'; readonly invoiceId: string }
  | { readonly code: 'INVOICE_OF_ANOTHER_RECEIVABLE'; readonly number: string }

/** Books, journal and day of the entry that an allocation or its reversal may post. */
interface Posting {
  readonly chart: Chart
  readonly journal: string
  readonly day: string
}

type Ids = Pick<AllocateInput, 'entityId' | 'customerId' | 'currency'>

/** The operations journal, open on the day asked or today. */
const postingOn = async (
  { entityId }: Ids,
  asked: { readonly field: string; readonly day: string | undefined },
  read: FactReader,
  { dayIn }: CommandContext,
): Promise<E.Either<AllocationFactsRejection, Posting>> => {
  const books: E.Either<BooksRejection, Books> = await booksOf(read, entityId)
  if (E.isLeft(books)) return books
  const { entity, chart } = books.right
  const now = today(entity, dayIn)
  const day = asked.day ?? now
  if (day > now) return E.left({ code: 'DAY_IN_FUTURE', field: asked.field, day, today: now })
  const accounts = postingAccountsOn(chart, day)
  if (accounts === undefined) return E.left({ code: 'POSTING_ACCOUNTS_NOT_SET', day })
  const journal = accounts.operationsJournal
  const named = asked.day === undefined ? {} : { field: asked.field }
  const closed = await closedDay(read, entity, journal, { day, ...named })
  return closed === undefined ? E.right({ chart, journal, day }) : E.left(closed)
}

const inReceivable = (ids: Ids, of: Ids): boolean => receivableIdOf(ids) === receivableIdOf(of)

type Received = Extract<Payment, { status: 'Received' }>
type Issued = z.output<typeof InvoiceIssued.data>

const paymentOf = async (
  input: AllocateInput,
  read: FactReader,
): Promise<E.Either<AllocationFactsRejection, Received>> => {
  const { paymentId } = input
  const state = await read.state(payment, paymentId)
  if (state.status !== 'Received') return E.left({ code: 'PAYMENT_NOT_FOUND', paymentId })
  const { entityId, currency, customer } = state
  return inReceivable(input, { entityId, currency, customerId: customer.customerId })
    ? E.right(state)
    : E.left({ code: 'PAYMENT_OF_ANOTHER_RECEIVABLE', paymentId })
}

const issuedOf = async (
  ids: Ids,
  invoiceId: string,
  read: FactReader,
): Promise<E.Either<AllocationFactsRejection, Issued>> => {
  const answer = await read.answered(`invoice-${invoiceId}`)
  if (answer?.type !== InvoiceIssued.type) return E.left({ code: 'INVOICE_NOT_ISSUED', invoiceId })
  const issued = answer.data as Issued
  const { entityId, content, number } = issued
  // The number of another entity's invoice is told to nobody here.
  if (entityId !== ids.entityId) return E.left({ code: 'INVOICE_NOT_ISSUED', invoiceId })
  return inReceivable(ids, { entityId, currency: content.currency, customerId: content.buyer.customerId })
    ? E.right(issued)
    : E.left({ code: 'INVOICE_OF_ANOTHER_RECEIVABLE', number })
}

/** What the issued invoice says of itself: how much it is, where it was posted, which tax waits. */
const toSettle = ({ invoiceId, number, issuedOn, content, posting }: Issued, amount: bigint): ToSettle => ({
  invoiceId,
  number,
  issuedOn,
  payable: content.totals.payable,
  account: posting.customers,
  amount,
  pending: content.vat.flatMap(({ category, rate, parts }) =>
    parts
      .filter(({ regime, tax }) => regime === 'receipts' && tax > 0n)
      .map(({ base, tax }) => ({
        category,
        rate,
        pendingAccount: posting.vatCollectedPending,
        dueAccount: posting.vatCollected,
        documentBase: base,
        documentTax: tax,
      })),
  ),
})

interface AllocateFacts extends Posting {
  readonly payment: Received
  readonly settlements: readonly ToSettle[]
}

const allocateFacts = async (
  input: AllocateInput,
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<AllocationFactsRejection, AllocateFacts>> => {
  const posting = await postingOn(input, { field: 'allocatedOn', day: input.allocatedOn }, read, context)
  if (E.isLeft(posting)) return posting
  const received = await paymentOf(input, read)
  if (E.isLeft(received)) return received
  const issued = await Promise.all(input.settlements.map(({ invoiceId }) => issuedOf(input, invoiceId, read)))
  const settlements: ToSettle[] = []
  for (const [index, answer] of issued.entries()) {
    if (E.isLeft(answer)) return answer
    settlements.push(toSettle(answer.right, input.settlements[index]?.amount ?? 0n))
  }
  return E.right({ ...posting.right, payment: received.right, settlements })
}

const ROLES = ['billing', 'accountant', 'chiefAccountant'] as const

export const allocatePayment = defineCommand({
  name: 'invoicing.allocatePayment',
  summary: { fr: 'Affecter un règlement à des factures', en: 'Allocate a payment to invoices' },
  input: AllocateInput,
  roles: ROLES,
  entity: input => input.entityId,
  facts: allocateFacts,
  steps: (input, { chart, journal, day, payment: paid, settlements }) => {
    const { allocationId, entityId, customerId, currency } = input
    const source = {
      kind: 'payment' as const,
      id: paid.paymentId,
      reference: paid.bankReference,
      amount: paid.amount,
      day: paid.bankDate,
      account: paid.customerAccount,
      vat: [],
    }
    const allocation = {
      allocationId,
      entityId,
      customerId,
      currency,
      source,
      settlements,
      allocatedOn: day,
      journal,
    }
    return [
      step({ aggregate: receivable, id: receivableIdOf(input), decide: decide.allocate(allocation, chart) }),
    ]
  },
})

export const reverseAllocation = defineCommand({
  name: 'invoicing.reverseAllocation',
  summary: { fr: 'Annuler l’affectation d’un règlement', en: 'Take the allocation of a payment back' },
  input: z.strictObject({
    ...Ids,
    /** Day of the reversing entry; today where absent. */
    reversedOn: Day.optional(),
    explanation: AllocationReversed.data.shape.explanation,
  }),
  roles: ROLES,
  entity: input => input.entityId,
  facts: (input, read, context) =>
    postingOn(input, { field: 'reversedOn', day: input.reversedOn }, read, context),
  steps: (input, { chart, day }) => {
    const { allocationId, explanation } = input
    const reversal = { allocationId, explanation, reversedOn: day }
    return [
      step({ aggregate: receivable, id: receivableIdOf(input), decide: decide.reverse(reversal, chart) }),
    ]
  },
})
