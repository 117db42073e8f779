import { eventStoreContract } from './event-store.contract.ts'
import { postgresUnderTest } from './postgres.factory.ts'

eventStoreContract('PostgreSQL', postgresUnderTest)
