import { EventStoreDBClient } from '@eventstore/db-client'
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import gossip from '@eventstore/db-client/generated/gossip_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { Readable } from 'node:stream'
import { StoreUnavailable } from '../port.ts'
import { unusableOption } from './connection-string.ts'
import type { Connection } from './connection-string.ts'
import { asStoreError, isDenied } from './failures.ts'
import { Patience } from './patience.ts'

/** How long a server may say nothing while it is asked for something. */
export const ANSWER_MS_MAX = 10_000
const DISPOSE_MS_MAX = 2_000

/** What the client keeps to itself and an adapter needs: which server answers, the other nodes it knows of, and the channel, which it never closes. */
interface Inside {
  readonly capabilities: Promise<{
    readonly serverVersion: string
    supports(method: { readonly path: string }): boolean
  }>
  getChannel(): Promise<{ close(): void; getTarget(): string }>
  execute<T>(client: typeof GossipClient, name: string, ask: (gossip: GossipClient) => Promise<T>): Promise<T>
}

const inside = (client: EventStoreDBClient): Inside => client as unknown as Inside

/**
 * A client, which connects when it is first used.
 * @throws StartRefused where it takes an option's value for none
 */
export const clientOf = (connection: Connection): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(connection.clientString)
  } catch (error) {
    throw unusableOption(connection, error)
  }
}

/** What a server says of itself. */
export interface ServerFacts {
  /** `unknown` where it is too old to tell. */
  readonly version: string
  readonly batchAppend: boolean
}

export const readServerFacts = async (client: EventStoreDBClient): Promise<ServerFacts> => {
  const features = await inside(client).capabilities
  return {
    version: features.serverVersion,
    batchAppend: features.supports({ path: '/event_store.client.streams.Streams/BatchAppend' }),
  }
}

/** A node of a cluster. */
export interface Member {
  readonly address: string
  readonly port: number
  readonly leads: boolean
}

/** The nodes that the one a client works with knows of, itself included; none where it does not say. @throws StoreUnavailable */
export const membersSeenBy = async (client: EventStoreDBClient): Promise<readonly Member[]> => {
  try {
    const cluster = await inside(client).execute(GossipClient, 'gossip', clusterOf)
    return cluster.getMembersList().map(memberOf)
  } catch (error) {
    const failure = asStoreError(error)
    if (failure instanceof StoreUnavailable && !isDenied(error)) throw failure
    return []
  }
}

const clusterOf = (node: GossipClient): Promise<gossip.ClusterInfo> =>
  new Promise((resolve, reject) => {
    node.read(new shared.Empty(), (error, cluster) => {
      if (error) reject(error)
      else resolve(cluster)
    })
  })

const memberOf = (member: gossip.MemberInfo): Member => {
  const at = member.getHttpEndPoint()
  return {
    address: at?.getAddress() ?? '',
    port: at?.getPort() ?? 0,
    leads: member.getIsAlive() && member.getState() === gossip.MemberInfo.VNodeState.LEADER,
  }
}

/** Host and port that a client works with. */
export const targetOf = async (client: EventStoreDBClient): Promise<string> =>
  (await inside(client).getChannel()).getTarget().replace(/^[a-z\d]+:/, '')

/** Ends a client's calls and its channel. A client that is stuck is left to itself after a while. */
export const endClient = async (client: EventStoreDBClient): Promise<void> => {
  await within(DISPOSE_MS_MAX, client.dispose()).catch(() => undefined)
  await within(DISPOSE_MS_MAX, inside(client).getChannel())
    .then(channel => {
      channel.close()
    })
    .catch(() => undefined)
}

/** Gives up waiting after a time; what was waited for may still happen. */
export const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>()
  const patience = new Patience(ms, () => {
    late.reject(new StoreUnavailable(`EventStoreDB did not answer within ${ms} ms`))
  })
  try {
    return await Promise.race([work, late.promise])
  } finally {
    patience.end()
  }
}

/** How a read is attended to. */
export interface Reading<E, T> {
  /** Ends it. */
  readonly signal: AbortSignal
  readonly answerMsMax: number
  /** Undefined where nothing is to be kept. */
  readonly take: (event: E) => T | undefined
}

/** A read under way. */
export type Call<E> = Readable & AsyncIterable<E> & { cancel(): Promise<void> }

/**
 * Everything that a read gives, each kept as `take` makes it, at once: what the client makes of an event is several times
 * as large as its texts, and a page of it would outlive the young generation. The client has no timer of its own: a
 * server that falls silent is given up here, and the call is cancelled however the read ends.
 * @throws what the client throws, or StoreUnavailable
 */
export const everythingOf = <E, T>(
  call: Call<E>,
  { signal, answerMsMax, take }: Reading<E, T>,
): Promise<T[]> =>
  new Promise((resolve, reject) => {
    const taken: T[] = []
    const settle = (error?: Error): void => {
      patience.end()
      signal.removeEventListener('abort', abort)
      // A call that ended by itself may be cancelled all the same.
      call.cancel().catch(() => undefined)
      if (error) reject(error)
      else resolve(taken)
    }
    const patience = new Patience(answerMsMax, () => {
      settle(new StoreUnavailable(`EventStoreDB said nothing for ${answerMsMax} ms`))
    })
    const abort = (): void => {
      settle(new StoreUnavailable('the log is closed'))
    }
    // Attached at once and for good: an error without a listener would end the process.
    call.on('data', (event: E) => {
      patience.renew()
      const kept = take(event)
      if (kept !== undefined) taken.push(kept)
    })
    call.on('end', () => {
      settle()
    })
    call.on('error', (error: Error) => {
      settle(error)
    })
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort)
  })

/** @throws StoreUnavailable where the client says that the server is away */
export const asked = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    throw asStoreError(error)
  }
}
