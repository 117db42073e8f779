import { decodeMetadata } from '../metadata.ts'
import type { EventStore } from '../port.ts'
import { keyIdsIn } from './reconcile.ts'

/**
 * Instant of the newest event that holds a field under each of these keys. A field copied from a request into its
 * answer counts: what an invoice shows must last as long as the invoice. Reads the whole log, which an erasure, rare
 * and never in a hurry, may cost.
 * @returns by key id; nothing for a key that no event names
 */
export const lastUseOfKeys = async (
  store: Pick<EventStore, 'readAll'>,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const asked = new Set(keyIds)
  const lastUse = new Map<string, string>()
  if (asked.size === 0) return lastUse
  for await (const { events } of store.readAll())
    for (const event of events)
      for (const id of keyIdsIn(event.data))
        if (asked.has(id)) lastUse.set(id, decodeMetadata(event.metadata).recordedAt)
  return lastUse
}
