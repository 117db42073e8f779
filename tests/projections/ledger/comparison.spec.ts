import { expect, it } from 'vitest'
import { compareBalances } from '../../../projections/ledger/comparison.queries.ts'
import type { TrialBalanceLine } from '../../../projections/ledger/trial-balance.queries.ts'

const line = (
  account: string,
  [opening, debit, credit]: readonly bigint[],
  notPosted = false,
): TrialBalanceLine => ({
  account,
  label: `label of ${account}`,
  opening: opening ?? 0n,
  debit: debit ?? 0n,
  credit: credit ?? 0n,
  closing: (opening ?? 0n) + (debit ?? 0n) - (credit ?? 0n),
  notPosted,
})

const now = [line('411', [100n, 50n, 30n]), line('706', [-200n, 0n, 150n]), line('120', [-10n], true)]
const then = [line('411', [0n, 100n, 0n]), line('606', [0n, 40n, 0n]), line('706', [0n, 0n, 100n])]

const rows = (basis: 'closing' | 'movement') =>
  compareBalances(now, then, basis).lines.map(l => [l.account, l.value, l.against, l.difference, l.share])

it('holds balances against balances, with accounts that only the other months have', () => {
  expect(rows('closing')).toEqual([
    ['120', -10n, 0n, -10n, null],
    ['411', 120n, 100n, 20n, 2_000n],
    ['606', 0n, 40n, -40n, -10_000n],
    ['706', -350n, -100n, -250n, 25_000n],
  ])
})

it('holds movements against movements, and leaves out what did not move in either', () => {
  expect(rows('movement')).toEqual([
    ['411', 20n, 100n, -80n, -8_000n],
    ['606', 0n, 40n, -40n, -10_000n],
    ['706', -150n, -100n, -50n, 5_000n],
  ])
})

it('adds up both sides', () => {
  const { value, against, difference, share } = compareBalances(now, then, 'movement').total
  expect([value, against, difference, share]).toEqual([-130n, 40n, -170n, -42_500n])
})
