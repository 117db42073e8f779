import { END, START, eventTypeFilter, excludeSystemEvents, streamNameFilter } from '@eventstore/db-client'
import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  EventStoreDBClient,
  Filter,
} from '@eventstore/db-client'
import { setImmediate } from 'node:timers/promises'
import type { Listen } from '../live/bell.ts'
import { StoreUnavailable } from '../port.ts'
import { ANSWER_MS_MAX } from './client.ts'
import type { Nodes } from './nodes.ts'
import { Patience } from './patience.ts'
import type { Point } from './positions.ts'

/** How often a subscription that waits for rare events says how far it has looked: at least each so many records. */
export const LOOKED_AT_MOST = 1_000

type HangUp = () => Promise<unknown>

/**
 * Attends to a subscription: all listeners at once, before anything can go wrong with it.
 * @returns how to hang up, once the server has confirmed; rejects, and calls `lost`, where it does not
 */
const attend = (
  subscription: AllStreamSubscription,
  heard: (event: AllStreamResolvedEvent) => void,
  lost: (error: Error) => void,
): Promise<HangUp> =>
  new Promise((resolve, reject) => {
    const hangUp: HangUp = () => subscription.unsubscribe().catch(() => undefined)
    const fail = (error: Error): void => {
      patience.end()
      lost(error)
      reject(error)
    }
    const patience = new Patience(ANSWER_MS_MAX, () => {
      void hangUp()
      fail(new StoreUnavailable('EventStoreDB does not confirm a subscription'))
    })
    subscription.on('confirmation', () => {
      patience.end()
      resolve(hangUp)
    })
    subscription.on('data', heard)
    subscription.on('error', fail)
    subscription.on('end', () => {
      fail(new StoreUnavailable('EventStoreDB ended a subscription'))
    })
  })

/**
 * Hears of appends by a live subscription, which is used for nothing else: a server drops one that falls behind by a
 * few events (code 10), and what it delivers twice, late or not at all does no harm here.
 */
export const liveEvents =
  (nodes: Nodes): Listen =>
  (heard, lost) =>
    attend(nodes.reading.subscribeToAll({ fromPosition: END, filter: excludeSystemEvents() }), heard, () => {
      // There may be something to read behind whatever made the server drop it.
      heard()
      lost()
    })

/** What is told of the records that are wanted. */
export interface Looked {
  /** Such a record. */
  readonly found: (event: AllStreamResolvedEvent) => void
  /** All such records up to there were told. */
  readonly reached: (point: Point) => void
  readonly lost: (error: Error) => void
}

/** What the server sends of its log: one filter is either of streams or of types. */
export type Wanted = (options: NonNullable<Parameters<typeof excludeSystemEvents>[0]>) => Filter

/** What stands beside streams and is their metadata, whatever its type. */
export const metadataOfStreams: Wanted = options => streamNameFilter({ ...options, prefixes: ['$$'] })

/** Records of types that only the server writes: ends of streams, and what nobody may write into one of ours. */
export const typesOfTheServer: Wanted = options => eventTypeFilter({ ...options, prefixes: ['$'] })

/** Follows what is wanted, filtered by the server, from the log's first record or a point on. */
export const follow = (
  client: EventStoreDBClient,
  wanted: Wanted,
  from: Point | undefined,
  { found, reached, lost }: Looked,
): Promise<HangUp> => {
  // The client awaits this before it looks at the next message, and must not see it fail.
  const checkpointReached: Filter['checkpointReached'] = async (subscription, point) => {
    while (subscription.readableLength > 0) await setImmediate()
    reached(point)
  }
  const filter = wanted({
    maxSearchWindow: LOOKED_AT_MOST,
    checkpointInterval: 1,
    checkpointReached,
  })
  const subscription = client.subscribeToAll({ fromPosition: from ?? START, filter })
  return attend(subscription, found, lost)
}
