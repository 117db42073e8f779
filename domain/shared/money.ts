import { AMOUNT_BOUND, QUANTITY_SCALE, RATE_SCALE, UNIT_PRICE_SCALE, impossible } from './values.ts'

/**
 * Arithmetic on amounts: the one place where anything is rounded. Amounts are minor units of a currency of two
 * decimals; prices, quantities and rates are integers of the scales of `values.ts`.
 */

/** Minor units in one unit of currency: cents in a euro. */
const MINOR_UNITS = 100n

const absolute = (x: bigint): bigint => (x < 0n ? -x : x)

/**
 * `numerator / denominator` rounded to an integer, halves away from zero: half up as accountants mean it, so that
 * what is reversed is the exact opposite of what was posted.
 * @param denominator above zero
 */
export const divideHalfUp = (numerator: bigint, denominator: bigint): bigint => {
  if (denominator <= 0n) return impossible(`division by ${denominator}`)
  const rounded = (2n * absolute(numerator) + denominator) / (2n * denominator)
  return numerator < 0n ? -rounded : rounded
}

/**
 * Net amount of a line in minor units: quantity × unit price × (1 − discount), rounded once (EN 16931 BT-131).
 * @param quantity 4 decimals
 * @param unitPrice gross price of one unit, 6 decimals
 * @param discountRate in 1/10,000
 */
export const lineNet = (quantity: bigint, unitPrice: bigint, discountRate: bigint): bigint =>
  divideHalfUp(
    quantity * unitPrice * (RATE_SCALE - discountRate) * MINOR_UNITS,
    QUANTITY_SCALE * UNIT_PRICE_SCALE * RATE_SCALE,
  )

/**
 * VAT on a base, once per rate on the sum of the line nets (EN 16931 BR-CO-17).
 * @param rate in 1/10,000
 */
export const vatOf = (base: bigint, rate: bigint): bigint => divideHalfUp(base * rate, RATE_SCALE)

/**
 * `total × part / whole`, rounded. The share of a step is the difference of two cumulated shares: the last step then
 * takes the remainder, and the steps add up to the total.
 * @param whole above zero
 */
export const proRata = (total: bigint, part: bigint, whole: bigint): bigint =>
  divideHalfUp(total * part, whole)

/**
 * Splits a total by weights without losing a cent: each share is within one cent of the exact one, the shares add up
 * to the total, and a weight of zero gets nothing. The cents left by rounding down go to the largest remainders, the
 * first of equals first.
 * @param weights at least zero, their sum above zero
 */
export const allocate = (total: bigint, weights: readonly bigint[]): readonly bigint[] => {
  if (total < 0n) return allocate(-total, weights).map(share => -share)
  const whole = sum(weights)
  if (whole <= 0n || weights.some(w => w < 0n)) return impossible(`weights ${weights.join(', ')}`)
  const exact = weights.map((weight, index) => ({ index, scaled: total * weight }))
  const left = total - sum(exact.map(({ scaled }) => scaled / whole))
  const larger = exact
    .toSorted(
      (a, b) => Number(b.scaled % whole > a.scaled % whole) - Number(b.scaled % whole < a.scaled % whole),
    )
    .slice(0, Number(left))
  const raised = new Set(larger.map(({ index }) => index))
  return exact.map(({ index, scaled }) => scaled / whole + (raised.has(index) ? 1n : 0n))
}

/** Sum of amounts; zero of none. */
export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n)

/** Whether an amount may be stored: |x| ≤ 10^14 minor units (PROTOCOL 7). */
export const withinBound = (amount: bigint): boolean => absolute(amount) <= BigInt(AMOUNT_BOUND)

/**
 * Whether amounts in this currency can be kept: an ISO 4217 currency of two decimals. Others (yen, dinar) would need
 * another scale of minor units.
 */
export const isSupportedCurrency = (currency: string): boolean =>
  Intl.supportedValuesOf('currency').includes(currency) &&
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits === 2
