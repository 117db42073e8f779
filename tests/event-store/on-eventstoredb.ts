import { EventStoreDBClient } from '@eventstore/db-client'
import { afterEach, beforeEach } from 'vitest'
import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { EventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { Danger } from '../../event-store/port.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbServer } from '../support/eventstoredb/server.ts'

/** A server of the tests and a store on it, new for each test of a file. */

export let server: EventStoreDbServer
export let store: EventStoreDb
/** What the store alarmed of. */
export let told: Danger[]

export const useEventStoreDb = (): void => {
  beforeEach(async () => {
    server = await startEventStoreDb()
    told = []
    store = await openEventStoreDb({
      connectionString: server.connectionString,
      endangered: danger => told.push(danger),
    })
  })
  afterEach(async () => {
    await store.close()
    await server.stop()
  })
}

/** What an operator does with the server's own tools. */
export const operate = async (act: (client: EventStoreDBClient) => Promise<unknown>): Promise<void> => {
  const client = EventStoreDBClient.connectionString(server.connectionString)
  await act(client)
  await client.dispose()
}
