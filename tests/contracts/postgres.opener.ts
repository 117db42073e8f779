import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import type { StoreModule } from './store-under-test.ts'

/** Opens the log from a process of its own, by the URL of its database. */
export const openStore: StoreModule['openStore'] = url => openPostgresStore({ connectionString: url })
