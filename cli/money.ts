import type { Language } from './language.ts'

/** Minor units as an amount in the language of the reader: 8153173 is `81,531.73`, in French `81 531,73`. */
export const money = (language: Language, cents: bigint): string => scaled(language, cents, 2, 2)

/** An integer with a fixed number of decimals, its last zeros left out: 120000 with 4 is `12`. */
export const scaled = (language: Language, value: bigint, decimals: number, least = 0): string =>
  new Intl.NumberFormat(language, {
    minimumFractionDigits: least,
    maximumFractionDigits: decimals,
    // As text: no number is asked to hold what it cannot.
  }).format(`${value}E-${decimals}` as `${number}`)

/** A rate in 1/10,000: 2060 is `20.6%`, in French `20,6 %`. */
export const percentage = (language: Language, rate: bigint): string =>
  (Number(rate) / 10_000).toLocaleString(language, { style: 'percent', maximumFractionDigits: 2 })
