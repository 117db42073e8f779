import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { StoreModule } from './store-under-test.ts'

/** Opens the log from a process of its own, by its connection string. */
export const openStore: StoreModule['openStore'] = connectionString => openEventStoreDb({ connectionString })
