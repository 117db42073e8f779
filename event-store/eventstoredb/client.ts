import { setTimeout as delay } from 'node:timers/promises'
import { EventStoreDBClient } from '@eventstore/db-client'
import type { Readable } from 'node:stream'
import { StoreUnavailable } from '../port.ts'
import { unusableOption } from './connection-string.ts'
import type { Connection } from './connection-string.ts'
import { asStoreError } from './failures.ts'

/** How long a server may say nothing while it is asked for something. */
export const ANSWER_MS_MAX = 10_000
const DISPOSE_MS_MAX = 2_000

/** What the client keeps to itself and an adapter needs: which server answers, and the channel, which it never closes. */
interface Inside {
  readonly capabilities: Promise<{
    readonly serverVersion: string
    supports(method: { readonly path: string }): boolean
  }>
  getChannel(): Promise<{ close(): void }>
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
  const timer = new AbortController()
  const late = delay(ms, undefined, { signal: timer.signal }).then(() => {
    throw new StoreUnavailable(`EventStoreDB did not answer within ${ms} ms`)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
    late.catch(() => undefined)
  }
}

/** A read under way. */
export type Call<E> = Readable & AsyncIterable<E> & { cancel(): Promise<void> }

/**
 * Everything that a read gives. The client has no timer of its own: a server that falls silent is given up here, and
 * the call is cancelled however the read ends.
 * @throws what the client throws, or StoreUnavailable
 */
export const everythingOf = <E>(call: Call<E>, signal: AbortSignal): Promise<E[]> =>
  new Promise((resolve, reject) => {
    const events: E[] = []
    const settle = (error?: Error): void => {
      clearTimeout(silence)
      signal.removeEventListener('abort', abort)
      // A call that ended by itself may be cancelled all the same.
      call.cancel().catch(() => undefined)
      if (error) reject(error)
      else resolve(events)
    }
    const silence = setTimeout(() => {
      settle(new StoreUnavailable(`EventStoreDB said nothing for ${ANSWER_MS_MAX} ms`))
    }, ANSWER_MS_MAX)
    const abort = (): void => {
      settle(new StoreUnavailable('the log is closed'))
    }
    // Attached at once and for good: an error without a listener would end the process.
    call.on('data', (event: E) => {
      silence.refresh()
      events.push(event)
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
