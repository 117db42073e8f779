import * as E from 'fp-ts/lib/Either.js'
import type { EntryLine } from '../shared/journal-entry.ts'
import { sum, withinBound } from '../shared/money.ts'

/** Whether lines make an entry, whatever the chart: their count, their amounts, their balance. */

/** The most lines of one entry: what the stored shape holds. */
export const ENTRY_LINES_MAX = 500

export type BalanceRejection =
  | { readonly code: 'ENTRY_TOO_FEW_LINES'; readonly lines: number }
  | { readonly code: 'ENTRY_TOO_MANY_LINES'; readonly lines: number; readonly max: number }
  | { readonly code: 'LINE_AMOUNT_NOT_POSITIVE'; readonly line: number; readonly amount: bigint }
  | { readonly code: 'AMOUNT_OUT_OF_BOUNDS'; readonly amount: bigint }
  | { readonly code: 'ENTRY_UNBALANCED'; readonly debit: bigint; readonly credit: bigint }

export type BalancedLine = Pick<EntryLine, 'side' | 'amount'>

/** Total of one side, in minor units. */
export const totalOf = (lines: readonly BalancedLine[], side: EntryLine['side']): bigint =>
  sum(lines.filter(line => line.side === side).map(line => line.amount))

/** Refuses too few or too many lines, amounts that are none, and what does not balance to the cent. */
export const checkBalance = (lines: readonly BalancedLine[]): E.Either<BalanceRejection, undefined> => {
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
