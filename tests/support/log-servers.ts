import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import { startEventStoreDb } from './eventstoredb/server.ts'

/** A server for the log of one test. */
export interface LogServer {
  /** Absent: the log lies in the database of its read models. */
  readonly eventStoreUrl: string | undefined
  readonly stop: () => Promise<void>
}

/** A server that speaks the protocol, or the real one that EVENTSTORE_URL names: docs/eventstoredb.md, "How it is tested". */
export const startLogServer = async (): Promise<LogServer> => {
  const named = process.env['EVENTSTORE_URL']
  if (named) {
    await refuseUnlessEmpty(named)
    return { eventStoreUrl: named, stop: () => Promise.resolve() }
  }
  const server = await startEventStoreDb()
  return { eventStoreUrl: server.connectionString, stop: () => server.stop() }
}

/** A server holds one log: the test would begin on what another one left there. */
const refuseUnlessEmpty = async (connectionString: string): Promise<void> => {
  const store = await openEventStoreDb({ connectionString })
  const { address } = store.server
  const last = await store.head().finally(() => store.close())
  if (last)
    throw new Error(
      `The server ${address} that EVENTSTORE_URL names holds events already; this test needs an empty one of its own: start a new server, and run one test file on it.`,
    )
}

/** Where a log may lie, for tests of what must be the same everywhere: `describe.each(LOG_SERVERS)`. */
export const LOG_SERVERS: readonly (readonly [string, () => Promise<LogServer>])[] = [
  ['PostgreSQL', () => Promise.resolve({ eventStoreUrl: undefined, stop: () => Promise.resolve() })],
  ['EventStoreDB', startLogServer],
]
