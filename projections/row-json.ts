import type { Row } from './definition.ts'
import { quote } from './engine/tables.ts'
import type { NamedColumn } from './engine/values.ts'
import { camel } from './list-request.ts'

/**
 * Rows as the JSON objects that go over the wire, written by PostgreSQL: a page passes through this process as text.
 * To take each of its values apart here and put it together again cost four fifths of a list's time in Node.
 */

type Field = Pick<NamedColumn, 'name' | 'type'>

/** A column as JSON has it, whatever the session's settings; beyond the safe integers, the text of its digits. */
const valueOf = ({ name, type }: Field): string => {
  const column = `t.${quote(name)}`
  if (type === 'timestamptz') return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  if (type !== 'bigint') return column
  const safe = `${column} between ${Number.MIN_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}`
  return `case when ${safe} then to_json(${column}) else to_json(${column}::text) end`
}

/** SQL that stands for a column's own value, by the column's name. */
export type InPlace = ReadonlyMap<string, string>

/** SQL that gives each row of a select, in its order, as JSON text, the names in camelCase. */
export const jsonOfRows = (columns: readonly Field[], rows: string, inPlace?: InPlace): string => {
  const fields = columns.map(
    column => `${inPlace?.get(column.name) ?? valueOf(column)} as ${quote(camel(column.name))}`,
  )
  return `select row_to_json(r)::text from (select ${fields.join(', ')} from (${rows}) t) r`
}

/** Reads such a text: amounts and other scaled integers are bigint, all else as JSON has it. */
export const rowReader = (columns: readonly Field[]): ((json: string) => Row) => {
  const integers = columns.filter(c => c.type === 'bigint').map(c => camel(c.name))
  return json => {
    const row = JSON.parse(json) as Record<string, Row[string]>
    // A number within the safe range, a text beyond (PROTOCOL 7): exact either way.
    for (const name of integers) {
      const value = row[name]
      if (typeof value === 'number' || typeof value === 'string') row[name] = BigInt(value)
    }
    return row
  }
}
