import { isScale, parseDay, parseScaled } from '../words/formats.ts'
import type { Language } from '../words/language.ts'
import type { Kind } from './kind.ts'

/** What was typed, as a value: read, nothing, or a text that cannot be read and is kept as it stands. */

/** Why letters have chosen nothing: nothing or several match, or the question was not answered. */
export type Miss = 'none' | 'several' | 'failed'

export interface Unreadable {
  readonly unreadable: string
  /** Of letters that were to choose something; absent while nobody has looked for them. */
  readonly because?: Miss
}

/** Undefined is nothing, and nothing else. */
export type Typed = string | number | Unreadable | undefined

export const isUnreadable = (value: unknown): value is Unreadable =>
  typeof value === 'object' && value !== null && 'unreadable' in value

/** What a text is read by. */
export interface Reading {
  readonly language: Language
  /** What an incomplete day is completed from. */
  readonly today: string
}

/** 100 %, in hundredths of a percent. */
const RATE_MAX = 10_000

const read = (kind: Kind, text: string, { language, today }: Reading): string | number | undefined => {
  if (kind === 'day') return parseDay(text, today)
  if (kind === 'count') return /^\d{1,9}$/.test(text) ? Number(text) : undefined
  if (!isScale(kind)) return text
  const value = parseScaled(text, kind, language)
  if (value === undefined || kind === 'amount') return value
  // Quantities and prices are never negative (EN 16931, BR-27): less is an allowance, or another document.
  return value < 0 || (kind === 'rate' && value > RATE_MAX) ? undefined : value
}

/** What was typed, as the value of a shape. */
export const parseAs = (kind: Kind, typed: string, reading: Reading): Typed => {
  const text = typed.trim()
  return text === '' ? undefined : (read(kind, text, reading) ?? { unreadable: typed })
}

/** The row that letters mean: the one they name exactly, else the only one that matches. */
export const meantBy = <R extends object>(exact: R | undefined, matching: readonly R[]): R | Miss => {
  if (exact) return exact
  const [first] = matching
  if (first === undefined) return 'none'
  return matching.length === 1 ? first : 'several'
}
