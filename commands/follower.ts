import type { Log } from '../event-store/log.ts'
import { decodeMetadata } from '../event-store/metadata.ts'
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
 */
export const followLog = async (
  deps: {
    readonly log: Log
    readonly streams: Streams
    readonly answers: Answers
    readonly numbering: Numbering
    readonly hold: Pick<Hold, 'look' | 'see'>
  },
  signal: AbortSignal,
): Promise<void> => {
  const { log, streams, answers, numbering, hold } = deps
  const registers = numbering.registerCategory
  const settle = (stored: StoredEvent, { commandId }: Metadata): void => {
    if (answers.known(commandId)) return
    const { id, type, stream, revision, position, ...event } = log.decode(stored)
    answers.settle(commandId, {
      issued: { id, type, stream, revision, ...numbering.numberOf({ type, data: event.data }) },
      position,
    })
  }
  const head = await log.store.head()
  const after = head ? { after: head.position } : {}
  await hold.look()
  for await (const { events } of log.store.subscribe({ ...after, coalesceMs: COALESCE_MS, signal })) {
    for (const stored of events) {
      const metadata = decodeMetadata(stored.metadata)
      log.clock.observe(metadata.recordedAt, stored.position)
      streams.observe(stored)
      hold.see(stored)
      if (stored.stream.startsWith(registers)) settle(stored, metadata)
    }
  }
}
