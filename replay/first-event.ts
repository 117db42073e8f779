import { LOG_STREAM } from '../domain/organisation/log.events.ts'
import { StreamDamaged } from '../event-store/port.ts'
import type { EventStore, StoredEvent } from '../event-store/port.ts'

/**
 * The event that says which log this is. Undefined also where something was done to its stream on the server: the log is
 * verified all the same, and what was done is told there.
 */
export const firstOfLog = async (store: Pick<EventStore, 'readStream'>): Promise<StoredEvent | undefined> => {
  try {
    for await (const first of store.readStream(LOG_STREAM, { limit: 1 })) return first
  } catch (error) {
    if (!(error instanceof StreamDamaged)) throw error
  }
  return undefined
}
