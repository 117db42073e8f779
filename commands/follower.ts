import type { Log } from '../event-store/log.ts'
import { isForeign, readMetadata } from '../event-store/foreign.ts'
import type { Metadata } from '../event-store/metadata.ts'
import type { StoredEvent } from '../event-store/port.ts'
import type { Hold } from './hold.ts'
import type { Answers } from './registrar/answers.ts'
import type { Numbering } from './registrar/numbering.ts'
import type { Streams } from './streams.ts'

/** Wake-ups that come closer together than this are read at once. */
const COALESCE_MS = 5

/**
 * Follows the log for what this process remembers of it: states that others changed are dropped, numbers that a
 * registrar elsewhere gave reach those who wait for them here, and time goes no further back than others' (PROTOCOL 10).
 * What cannot be read is passed over, as those behind it have to be heard of all the same: that the log was moved above all.
 */
export const followLog = async (
  deps: {
    readonly log: Log
    readonly streams: Streams
    readonly answers: Answers
    readonly numbering: Numbering
    readonly hold: Pick<Hold, 'look' | 'see'>
    /** Told of each event that cannot be read, but for those that are told of as dangers. */
    readonly onFault?: ((error: unknown) => void) | undefined
  },
  signal: AbortSignal,
): Promise<void> => {
  const { log, streams, answers, numbering, hold, onFault } = deps
  const registers = numbering.registerCategory
  const settle = (stored: StoredEvent, { commandId }: Metadata): void => {
    if (answers.known(commandId)) return
    const { id, type, stream, revision, position, ...event } = log.decode(stored)
    answers.settle(commandId, {
      issued: { id, type, stream, revision, ...numbering.numberOf({ type, data: event.data }) },
      position,
    })
  }
  const heed = (stored: StoredEvent): void => {
    streams.observe(stored)
    if (isForeign(stored)) return
    hold.see(stored)
    const metadata = readMetadata(stored)
    log.clock.observe(metadata.recordedAt, stored.position)
    if (stored.stream.startsWith(registers)) settle(stored, metadata)
  }
  const head = await log.store.head()
  const after = head ? { after: head.position } : {}
  await hold.look()
  for await (const { events } of log.store.subscribe({ ...after, coalesceMs: COALESCE_MS, signal })) {
    for (const stored of events) {
      try {
        heed(stored)
      } catch (error) {
        onFault?.(error)
      }
    }
  }
}
