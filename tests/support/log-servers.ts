import { startEventStoreDb } from './eventstoredb/server.ts'

/** A server for the log of one test. */
export interface LogServer {
  /** Absent: the log lies in the database of its read models. */
  readonly eventStoreUrl: string | undefined
  readonly stop: () => Promise<void>
}

/** Where a log may lie, for tests of what must be the same everywhere: `describe.each(LOG_SERVERS)`. */
export const LOG_SERVERS: readonly (readonly [string, () => Promise<LogServer>])[] = [
  ['PostgreSQL', () => Promise.resolve({ eventStoreUrl: undefined, stop: () => Promise.resolve() })],
  [
    'EventStoreDB',
    async () => {
      const server = await startEventStoreDb()
      return { eventStoreUrl: server.connectionString, stop: () => server.stop() }
    },
  ],
]
