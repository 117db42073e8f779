import type { SqlType } from './definition.ts'
import { toSql } from './engine/values.ts'
import type { NamedColumn } from './engine/values.ts'

/** What may be asked of a list, how it is refused, and what the text of a value must look like. */

export const camel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

export type Direction = 'asc' | 'desc'
export type Scalar = string | number | bigint | boolean

/** A request, its names in camelCase. */
export interface ListRequest {
  readonly filter?: Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>
  readonly from?: Readonly<Record<string, Scalar | undefined>>
  readonly to?: Readonly<Record<string, Scalar | undefined>>
  readonly search?: string | undefined
  readonly sort?: { readonly by: string; readonly direction: Direction } | undefined
  /** 1 to 500; 50 when absent. */
  readonly limit?: number | undefined
  /** `next` of the page before. */
  readonly cursor?: string | undefined
  /** As the rows stood behind this ordinal; only of tables that keep history. */
  readonly asOf?: number | undefined
}

/** What is expected of a field, in the languages that users are told it in. */
export interface Expectation {
  readonly fr: string
  readonly en: string
}

/** A request that the list cannot answer: names the field and what is expected. */
export class BadListRequest extends Error {
  readonly field: string
  readonly expected: Expectation
  constructor(field: string, expected: Expectation) {
    super(`${field}: expected ${expected.en}`)
    this.name = 'BadListRequest'
    this.field = field
    this.expected = expected
  }
}

export const LIMIT_MAX = 500

/** @throws BadListRequest for a page of no rows, of too many, or of a part of one */
export const checkedLimit = (limit: number): number => {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit
  throw new BadListRequest('limit', {
    fr: `un nombre entier de 1 à ${LIMIT_MAX}`,
    en: `an integer from 1 to ${LIMIT_MAX}`,
  })
}

/** For what was sent as a cursor and is none of ours. */
export const badCursor = (): BadListRequest =>
  new BadListRequest('cursor', {
    fr: 'la valeur `next` de la page précédente',
    en: 'the `next` of the page before',
  })

export const oneOf = (names: Iterable<string>): Expectation => {
  const list = [...names].join(', ')
  return { fr: `l'un de : ${list}`, en: `one of ${list}` }
}

/** The calendar knows the day, and PostgreSQL the year. */
const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text) && !text.startsWith('0000')
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/

/** What the text of a value looks like, and how to say so. */
const SHAPES: Partial<Record<SqlType, readonly [(text: string) => boolean, Expectation]>> = {
  uuid: [t => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(t), { fr: 'un UUID', en: 'a UUID' }],
  bigint: [t => /^-?\d{1,18}$/.test(t), { fr: 'un nombre entier', en: 'an integer' }],
  integer: [t => /^-?\d{1,9}$/.test(t), { fr: 'un nombre entier', en: 'an integer' }],
  boolean: [t => t === 'true' || t === 'false', { fr: 'true ou false', en: 'true or false' }],
  date: [t => DAY.test(t) && isDay(t), { fr: 'un jour réel AAAA-MM-JJ', en: 'a real day YYYY-MM-DD' }],
  timestamptz: [
    t => INSTANT.test(t) && isDay(t.slice(0, 10)),
    { fr: 'un instant réel en UTC', en: 'a real instant in UTC' },
  ],
}
export const TEXT: Expectation = { fr: 'un texte sans caractère nul', en: 'a text without a null character' }

const shapeOf = ({ type, values }: NamedColumn): readonly [(text: string) => boolean, Expectation] =>
  values
    ? [text => values.includes(text), oneOf(values)]
    : (SHAPES[type] ?? [text => !text.includes('\0'), TEXT])

/**
 * The text of a value that a column is compared with.
 * @throws BadListRequest where the column can hold no such value
 */
export const checked = (field: string, column: NamedColumn, value: Scalar): string => {
  const text = toSql(column.type, value) ?? ''
  const [fits, expected] = shapeOf(column)
  if (!fits(text)) throw new BadListRequest(field, expected)
  return text
}
