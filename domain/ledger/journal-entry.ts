import * as E from 'fp-ts/lib/Either.js'
import type { EntryLine, JournalEntry } from '../shared/journal-entry.ts'
import { sum, withinBound } from '../shared/money.ts'
import { impossible } from '../shared/values.ts'
import { accountOf } from './chart.ts'
import type { Chart } from './chart.ts'
import type { AuxiliaryKind } from './pcg.ts'

/**
 * The one way to a journal entry. What it refuses cannot be posted: there is no tolerance and no way around it.
 * Lines are numbered from 1 in what is said to people.
 */

/** The most lines of one entry: what the stored shape holds. */
export const ENTRY_LINES_MAX = 500

export type EntryRejection =
  | { readonly code: 'ENTRY_TOO_FEW_LINES'; readonly lines: number }
  | { readonly code: 'ENTRY_TOO_MANY_LINES'; readonly lines: number; readonly max: number }
  | { readonly code: 'LINE_AMOUNT_NOT_POSITIVE'; readonly line: number; readonly amount: bigint }
  | { readonly code: 'AMOUNT_OUT_OF_BOUNDS'; readonly amount: bigint }
  | { readonly code: 'ENTRY_UNBALANCED'; readonly debit: bigint; readonly credit: bigint }
  | { readonly code: 'JOURNAL_UNKNOWN'; readonly journal: string }
  | { readonly code: 'ACCOUNT_UNKNOWN'; readonly line: number; readonly account: string }
  | { readonly code: 'ACCOUNT_NO_LONGER_OPEN'; readonly line: number; readonly account: string }
  | {
      readonly code: 'AUXILIARY_MISSING'
      readonly line: number
      readonly account: string
      readonly kind: AuxiliaryKind
    }
  | { readonly code: 'AUXILIARY_FORBIDDEN'; readonly line: number; readonly account: string }

/** A line as far as the checks are concerned: with its days or still without. */
export type CheckedLine = Pick<EntryLine, 'account' | 'auxiliary' | 'side' | 'amount'>

/** Total of one side, in minor units. */
export const totalOf = (lines: readonly CheckedLine[], side: EntryLine['side']): bigint =>
  sum(lines.filter(line => line.side === side).map(line => line.amount))

/** What is wrong with lines whatever the chart: count, amounts, balance. */
const checkAmounts = (lines: readonly CheckedLine[]): E.Either<EntryRejection, undefined> => {
  if (lines.length < 2) return E.left({ code: 'ENTRY_TOO_FEW_LINES', lines: lines.length })
  if (lines.length > ENTRY_LINES_MAX)
    return E.left({ code: 'ENTRY_TOO_MANY_LINES', lines: lines.length, max: ENTRY_LINES_MAX })
  const bad = lines.findIndex(line => line.amount <= 0n)
  const badAmount = lines[bad]?.amount
  if (badAmount !== undefined)
    return E.left({ code: 'LINE_AMOUNT_NOT_POSITIVE', line: bad + 1, amount: badAmount })
  const debit = totalOf(lines, 'debit')
  const credit = totalOf(lines, 'credit')
  if (debit !== credit) return E.left({ code: 'ENTRY_UNBALANCED', debit, credit })
  if (!withinBound(debit)) return E.left({ code: 'AMOUNT_OUT_OF_BOUNDS', amount: debit })
  return E.right(undefined)
}

const checkLine = (
  chart: Chart,
  { account, auxiliary }: CheckedLine,
  line: number,
): EntryRejection | undefined => {
  const known = accountOf(chart, account)
  if (known === undefined) return { code: 'ACCOUNT_UNKNOWN', line, account }
  if (known.closed) return { code: 'ACCOUNT_NO_LONGER_OPEN', line, account }
  if (known.auxiliary === undefined)
    return auxiliary === undefined ? undefined : { code: 'AUXILIARY_FORBIDDEN', line, account }
  return auxiliary?.kind === known.auxiliary
    ? undefined
    : { code: 'AUXILIARY_MISSING', line, account, kind: known.auxiliary }
}

/**
 * Checks lines against the books: journal, accounts, third parties, amounts, balance. What is frozen now and dated
 * later (PROTOCOL 20) is checked here, once.
 */
export const checkLines = <L extends CheckedLine>(
  chart: Chart,
  journal: string,
  lines: readonly L[],
): E.Either<EntryRejection, readonly L[]> => {
  if (!chart.journals.has(journal)) return E.left({ code: 'JOURNAL_UNKNOWN', journal })
  for (const [index, line] of lines.entries()) {
    const wrong = checkLine(chart, line, index + 1)
    if (wrong !== undefined) return E.left(wrong)
  }
  return E.map(() => lines)(checkAmounts(lines))
}

/** A journal entry that the books accept, or why they do not. */
export const journalEntry =
  (chart: Chart) =>
  (entry: JournalEntry): E.Either<EntryRejection, JournalEntry> =>
    E.map(() => entry)(checkLines(chart, entry.journal, entry.lines))

/**
 * An entry of lines that were checked against the books when they were frozen, or that a rule makes again from facts:
 * the chart of today has no say in it, amounts and balance always have.
 * @throws where they are wrong: the program's defect, never a user's
 */
export const frozenEntry = (entry: JournalEntry): JournalEntry => {
  const checked = checkAmounts(entry.lines)
  return E.isLeft(checked) ? impossible(`entry ${entry.documentReference}: ${checked.left.code}`) : entry
}
