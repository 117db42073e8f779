import { RATE_SCALE } from '../../domain/shared/values.ts'
import { divideHalfUp } from '../../domain/shared/money.ts'
import type { Queryable } from '../lists.ts'
import { trialBalance } from './trial-balance.queries.ts'
import type { TrialBalanceLine, TrialBalanceRequest } from './trial-balance.queries.ts'

/** The trial balance of some months against that of others. */

/** What of an account is compared: its balance at the end, or what moved. */
export type Basis = 'closing' | 'movement'

/** Debit positive, credit negative, minor units. */
export interface Compared {
  readonly value: bigint
  readonly against: bigint
  readonly difference: bigint
  /** By how much it grew, as a part of what it is compared with, in 1/10,000; null where that is nothing. */
  readonly share: bigint | null
}

export interface ComparedLine extends Compared {
  readonly account: string
  readonly label: string
  readonly notPosted: boolean
}

export interface Comparison {
  readonly lines: readonly ComparedLine[]
  readonly total: Compared
}

type Months = Pick<TrialBalanceRequest, 'from' | 'to'>

const valueOf = (line: TrialBalanceLine | undefined, basis: Basis): bigint => {
  if (line === undefined) return 0n
  return basis === 'closing' ? line.closing : line.debit - line.credit
}

const compared = (value: bigint, against: bigint): Compared => {
  const difference = value - against
  // What grew has grown by so much, whichever side it stands on.
  const [grown, whole] = against < 0n ? [-difference, -against] : [difference, against]
  return {
    ...{ value, against, difference },
    share: whole === 0n ? null : divideHalfUp(grown * RATE_SCALE, whole),
  }
}

/** The result of earlier years stands beside the account it is shown on. */
const keyOf = ({ account, notPosted }: TrialBalanceLine): string => `${account} ${notPosted}`

/** Every account that has something in the one or in the other. */
export const compareBalances = (
  now: readonly TrialBalanceLine[],
  then: readonly TrialBalanceLine[],
  basis: Basis,
): Comparison => {
  const byKey = new Map(then.map(line => [keyOf(line), line]))
  const present = new Map(now.map(line => [keyOf(line), line]))
  const all = [...now, ...then.filter(line => !present.has(keyOf(line)))]
  const lines = all
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(line => {
      const { account, label, notPosted } = line
      const key = keyOf(line)
      const values = compared(valueOf(present.get(key), basis), valueOf(byKey.get(key), basis))
      return { account, label, notPosted, ...values }
    })
    .filter(({ value, against }) => value !== 0n || against !== 0n)
  const total = (of: (line: ComparedLine) => bigint): bigint =>
    lines.reduce((sum, line) => sum + of(line), 0n)
  return {
    lines,
    total: compared(
      total(line => line.value),
      total(line => line.against),
    ),
  }
}

/** Two trial balances of one entity, side by side. */
export const trialBalanceComparison = async (
  db: Queryable,
  {
    entityId,
    months,
    against,
    basis,
  }: { readonly entityId: string; readonly months: Months; readonly against: Months; readonly basis: Basis },
): Promise<Comparison> => {
  const [now, then] = await Promise.all([
    trialBalance(db, { entityId, ...months }),
    trialBalance(db, { entityId, ...against }),
  ])
  return compareBalances(now.lines, then.lines, basis)
}
