import type { Row } from '../definition.ts'
import { BloomFilter } from './bloom.ts'
import { CopyTarget } from './bulk-writer.ts'
import type { BulkWriter } from './bulk-writer.ts'
import { tableDdl } from './ddl.ts'
import type { TableDdl } from './ddl.ts'
import type { Cell, TableState, Touch } from './folding.ts'
import { arrays, keyOfCell, loadRows, storedRow } from './rows.ts'
import { namedColumns } from './tables.ts'
import type { SqlTable } from './tables.ts'

/** Rows of a table kept in memory at most in a rebuild; those not touched for long are written out. */
const ROWS_MAX = 3_000
/** Pieces of the log that a row stays in memory after it was touched. */
const RECENT = 16
const UPSERT_ROWS = 2_000

/**
 * One table of a rebuild. Rows are folded in memory and stream into the fresh table when they have not been touched
 * for a while; the few that are touched again after that are loaded back.
 */
export class BulkTable {
  private readonly sql: SqlTable
  private readonly state: TableState
  private readonly ddl: TableDdl
  private readonly rows: CopyTarget
  private readonly history: CopyTarget | undefined
  private writtenOut: BloomFilter | undefined
  private keyed = false
  private readonly recent: number
  private max: number

  constructor(schema: string, sql: SqlTable, state: TableState, rowsMax: number = ROWS_MAX) {
    this.sql = sql
    this.state = state
    this.recent = Math.min(RECENT, rowsMax)
    this.max = rowsMax
    this.ddl = tableDdl(schema, sql.table)
    const columns = namedColumns(sql.table)
    this.rows = new CopyTarget(sql.name, columns, sql.table.history ? ['since'] : [])
    this.history = sql.table.history
      ? new CopyTarget(sql.historyName, columns, ['since', 'until'])
      : undefined
  }

  /** Loads back the rows that these touches need and that were written out; undefined: none. */
  load(writer: BulkWriter, touches: readonly Touch[]): Promise<void> | undefined {
    const { writtenOut } = this
    if (!writtenOut) return undefined
    const { cells } = this.state
    const keys = new Map<string, Row>()
    for (const { text, key } of touches) if (!cells.has(text) && writtenOut.mayHave(text)) keys.set(text, key)
    if (keys.size === 0) return undefined
    this.flush(writer)
    this.makeKey(writer)
    return writer.then(client => loadRows(client, this.sql, this.state, keys))
  }

  /** Streams out what will not change any more, and rows not touched for long when there are too many. */
  stream(writer: BulkWriter, batch: number): void {
    const { state, history } = this
    for (const row of state.appended) writer.add(this.rows, row)
    if (history) for (const s of state.superseded) writer.add(history, s.row, s.since, s.until)
    state.appended = []
    state.superseded = []
    state.changed = []
    if (state.cells.size > this.max) this.writeOut(writer, batch - this.recent)
  }

  /** Writes all that is left. Keys and indexes come when the rows are in. */
  finish(writer: BulkWriter): void {
    this.write(writer, this.state.cells.values())
    this.state.clear()
    this.flush(writer)
    this.makeKey(writer)
    void writer.then(async client => {
      for (const statement of this.ddl.indexes) await client.query(statement)
      await client.query(`analyze ${this.sql.name}`)
    })
  }

  /** The primary key, once: at the end, unless rows are looked up before. */
  private makeKey(writer: BulkWriter): void {
    if (this.keyed) return
    this.keyed = true
    void writer.then(client => client.query(this.ddl.primaryKey))
  }

  private writeOut(writer: BulkWriter, notSince: number): void {
    this.writtenOut ??= new BloomFilter()
    const cells = [...this.state.cells.values()].filter(cell => cell.touched <= notSince)
    this.write(writer, cells)
    for (const cell of cells) {
      this.writtenOut.add(cell.text)
      this.state.cells.delete(cell.text)
    }
    // Rows that are all in use stay: better some memory than the same rows out and in again.
    if (cells.length < this.max / 4) this.max *= 2
  }

  private write(writer: BulkWriter, cells: Iterable<Cell>): void {
    const again: Row[] = []
    const gone: Row[] = []
    for (const cell of cells) {
      if (!cell.dirty) continue
      if (!cell.stored && cell.row) writer.add(this.rows, cell.row, cell.since)
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
