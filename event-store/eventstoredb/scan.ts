import { START as FIRST, streamNameFilter } from '@eventstore/db-client'
import type { AllStreamResolvedEvent, AllStreamSubscription, EventStoreDBClient } from '@eventstore/db-client'
import { StoreUnavailable } from '../port.ts'
import type { Batch, Position, StoredEvent } from '../port.ts'
import { ANSWER_MS_MAX, asked, within } from './client.ts'
import { START, fromPosition, toPosition } from './positions.ts'
import { isSystem, toEvent } from './records.ts'
import type { Records } from './records.ts'
import { LOOKED_AT_MOST } from './subscriptions.ts'

/** Records at the log's end that a scan leaves to its caller: to read these costs less than to look through them. */
const TAIL = 1_000
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
 * sent. It ends before the log does, at an event whose position is that of its last batch; what lies behind is for the
 * caller to read. Gives nothing where not more than that is left.
 *
 * The stream of that event is looked for as well: as a server sends events in their order, all before it was sent when it
 * is. What the server says of its progress is but a sign of life: before 24.10.5 it could run ahead of what was sent, and
 * not every such place is a record's.
 */
export async function* scan(
  client: EventStoreDBClient,
  records: Records,
  { after, prefixes, batchSize }: ScanOrder,
): AsyncGenerator<Batch, void, undefined> {
  const end = await endOfScan(records)
  if (end === undefined || end.position <= after) return
  const found = new Found(client, after, [...prefixes, end.stream])
  try {
    for (;;) {
      const events = found.take(batchSize).filter(({ position, stream }) => {
        return position <= end.position && prefixes.some(prefix => stream.startsWith(prefix))
      })
      const isOver = found.hasPassed(end.position)
      const position = isOver ? end.position : events.at(-1)?.position
      if (position === undefined) await found.more()
      else yield { events, position, caughtUp: false }
      if (isOver) return
    }
  } finally {
    await found.end()
  }
}

/** The last event of ours before the log's tail. */
const endOfScan = async (records: Records): Promise<StoredEvent | undefined> => {
  const newest = await asked(records.all('backwards', 'end', TAIL))
  if (newest.length < TAIL) return undefined
  return newest.findLast(record => record.event !== undefined)?.event
}

/** What a filtered subscription found and was not taken yet; the server waits while that is much. */
class Found {
  private readonly subscription: AllStreamSubscription
  private failure: Error | undefined
  private changed = Promise.withResolvers<undefined>()
  /** The last event taken. */
  private taken: Position = START

  constructor(client: EventStoreDBClient, after: Position, prefixes: readonly string[]) {
    const filter = streamNameFilter({
      prefixes: [...prefixes],
      maxSearchWindow: LOOKED_AT_MOST,
      checkpointInterval: 1,
      checkpointReached: () => {
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
    return this.taken >= position
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
