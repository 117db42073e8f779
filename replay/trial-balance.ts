import type { TrialBalance, TrialBalanceLine } from '../projections/ledger/trial-balance.queries.ts'

/** The trial balance out of rows in memory, by the same definition as the query on the read models. */

export interface LedgerRows {
  readonly balances: readonly {
    readonly account: string
    readonly period: string
    readonly debit: bigint
    readonly credit: bigint
  }[]
  readonly years: readonly { readonly starts_on: string; readonly ends_on: string }[]
  readonly accounts: readonly { readonly account: string; readonly label: string }[]
}

/** Accounts of the result of earlier years, of a profit and of a loss (PCG 120, 129). */
const RESULT = { profit: '120', loss: '129' } as const
const RESULT_LABEL = 'Résultat des exercices antérieurs, non comptabilisé'

/** @param request first and last month, `YYYY-MM`, inclusive */
export const trialBalanceOf = (
  { from, to }: { readonly from: string; readonly to: string },
  { balances, years, accounts }: LedgerRows,
): TrialBalance => {
  const yearFrom = yearStart(years, from)
  const labels = new Map(accounts.map(({ account, label }) => [account, label]))
  const known = balances.filter(({ period }) => period <= to)
  const lines = new Map<string, TrialBalanceLine>()
  for (const balance of known) {
    const { account, period } = balance
    const line = lines.get(account) ?? emptyLine(account, labels.get(account) ?? '')
    if (period >= from) lines.set(account, moved(line, balance))
    // Accounts of the balance sheet carry all that lies before; the others begin again with the year.
    else if (account < '6' || period >= yearFrom) lines.set(account, opened(line, balance))
  }
  const resultBefore = known
    .filter(({ account, period }) => period < yearFrom && account >= '6' && account < '8')
    .reduce((result, { debit, credit }) => result + debit - credit, 0n)
  const shown = [...lines.values()].filter(l => l.opening !== 0n || l.debit !== 0n || l.credit !== 0n)
  return totalled(resultBefore === 0n ? shown : [...shown, resultLine(resultBefore)], yearFrom)
}

type Sums = Pick<LedgerRows['balances'][number], 'debit' | 'credit'>

const moved = (line: TrialBalanceLine, { debit, credit }: Sums): TrialBalanceLine => ({
  ...line,
  debit: line.debit + debit,
  credit: line.credit + credit,
  closing: line.closing + debit - credit,
})

const opened = (line: TrialBalanceLine, { debit, credit }: Sums): TrialBalanceLine => ({
  ...line,
  opening: line.opening + debit - credit,
  closing: line.closing + debit - credit,
})

/** First month of the fiscal year that a month lies in; the calendar year where none was opened. */
const yearStart = (years: LedgerRows['years'], month: string): string =>
  years
    .filter(({ starts_on, ends_on }) => starts_on.slice(0, 7) <= month && ends_on >= `${month}-01`)
    .map(({ starts_on }) => starts_on.slice(0, 7))
    .toSorted()[0] ?? `${month.slice(0, 4)}-01`

const emptyLine = (account: string, label: string): TrialBalanceLine => ({
  account,
  label,
  opening: 0n,
  debit: 0n,
  credit: 0n,
  closing: 0n,
  notPosted: false,
})

const resultLine = (result: bigint): TrialBalanceLine => ({
  ...emptyLine(result < 0n ? RESULT.profit : RESULT.loss, RESULT_LABEL),
  opening: result,
  closing: result,
  notPosted: true,
})

const totalled = (lines: readonly TrialBalanceLine[], yearFrom: string): TrialBalance => {
  const total = (value: (line: TrialBalanceLine) => bigint) => lines.reduce((sum, l) => sum + value(l), 0n)
  return {
    // A posted line comes before the one that is not, as the query gives them.
    lines: lines.toSorted((a, b) => (a.account < b.account ? -1 : a.account > b.account ? 1 : 0)),
    opening: total(l => l.opening),
    debit: total(l => l.debit),
    credit: total(l => l.credit),
    closing: total(l => l.closing),
    yearFrom,
  }
}
