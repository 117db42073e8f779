import type { Projection, RecordedEvent, Reveal, Row } from '../definition.ts'
import { ProjectionState } from './folding.ts'
import type { Superseded } from './folding.ts'
import { revealed } from './personal-data.ts'

/** Rows of a projection after some events, by table name; and the rows they superseded. */
export interface Replayed {
  readonly rows: ReadonlyMap<string, readonly Row[]>
  readonly superseded: ReadonlyMap<string, readonly Superseded[]>
}

/**
 * Folds events in memory, from the start of the log: the state a projection had behind the last of them.
 * @throws CannotApply
 */
export const replayInMemory = async (
  projection: Projection,
  events: AsyncIterable<readonly RecordedEvent[]> | Iterable<readonly RecordedEvent[]>,
  reveal?: Reveal,
): Promise<Replayed> => {
  const state = new ProjectionState(projection)
  for await (const batch of events) {
    const staged = state.stage(batch)
    state.fold(projection.readsPersonalData && reveal ? await revealed(staged, reveal) : staged)
  }
  return {
    rows: new Map(
      state.tables.map(t => [
        t.table.name,
        [...t.appended, ...[...t.cells.values()].flatMap(cell => (cell.row ? [cell.row] : []))],
      ]),
    ),
    superseded: new Map(state.tables.map(t => [t.table.name, t.superseded])),
  }
}
