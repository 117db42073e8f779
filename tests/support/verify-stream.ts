import { firstPrevHash, verifyEvent } from '../../event-store/chain.ts'
import type { ChainFault, ChainState } from '../../event-store/chain.ts'
import type { StoredEvent } from '../../event-store/port.ts'

/** Follows a whole stream from its first event; the first fault, or the state at its end. */
export const verifyStream = async (
  logId: string,
  stream: string,
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
): Promise<ChainState | ChainFault> => {
  let state: ChainState = { revision: -1, hash: firstPrevHash(logId, stream) }
  for await (const event of events) {
    const next = verifyEvent(state, event)
    if ('fault' in next) return next
    state = next
  }
  return state
}
