import { takeBatchLane } from '../../event-store/eventstoredb/batch-lane.ts'
import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { EventStore, Position } from '../../event-store/port.ts'
import { startEventStoreDbProcess } from '../support/eventstoredb/process.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'
import type { StoreUnderTest } from './store-under-test.ts'

/** A server to hold the contract against, and what it can tell of the calls that are open on it. */
interface Server {
  readonly connectionString: string
  /** Reads under way, subscriptions included. */
  readonly reads: () => number
  readonly stop: () => Promise<void>
}

/** A server that speaks the protocol, or the real one that EVENTSTORE_URL names: docs/eventstoredb.md says what it must be. */
const startServer = async (): Promise<Server> => {
  const connectionString = process.env['EVENTSTORE_URL']
  // A real server does not tell which calls are open on it.
  if (connectionString) return { connectionString, reads: () => 0, stop: () => Promise.resolve() }
  const server = await startEventStoreDb()
  return {
    connectionString: server.connectionString,
    reads: () => server.underWay.reads,
    stop: () => server.stop(),
  }
}

const HOST = /([^/@:,?]+)(?::(\d+))?(?=\/?(?:\?|$))/

const addressOf = (connectionString: string): { readonly host: string; readonly port: number } => {
  const [, host = '', port = '2113'] = HOST.exec(connectionString) ?? []
  return { host, port: Number(port) }
}

/** The log behind its present end: how a test has an empty log of its own on a server that keeps what others wrote. */
const behind = (store: EventStore, end: Position | undefined): EventStore => {
  if (end === undefined) return store
  const head = async () => {
    const last = await store.head()
    return last && last.position > end ? last : undefined
  }
  return {
    ...store,
    head,
    readAll: options => store.readAll({ after: end, ...options }),
    subscribe: options => store.subscribe({ after: end, ...options }),
  }
}

/** How another process opens the log. */
const elsewhere = ({ connectionString }: Pick<Server, 'connectionString'>): StoreUnderTest['elsewhere'] => ({
  module: new URL('eventstoredb.opener.ts', import.meta.url).href,
  descriptor: connectionString,
})

/** An empty log on a server in a process of its own: where it is long, its memory is nobody else's. */
export const eventStoreDbApart = async (): Promise<
  Pick<StoreUnderTest, 'open' | 'elsewhere' | 'dispose'>
> => {
  const server = await startEventStoreDbProcess({})
  return {
    open: () => openEventStoreDb({ connectionString: server.connectionString }),
    elsewhere: elsewhere(server),
    dispose: () => server.kill(),
  }
}

/** What a handle keeps open all the time: the bell's subscription, and the two that watch what is done to streams. */
const SUBSCRIPTIONS_EACH = 3

/**
 * An empty log on EventStoreDB, reached over wires that can be cut.
 * @param batches which handles append in batches: one store of a process can
 */
export const eventStoreDbUnderTest = async (
  batches: 'straight' | 'over the wire' = 'straight',
): Promise<StoreUnderTest> => {
  const server = await startServer()
  const target = addressOf(server.connectionString)
  const straight = await startTcpProxy(target)
  const wire = await startTcpProxy(target)
  let handles = 0
  const open = async (connectionString: string): Promise<EventStore> => {
    const store = await openEventStoreDb({ connectionString })
    handles++
    const close = (): Promise<void> => {
      handles--
      return store.close()
    }
    return { ...store, close }
  }
  const openStraight = async (): Promise<EventStore> => {
    const leave = batches === 'straight' ? undefined : takeBatchLane()
    const store = await open(through(straight))
    leave?.()
    return store
  }
  // TLS goes to a name, not to a number.
  const here = /tls=false/i.test(server.connectionString) ? '127.0.0.1' : 'localhost'
  const through = ({ port }: { readonly port: number }) =>
    server.connectionString.replace(HOST, `${here}:${port}`)
  const first = await open(server.connectionString)
  const end = (await first.head())?.position
  await first.close()
  return {
    open: async () => behind(await openStraight(), end),
    openOverWire: async () => behind(await open(through(wire)), end),
    wire,
    elsewhere: elsewhere(server),
    throwOut: async () => {
      straight.mend()
      wire.mend()
      return Promise.resolve()
    },
    held: () => {
      const unfinished = Math.max(0, server.reads() - SUBSCRIPTIONS_EACH * handles)
      return Promise.resolve({ connections: straight.connections, unfinished })
    },
    async dispose() {
      await straight.close()
      await wire.close()
      await server.stop()
    },
  }
}
