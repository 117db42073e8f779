import type { z } from 'zod'
import type { Sentence } from '../../commands/definition.ts'
import { isSiren, isVatNumber } from '../../domain/shared/identifiers.ts'
import { plain } from '../../domain/shared/plain-text.ts'
import { Day, text as textShape } from '../../domain/shared/values.ts'
import type { CellFormat } from './profile.ts'

/** How the text of a cell becomes a value: one conversion per kind of field. Exact, or not at all. */
export interface Conversion<T> {
  /** The value, or undefined where the cell says no such thing. */
  readonly read: (cell: string, format: CellFormat) => T | undefined
  /** What a cell should hold, for whoever corrects the file. */
  readonly expected: (format: CellFormat) => Sentence
}

const matches = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success

/** Text of one line: blanks at the ends go, several in a row (line ends among them) become one. */
export const text = (lengthMax: number): Conversion<string> => {
  const shape = textShape(lengthMax)
  return {
    read: cell => {
      const value = cell.replaceAll(/\s+/gu, ' ').trim()
      return matches(shape, value) ? value : undefined
    },
    expected: () => ({
      en: `a text of 1 to ${lengthMax} characters without control characters`,
      fr: `un texte de 1 à ${lengthMax} caractères sans caractère de contrôle`,
    }),
  }
}

/** One of a few words. */
export const oneOf = <const W extends string>(words: readonly W[]): Conversion<W> => ({
  read: cell => words.find(word => word === cell.trim()),
  expected: () => ({ en: `one of ${words.join(', ')}`, fr: `l’une des valeurs ${words.join(', ')}` }),
})

export const yesOrNo: Conversion<boolean> = {
  read: cell => ({ yes: true, no: false })[cell.trim()],
  expected: () => ({ en: 'yes or no', fr: 'yes ou no (oui ou non)' }),
}

/** A whole number from 0 on. */
export const wholeNumber = (max: number): Conversion<number> => ({
  read: cell => (/^\d{1,9}$/.test(cell.trim()) && Number(cell) <= max ? Number(cell) : undefined),
  expected: () => ({ en: `a whole number from 0 to ${max}`, fr: `un nombre entier de 0 à ${max}` }),
})

interface DecimalBounds {
  /** Decimals kept: the value is an integer of that scale. Further ones may only be zeros. */
  readonly scale: number
  readonly min: bigint
  readonly max: bigint
}

/** A decimal number of a fixed scale, as a scaled integer: never rounded, never a float. */
export const decimal = ({ scale, min, max }: DecimalBounds): Conversion<bigint> => ({
  read: (cell, { decimalMark }) => {
    const value = scaled(cell.trim(), decimalMark, scale)
    return value !== undefined && value >= min && value <= max ? value : undefined
  },
  expected: ({ decimalMark }) => {
    const bound = (n: bigint): string => shown(n, scale, decimalMark)
    const example = `1234${decimalMark}5`
    return {
      en: `a number from ${bound(min)} to ${bound(max)} with at most ${scale} decimals, written like ${example}`,
      fr: `un nombre de ${bound(min)} à ${bound(max)}, d’au plus ${scale} décimales, écrit comme ${example}`,
    }
  },
})

const scaled = (cell: string, decimalMark: string, scale: number): bigint | undefined => {
  const [whole = '', fraction = '', more] = cell.split(decimalMark)
  if (more !== undefined || !/^-?\d{1,18}$/.test(whole) || !/^\d{0,18}$/.test(fraction)) return undefined
  if (cell.endsWith(decimalMark) || /[^0]/.test(fraction.slice(scale))) return undefined
  return BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
}

const shown = (value: bigint, scale: number, decimalMark: string): string => {
  const digits = String(value).padStart(scale + 1, '0')
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return digits.slice(0, digits.length - scale) + (fraction === '' ? '' : decimalMark + fraction)
}

