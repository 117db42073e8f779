import { DECIMALS, decimalText } from '../../domain/shared/decimals.ts'
import type { Scale } from '../../domain/shared/decimals.ts'
import type { Language } from './language.ts'

/**
 * Numbers, amounts and days as people of a language write them, and read back as they type them. On the wire they are
 * integers of fixed scales; nothing here rounds.
 */

/** An integer of the wire: beyond the safe ones it comes as the text of its digits. */
export type Integer = number | string

/** The sum of integers as the API writes them, exact however large. */
export const total = (integers: readonly Integer[]): Integer => {
  const sum = integers.reduce((known, integer) => known + BigInt(integer), 0n)
  return sum >= Number.MIN_SAFE_INTEGER && sum <= Number.MAX_SAFE_INTEGER ? Number(sum) : String(sum)
}

export interface Formats {
  /** Minor units, with the sign of the currency. */
  readonly money: (minor: Integer, currency: string) => string
  /** Minor units alone: where a column has one currency. */
  readonly amount: (minor: Integer) => string
  readonly quantity: (scaled: number) => string
  readonly price: (scaled: number) => string
  /** In 1/10,000, as a percentage. */
  readonly rate: (scaled: number) => string
  readonly count: (n: number) => string
  readonly day: (day: string) => string
  readonly month: (month: string) => string
  readonly instant: (instant: string) => string
}

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' }

/** Minor units as whole ones: no digit of a text is lost on the way. */
const wholeUnits = (minor: Integer): number | `${number}` =>
  typeof minor === 'number' ? minor / 100 : (minor.replace(/(\d{2})$/, '.$1') as `${number}`)

const decimals = (locale: string, min: number, max: number) =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: min, maximumFractionDigits: max })

/** Undefined for what is no date: an address may say anything. */
const dated = (format: Intl.DateTimeFormat, text: string): string | undefined => {
  const date = new Date(text)
  return Number.isNaN(date.valueOf()) ? undefined : format.format(date)
}

const build = (locale: string, timeZone: string | undefined): Formats => {
  const amounts = decimals(locale, 2, 2)
  const quantities = decimals(locale, 0, 4)
  const prices = decimals(locale, 2, 6)
  const rates = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const counts = decimals(locale, 0, 0)
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: 'UTC' })
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const instants = new Intl.DateTimeFormat(locale, {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone,
  })
  const currencies = new Map<string, Intl.NumberFormat>()
  const currencyOf = (currency: string): Intl.NumberFormat => {
    const known = currencies.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency })
    currencies.set(currency, known)
    return known
  }
  return {
    money: (minor, currency) => currencyOf(currency).format(wholeUnits(minor)),
    amount: minor => amounts.format(wholeUnits(minor)),
    quantity: scaled => quantities.format(scaled / 10_000),
    price: scaled => prices.format(scaled / 1_000_000),
    rate: scaled => rates.format(scaled / 10_000),
    count: n => counts.format(n),
    day: day => dated(days, `${day}T00:00:00Z`) ?? day,
    month: month => dated(months, `${month}-01T00:00:00Z`) ?? month,
    instant: instant => dated(instants, instant) ?? instant,
  }
}

const built = new Map<string, Formats>()

/** @param timeZone in which instants are told; that of the machine where none is named */
export const formatsOf = (language: Language, timeZone?: string): Formats => {
  const key = `${language} ${timeZone ?? ''}`
  const formats = built.get(key) ?? build(LOCALES[language], timeZone)
  built.set(key, formats)
  return formats
}

/** Decimals of a scale, by its name. */
export const SCALES = DECIMALS
export type { Scale }
export const isScale = (kind: string): kind is Scale => Object.hasOwn(SCALES, kind)

const bareNumber = (typed: string): string => typed.replaceAll(/[\s\u00a0\u202f%€]/g, '')

/** The mark that is not the decimal one of the language, with three digits after it: thousands, or decimals? */
const AMBIGUOUS: Readonly<Record<Language, RegExp>> = {
  fr: /^[-+]?([1-9]\d{0,2})\.(\d{3})$/,
  en: /^[-+]?([1-9]\d{0,2}),(\d{3})$/,
}

/** Both numbers that a text may mean, with thousands and with decimals; undefined where it means one, or none. */
export const readingsOf = (typed: string, language: Language): readonly [number, number] | undefined => {
  const match = AMBIGUOUS[language].exec(bareNumber(typed))
  return match ? [Number(`${match[1]}${match[2]}`), Number(`${match[1]}.${match[2]}`)] : undefined
}

/**
 * A number as typed in either language, as the integer of its scale: `1 234,5` and `1,234.50` and `1234.5` are the same.
 * @param language whose decimal mark is taken at its word: `1,250` is 1.25 in French, and may be 1250 in English
 * @returns undefined where it is no number, may mean two, or has more decimals than the scale
 */
export const parseScaled = (typed: string, scale: Scale, language: Language): number | undefined => {
  const match = /^([-+]?)(\d[\d.,]*|[.,]\d+)$/.exec(bareNumber(typed))
  if (!match || readingsOf(typed, language)) return undefined
  const [, sign = '', body = ''] = match
  const [whole, fraction] = splitDecimals(body)
  if (whole === undefined || fraction.length > SCALES[scale]) return undefined
  const digits = `${whole}${fraction.padEnd(SCALES[scale], '0')}`
  const value = Number(digits)
  return Number.isSafeInteger(value) ? (sign === '-' ? -value : value) : undefined
}

/** The last mark is that of the decimals, unless it separates thousands: `1,234,567`. */
const splitDecimals = (body: string): readonly [string | undefined, string] => {
  const marks = [...body.matchAll(/[.,]/g)]
  const last = marks.at(-1)
  if (!last) return [body, '']
  const repeated = marks.length > 1 && marks.every(mark => mark[0] === last[0])
  if (repeated) return [/^\d{1,3}([.,]\d{3})+$/.test(body) ? body.replaceAll(/[.,]/g, '') : undefined, '']
  const whole = body.slice(0, last.index)
  if (marks.length > 1 && !/^\d{1,3}([.,]\d{3})*$/.test(whole)) return [undefined, '']
  return [whole.replaceAll(/[.,]/g, '') || '0', body.slice(last.index + 1)]
}

/** What is shown of a scaled number while it is typed: no thousands, the decimal mark of the language. */
export const writeScaled = (value: Integer, scale: Scale, language: Language): string =>
  decimalText(value, scale).replace('.', language === 'fr' ? ',' : '.')

/**
 * A day as typed: `27/11/2026`, `27/11`, `271126`, `2026-11-27`, or `+3` days from today.
 * @param today what an incomplete day is completed from
 */
export const parseDay = (typed: string, today: string): string | undefined => {
  const bare = typed.trim()
  const offset = /^([+-])(\d{1,3})$/.exec(bare)
  if (offset) return shiftDay(today, Number(`${offset[1]}${offset[2]}`))
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(bare)
  if (iso) return realDay(iso[1], iso[2], iso[3])
  const parts =
    /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?$/.exec(bare) ??
    /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(bare)
  if (!parts) return undefined
  const year = parts[3] ?? today.slice(0, 4)
  return realDay(year.length === 2 ? `20${year}` : year, parts[2], parts[1])
}

const realDay = (year = '', month = '', day = ''): string | undefined => {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text) ? text : undefined
}

export const shiftDay = (day: string, days: number): string => {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
