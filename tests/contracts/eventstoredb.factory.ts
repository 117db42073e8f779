import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { EventStore, Position } from '../../event-store/port.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'
import type { StoreUnderTest } from './store-under-test.ts'

/** A server to hold the contract against, and what it can tell of the calls that are open on it. */
interface Server {
  readonly connectionString: string
  readonly openReads: () => number
  readonly stop: () => Promise<void>
}

/** A server that speaks the protocol, or the real one that EVENTSTORE_URL names: see docs/log.md for what it must be. */
const startServer = async (): Promise<Server> => {
  const connectionString = process.env['EVENTSTORE_URL']
  // A real server does not tell which calls are open on it.
  if (connectionString) return { connectionString, openReads: () => 0, stop: () => Promise.resolve() }
  const server = await startEventStoreDb()
  return { connectionString: server.connectionString, openReads: () => 0, stop: () => server.stop() }
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

/** An empty log on EventStoreDB, reached over wires that can be cut. */
export const eventStoreDbUnderTest = async (): Promise<StoreUnderTest> => {
  const server = await startServer()
  const target = addressOf(server.connectionString)
  const straight = await startTcpProxy(target)
  const wire = await startTcpProxy(target)
  const open = (connectionString: string) => openEventStoreDb({ connectionString })
  const through = ({ port }: { readonly port: number }) =>
    server.connectionString.replace(HOST, `127.0.0.1:${port}`)
  const first = await open(server.connectionString)
  const end = (await first.head())?.position
  await first.close()
  return {
    open: async () => behind(await open(through(straight)), end),
    openOverWire: async () => behind(await open(through(wire)), end),
    wire,
    elsewhere: {
      module: new URL('eventstoredb.opener.ts', import.meta.url).href,
      descriptor: server.connectionString,
    },
    throwOut: async () => {
      straight.mend()
      wire.mend()
      return Promise.resolve()
    },
    held: () => Promise.resolve({ connections: straight.connections, unfinished: server.openReads() }),
    async dispose() {
      await straight.close()
      await wire.close()
      await server.stop()
    },
  }
}
