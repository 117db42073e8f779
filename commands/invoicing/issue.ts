import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { customer, order } from '../../domain/commerce/public.ts'
import type { RegisteredCustomer } from '../../domain/commerce/public.ts'
import { decide, invoice, notADraft } from '../../domain/invoicing/invoice.ts'
import type { Invoice, InvoiceRejection, IssueFacts } from '../../domain/invoicing/invoice.ts'
import { InvoiceIssueRequested } from '../../domain/invoicing/invoice.events.ts'
import { buyerOf, sellerOf } from '../../domain/invoicing/parties.ts'
import { postingAccountsOn } from '../../domain/ledger/public.ts'
import type { DayRejection } from '../../domain/ledger/open-day.ts'
import { servicesRegimeOn } from '../../domain/organisation/public.ts'
import type { NumberSeries, RegisteredEntity } from '../../domain/organisation/public.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import { Code, Uuid } from '../../domain/shared/values.ts'
import { defineCommand, step } from '../definition.ts'
import type { AnyStep, CommandContext, FactReader } from '../definition.ts'
import { booksOf, closedDay, today } from '../ledger/books.ts'
import type { Books, BooksRejection } from '../ledger/books.ts'
import { entityOfInvoice } from './entity-of-invoice.ts'
import { releaseUnused } from './release.ts'

/** The command that asks for an invoice's number: what it freezes, and what it gives back on the orders. */

export type IssueFactsRejection =
  | BooksRejection
  | DayRejection
  | InvoiceRejection
  | { readonly code: 'CUSTOMER_NOT_FOUND' }
  | { readonly code: 'INVOICING_TERMS_NOT_SET' }
  | { readonly code: 'POSTING_ACCOUNTS_NOT_SET'; readonly day: string }
  | { readonly code: 'SERIES_NOT_FOUND'; readonly series: string }
  | { readonly code: 'SERIES_TO_CHOOSE'; readonly series: readonly string[] }

interface Facts {
  readonly orders: readonly string[]
  /** Undefined where the request stands already. */
  readonly issue: IssueFacts | undefined
}

/** The series of invoices named, or the only one that the entity has. */
const seriesOf = (
  { series }: RegisteredEntity,
  named: string | undefined,
): E.Either<IssueFactsRejection, NumberSeries> => {
  const ofInvoices = [...series.values()].filter(({ documents }) => documents.includes('invoice'))
  if (named !== undefined) {
    const found = ofInvoices.find(s => s.series === named)
    return found === undefined ? E.left({ code: 'SERIES_NOT_FOUND', series: named }) : E.right(found)
  }
  const [only, ...others] = ofInvoices
  return only === undefined || others.length > 0
    ? E.left({ code: 'SERIES_TO_CHOOSE', series: ofInvoices.map(s => s.series) })
    : E.right(only)
}

/** Everything that the request freezes besides the draft. */
const issueFacts = (
  { entity, chart, currency }: Books,
  buyer: RegisteredCustomer,
  series: NumberSeries,
  day: string,
): E.Either<IssueFactsRejection, IssueFacts> => {
  const accounts = postingAccountsOn(chart, day)
  if (accounts === undefined) return E.left({ code: 'POSTING_ACCOUNTS_NOT_SET', day })
  const { terms, registered, identity } = entity
  if (terms === undefined) return E.left({ code: 'INVOICING_TERMS_NOT_SET' })
  const { customerId, code, details } = buyer
  return E.right({
    seller: sellerOf(identity),
    buyer: buyerOf({ customerId, code, party: details.party }),
    terms,
    paymentTermDays: details.paymentTermDays,
    services: servicesRegimeOn(entity, day),
    day,
    series: series.series,
    pattern: series.pattern,
    timeZone: registered.timeZone,
    journal: series.journal,
    ledgerCurrency: currency,
    accounts,
    chart,
  })
}

const gather = async (
  input: { readonly invoiceId: string; readonly series?: string | undefined },
  read: FactReader,
  { dayIn }: CommandContext,
): Promise<E.Either<IssueFactsRejection, Facts>> => {
  const draft: Invoice = await read.state(invoice, input.invoiceId)
  if (draft.status === 'Requested') return E.right({ orders: draft.orders, issue: undefined })
  if (draft.status !== 'Draft') return E.left(notADraft(draft.status))
  const [books, buyer] = await Promise.all([
    booksOf(read, draft.entityId),
    read.state(customer, draft.customerId),
  ])
  if (E.isLeft(books)) return books
  if (buyer.status !== 'registered') return E.left({ code: 'CUSTOMER_NOT_FOUND' })
  const { entity } = books.right
  const series = seriesOf(entity, input.series)
  if (E.isLeft(series)) return series
  const day = today(entity, dayIn)
  const closed = await closedDay(read, entity, series.right.journal, { day })
  if (closed !== undefined) return E.left(closed)
  const issue = issueFacts(books.right, buyer, series.right, day)
  return E.isLeft(issue) ? issue : E.right({ orders: draft.orders, issue: issue.right })
}

/** After the invoice is frozen: gives back what it had claimed of an order and does not bill (PROTOCOL 16). */
const releaseAfter =
  (orderId: string, commandId: string) =>
  (stored: readonly DomainEvent[]): AnyStep => {
    const request = stored.find(event => event.type === InvoiceIssueRequested.type)
    return request === undefined
      ? step({ aggregate: order, id: orderId, decide: () => E.right([]) })
      : releaseUnused(orderId, request, commandId)
  }

export const issueInvoice = defineCommand({
  name: 'invoicing.issueInvoice',
  summary: {
    fr: 'Émettre une facture : la figer et lui donner son numéro',
    en: 'Issue an invoice: freeze it and give it its number',
  },
  input: z.strictObject({
    invoiceId: Uuid,
    /** The series to number it in; may be absent where the entity has only one for invoices. */
    series: Code.optional(),
  }),
  roles: ['billing'],
  entity: entityOfInvoice,
  facts: gather,
  steps: ({ invoiceId }, { issue, orders }, { commandId }) => [
    step({
      aggregate: invoice,
      id: invoiceId,
      decide: issue === undefined ? () => E.right([]) : decide.requestIssue(issue),
    }),
    ...orders.map(orderId => releaseAfter(orderId, commandId)),
  ],
})
