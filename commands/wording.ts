import type { Sentence } from './definition.ts'
import { QUANTITY_SCALE } from '../domain/shared/values.ts'

/** How days, amounts and quantities are written in sentences, in both languages. */

const decimal = (scaled: bigint, decimals: number): string => {
  const sign = scaled < 0n ? '-' : ''
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(decimals + 1, '0')
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

const inBoth = (text: string): Sentence => ({ fr: text.replace('.', ','), en: text })

/** `12` or `4,5`: a quantity of 4 decimals, without the zeros at its end. */
export const quantityText = (quantity: bigint): Sentence =>
  inBoth(decimal(quantity, String(QUANTITY_SCALE).length - 1).replace(/\.?0+$/, ''))

/** `1234,50`: an amount in minor units, where the currency goes without saying. */
export const amountIn = (amount: bigint): Sentence => inBoth(decimal(amount, 2))

/** `1234,50 EUR`: an amount in minor units. */
export const amountText = (amount: bigint, currency: string): Sentence => {
  const text = amountIn(amount)
  return { fr: `${text.fr} ${currency}`, en: `${text.en} ${currency}` }
}

/** `31/12/2026` in French, the ISO day in English. */
export const dayText = (day: string): Sentence => ({
  fr: day.split('-').toReversed().join('/'),
  en: day,
})
