import type { Codec } from '../event-store/codec.ts'
import type { EventStore } from '../event-store/port.ts'
import type { Projection, RecordedEvent, Reveal } from './definition.ts'
import { replayInMemory } from './engine/in-memory.ts'
import type { Replayed } from './engine/in-memory.ts'
import { recorded } from './engine/recorded.ts'

/** What a replay reads from. */
export interface ReplaySource {
  readonly store: EventStore
  readonly codec: Codec
  /** Clear text of protected fields, for the projection that reads them. */
  readonly reveal?: Reveal
}

/** Where to cut: behind an ordinal, or behind what was known at an instant. Absent: the end of the log. */
export type Cut = { readonly ordinal: number } | { readonly instant: string }

export interface CutState extends Replayed {
  /** The last event folded; 0 and undefined: none. */
  readonly ordinal: number
  readonly eventId: string | undefined
  /** Cut at an instant, and nothing later is recorded yet (PROTOCOL 11). */
  readonly provisional: boolean
}

/**
 * Folds the log in memory up to a cut: the state as it was known then. What is folded is the whole log before the
 * first event whose running maximum of `recordedAt` is later than the instant (PROTOCOL 11).
 * @throws CannotApply
 */
export const stateAsOf = async (
  source: ReplaySource,
  projection: Projection,
  cut?: Cut,
): Promise<CutState> => {
  const end = { ordinal: 0, eventId: undefined as string | undefined, reached: false }
  const replayed = await replayInMemory(projection, eventsBefore(source, cut, end), source.reveal)
  const atInstant = cut !== undefined && 'instant' in cut
  return { ...replayed, ordinal: end.ordinal, eventId: end.eventId, provisional: atInstant && !end.reached }
}

/** Where a reading of the log ended: its last event, and whether the cut lay before the end of the log. */
export interface CutEnd {
  ordinal: number
  eventId: string | undefined
  reached: boolean
}

/** The log up to a cut, in batches. `end` says afterwards where that was. */
export async function* eventsBefore(
  { store, codec }: ReplaySource,
  cut: Cut | undefined,
  end: CutEnd,
): AsyncGenerator<readonly RecordedEvent[]> {
  // The running maximum passes the instant at the first event that is itself recorded later.
  const isBehind = (event: RecordedEvent): boolean =>
    cut !== undefined && ('instant' in cut ? event.recordedAt > cut.instant : event.ordinal > cut.ordinal)
  for await (const batch of store.readAll()) {
    const events = batch.events.map((event, i) => recorded(codec, event, end.ordinal + i + 1))
    const first = events.findIndex(isBehind)
    const known = first < 0 ? events : events.slice(0, first)
    const last = known.at(-1)
    if (last) Object.assign(end, { ordinal: last.ordinal, eventId: last.id })
    end.reached = first >= 0
    yield known
    if (end.reached) return
  }
}
