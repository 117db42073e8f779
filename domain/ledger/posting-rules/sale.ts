import type { EntryLine, JournalEntry } from '../../shared/journal-entry.ts'
import type { Day } from '../../shared/values.ts'
import type { FrozenEntryLine, InvoiceContent, SalePosting } from '../../invoicing/public.ts'
import { frozenEntry } from '../journal-entry.ts'
import { groupBy, netOf, withAmount } from './lines.ts'

/**
 * Sale, version 1 (DOMAIN: standard postings; PCG 411, 70, 7085, 44571).
 *
 *     D 411  customer                 gross, with its due day
 *     C 70x  revenue                  net, per account, VAT category, rate, regime and axes
 *     C 7085 freight and other charges  net, likewise
 *     C 44571 or 44574  VAT           per category, rate and regime: 44574 while it waits for the receipt
 */

/** The days that the registrar gives. */
export interface IssueDays {
  readonly number: string
  readonly issuedOn: Day
  readonly dueOn: Day
}

type Taxed = Pick<InvoiceContent['lines'][number], 'account' | 'net' | 'vat' | 'axes'>

/** The lines of a sale as its request freezes them. Undated: number, issue day and due day come later. */
export const saleLines = (content: InvoiceContent, posting: SalePosting): readonly FrozenEntryLine[] => {
  const { label } = posting
  const { customerId, code } = content.buyer
  const customer: FrozenEntryLine = {
    account: posting.customers,
    auxiliary: { kind: 'customer', id: customerId, code },
    label,
    side: 'debit',
    amount: content.totals.gross,
    due: true,
  }
  return withAmount([
    customer,
    ...netLines(content, content.lines, label),
    ...netLines(content, content.charges, label),
    ...vatLines(content, posting),
  ])
}

const netLines = (content: InvoiceContent, items: readonly Taxed[], label: string): FrozenEntryLine[] =>
  groupBy(items, ({ account, vat, axes }) => [account, vat, Object.entries(axes ?? {}).toSorted()]).flatMap(
    group => {
      const [first] = group
      if (first === undefined) return []
      const { account, vat, axes } = first
      const net = netOf(group)
      return {
        account,
        label,
        side: 'credit',
        amount: net,
        vat: vatOfLine(content, vat, { base: net, tax: 0n }),
        ...(axes === undefined ? {} : { axes }),
      }
    },
  )

const vatLines = (content: InvoiceContent, posting: SalePosting): FrozenEntryLine[] =>
  content.vat.flatMap(({ category, rate, exemptionCode, parts }) =>
    parts.map(({ regime, base, tax }) => ({
      account: regime === 'receipts' ? posting.vatCollectedPending : posting.vatCollected,
      label: posting.label,
      side: 'credit' as const,
      amount: tax,
      vat: vatOfLine(content, { category, rate, regime, exemptionCode }, { base, tax }),
    })),
  )

type VatOfLine = NonNullable<FrozenEntryLine['vat']>
type VatOfItem = Pick<VatOfLine, 'category' | 'rate' | 'regime' | 'exemptionCode'>

const vatOfLine = (
  content: InvoiceContent,
  { category, rate, regime, exemptionCode }: VatOfItem,
  { base, tax }: Pick<VatOfLine, 'base' | 'tax'>,
): VatOfLine => {
  return {
    side: 'collected',
    category,
    rate,
    regime,
    base,
    tax,
    taxPointOn: taxPointOf(content, { category, regime }),
    ...(exemptionCode === undefined ? {} : { exemptionCode }),
  }
}

/**
 * When the tax falls due: goods at delivery (CGI 269-2-a), services on debits with the invoice, on receipts with the
 * receipt (269-2-c); goods delivered within the Union with the invoice (269-2-d).
 */
const taxPointOf = (
  content: InvoiceContent,
  { category, regime }: Pick<VatOfLine, 'category' | 'regime'>,
): VatOfLine['taxPointOn'] => {
  if (regime === 'receipts') return 'receipt'
  if (regime === 'debits' || category === 'K') return 'issue'
  return content.deliveredOn ?? 'issue'
}

/** Fills the days in that the registrar gives. */
export const dateLines = (lines: readonly FrozenEntryLine[], days: IssueDays): EntryLine[] =>
  lines.map(({ due, vat, label, ...line }) => ({
    account: line.account,
    ...(line.auxiliary === undefined ? {} : { auxiliary: line.auxiliary }),
    label: `${days.number} ${label}`,
    side: line.side,
    amount: line.amount,
    ...(due === true ? { dueOn: days.dueOn } : {}),
    ...(vat === undefined ? {} : { vat: dateVat(vat, days.issuedOn) }),
    ...(line.document === undefined ? {} : { document: line.document }),
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    ...(line.unit === undefined ? {} : { unit: line.unit }),
    ...(line.axes === undefined ? {} : { axes: line.axes }),
  }))

const dateVat = ({ taxPointOn, ...vat }: VatOfLine, issuedOn: Day): NonNullable<EntryLine['vat']> => {
  const { exemptionCode, ...tax } = vat
  return {
    ...tax,
    ...(taxPointOn === 'receipt' ? {} : { taxPoint: taxPointOn === 'issue' ? issuedOn : taxPointOn }),
    ...(exemptionCode === undefined ? {} : { exemptionCode }),
  }
}

/** What a numbered document's entry is made from: all of it stands in the event that carries the entry. */
export interface NumberedFacts extends IssueDays {
  readonly entityId: string
  readonly content: InvoiceContent
  readonly posting: SalePosting
}

/** The entry of a numbered document, from its lines as frozen at the request. `corrects` on a credit note. */
export const numberedEntry = (
  { entityId, number, issuedOn, dueOn, posting }: Omit<NumberedFacts, 'content'>,
  rule: JournalEntry['rule'],
  lines: readonly FrozenEntryLine[],
  corrects?: JournalEntry['corrects'],
): JournalEntry =>
  frozenEntry({
    entityId,
    journal: posting.journal,
    accountingDate: issuedOn,
    documentDate: issuedOn,
    documentReference: number,
    label: `${number} ${posting.label}`,
    currency: posting.currency,
    rule,
    ...(corrects === undefined ? {} : { corrects }),
    lines: dateLines(lines, { number, issuedOn, dueOn }),
  })

export const saleRule = { id: 'sale', version: 1 } as const

export const saleEntry = (facts: NumberedFacts): JournalEntry =>
  numberedEntry(facts, saleRule, saleLines(facts.content, facts.posting))
