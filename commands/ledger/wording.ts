/** How amounts and lists are written in sentences for people. */

const twoDecimals = (locale: string): Intl.NumberFormat =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const french = twoDecimals('fr-FR')
const english = twoDecimals('en-GB')

/** An amount of minor units with two decimals, in both languages: exact, as no amount reaches 2^53. */
export const amountIn = (amount: bigint): { readonly fr: string; readonly en: string } => ({
  fr: french.format(Number(amount) / 100),
  en: english.format(Number(amount) / 100),
})
