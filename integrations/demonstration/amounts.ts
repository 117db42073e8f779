import { lineNet, sum, vatOf } from '../../domain/shared/money.ts'
import { frenchRateOn } from '../../domain/invoicing/vat/rates.ts'
import type { DemonstrationLine } from './business.ts'
import { products } from './catalogue.ts'
import type { DemonstrationProduct } from './catalogue.ts'

/** What the demonstration pays: the gross amount of an invoice, as its customer would compute it. */

const CENTS = 100
const PRICE_SCALE = 1_000_000
const QUANTITY_SCALE = 10_000
const RATE_OF_PERCENT = 100

/** Euros as cents. */
export const cents = (euros: number): number => Math.round(euros * CENTS)
/** Euros as a unit price of 6 decimals. */
export const unitPrice = (euros: number): number => Math.round(euros * PRICE_SCALE)
export const quantity = (pieces: number): number => Math.round(pieces * QUANTITY_SCALE)
export const rate = (percent: number): number => Math.round(percent * RATE_OF_PERCENT)

export const productOf = (code: string): DemonstrationProduct => {
  const product = products.find(p => p.code === code)
  if (product === undefined) throw new Error(`impossible: the demonstration sells no ${code}`)
  return product
}

/**
 * Gross amount in cents of an invoice. Freight is taxed like goods at the standard rate; abroad nothing is taxed.
 * @param freight euros
 */
export const grossOf = (
  lines: readonly DemonstrationLine[],
  freight: number,
  { country, day }: { readonly country: string; readonly day: string },
): bigint => {
  const bases = new Map<DemonstrationProduct['vat'], bigint>([['standard', BigInt(cents(freight))]])
  for (const { product, quantity: pieces, discount = 0 } of lines) {
    const { price, vat } = productOf(product)
    const net = lineNet(BigInt(quantity(pieces)), BigInt(unitPrice(price)), BigInt(rate(discount)))
    bases.set(vat, (bases.get(vat) ?? 0n) + net)
  }
  const taxes = [...bases].map(([vat, base]) =>
    country !== 'FR' || vat === 'exempt' ? 0n : vatOf(base, frenchRateOn(vat, day) ?? 0n),
  )
  return sum([...bases.values()]) + sum(taxes)
}
