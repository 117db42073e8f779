import { createHash } from 'node:crypto'
import { firstPrevHash, verifyEvent } from './chain.ts'
import type { ChainFault, ChainState } from './chain.ts'
import { hashOf } from './metadata.ts'
import type { EventStore, Position, StoredEvent } from './port.ts'
import { StreamHeads } from './stream-heads.ts'

/** Two stores hold another event at the same place of the order. */
export class LogsDiffer extends Error {
  /** Counted from 1. */
  readonly ordinal: number
  readonly source: StoredEvent
  readonly target: StoredEvent
  constructor(ordinal: number, source: StoredEvent, target: StoredEvent) {
    super(`event ${ordinal} is ${source.id} in the source and ${target.id} in the target`)
    this.name = 'LogsDiffer'
    this.ordinal = ordinal
    this.source = source
    this.target = target
  }
}

/** Both stores hold the same event, and it is not what its stream's chain says. */
export class ChainBroken extends Error {
  readonly fault: ChainFault
  constructor(fault: ChainFault) {
    super(`stream ${fault.stream}, event ${fault.revision}: its ${fault.fault} is wrong`)
    this.name = 'ChainBroken'
    this.fault = fault
  }
}

/** What two stores have in common from their start on. */
export interface Compared {
  readonly events: number
  readonly last: StoredEvent | undefined
  /** SHA-256 over the hashes of these events in the order of the log, each followed by a line feed. */
  readonly digest: string
}

/**
 * Reads two stores event by event, as far as both go, and goes on there when it is asked again: order, ids, streams,
 * revisions, types and bytes are the same, and every stream is a chain.
 */
export class LogComparison {
  private readonly stores: { readonly source: EventStore; readonly target: EventStore }
  private readonly logId: string
  private readonly heads = new StreamHeads()
  private readonly digest = createHash('sha256')
  private events = 0
  private last: StoredEvent | undefined
  /** How far the source was found in the target: where a copy goes on. */
  sourceAt: Position | undefined
  private targetAt: Position | undefined

  constructor(source: EventStore, target: EventStore, logId: string) {
    this.stores = { source, target }
    this.logId = logId
  }

  get compared(): Compared {
    return { events: this.events, last: this.last, digest: this.digest.copy().digest('hex') }
  }

  /**
   * @param onCompared told how many events were found the same so far
   * @returns the target's next event where the source ends before it
   * @throws LogsDiffer, ChainBroken
   */
  async advance(
    signal: AbortSignal,
    onCompared?: (events: number) => void,
  ): Promise<StoredEvent | undefined> {
    const source = eventsOf(this.stores.source, this.sourceAt, signal)
    try {
      for await (const target of eventsOf(this.stores.target, this.targetAt, signal)) {
        const { value } = await source.next()
        if (!value) return target
        this.check(value, target)
        this.sourceAt = value.position
        this.targetAt = target.position
        onCompared?.(this.events)
      }
      return undefined
    } finally {
      await source.return(undefined)
    }
  }

  private check(source: StoredEvent, target: StoredEvent): void {
    if (!FIELDS.every(field => source[field] === target[field]))
      throw new LogsDiffer(this.events + 1, source, target)
    const before = this.heads.get(target.stream) ?? beforeAll(this.logId, target.stream)
    const after = verifyEvent(before, target)
    if ('fault' in after) throw new ChainBroken(after)
    this.heads.set(target.stream, after)
    this.digest.update(`${hashOf(target.metadata)}\n`)
    this.events++
    this.last = target
  }
}

/** All of an event but its position, which belongs to its store. */
const FIELDS = ['id', 'stream', 'revision', 'type', 'data', 'metadata'] as const

const beforeAll = (logId: string, stream: string): ChainState => ({
  revision: -1,
  hash: firstPrevHash(logId, stream),
})

async function* eventsOf(
  store: EventStore,
  after: Position | undefined,
  signal: AbortSignal,
): AsyncGenerator<StoredEvent, undefined> {
  for await (const { events } of store.readAll({ ...(after !== undefined && { after }), signal }))
    yield* events
}
