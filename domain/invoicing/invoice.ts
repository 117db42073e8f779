import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { same } from '../shared/same.ts'
import { DocumentNumber, beginningOf, impossible } from '../shared/values.ts'
import { checkLines, saleLines, saleRule } from '../ledger/public.ts'
import type { Chart, EntryRejection, PostingAccounts } from '../ledger/public.ts'
import { buildContent, draftTooLarge, severalMonths } from './build-content.ts'
import type {
  ContentFacts,
  ContentRejection,
  DraftContent,
  DraftTooLarge,
  SeveralMonths,
} from './build-content.ts'
import type { InvoiceContent, SalePosting } from './invoice-content.ts'
import { invoiceEvents } from './invoice.events.ts'
import type { InvoiceDrafted, InvoiceEvent } from './invoice.events.ts'
import { longestNumber } from './register.ts'

/** An invoice from its draft to the request of its number. The number itself comes on the register of its series. */

type Drafted = z.output<typeof InvoiceDrafted.data>
type Requested = Extract<InvoiceEvent, { type: 'invoicing.InvoiceIssueRequested' }>['data']

export type Invoice =
  | { readonly status: 'None' }
  | ({
      readonly status: 'Draft'
      readonly draft: DraftContent
      /** Every order that it ever billed: what it claimed there stays claimed until it ends (PROTOCOL 16). */
      readonly orders: readonly string[]
    } & Pick<Drafted, 'invoiceId' | 'entityId' | 'customerId' | 'currency'>)
  | {
      readonly status: 'Cancelled'
      readonly invoiceId: string
      /** Undefined where nothing was ever drafted. */
      readonly entityId: string | undefined
      readonly orders: readonly string[]
    }
  | {
      readonly status: 'Requested'
      readonly invoiceId: string
      readonly entityId: string
      readonly series: string
      readonly orders: readonly string[]
      /** Credit notes asked for on this invoice, in their order. */
      readonly creditNotes: readonly string[]
    }

export type InvoiceRejection =
  | { readonly code: 'INVOICE_NOT_FOUND' }
  | { readonly code: 'INVOICE_ALREADY_EXISTS' }
  | { readonly code: 'INVOICE_CANCELLED' }
  | { readonly code: 'INVOICE_ALREADY_REQUESTED' }

export type IssueRejection =
  | InvoiceRejection
  | ContentRejection
  | EntryRejection
  | { readonly code: 'INVOICE_CURRENCY_NOT_OF_LEDGER'; readonly currency: string; readonly ledger: string }
  | { readonly code: 'NUMBER_TOO_LONG'; readonly pattern: string }

/** All that the request freezes, besides the draft itself. */
export interface IssueFacts extends Omit<ContentFacts, 'draft' | 'currency' | 'freightAccount'> {
  readonly series: string
  readonly pattern: string
  readonly timeZone: string
  readonly journal: string
  /** Currency of the entity's ledger. */
  readonly ledgerCurrency: string
  readonly accounts: PostingAccounts
  readonly chart: Chart
}

type Decide<R extends { readonly code: string } = InvoiceRejection> = Decision<Invoice, InvoiceEvent, R>

/** Refusal of what only a draft can do. */
export const notADraft = (status: Exclude<Invoice['status'], 'Draft'>): InvoiceRejection => {
  switch (status) {
    case 'None':
      return { code: 'INVOICE_NOT_FOUND' }
    case 'Cancelled':
      return { code: 'INVOICE_CANCELLED' }
    case 'Requested':
      return { code: 'INVOICE_ALREADY_REQUESTED' }
  }
}

/** The event of a draft that can be issued one day: goods of one month, amounts that can be kept. */
const ofDraft = (
  draft: DraftContent,
  event: InvoiceEvent,
): E.Either<SeveralMonths | DraftTooLarge, readonly InvoiceEvent[]> => {
  const refusal = severalMonths(draft) ?? draftTooLarge(draft)
  return refusal === undefined ? E.right([event]) : E.left(refusal)
}

