import type { RecordedEvent } from '../projections/definition.ts'
import { eventsBefore } from '../projections/as-of.ts'
import type { Cut, CutEnd, ReplaySource } from '../projections/as-of.ts'

/** Reading the log up to a cut, and saying where that was (PROTOCOL 11). */

export type { Cut } from '../projections/as-of.ts'
export type Source = ReplaySource

/** What an answer as of an instant or a place resolved to. */
export interface Resolved {
  /** Place of the last event counted, from 1; 0 where nothing was known yet. */
  readonly ordinal: number
  readonly eventId: string | undefined
  /** The log holds nothing recorded after the instant asked for: more may still come to lie before it. */
  readonly provisional: boolean
}

/** A place was asked for that the log has not come to. */
export class CutBeyondHead extends Error {
  readonly found: number
  /** Place of the last event of the log. */
  readonly head: number
  constructor(found: number, head: number) {
    super(`no event ${found}: the log ends with event ${head}`)
    this.name = 'CutBeyondHead'
    this.found = found
    this.head = head
  }
}

/** @throws CutBeyondHead where the reading of the log ended before the place asked for */
export const requireReached = (cut: Cut | undefined, end: number): void => {
  if (cut !== undefined && 'ordinal' in cut && cut.ordinal > end) throw new CutBeyondHead(cut.ordinal, end)
}

/**
 * Shows the log to `take`, in batches, up to a cut or to its present end.
 * @throws CutBeyondHead
 */
export const eventsUpTo = async (
  source: Source,
  { cut, signal }: { readonly cut?: Cut; readonly signal?: AbortSignal },
  take: (events: readonly RecordedEvent[]) => void,
): Promise<Resolved> => {
  const end: CutEnd = { ordinal: 0, eventId: undefined, reached: false }
  for await (const events of eventsBefore(source, cut, end)) {
    signal?.throwIfAborted()
    take(events)
  }
  requireReached(cut, end.ordinal)
  return resolvedOf(cut, end)
}

const resolvedOf = (cut: Cut | undefined, { ordinal, eventId, reached }: CutEnd): Resolved => ({
  ordinal,
  eventId,
  provisional: cut !== undefined && 'instant' in cut && !reached,
})

/**
 * Reads a cut as a person writes it: the place of an event in the log (`1234`), or an instant with its offset
 * (`1997-03-31T23:59:59Z`, `1997-03-31T23:59:59+01:00`). Undefined where it is neither.
 */
export const cutFrom = (text: string): Cut | undefined => {
  if (/^\d{1,15}$/.test(text)) return { ordinal: Number(text) }
  try {
    return { instant: Temporal.Instant.from(text).toString({ smallestUnit: 'millisecond' }) }
  } catch {
    return undefined
  }
}
