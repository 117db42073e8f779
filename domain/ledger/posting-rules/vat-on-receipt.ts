import type { EntryLine, JournalEntry } from '../../shared/journal-entry.ts'
import { proRata } from '../../shared/money.ts'
import type { Day } from '../../shared/values.ts'
import type { AllocationSource, Settlement, VatRelease } from '../../invoicing/public.ts'
import { ENTRY_LINES_MAX } from '../entry-balance.ts'
import { frozenEntry } from '../journal-entry.ts'
import { onOtherSide } from './lines.ts'
import { reversalEntry } from './reversal.ts'
import type { ReversalFacts } from './reversal.ts'

/**
 * VAT on receipts, version 1 (CGI 269-2-c): tax that waited becomes due with the payment, on the bank's day whatever
 * the day of the allocation.
 *
 *     D 44574 waiting / C 44571 due, per document, category and rate
 *
 * A credit note that pays releases its own waiting tax as well, on the opposite sides.
 */

export interface VatOnReceiptFacts {
  readonly entityId: string
  readonly currency: string
  readonly journal: string
  readonly source: AllocationSource
  readonly settlements: readonly Settlement[]
  readonly allocatedOn: Day
}

type Share = Pick<VatRelease, 'base' | 'tax'>

/**
 * What falls due of a document's waiting tax when what is paid of it reaches `paid`. Cumulated, so that the receipts
 * add up to the tax and the last one takes the remainder, also after some were taken back. A base is stated by the
 * line of its tax, so it falls due with it: none where the tax rounds to nothing, all that is left of it with the last
 * cent of tax.
 * @param payable gross amount of the whole document, above zero
 * @param before what the receipts before released
 */
export const releasedShare = (
  { documentBase, documentTax }: Pick<VatRelease, 'documentBase' | 'documentTax'>,
  { paid, payable }: Readonly<Record<'paid' | 'payable', bigint>>,
  before: Share,
): Share => {
  const tax = notNegative(proRata(documentTax, paid, payable) - before.tax)
  if (tax === 0n) return { base: 0n, tax }
  const isLast = before.tax + tax === documentTax
  const base = isLast ? documentBase : proRata(documentBase, paid, payable)
  return { base: notNegative(base - before.base), tax }
}

/** Rounding can leave a cent too much released where an earlier receipt was taken back: the next one waits for it. */
const notNegative = (amount: bigint): bigint => (amount > 0n ? amount : 0n)

export const vatOnReceiptRule = { id: 'vatOnReceipt', version: 1 } as const

/** The entry of an allocation, or undefined where no tax falls due by it. */
export const vatOnReceiptEntry = (facts: VatOnReceiptFacts): JournalEntry | undefined => {
  const { source, settlements } = facts
  const lines = [
    ...settlements.flatMap(({ number, vat }) => releaseLines(number, vat, source.day)),
    ...releaseLines(source.reference, source.vat, source.day).map(onOtherSide),
  ]
  if (lines.length === 0) return undefined
  return frozenEntry({
    entityId: facts.entityId,
    journal: facts.journal,
    accountingDate: facts.allocatedOn,
    documentDate: source.day,
    documentReference: source.reference,
    label: `TVA sur encaissement ${source.reference}`,
    currency: facts.currency,
    rule: vatOnReceiptRule,
    lines,
  })
}

/** How many of the settlements, the first ones first, have room in one entry. */
export const settlementsInOneEntry = ({
  source,
  settlements,
}: Pick<VatOnReceiptFacts, 'source' | 'settlements'>): number => {
  let lines = releaseLines(source.reference, source.vat, source.day).length
  const beyond = settlements.findIndex(({ number, vat }) => {
    lines += releaseLines(number, vat, source.day).length
    return lines > ENTRY_LINES_MAX
  })
  return beyond < 0 ? settlements.length : beyond
}

const releaseLines = (number: string, releases: Settlement['vat'], taxPoint: Day): EntryLine[] =>
  releases
    .filter(({ tax }) => tax > 0n)
    .flatMap(({ category, rate, pendingAccount, dueAccount, base, tax }): EntryLine[] => {
      const line = { label: `TVA sur encaissement ${number}`, amount: tax }
      const stated = { side: 'collected', category, rate, regime: 'receipts' } as const
      return [
        { account: pendingAccount, ...line, side: 'debit', vat: { ...stated, base: -base, tax: -tax } },
        { account: dueAccount, ...line, side: 'credit', vat: { ...stated, base, tax, taxPoint } },
      ]
    })

/** The entry that takes an allocation's VAT back, or undefined where it had released none. */
export const vatBackEntry = (
  facts: Omit<VatOnReceiptFacts, 'allocatedOn'> & { readonly reversedOn: Day },
  corrects: ReversalFacts['corrects'],
): JournalEntry | undefined => {
  const { reversedOn } = facts
  const original = vatOnReceiptEntry({ ...facts, allocatedOn: reversedOn })
  return original && reversalEntry({ original, reversedOn, corrects })
}
