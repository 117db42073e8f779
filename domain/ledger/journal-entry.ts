import * as E from 'fp-ts/lib/Either.js'
import type { EntryLine, JournalEntry } from '../shared/journal-entry.ts'
import { impossible } from '../shared/values.ts'
import { accountOf } from './chart.ts'
import type { Chart } from './chart.ts'
import { checkBalance } from './entry-balance.ts'
import type { BalanceRejection } from './entry-balance.ts'
import type { AuxiliaryKind } from './pcg.ts'

/**
 * The one way to a journal entry. What it refuses cannot be posted: there is no tolerance and no way around it.
 * Lines are numbered from 1 in what is said to people.
 */

export type EntryRejection =
  | BalanceRejection
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
  | { readonly code: 'SUPPLIERS_NOT_KEPT'; readonly line: number; readonly account: string }

/** A line as far as the checks are concerned: with its days or still without. */
export type CheckedLine = Pick<EntryLine, 'account' | 'auxiliary' | 'side' | 'amount'>

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
  // Nobody knows a supplier as yet: an account of theirs is kept as a whole, and an invented one is refused.
  if (known.auxiliary === 'supplier')
    return auxiliary === undefined ? undefined : { code: 'SUPPLIERS_NOT_KEPT', line, account }
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
  return E.map(() => lines)(checkBalance(lines))
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
  const checked = checkBalance(entry.lines)
  return E.isLeft(checked) ? impossible(`entry ${entry.documentReference}: ${checked.left.code}`) : entry
}
