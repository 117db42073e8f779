import type { Column, SqlType, Value } from '../definition.ts'

/**
 * Values of rows on their way to PostgreSQL and back, as text that is cast in the statement: one pair of functions
 * serves parameters and results alike. What is written in bulk goes another way (`copy-buffer.ts`).
 */

/** The text form of a value as PostgreSQL's input function of the type reads it; null for NULL. */
export const toSql = (type: SqlType, value: Value | undefined): string | null => {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'jsonb':
      return JSON.stringify(value)
    case 'text[]':
      return arrayLiteral(value as readonly string[])
    case 'text':
    case 'uuid':
    case 'date':
    case 'timestamptz':
      return value as string
    case 'bigint':
    case 'integer':
    case 'boolean':
      return `${value as bigint | number | boolean}`
  }
}

/** Reads what `selectExpression` selected. */
export const fromSql = (type: SqlType, text: string | null): Value => {
  if (text === null) return null
  switch (type) {
    case 'bigint':
      return BigInt(text)
    case 'integer':
      return Number(text)
    case 'boolean':
      return text === 'true'
    case 'jsonb':
    case 'text[]':
      return JSON.parse(text) as object
    case 'text':
    case 'uuid':
    case 'date':
    case 'timestamptz':
      return text
  }
}

/** SQL that gives a column as the text that `fromSql` reads, whatever the session's settings. */
export const selectExpression = (column: string, type: SqlType): string => {
  switch (type) {
    case 'timestamptz':
      return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    case 'date':
      return `to_char(${column}, 'YYYY-MM-DD')`
    case 'text[]':
      return `to_json(${column})::text`
    case 'text':
      return column
    case 'uuid':
    case 'bigint':
    case 'integer':
    case 'boolean':
    case 'jsonb':
      return `${column}::text`
  }
}

const NEEDS_QUOTE = /["\\]/

const quoted = (text: string): string =>
  NEEDS_QUOTE.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`

/** A one-dimensional array of texts as PostgreSQL writes it. */
export const arrayLiteral = (texts: readonly (string | null)[]): string =>
  `{${texts.map(t => (t === null ? 'NULL' : quoted(t))).join(',')}}`

/** A column with its name: the order of a table's columns is that of their declaration. */
export interface NamedColumn extends Column {
  readonly name: string
}