/** A rate in 1/10,000, written as a fraction (0.15) or in per cent (15), as the profile says. */
export const rate: Conversion<bigint> = {
  read: (cell, format) => rateFor(format).read(cell, format),
  expected: format => rateFor(format).expected(format),
}
const rateFor = ({ rates }: CellFormat): Conversion<bigint> =>
  decimal({ scale: rates === 'fraction' ? 4 : 2, min: 0n, max: 10_000n })

/** A day; what else the pattern of the profile names (hours, minutes…) must be there and is not kept. */
export const day: Conversion<string> = {
  read: (cell, { date }) => {
    const parts = datePattern(date).exec(cell.trim())?.groups
    const value = parts && `${parts['year']}-${parts['month']}-${parts['day']}`
    return matches(Day, value) ? value : undefined
  },
  expected: ({ date }) => ({ en: `a date written ${date}`, fr: `une date écrite ${date}` }),
}

const DATE_PARTS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  DD: '(?<day>\\d{2})',
  hh: '\\d{2}',
  mm: '\\d{2}',
  ss: '\\d{2}',
  fff: '\\d{3}',
}

const datePatterns = new Map<string, RegExp>()

/** `YYYY`, `MM`, `DD`, `hh`, `mm`, `ss`, `fff` stand for digits, anything else for itself. */
const datePattern = (pattern: string): RegExp => {
  const known = datePatterns.get(pattern)
  if (known) return known
  const source = pattern
    .split(/(YYYY|MM|DD|hh|mm|ss|fff)/)
    .map(part => DATE_PARTS[part] ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('')
  const compiled = new RegExp(`^${source}$`)
  datePatterns.set(pattern, compiled)
  return compiled
}

/** ISO 3166-1 code of a country, from the code itself, its English or French name, or a name the profile adds. */
export const country: Conversion<string> = {
  read: (cell, { countries }) => {
    const name = cell.trim()
    return countries[name] ?? countryCodes().get(folded(name))
  },
  expected: () => ({
    en: 'a country: its ISO code, its English or French name, or a name that the profile lists',
    fr: 'un pays : son code ISO, son nom français ou anglais, ou un nom que le profil énumère',
  }),
}

const folded = (name: string): string => plain(name).replaceAll('’', "'")

let codes: ReadonlyMap<string, string> | undefined

/** Names as the Unicode CLDR has them, which comes with Node. */
const countryCodes = (): ReadonlyMap<string, string> => (codes ??= new Map(namesOfCountries()))

/** Codes of the CLDR that name no country. */
const NO_COUNTRY: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

function* namesOfCountries(): Generator<[string, string]> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const languages = ['en', 'fr'].map(
    language => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }),
  )
  for (const code of letters.flatMap(first => letters.map(second => first + second))) {
    const names = NO_COUNTRY.has(code) ? [] : languages.map(language => language.of(code))
    // A code that was replaced (DD, YU, UK…) shows the name of the country that has another code now.
    if (names[0] === undefined || canonicalRegion(code) !== code) continue
    yield [folded(code), code]
    for (const name of names) if (name !== undefined) yield [folded(name), code]
  }
}

const canonicalRegion = (code: string): string | undefined =>
  Intl.getCanonicalLocales(`und-${code}`)[0]?.split('-')[1]

export const siren: Conversion<string> = {
  read: cell => {
    const value = cell.replaceAll(/\s/gu, '')
    return isSiren(value) ? value : undefined
  },
  expected: () => ({ en: 'a SIREN: 9 digits with a right key', fr: 'un SIREN : 9 chiffres, clé juste' }),
}

export const vatNumber: Conversion<string> = {
  read: cell => {
    const value = cell.replaceAll(/[\s.-]/gu, '').toUpperCase()
    return isVatNumber(value) ? value : undefined
  },
  expected: () => ({
    en: 'a VAT number: the country, then what that country writes',
    fr: 'un numéro de TVA : le pays, puis ce que ce pays écrit',
  }),
}
