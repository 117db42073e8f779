import { totalOf } from '../../../domain/ledger/entry-balance.ts'
import { customers } from '../../commerce/references.ts'
import type { Field, Foot, Line, Lines } from '../../forms/declaration.ts'
import { amount, day, text } from '../../shapes/shapes.tsx'
import { accounts, inItsBooks, journals } from '../references.ts'
import { amountsOf, isEmpty } from './typed-entry.ts'
import type { TypedLine } from './typed-entry.ts'
import { words } from './words.ts'

/** The fields and the grid of an entry, drafted, changed, or made after another. */

export const entryFields: readonly Field[] = [
  { name: 'journal', label: words.journal, as: journals, within: inItsBooks },
  { name: 'accountingDate', label: words.accountingDate, as: day },
  { name: 'documentReference', label: words.documentReference, as: text },
  { name: 'documentDate', label: words.documentDate, as: day, optional: true },
  { name: 'label', label: words.label, as: text },
]

const lackOf = (lines: readonly TypedLine[]): bigint => {
  const amounts = amountsOf(lines)
  return totalOf(amounts, 'debit') - totalOf(amounts, 'credit')
}

/** The side and the amount that a line must have for the entry to balance. */
const missing = (lines: readonly Line[], row: number): Line => {
  const lack = lackOf((lines as readonly TypedLine[]).filter((_, i) => i !== row))
  if (lack === 0n) return {}
  return lack > 0n ? { debit: undefined, credit: Number(lack) } : { debit: Number(-lack), credit: undefined }
}

const foot = (lines: readonly Line[]): readonly Foot[] => {
  const amounts = amountsOf(lines)
  const [debit, credit] = [totalOf(amounts, 'debit'), totalOf(amounts, 'credit')]
  const lack = debit - credit
  const total = { label: words.total, figures: { debit, credit } }
  if (amounts.length === 0) return [total]
  if (lack === 0n) return [total, { label: words.balanced, figures: { credit: 0n }, tone: 'good' }]
  const figures: Foot['figures'] = lack > 0n ? { credit: lack } : { debit: -lack }
  return [total, { label: words.missing, figures, tone: 'bad' }]
}

const asksFor = (line: Line): string | undefined => (line as TypedLine).asks

const side = (name: 'debit' | 'credit', other: 'debit' | 'credit') => ({
  name,
  label: words[name],
  as: amount,
  width: 104,
  optional: true as const,
  // A line has one side.
  typed: (value: unknown): Line => (value === undefined ? {} : { [other]: undefined }),
  missing,
})

export const entryLines: Lines = {
  name: 'lines',
  label: words.lines,
  // The next line says, as a rule, what the one before it says.
  empty: before => ({ label: (before as TypedLine | undefined)?.label }),
  columns: [
    {
      name: 'account',
      label: words.account,
      as: accounts,
      width: 220,
      within: inItsBooks,
      picked: ({ auxiliary }) => ({
        asks: auxiliary ?? undefined,
        // What it does not ask for is not shown, and not sent.
        ...(auxiliary !== 'customer' && { partyId: undefined, partyCode: undefined }),
        ...((auxiliary ?? undefined) === undefined && { dueOn: undefined }),
      }),
    },
    { name: 'label', label: words.label, as: text, width: 190, optional: true },
    {
      name: 'partyId',
      label: words.party,
      as: customers,
      width: 170,
      when: line => asksFor(line) === 'customer',
      otherwise: line => (line as TypedLine).kept?.auxiliary?.code ?? '',
      picked: ({ code }) => ({ partyCode: code }),
    },
    {
      name: 'dueOn',
      label: words.dueOn,
      as: day,
      width: 92,
      optional: true,
      when: line => asksFor(line) !== undefined,
    },
    side('debit', 'credit'),
    side('credit', 'debit'),
    { name: 'axes', label: words.axes, as: text, width: 110, optional: true },
  ],
  leftOut: isEmpty,
  foot,
}
