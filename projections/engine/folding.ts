import type { Projection, RecordedEvent, Row, Stage, Table } from '../definition.ts'
import { enrich } from './recorded.ts'
import { keyText } from './tables.ts'

/** The fold itself, without a database: live updates, rebuilds and replays in memory all run through here. */

/** An event that a projection cannot apply. It stops there: it never skips. */
export class CannotApply extends Error {
  readonly projection: string
  readonly event: RecordedEvent
  constructor(projection: string, event: RecordedEvent, cause: unknown) {
    super(
      `projection ${projection} cannot apply ${event.type} (event ${event.ordinal} of the log, ${event.stream} ` +
        `revision ${event.revision}): ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
    this.name = 'CannotApply'
    this.projection = projection
    this.event = event
  }
}

/** A row in memory and how it stands to the database. */
export interface Cell {
  /** The key, as text. */
  readonly text: string
  row: Row | undefined
  /** Ordinal of the event that gave the row its present form. */
  since: number
  /** Whether a row of this key lies in the database. */
  stored: boolean
  dirty: boolean
  /** Number of the batch that last touched it. */
  touched: number
}

export interface Superseded {
  readonly row: Row
  readonly since: number
  readonly until: number
}

export interface Touch {
  readonly event: RecordedEvent
  readonly key: Row
  /** The key as text; empty where rows are only appended. */
  readonly text: string
}

/** Rows of one table as far as they are in memory, and what is still to be written. */
export class TableState {
  readonly table: Table
  readonly cells = new Map<string, Cell>()
  /** Cells that became dirty since the last write. */
  changed: Cell[] = []
  appended: Row[] = []
  superseded: Superseded[] = []

  constructor(table: Table) {
    this.table = table
  }

  /** Adds the rows that an event touches to those of the events before it. */
  touch(projection: string, event: RecordedEvent, touches: Touch[]): void {
    const { table } = this
    try {
      for (const key of table.keys(event))
        touches.push({ event, key, text: table.appendOnly ? '' : keyText(table, key) })
    } catch (cause) {
      throw new CannotApply(projection, event, cause)
    }
  }

  /** Folds the touches over the rows in memory; a key that is not there has no row. */
  fold(projection: string, touches: readonly Touch[], batch: number): void {
    const { table } = this
    for (const { event, key, text } of touches) {
      try {
        if (table.appendOnly) {
          const row = table.fold(undefined, event, key)
          if (row) this.appended.push(row)
        } else this.foldCell(text, event, key, batch)
      } catch (cause) {
        throw new CannotApply(projection, event, cause)
      }
    }
  }

  private foldCell(text: string, event: RecordedEvent, key: Row, batch: number): void {
    const { table, cells } = this
    const cell = cells.get(text) ?? this.addCell(text)
    cell.touched = batch
    const next = table.fold(cell.row, event, key)
    if (next === cell.row) return
    // Two changes by one event are one version: nobody can ask for the state in between.
    if (table.history && cell.row && cell.since !== event.ordinal)
      this.superseded.push({ row: cell.row, since: cell.since, until: event.ordinal })
    cell.row = next
    cell.since = event.ordinal
    if (!cell.dirty) this.changed.push(cell)
    cell.dirty = true
  }

  /** A cell for a key that has no row. */
  addCell(text: string): Cell {
    const cell: Cell = { text, row: undefined, since: 0, stored: false, dirty: false, touched: 0 }
    this.cells.set(text, cell)
    return cell
  }

  clear(): void {
    this.cells.clear()
    this.changed = []
    this.appended = []
    this.superseded = []
  }
}

/** A projection in memory: the state of its stage and of its tables. */
export class ProjectionState {
  readonly projection: Projection
  readonly tables: readonly TableState[]
  /** Places of the tables that a type of event touches. */
  private readonly touched = new Map<string, number[]>()
  private stageState: unknown
  /** The stage's state as text, until it changes again. */
  private stageText: string | undefined
  batch = 0

  constructor(projection: Projection) {
    this.projection = projection
    this.tables = projection.tables.map(table => new TableState(table))
    for (const [i, table] of projection.tables.entries())
      for (const type of table.types) this.touched.set(type, [...(this.touched.get(type) ?? []), i])
    this.stageState = projection.stage?.initial()
  }

  /** Runs the stage, which sees every event that concerns it, and keeps the events that touch a table. */
  stage(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const { stage, name } = this.projection
    this.batch++
    if (!stage) return events.filter(e => this.touched.has(e.type))
    const staged: RecordedEvent[] = []
    for (const event of events) {
      const out = stage.types?.has(event.type) === false ? event : this.stageOne(stage, event, name)
      if (this.touched.has(event.type)) staged.push(out)
    }
    return staged
  }

  private stageOne(stage: Stage, event: RecordedEvent, name: string): RecordedEvent {
    try {
      this.stageText = undefined
      const more = stage.apply(this.stageState, event)
      return more === undefined ? event : enrich(event, more as object)
    } catch (cause) {
      throw new CannotApply(name, event, cause)
    }
  }

  /** Which rows these events touch: for each table, in the order of the events. */
  touches(staged: readonly RecordedEvent[]): readonly (readonly Touch[])[] {
    const touches = this.tables.map((): Touch[] => [])
    for (const event of staged)
      for (const i of this.touched.get(event.type) ?? [])
        (this.tables[i] as TableState).touch(this.projection.name, event, touches[i] as Touch[])
    return touches
  }

  /** The stage's state as stored with the checkpoint; undefined without a stage. */
  encodeStage(): string | undefined {
    const { stage } = this.projection
    return stage && (this.stageText ??= JSON.stringify(stage.encode(this.stageState)))
  }

  /** Goes back to a stored state: forgets every row in memory. */
  reset(stageText: string | undefined): void {
    const { stage } = this.projection
    for (const table of this.tables) table.clear()
    this.stageText = undefined
    if (stage)
      this.stageState = stageText === undefined ? stage.initial() : stage.decode(JSON.parse(stageText))
  }

  /** Folds staged events over the rows in memory. */
  fold(staged: readonly RecordedEvent[]): void {
    const touches = this.touches(staged)
    for (const [i, table] of this.tables.entries())
      table.fold(this.projection.name, touches[i] as readonly Touch[], this.batch)
  }
}
