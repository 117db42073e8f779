import type { Projection, Row, Table } from '../definition.ts'
import { schemaOf } from '../definition.ts'
import { fromSql, selectExpression } from './values.ts'
import type { NamedColumn } from './values.ts'

/** Ordinal of the event that gave a row its present form: on tables that keep history. */
export const SINCE = 'since'
/** Ordinal of the event that superseded a row: on history tables. */
export const UNTIL = 'until'

/** A table compiled for one schema: names quoted, statements written once. */
export interface SqlTable {
  readonly table: Table
  readonly name: string
  readonly historyName: string
  readonly columns: readonly NamedColumn[]
  readonly keyColumns: readonly NamedColumn[]
  /** Columns of the table of superseded rows. */
  readonly historyColumns: readonly NamedColumn[]
  readonly load: string
  readonly upsert: string
  readonly remove: string
  readonly insertHistory: string
}

export const quote = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`

export const namedColumns = (table: Table): readonly NamedColumn[] =>
  Object.entries(table.columns).map(([name, column]) => ({ name, ...column }))

/** What a key is made of. */
type Scalar = string | bigint | number | boolean

/** Distinguishes the rows of one table: the values of its key, in the key's order. */
export const keyText = (table: Table, row: Row): string => {
  const { key } = table
  if (key.length === 1) return `${row[key[0] as string] as Scalar}`
  let text = ''
  for (const name of key) text += `${row[name] as Scalar}\u0000`
  return text
}

const SINCE_COLUMN: NamedColumn = {
  name: SINCE,
  type: 'bigint',
  nullable: false,
  comment: 'Ordinal of the event since which the row stands so',
}
const UNTIL_COLUMN: NamedColumn = {
  name: UNTIL,
  type: 'bigint',
  nullable: false,
  comment: 'Ordinal of the event that superseded it',
}

/** Columns as stored: those declared, and `since` where history is kept. */
export const storedColumns = (table: Table): readonly NamedColumn[] =>
  table.history ? [...namedColumns(table), SINCE_COLUMN] : namedColumns(table)
export const historyColumns = (table: Table): readonly NamedColumn[] => [
  ...storedColumns(table),
  UNTIL_COLUMN,
]

const names = (columns: readonly NamedColumn[]): string => columns.map(c => quote(c.name)).join(', ')

/** `unnest` of one text array per column, as relation `v`, and the columns cast to their types. */
const rowsOf = (columns: readonly NamedColumn[]): { from: string; cast: string } => ({
  from: `unnest(${columns.map((_, i) => `$${i + 1}::text[]`).join(', ')}) as v(${names(columns)})`,
  cast: columns.map(c => `v.${quote(c.name)}::${c.type}`).join(', '),
})

export const compileTable = (schema: string, table: Table): SqlTable => {
  const columns = storedColumns(table)
  const keyColumns = table.key.map(name => {
    const found = columns.find(c => c.name === name)
    if (!found) throw new Error(`table ${table.name}: key column ${name} is not declared`)
    return found
  })
  const name = `${quote(schema)}.${quote(table.name)}`
  const historyName = `${quote(schema)}.${quote(`${table.name}_history`)}`
  const rows = rowsOf(columns)
  const keys = rowsOf(keyColumns)
  const kept = historyColumns(table)
  const history = rowsOf(kept)
  const match = keyColumns.map(c => `t.${quote(c.name)} = v.${quote(c.name)}::${c.type}`).join(' and ')
  const others = columns.filter(c => !table.key.includes(c.name))
  const onConflict =
    others.length === 0
      ? 'do nothing'
      : `do update set ${others.map(c => `${quote(c.name)} = excluded.${quote(c.name)}`).join(', ')}`
  return {
    table,
    name,
    historyName,
    columns,
    keyColumns,
    historyColumns: kept,
    load:
      `select ${columns.map(c => selectExpression(`t.${quote(c.name)}`, c.type)).join(', ')} ` +
      `from ${keys.from} join ${name} t on ${match}`,
    upsert:
      `insert into ${name} (${names(columns)}) select ${rows.cast} from ${rows.from}` +
      (table.appendOnly ? '' : ` on conflict (${names(keyColumns)}) ${onConflict}`),
    remove: `delete from ${name} t using ${keys.from} where ${match}`,
    insertHistory: `insert into ${historyName} (${names(kept)}) select ${history.cast} from ${history.from}`,
  }
}

export const compileProjection = (
  projection: Projection,
  schema = schemaOf(projection),
): readonly SqlTable[] => projection.tables.map(table => compileTable(schema, table))

/** Reads a row as `load` gives it, in the columns' order. */
export const rowFromSql = (columns: readonly NamedColumn[], texts: readonly (string | null)[]): Row => {
  const row: Record<string, Row[string]> = {}
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as NamedColumn
    row[column.name] = fromSql(column.type, texts[i] ?? null)
  }
  return row
}
