import type pg from 'pg'
import type { Codec } from '../../event-store/codec.ts'
import type { EventStore, Position, StoredEvent } from '../../event-store/port.ts'
import type { Projection, RecordedEvent, Reveal } from '../definition.ts'
import { BulkTable } from './bulk-table.ts'
import { BulkWriter } from './bulk-writer.ts'
import { connect } from './connections.ts'
import { createSchema } from './ddl.ts'
import { CannotApply, ProjectionState } from './folding.ts'
import type { Touch } from './folding.ts'
import { revealed } from './personal-data.ts'
import { recorded } from './recorded.ts'
import { compileProjection } from './tables.ts'
import type { SqlTable } from './tables.ts'

export interface FillOptions {
  readonly databaseUrl: string
  readonly store: EventStore
  readonly codec: Codec
  readonly reveal?: Reveal
  readonly signal?: AbortSignal
  readonly batchSize?: number
  /** Rows of a table kept in memory at most. */
  readonly rowsMax?: number
  readonly onProgress?: (events: number) => void
}

/** Where a fill ended: what the checkpoint of the new rows says. */
export interface Filled {
  readonly projection: Projection
  readonly position: Position | undefined
  readonly eventId: string | undefined
  readonly ordinal: number
  readonly stage: string | undefined
}

/** Events read at once. */
const BATCH = 500
/** Events decoded and folded at once: decoded, they take ten times their text, and should not live long. */
const PIECE = 125
/** A third of the usual sample plans as well on fresh tables, and autovacuum takes a whole one when it comes by. */
const STATISTICS_TARGET = 30

/** One projection being filled, on a connection of its own. */
class Filling {
  readonly projection: Projection
  private readonly state: ProjectionState
  private readonly tables: readonly BulkTable[]
  private readonly reveal: Reveal | undefined
  private readonly writer: BulkWriter

  constructor(projection: Projection, schema: string, writer: BulkWriter, options: FillOptions) {
    this.projection = projection
    this.writer = writer
    this.reveal = projection.readsPersonalData ? options.reveal : undefined
    this.state = new ProjectionState(projection)
    this.tables = compileProjection(projection, schema).map(
      (sql: SqlTable, i) =>
        new BulkTable(
          schema,
          sql,
          this.state.tables[i] as ProjectionState['tables'][number],
          options.rowsMax,
        ),
    )
  }

  async apply(events: readonly RecordedEvent[]): Promise<void> {
    const { writer } = this
    let staged = this.state.stage(events)
    if (this.reveal) staged = await revealed(staged, this.reveal)
    if (staged.length === 0) return
    const touches = this.state.touches(staged)
    await this.load(touches)
    for (const [i, tableState] of this.state.tables.entries()) {
      if (touches[i]?.length === 0) continue
      tableState.fold(this.projection.name, touches[i] as readonly Touch[], this.state.batch)
      this.tables[i]?.stream(writer, this.state.batch)
    }
    await writer.breathe()
  }

  private async load(touches: readonly (readonly Touch[])[]): Promise<void> {
    const loads = this.tables.flatMap((table, i) => table.load(this.writer, touches[i] ?? []) ?? [])
    if (loads.length > 0) await together(loads)
  }

  /** Writes what is left and waits until it is written. Gives the stage's state. */
  async finish(): Promise<string | undefined> {
    for (const table of this.tables) table.finish(this.writer)
    await this.writer.drained()
    return this.state.encodeStage()
  }
}

/**
 * Fills fresh schemas from the start of the log to its present end, in bulk, with one reading of the log. Whatever
 * stops it leaves schemas behind that nobody reads and the next fill drops.
 * @param schemaFor the schema to create for a projection
 * @param upTo ordinal of the last event to read; absent: the end of the log
 * @throws CannotApply, or what `signal` was aborted with
 */
export const fill = async (
  projections: readonly Projection[],
  schemaFor: (projection: Projection) => string,
  options: FillOptions,
  upTo = Infinity,
): Promise<readonly Filled[]> => {
  const { signal } = options
  const clients: pg.Client[] = []
  const abandon = () => void Promise.allSettled(clients.map(client => client.end()))
  signal?.addEventListener('abort', abandon)
  try {
    const fillings: Filling[] = []
    for (const projection of projections) {
      const client = await connect(options.databaseUrl, 'rebuild', { byKey: true })
      clients.push(client)
      await client.query(`set default_statistics_target = ${STATISTICS_TARGET}`)
      for (const statement of createSchema(projection, schemaFor(projection))) await client.query(statement)
      fillings.push(new Filling(projection, schemaFor(projection), new BulkWriter(client), options))
    }
    const end = await readInto(fillings, options, upTo)
    const stages = await together(fillings.map(f => f.finish()))
    return fillings.map(({ projection }, i) => ({ projection, ...end, stage: stages[i] }))
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', abandon)
    await Promise.allSettled(clients.map(client => client.end()))
  }
}

/** Waits for all, also when one fails: nothing may go on behind the failure. */
const together = async <T>(work: readonly Promise<T>[]): Promise<T[]> => {
  await Promise.allSettled(work)
  return Promise.all(work)
}

/** Reads the log into the fillings. Gives the last event read. */
const readInto = async (
  fillings: readonly Filling[],
  options: FillOptions,
  upTo: number,
): Promise<Omit<Filled, 'projection' | 'stage'>> => {
  const { store, codec, signal, batchSize = BATCH } = options
  let end: Omit<Filled, 'projection' | 'stage'> = { position: undefined, eventId: undefined, ordinal: 0 }
  for await (const page of store.readAll({ batchSize, ...(signal ? { signal } : {}) })) {
    for (let from = 0; from < page.events.length && end.ordinal < upTo; from += PIECE) {
      const before = end.ordinal
      const stored = page.events.slice(from, from + Math.min(PIECE, upTo - before))
      const events = stored.map((event, i) => recorded(codec, event, before + i + 1))
      // While one waits for rows that it reads back, the others fold.
      await together(fillings.map(filling => filling.apply(events)))
      signal?.throwIfAborted()
      const last = stored.at(-1) as StoredEvent
      end = { position: last.position, eventId: last.id, ordinal: before + stored.length }
    }
    signal?.throwIfAborted()
    options.onProgress?.(end.ordinal)
    if (end.ordinal >= upTo) break
  }
  return end
}

export interface FilledWithin extends Filled {
  /** The event that ended it before the end of the log. */
  readonly failure: CannotApply | undefined
}

/** As `fill`; a projection that cannot apply an event is filled to the event before it, and says which. */
export const fillAsFarAsPossible = async (
  projections: readonly Projection[],
  schemaFor: (projection: Projection) => string,
  options: FillOptions,
  upTo = Infinity,
): Promise<readonly FilledWithin[]> => {
  try {
    const filled = await fill(projections, schemaFor, options, upTo)
    return filled.map(f => ({ ...f, failure: undefined }))
  } catch (error) {
    if (!(error instanceof CannotApply)) throw error
    const failed = projections.filter(p => p.name === error.projection)
    const others = projections.filter(p => p.name !== error.projection)
    const partly = await fillAsFarAsPossible(failed, schemaFor, options, error.event.ordinal - 1)
    const rest = others.length > 0 ? await fillAsFarAsPossible(others, schemaFor, options, upTo) : []
    return [...partly.map(f => ({ ...f, failure: f.failure ?? error })), ...rest]
  }
}
