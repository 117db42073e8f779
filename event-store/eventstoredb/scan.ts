import { START as FIRST, streamNameFilter } from '@eventstore/db-client'
import type { AllStreamResolvedEvent, AllStreamSubscription, EventStoreDBClient } from '@eventstore/db-client'
import { StoreUnavailable } from '../port.ts'
import type { Batch, Position, StoredEvent } from '../port.ts'
import { ANSWER_MS_MAX, asked, within } from './client.ts'
import { START, fromPosition, toPosition } from './positions.ts'
import { isSystem, toEvent } from './records.ts'
import type { Records } from './records.ts'
import { LOOKED_AT_MOST } from './subscriptions.ts'

/** Records at the log's end that a scan leaves to its caller: more than the server may keep to itself. */
const TAIL = 1.5 * LOOKED_AT_MOST
/** Characters of one batch, as near as whole events allow. */
const BATCH_CHARACTERS = 512 * 1024

/** What a scan is asked for. */
export interface ScanOrder {
  /** Exclusive. */
  readonly after: Position
  readonly prefixes: readonly string[]
  readonly batchSize: number
}

/**
 * Looks through the log for streams with one of these prefixes, by the server's own filter: what does not match is never
 * sent. It ends before the log does, at an event whose position is that of its last batch: a server tells how far it has
 * looked each 1,000 records, so of the newest it tells nothing, and these are for the caller to read. Gives nothing
 * where not more than these are left.
 *
 * What the server says of its progress only ends the scan. It is no position to read from: not every one is a record's.
 */
export async function* scan(
  client: EventStoreDBClient,
  records: Records,
  { after, prefixes, batchSize }: ScanOrder,
): AsyncGenerator<Batch, void, undefined> {
  const end = await endOfScan(records)
  if (end === undefined || end <= after) return
  const found = new Found(client, after, prefixes)
  try {
    for (;;) {
      const events = found.take(batchSize).filter(event => event.position <= end)
      const isOver = found.hasPassed(end)
      const position = isOver ? end : events.at(-1)?.position
      if (position === undefined) await found.more()
      else yield { events, position, caughtUp: false }
      if (isOver) return
    }
  } finally {
    await found.end()
  }
}

/** An event of ours that lies so far from the end that a server says when it has looked at it. */
const endOfScan = async (records: Records): Promise<Position | undefined> => {
  const newest = await asked(records.all('backwards', 'end', TAIL))
  if (newest.length < TAIL) return undefined
  return newest.slice(LOOKED_AT_MOST).findLast(record => record.event !== undefined)?.position
}

/** What a filtered subscription found and was not taken yet; the server waits while that is much. */
class Found {
  private readonly subscription: AllStreamSubscription
  private failure: Error | undefined
  private changed = Promise.withResolvers<undefined>()
  /** All that matches up to there was found, and was taken or lies here. */
  private looked: Position = START
  /** The last event taken. */
  private taken: Position = START

  constructor(client: EventStoreDBClient, after: Position, prefixes: readonly string[]) {
    const filter = streamNameFilter({
      prefixes: [...prefixes],
      maxSearchWindow: LOOKED_AT_MOST,
      checkpointInterval: 1,
      checkpointReached: (_, point) => {
        this.looked = toPosition(point)
        this.change()
        return Promise.resolve()
      },
    })
    const from = after === START ? FIRST : fromPosition(after)
    this.subscription = client.subscribeToAll({ fromPosition: from, filter })
    this.subscription.on('readable', () => {
      this.change()
    })
    this.subscription.on('error', (error: Error) => {
      this.fail(error)
    })
    this.subscription.on('end', () => {
      this.fail(new StoreUnavailable('EventStoreDB ended a subscription'))
    })
  }

  /** Whether all that matches up to a position was taken. */
  hasPassed(position: Position): boolean {
    return this.taken >= position || (this.isEmpty && this.looked >= position)
  }

  private get isEmpty(): boolean {
    return this.subscription.readableLength === 0
  }

  /** The next events found, at most so many. */
  take(most: number): StoredEvent[] {
    const events: StoredEvent[] = []
    let characters = 0
    while (events.length < most && characters < BATCH_CHARACTERS) {
      const resolved = this.subscription.read() as AllStreamResolvedEvent | null
      if (!resolved) break
      const { event: record } = resolved
      if (!record) continue
      this.taken = toPosition(record.position)
      if (isSystem(record)) continue
      const event = toEvent(record, this.taken)
      characters += event.data.length + event.metadata.length
      events.push(event)
    }
    return events
  }

  /** Waits until there is more to take, or further was looked. @throws StoreUnavailable */
  async more(): Promise<void> {
    if (!this.failure && this.isEmpty) await within(ANSWER_MS_MAX, this.changed.promise)
    if (this.failure) await asked(Promise.reject(this.failure))
  }

  async end(): Promise<void> {
    await this.subscription.unsubscribe().catch(() => undefined)
  }

  private fail(error: Error): void {
    this.failure = error
    this.change()
  }

  private change(): void {
    const { resolve } = this.changed
    this.changed = Promise.withResolvers()
    resolve(undefined)
  }
}
