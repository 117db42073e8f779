import { expect, it } from 'vitest'
import { sidesOf, sidesOfAll } from '../../screens/ledger/trial-balance/sides.ts'

it('puts a balance on its side, exact however large', () => {
  expect(sidesOf(1200)).toEqual({ debitBalance: 1200, creditBalance: 0 })
  expect(sidesOf(-1200)).toEqual({ debitBalance: 0, creditBalance: 1200 })
  expect(sidesOf(0)).toEqual({ debitBalance: 0, creditBalance: 0 })
  expect(sidesOf('-90071992547409930')).toEqual({ debitBalance: 0, creditBalance: '90071992547409930' })
})

it('adds up each side by itself: the sums tell that the books balance, where the net would tell nothing', () => {
  expect(sidesOfAll([1200, -700, -500])).toEqual({ debitBalance: 1200, creditBalance: 1200 })
})
