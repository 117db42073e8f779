import type pg from 'pg'
import type { Position } from '../../event-store/port.ts'
import type { Projection, RecordedEvent, Reveal } from '../definition.ts'
import type { Build, Checkpoint, Move } from './checkpoints.ts'
import { ProjectionState } from './folding.ts'
import type { Touch } from './folding.ts'
import { revealed } from './personal-data.ts'
import { purgeErased } from './purge.ts'
import { loadRows, markWritten, missingKeys, writesOf } from './rows.ts'
import { compileProjection } from './tables.ts'
import type { SqlTable } from './tables.ts'

/** A piece of the log, decoded, in its order. */
export interface Piece {
  readonly events: readonly RecordedEvent[]
  /** Position of each event. */
  readonly positions: readonly Position[]
}

/** Keys of rows that changed, by table: what a screen that shows them wants to know. */
export type ChangedKeys = Readonly<Record<string, readonly string[]>>

/** Rows per table that stay in memory between batches. */
const KEEP_ROWS = 5_000

/** One projection being brought forward in its schema, from its checkpoint on. */
export class RunningProjection {
  readonly projection: Projection
  readonly build: Build
  private readonly sql: readonly SqlTable[]
  private readonly state: ProjectionState
  private readonly reveal: Reveal | undefined
  private current: Checkpoint

  constructor(
    projection: Projection,
    checkpoint: Checkpoint,
    at: { readonly build: Build; readonly schema: string },
    reveal: Reveal | undefined,
  ) {
    this.projection = projection
    this.build = at.build
    this.sql = compileProjection(projection, at.schema)
    this.state = new ProjectionState(projection)
    this.reveal = reveal
    this.current = checkpoint
    this.state.reset(checkpoint.stage)
  }

  get checkpoint(): Checkpoint {
    return this.current
  }

  /** Forgets what is in memory and begins again at a checkpoint: after anything that failed. */
  resume(checkpoint: Checkpoint = this.current): void {
    this.current = checkpoint
    this.state.reset(checkpoint.stage)
  }

  /** The part of a piece that lies behind the checkpoint. */
  rest(piece: Piece): Piece {
    const { ordinal } = this.current
    const first = piece.events[0]
    if (!first || first.ordinal > ordinal) return piece
    const skip = ordinal - first.ordinal + 1
    return { events: piece.events.slice(skip), positions: piece.positions.slice(skip) }
  }

  /**
   * Loads the rows that these events touch and folds. The caller writes what changed and moves the checkpoint in one
   * transaction, and then says `committed`, or `resume`. Rows are loaded before that transaction: where somebody else
   * changed them, he moved the checkpoint as well, and nothing is written.
   * @throws CannotApply
   */
  async fold(client: pg.ClientBase, events: readonly RecordedEvent[]): Promise<ChangedKeys> {
    let staged = this.state.stage(events)
    if (this.projection.readsPersonalData && this.reveal) staged = await revealed(staged, this.reveal)
    const touches = this.state.touches(staged)
    await Promise.all(
      this.state.tables.map(async (t, i) => {
        if (!t.table.appendOnly)
          await loadRows(client, this.sql[i] as SqlTable, t, missingKeys(t, touches[i] as readonly Touch[]))
      }),
    )
    this.state.tables.forEach((t, i) =>
      t.fold(this.projection.name, touches[i] as readonly Touch[], this.state.batch),
    )
    // Again each time it is read: an event that erases somebody may also come back after a failure.
    if (this.projection.readsPersonalData) await purgeErased(client, staged)
    return this.changedKeys()
  }

  /** The statements that write what the fold changed. */
  writes(): readonly pg.QueryConfig[] {
    return this.state.tables.flatMap((t, i) => writesOf(this.sql[i] as SqlTable, t))
  }

  /** The move of the checkpoint behind a piece. */
  moveTo(piece: Piece): Move {
    const event = piece.events.at(-1)
    const position = piece.positions.at(-1)
    if (!event || position === undefined) throw new Error('a checkpoint moves behind an event')
    const to = { position, eventId: event.id, ordinal: event.ordinal }
    return { from: this.current, to, stage: this.state.encodeStage() }
  }

  committed(move: Move): void {
    this.current = { ...this.current, ...move.to, stage: move.stage }
    for (const table of this.state.tables) markWritten(table, KEEP_ROWS)
  }

  private changedKeys(): ChangedKeys {
    return Object.fromEntries(
      this.state.tables.flatMap(t => {
        const keys = t.changed.map(cell => cell.text)
        return keys.length === 0 ? [] : [[t.table.name, keys]]
      }),
    )
  }
}
