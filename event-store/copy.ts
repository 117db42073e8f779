import { Buffer } from 'node:buffer'
import { RETRY_MS, sendAppend } from './log-on-store.ts'
import { prevHashOf } from './metadata.ts'
import { MAX_BYTES_PER_APPEND, MAX_EVENTS_PER_APPEND, WrongExpectedRevision } from './port.ts'
import type { EventStore, Expected, Position, StoredEvent } from './port.ts'

export interface CopyOptions {
  /** Position in the source; exclusive. Absent: the start of the log. */
  readonly after?: Position | undefined
  /** Tells the event in front of which it ends. Absent: it ends with the log. */
  readonly before?: (event: StoredEvent) => boolean
  readonly signal: AbortSignal
  /** Told how many events each append added. */
  readonly onCopied?: (events: number) => void
}

/**
 * Appends to one store what another one holds, as it is: bytes, ids, hashes, and the order of all streams, for which
 * one append is answered before the next is sent (PROTOCOL 12). Any number may copy the same log to the same place at once, and
 * one that was cut off goes on behind the target's last event: an event that is there is not stored twice, and stands behind those
 * before it.
 * @returns how many events were copied
 * @throws TargetTakesNot where the target holds another event than the source
 */
export const copyEvents = async (
  source: Pick<EventStore, 'readAll'>,
  target: EventStore,
  { after, before, signal, onCopied }: CopyOptions,
): Promise<number> => {
  let copied = 0
  for await (const { events } of source.readAll({ ...(after !== undefined && { after }), signal })) {
    const end = before ? events.findIndex(before) : -1
    for (const run of runsOf(end < 0 ? events : events.slice(0, end))) {
      signal.throwIfAborted()
      await put(target, run)
      copied += run.events.length
      onCopied?.(run.events.length)
    }
    if (end >= 0) break
  }
  return copied
}

/** The target holds another event there, or the source's own chain is broken there. */
export class TargetTakesNot extends Error {
  readonly event: StoredEvent
  constructor(event: StoredEvent, options: ErrorOptions) {
    super(`the target does not take event ${event.id} at ${event.stream} ${event.revision}`, options)
    this.name = 'TargetTakesNot'
    this.event = event
  }
}

const put = async (target: EventStore, { stream, expected, events }: Run): Promise<void> => {
  try {
    await sendAppend(target, stream, expected, events, RETRY_MS)
  } catch (cause) {
    if (cause instanceof WrongExpectedRevision) throw new TargetTakesNot(events[0] as StoredEvent, { cause })
    throw cause
  }
}

interface Run {
  readonly stream: string
  readonly expected: Expected
  readonly events: readonly StoredEvent[]
}

/** Events of one stream that follow one another in the log, as many as one append may hold. */
const runsOf = (events: readonly StoredEvent[]): readonly Run[] => {
  const runs: StoredEvent[][] = []
  let bytes = 0
  for (const event of events) {
    const own = Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata)
    const run = runs.at(-1)
    const fits = bytes + own <= MAX_BYTES_PER_APPEND && (run?.length ?? 0) < MAX_EVENTS_PER_APPEND
    if (run && run[0]?.stream === event.stream && fits) {
      run.push(event)
      bytes += own
    } else {
      runs.push([event])
      bytes = own
    }
  }
  return runs.map(run => {
    const first = run[0] as StoredEvent
    return { stream: first.stream, expected: expectedBefore(first), events: run }
  })
}

/** What an event's stream held in front of it, as the event itself tells. */
const expectedBefore = ({ revision, metadata }: StoredEvent): Expected =>
  revision === 0 ? 'noStream' : { revision: revision - 1, hash: prevHashOf(metadata) }
