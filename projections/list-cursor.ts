import type { Row } from './definition.ts'
import { toSql } from './engine/values.ts'
import type { NamedColumn } from './engine/values.ts'
import { BadListRequest, badCursor, camel, checked } from './list-request.ts'
import type { Direction, Expectation } from './list-request.ts'

/**
 * Where a page ends: the values of its last row in the columns that the list is ordered by. They tell every row from
 * every other, so that the next page begins exactly behind it, whatever was added meanwhile.
 */

/** The columns a list is ordered by, the key last, and all of them in one direction. */
export interface Order {
  readonly columns: readonly NamedColumn[]
  readonly direction: Direction
}

type Place = readonly (string | null)[]

const OTHER_LIST: Expectation = {
  fr: 'un curseur de la même liste et du même tri',
  en: 'a cursor of the same list and sorting',
}

const nameOf = ({ columns, direction }: Order): string =>
  `${columns.map(column => column.name).join(' ')} ${direction}`

/** The cursor behind a row, its names in camelCase. */
export const cursorBehind = (row: Row, order: Order): string => {
  const place = order.columns.map(column => toSql(column.type, row[camel(column.name)]))
  return Buffer.from(JSON.stringify([nameOf(order), ...place])).toString('base64url')
}

/** @throws BadListRequest */
export const readCursor = (cursor: string, order: Order): Place => {
  const [name, ...place] = partsOf(cursor)
  if (name !== nameOf(order) || place.length !== order.columns.length)
    throw new BadListRequest('cursor', OTHER_LIST)
  return order.columns.map((column, i) => {
    const text = place[i] ?? null
    if (text !== null) return checked('cursor', column, text)
    if (column.nullable) return null
    throw badCursor()
  })
}

const partsOf = (cursor: string): Place => {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown
    if (Array.isArray(parts) && parts.every(part => part === null || typeof part === 'string'))
      return parts as Place
  } catch {
    // Told below: whatever was sent, it was not one of our cursors.
  }
  throw badCursor()
}

/** How a column is written in a statement, and how a value becomes a parameter of it. */
export interface Writing {
  readonly column: (column: NamedColumn) => string
  readonly value: (column: NamedColumn, text: string) => string
}

/**
 * Conditions for what lies behind a place, in parts that share no row: each can be read along an index from its first
 * row on, which one condition for them all could not. Nulls come last upwards and first downwards, as in PostgreSQL's
 * indexes.
 */
export const behind = ({ columns, direction }: Order, place: Place, writing: Writing): readonly string[] => {
  const operator = direction === 'asc' ? '>' : '<'
  const names = columns.map(writing.column)
  const values = columns.map((column, i) => {
    const text = place[i] ?? null
    return text === null ? null : writing.value(column, text)
  })
  const is = (i: number): string =>
    values[i] === null ? `${names[i]} is null` : `${names[i]} = ${values[i]}`
  /** Like the place in all columns before this one, and behind it in this one. */
  const from = (i: number, here: string): string =>
    [...names.slice(0, i).map((_, before) => is(before)), `${names[i]} ${here}`].join(' and ')
  const nulls = columns.flatMap(({ nullable }, i) =>
    direction === 'asc' && nullable && values[i] !== null ? [from(i, 'is null')] : [],
  )
  if (!values.includes(null)) return [`(${names.join(', ')}) ${operator} (${values.join(', ')})`, ...nulls]
  const others = values.flatMap((value, i) => {
    if (value !== null) return [from(i, `${operator} ${value}`)]
    return direction === 'desc' ? [from(i, 'is not null')] : []
  })
  return [...others, ...nulls]
}