export const decide = {
  draft:
    (data: Drafted): Decide<InvoiceRejection | SeveralMonths | DraftTooLarge> =>
    invoice => {
      if (invoice.status === 'None') return ofDraft(data, { type: 'invoicing.InvoiceDrafted', data })
      // What became of another legal entity's invoice is told to nobody here.
      if (invoice.entityId !== undefined && invoice.entityId !== data.entityId)
        return E.left({ code: 'INVOICE_ALREADY_EXISTS' })
      if (invoice.status !== 'Draft') return E.left(notADraft(invoice.status))
      const { status: _, orders: __, draft, ...drafted } = invoice
      return same({ ...drafted, ...draft }, data, 'same')
        ? E.right([])
        : E.left({ code: 'INVOICE_ALREADY_EXISTS' })
    },

  change:
    (draft: DraftContent): Decide<InvoiceRejection | SeveralMonths | DraftTooLarge> =>
    invoice => {
      if (invoice.status !== 'Draft') return E.left(notADraft(invoice.status))
      const { invoiceId } = invoice
      return same(invoice.draft, draft, 'different')
        ? E.right([])
        : ofDraft(draft, { type: 'invoicing.InvoiceDraftChanged', data: { invoiceId, ...draft } })
    },

  cancel:
    (explanation: string): Decide =>
    invoice => {
      if (invoice.status === 'Cancelled') return E.right([])
      if (invoice.status !== 'Draft') return E.left(notADraft(invoice.status))
      const { invoiceId } = invoice
      return E.right([{ type: 'invoicing.InvoiceDraftCancelled', data: { invoiceId, explanation } }])
    },

  /**
   * Ends an invoice that was claimed for and never drafted, so that what it claimed can be released and nobody drafts
   * it later (PROTOCOL 16). One that lives is left alone.
   */
  abandon:
    (invoiceId: string, explanation: string): Decide =>
    invoice =>
      invoice.status === 'None'
        ? E.right([{ type: 'invoicing.InvoiceDraftCancelled', data: { invoiceId, explanation } }])
        : E.right([]),

  /** Freezes content and entry; exactly one request wins, and its number fits whatever comes. */
  requestIssue:
    (facts: IssueFacts): Decide<IssueRejection> =>
    invoice => {
      if (invoice.status === 'Requested') return E.right([])
      if (invoice.status !== 'Draft') return E.left(notADraft(invoice.status))
      const { draft, currency } = invoice
      if (currency !== facts.ledgerCurrency)
        return E.left({ code: 'INVOICE_CURRENCY_NOT_OF_LEDGER', currency, ledger: facts.ledgerCurrency })
      const content = buildContent({ ...facts, draft, currency, freightAccount: facts.accounts.freight })
      if (E.isLeft(content)) return content
      const posting = postingOf(facts)
      const entryLines = checkLines(facts.chart, posting.journal, saleLines(content.right, posting))
      if (E.isLeft(entryLines)) return entryLines
      const { series, pattern, timeZone } = facts
      if (!DocumentNumber.safeParse(longestNumber(pattern, facts.day)).success)
        return E.left({ code: 'NUMBER_TOO_LONG', pattern })
      const { invoiceId, entityId } = invoice
      const request: Requested = {
        invoiceId,
        entityId,
        series,
        pattern,
        timeZone,
        content: content.right,
        posting,
        rule: saleRule,
        entryLines: [...entryLines.right],
      }
      return E.right([{ type: 'invoicing.InvoiceIssueRequested', data: request }])
    },
}

/** A company's name stands in the ledger; a person's, which can be erased, does not. */
const labelOf = ({ code, party }: InvoiceContent['buyer']): string =>
  beginningOf(party.kind === 'company' ? `${code} ${party.name}` : code, 160).trimEnd()

const postingOf = ({ journal, ledgerCurrency, buyer, accounts }: IssueFacts): SalePosting => ({
  journal,
  currency: ledgerCurrency,
  label: labelOf(buyer),
  customers: accounts.customers,
  vatCollected: accounts.vatCollected,
  vatCollectedPending: accounts.vatCollectedPending,
})

const ordersOf = ({ lines, freight }: DraftContent): readonly string[] => [
  ...new Set([...lines.flatMap(({ order }) => order?.orderId ?? []), ...freight.map(f => f.orderId)]),
]

export const evolve = (invoice: Invoice, event: InvoiceEvent): Invoice => {
  switch (event.type) {
    case 'invoicing.InvoiceDrafted': {
      if (invoice.status !== 'None') return impossible(`${event.type} on ${invoice.status}`)
      const { invoiceId, entityId, customerId, currency, ...draft } = event.data
      return {
        status: 'Draft',
        invoiceId,
        entityId,
        customerId,
        currency,
        draft,
        orders: ordersOf(draft),
      }
    }
    case 'invoicing.InvoiceDraftChanged': {
      if (invoice.status !== 'Draft') return impossible(`${event.type} on ${invoice.status}`)
      const { invoiceId: _, ...draft } = event.data
      return { ...invoice, draft, orders: [...new Set([...invoice.orders, ...ordersOf(draft)])] }
    }
    case 'invoicing.InvoiceDraftCancelled': {
      if (invoice.status !== 'Draft' && invoice.status !== 'None')
        return impossible(`${event.type} on ${invoice.status}`)
      const { invoiceId } = event.data
      return invoice.status === 'Draft'
        ? { status: 'Cancelled', invoiceId, entityId: invoice.entityId, orders: invoice.orders }
        : { status: 'Cancelled', invoiceId, entityId: undefined, orders: [] }
    }
    case 'invoicing.InvoiceIssueRequested': {
      if (invoice.status !== 'Draft') return impossible(`${event.type} on ${invoice.status}`)
      const { invoiceId, entityId, series } = event.data
      return { status: 'Requested', invoiceId, entityId, series, orders: invoice.orders, creditNotes: [] }
    }
    case 'invoicing.CreditNoteRequested':
      return invoice.status === 'Requested'
        ? { ...invoice, creditNotes: [...invoice.creditNotes, event.data.creditNoteId] }
        : impossible(`${event.type} on ${invoice.status}`)
  }
}

export const invoice: Aggregate<Invoice, InvoiceEvent> = {
  category: 'invoice',
  events: invoiceEvents,
  initial: { status: 'None' },
  evolve,
}
