import type { Row } from '../definition.ts'
import { BloomFilter } from './bloom.ts'
import { CopyTarget } from './bulk-writer.ts'
import type { BulkWriter } from './bulk-writer.ts'
import { tableDdl } from './ddl.ts'
import type { Cell, TableState, Touch } from './folding.ts'
import { arrays, keyOfCell, loadRows, missingKeys, storedRow } from './rows.ts'
import { SINCE, UNTIL, historyColumns } from './tables.ts'
import type { SqlTable } from './tables.ts'

/** Rows of a table kept in memory at most in a rebuild; those not touched for long are written out. */
const ROWS_MAX = 3_000
/** Batches that a row stays in memory after it was touched, unless there are too many. */
const RECENT = 4
const UPSERT_ROWS = 2_000

/**
 * One table of a rebuild. Rows are folded in memory and stream into the fresh table when they have not been touched
 * for a while; the few that are touched again after that are loaded back.
 */
export class BulkTable {
  private readonly sql: SqlTable
  private readonly state: TableState
  private readonly schema: string
  private readonly rows: CopyTarget
  private readonly history: CopyTarget | undefined
  private writtenOut: BloomFilter | undefined
  private max: number

  constructor(schema: string, sql: SqlTable, state: TableState, rowsMax: number = ROWS_MAX) {
    this.schema = schema
    this.sql = sql
    this.state = state
    this.max = rowsMax
    this.rows = new CopyTarget(sql.name, sql.columns)
    this.history = sql.table.history ? new CopyTarget(sql.historyName, historyColumns(sql.table)) : undefined
  }

  /** Loads back the rows that these touches need and that were written out. */
  async load(writer: BulkWriter, touches: readonly Touch[]): Promise<void> {
    const { writtenOut } = this
    if (!writtenOut) return
    const keys = new Map([...missingKeys(this.state, touches)].filter(([text]) => writtenOut.mayHave(text)))
    if (keys.size === 0) return
    this.flush(writer)
    await writer.then(client => loadRows(client, this.sql, this.state, keys))
  }

  /** Streams out what will not change any more, and rows not touched for long when there are too many. */
  stream(writer: BulkWriter, batch: number): void {
    const { state } = this
    for (const row of state.appended) writer.add(this.rows, row)
    if (this.history)
      for (const s of state.superseded)
        writer.add(this.history, { ...s.row, [SINCE]: s.since, [UNTIL]: s.until })
    state.appended = []
    state.superseded = []
    state.changed = []
    if (state.cells.size > this.max) this.writeOut(writer, batch - RECENT)
  }

  /** Writes all that is left. The primary key, if it is not there yet, comes last, with the indexes. */
  finish(writer: BulkWriter): void {
    this.write(writer, [...this.state.cells.values()])
    this.state.clear()
    this.flush(writer)
    const { primaryKey, indexes } = tableDdl(this.schema, this.sql.table)
    const statements = this.writtenOut ? indexes : [primaryKey, ...indexes]
    void writer.then(async client => {
      for (const statement of statements) await client.query(statement)
      await client.query(`analyze ${this.sql.name}`)
    })
  }

  private writeOut(writer: BulkWriter, notSince: number): void {
    if (!this.writtenOut) {
      this.writtenOut = new BloomFilter()
      void writer.then(client => client.query(tableDdl(this.schema, this.sql.table).primaryKey))
    }
    const cells = [...this.state.cells.values()].filter(cell => cell.touched <= notSince)
    this.write(writer, cells)
    for (const cell of cells) {
      this.writtenOut.add(cell.text)
      this.state.cells.delete(cell.text)
    }
    // Rows that are all in use stay: better some memory than the same rows out and in again.
    if (cells.length < this.max / 4) this.max *= 2
  }

  private write(writer: BulkWriter, cells: readonly Cell[]): void {
    const again: Row[] = []
    const gone: Row[] = []
    for (const cell of cells) {
      if (!cell.dirty) continue
      if (!cell.stored && cell.row) writer.add(this.rows, storedRow(this.sql, cell))
      if (cell.stored && cell.row) again.push(storedRow(this.sql, cell))
      if (cell.stored && !cell.row) gone.push(keyOfCell(this.sql, cell))
    }
    const { upsert, remove, columns, keyColumns } = this.sql
    for (let i = 0; i < again.length; i += UPSERT_ROWS) {
      const values = arrays(columns, again.slice(i, i + UPSERT_ROWS))
      void writer.then(client => client.query(upsert, values))
    }
    if (gone.length > 0) void writer.then(client => client.query(remove, arrays(keyColumns, gone)))
  }

  private flush(writer: BulkWriter): void {
    writer.send(this.rows)
    if (this.history) writer.send(this.history)
  }
}
