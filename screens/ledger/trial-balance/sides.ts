import { total } from '../../words/formats.ts'
import type { Integer } from '../../words/formats.ts'

/** A balance on the side where it stands: an account has one or the other, never both. */
export interface Sides {
  readonly debitBalance: Integer
  readonly creditBalance: Integer
}

/** @param closing minor units, debit positive, credit negative */
export const sidesOf = (closing: Integer): Sides => {
  const isCredit = BigInt(closing) < 0n
  return {
    debitBalance: isCredit ? 0 : closing,
    creditBalance: isCredit ? total([String(-BigInt(closing))]) : 0,
  }
}

/** What the balances of each side come to: they are one, where the books balance. */
export const sidesOfAll = (closings: readonly Integer[]): Sides => {
  const sides = closings.map(sidesOf)
  return {
    debitBalance: total(sides.map(({ debitBalance }) => debitBalance)),
    creditBalance: total(sides.map(({ creditBalance }) => creditBalance)),
  }
}
