import type { ClientBase, QueryConfig } from 'pg'
import type { Row } from '../definition.ts'
import type { Cell, TableState, Touch } from './folding.ts'
import { SINCE, UNTIL, keyText, rowFromSql } from './tables.ts'
import type { SqlTable } from './tables.ts'
import { arrayLiteral, toSql } from './values.ts'
import type { NamedColumn } from './values.ts'

/** Rows between memory and database, set by set: one statement per table and batch, whatever the number of rows. */

export const arrays = (columns: readonly NamedColumn[], rows: readonly Row[]): string[] =>
  columns.map(c => arrayLiteral(rows.map(row => toSql(c.type, row[c.name]))))

/** A row as stored where history is kept: with the ordinal since when it stands so. */
export const storedRow = (sql: SqlTable, cell: Cell): Row => {
  const row = cell.row as Row
  return sql.table.history ? { ...row, [SINCE]: cell.since } : row
}

/** Keys of these touches whose rows are not in memory, each once. */
export const missingKeys = (state: TableState, touches: readonly Touch[]): ReadonlyMap<string, Row> => {
  const missing = new Map<string, Row>()
  for (const { text, key } of touches) if (!state.cells.has(text)) missing.set(text, key)
  return missing
}

/** Loads rows into memory; a key without a row gets an empty cell. */
export const loadRows = async (
  client: ClientBase,
  sql: SqlTable,
  state: TableState,
  keys: ReadonlyMap<string, Row>,
): Promise<void> => {
  if (keys.size === 0) return
  const { rows } = await client.query<(string | null)[]>({
    name: `load ${sql.name}`,
    text: sql.load,
    values: arrays(sql.keyColumns, [...keys.values()]),
    rowMode: 'array',
  })
  for (const text of keys.keys()) state.addCell(text)
  for (const texts of rows) {
    const stored = rowFromSql(sql.columns, texts)
    const { [SINCE]: since, ...row } = stored
    const cell = state.cells.get(keyText(sql.table, stored))
    // A key whose text PostgreSQL writes otherwise than we do would be lost silently.
    if (!cell) throw new Error(`table ${sql.table.name}: loaded a row whose key was not asked for`)
    Object.assign(cell, { row: sql.table.history ? row : stored, since: Number(since ?? 0), stored: true })
  }
}

/** The statements that bring the database to what is in memory. */
export const writesOf = (sql: SqlTable, state: TableState): readonly QueryConfig[] => {
  const upserts = [...state.appended]
  const removals: Row[] = []
  for (const cell of state.changed) {
    if (cell.row) upserts.push(storedRow(sql, cell))
    else if (cell.stored) removals.push(keyOfCell(sql, cell))
  }
  const history = state.superseded.map(s => ({ ...s.row, [SINCE]: s.since, [UNTIL]: s.until }))
  const write = (verb: string, text: string, columns: readonly NamedColumn[], rows: readonly Row[]) =>
    rows.length === 0 ? [] : [{ name: `${verb} ${sql.name}`, text, values: arrays(columns, rows) }]
  return [
    ...write('upsert', sql.upsert, sql.columns, upserts),
    ...write('remove', sql.remove, sql.keyColumns, removals),
    ...write('history', sql.insertHistory, sql.historyColumns, history),
  ]
}

/** The key's values out of a cell's name, as text: PostgreSQL casts them. */
export const keyOfCell = (sql: SqlTable, cell: Cell): Row => {
  const { key } = sql.table
  const parts = key.length === 1 ? [cell.text] : cell.text.split('\u0000')
  return Object.fromEntries(key.map((name, i) => [name, parts[i] as string]))
}

/** After the commit: what was written is stored; forgets all when more rows than `keep` are in memory. */
export const markWritten = (state: TableState, keep: number): void => {
  for (const cell of state.changed) {
    cell.stored = cell.row !== undefined
    cell.dirty = false
  }
  state.changed = []
  state.appended = []
  state.superseded = []
  if (state.cells.size > keep) state.cells.clear()
}
