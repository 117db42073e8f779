import { hashOf } from '../metadata.ts'
import type { StoredEvent } from '../port.ts'

/** Streams whose last known event is remembered. */
const STREAMS_MAX = 10_000

type Seen = Pick<StoredEvent, 'stream' | 'revision' | 'metadata'>
type Known = Map<string, { readonly revision: number; readonly hash: string }>

/**
 * Hashes of events that were read or acknowledged, the newest of each stream. An event at a revision never changes
 * while a server lives, so what is remembered cannot be stale; what could change it (another server at the same
 * address, an older copy of its files) breaks the link first, and then everything is forgotten.
 */
export class Heads {
  private known: Known = new Map()

  /** The hash of the event at a revision, where it is remembered. */
  hashAt(stream: string, revision: number): string | undefined {
    const found = this.known.get(stream)
    return found?.revision === revision ? found.hash : undefined
  }

  /** Take one before asking the server: what it answers after the link was lost is not remembered. */
  learner(): (event: Seen) => void {
    const { known } = this
    return ({ stream, revision, metadata }) => {
      const found = known.get(stream)
      if (found && found.revision > revision) return
      known.delete(stream)
      known.set(stream, { revision, hash: hashOf(metadata) })
      const [oldest] = known.size > STREAMS_MAX ? known.keys() : []
      if (oldest !== undefined) known.delete(oldest)
    }
  }

  forget(): void {
    this.known = new Map()
  }
}
