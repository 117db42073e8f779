import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allocate,
  divideHalfUp,
  isSupportedCurrency,
  lineNet,
  proRata,
  sum,
  vatOf,
  withinBound,
} from '../../../domain/shared/money.ts'

/** Rational numbers as the schoolbook has them: the model the integer arithmetic is held against. */
interface Fraction {
  readonly n: bigint
  readonly d: bigint
}
const fraction = (n: bigint, d = 1n): Fraction => ({ n, d })
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d)
const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d)
/** Sign of a − b, denominators being positive. */
const compare = (a: Fraction, b: Fraction): number => {
  const { n } = minus(a, b)
  return n < 0n ? -1 : n > 0n ? 1 : 0
}
const abs = (a: Fraction): Fraction => (a.n < 0n ? fraction(-a.n, a.d) : a)

/** By definition: no integer lies nearer, and of two as near it is the one further from zero. */
const expectRounded = (rounded: bigint, exact: Fraction): void => {
  const distance = abs(minus(fraction(rounded), exact))
  const half = fraction(1n, 2n)
  expect(compare(distance, half)).toBeLessThanOrEqual(0)
  if (compare(distance, half) === 0) expect(compare(abs(fraction(rounded)), abs(exact))).toBe(1)
}

const quantity = fc.bigInt(1n, 10n ** 12n)
const unitPrice = fc.bigInt(0n, 10n ** 14n)
const rate = fc.bigInt(0n, 10_000n)
const amount = fc.bigInt(-(10n ** 14n), 10n ** 14n)

describe('rounding', () => {
  it('takes halves away from zero, on both sides', () => {
    expect([-3n, -1n, 0n, 1n, 3n, 5n].map(n => divideHalfUp(n, 2n))).toEqual([-2n, -1n, 0n, 1n, 2n, 3n])
    expect(divideHalfUp(149n, 100n)).toBe(1n)
    expect(divideHalfUp(-149n, 100n)).toBe(-1n)
  })

  it('is the nearest integer of the exact quotient', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 20n), (n, d) => {
        expectRounded(divideHalfUp(n, d), fraction(n, d))
      }),
    )
  })

  it('refuses a denominator that is not above zero', () => {
    expect(() => divideHalfUp(1n, 0n)).toThrow('impossible')
    expect(() => divideHalfUp(1n, -2n)).toThrow('impossible')
  })
})

describe('the net amount of a line', () => {
  it('is worked out by hand', () => {
    // 12 pieces at 14.00, no discount.
    expect(lineNet(12_0000n, 14_000000n, 0n)).toBe(168_00n)
    // 9 at 18.60 less 15 %: 142.29.
    expect(lineNet(9_0000n, 18_600000n, 1500n)).toBe(142_29n)
    // 0.5 at 0.01: half a cent becomes one.
    expect(lineNet(5000n, 10000n, 0n)).toBe(1n)
    // A gift.
    expect(lineNet(3_0000n, 5_000000n, 10_000n)).toBe(0n)
  })

  it('is the exact product rounded once', () => {
    fc.assert(
      fc.property(quantity, unitPrice, rate, (q, p, discount) => {
        const gross = times(fraction(q, 10_000n), fraction(p, 1_000_000n))
        const net = times(gross, minus(fraction(1n), fraction(discount, 10_000n)))
        expectRounded(lineNet(q, p, discount), times(net, fraction(100n)))
      }),
    )
  })
})

describe('VAT', () => {
  it('is worked out by hand', () => {
    expect(vatOf(100_00n, 2060n)).toBe(20_60n)
    // 20 % of 0.03 is 0.006, of 0.02 is 0.004.
    expect([vatOf(3n, 2000n), vatOf(2n, 2000n)]).toEqual([1n, 0n])
    // 5.5 % of 0.10 and of 10.00 is 0.0055 and 0.55; 2.5 % of 0.20 is half a cent.
    expect([vatOf(10n, 550n), vatOf(1000n, 550n), vatOf(20n, 250n)]).toEqual([1n, 55n, 1n])
  })

  it('is the exact product rounded once, and changes sign with its base', () => {
    fc.assert(
      fc.property(amount, rate, (base, r) => {
        expectRounded(vatOf(base, r), times(fraction(base), fraction(r, 10_000n)))
        expect(vatOf(-base, r)).toBe(-vatOf(base, r))
      }),
    )
  })
})

describe('sharing out', () => {
  const weights = fc
    .array(fc.bigInt(0n, 10n ** 14n), { minLength: 1, maxLength: 40 })
    .filter(w => sum(w) > 0n)

  it('is worked out by hand', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n])
    expect(allocate(5n, [0n, 3n, 7n])).toEqual([0n, 2n, 3n])
    expect(allocate(0n, [1n, 2n])).toEqual([0n, 0n])
  })

  it('conserves every cent, each share within a cent of the exact one, nothing for a weight of zero', () => {
    fc.assert(
      fc.property(amount, weights, (total, w) => {
        const shares = allocate(total, w)
        expect(sum(shares)).toBe(total)
        shares.forEach((share, i) => {
          const exact = times(fraction(total), fraction(w[i]!, sum(w)))
          expect(compare(abs(minus(fraction(share), exact)), fraction(1n))).toBe(-1)
          if (w[i] === 0n) expect(share).toBe(0n)
        })
      }),
    )
  })

  it('is fair: a larger weight never gets less', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 14n), weights, (total, w) => {
        const shares = allocate(total, w)
        for (const [i, a] of w.entries())
          for (const [j, b] of w.entries()) if (a > b) expect(shares[i]! >= shares[j]!).toBe(true)
      }),
    )
  })

  it('refuses weights that share nothing', () => {
    expect(() => allocate(1n, [])).toThrow('impossible')
    expect(() => allocate(1n, [0n])).toThrow('impossible')
    expect(() => allocate(1n, [2n, -1n])).toThrow('impossible')
  })

  it('pro rata by cumulated steps adds up to the total, whatever the steps', () => {
    const steps = fc.array(fc.bigInt(1n, 10n ** 12n), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(amount, steps, (total, parts) => {
        const whole = sum(parts)
        let before = 0n
        const released = parts.map(part => {
          const share = proRata(total, before + part, whole) - proRata(total, before, whole)
          before += part
          return share
        })
        expect(sum(released)).toBe(total)
        expectRounded(proRata(total, parts[0]!, whole), times(fraction(total), fraction(parts[0]!, whole)))
      }),
    )
  })
})

it('PROTOCOL 7: an amount may be stored up to 10^14 minor units, on both sides', () => {
  expect([10n ** 14n, -(10n ** 14n), 10n ** 14n + 1n, -(10n ** 14n) - 1n].map(withinBound)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

it('takes currencies of two decimals, and only real ones', () => {
  expect(['EUR', 'USD', 'GBP', 'JPY', 'TND', 'ZZZ', 'eur'].map(isSupportedCurrency)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})
