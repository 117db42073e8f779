import type { Projection, RecordedEvent, Row } from '../definition.ts'
import { ProjectionState } from './folding.ts'
import type { Superseded } from './folding.ts'

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
): Promise<Replayed> => {
  const state = new ProjectionState(projection)
  for await (const batch of events) state.apply(batch)
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
