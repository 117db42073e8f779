import { eventStoreContract } from './event-store.contract.ts'
import { eventStoreDbUnderTest } from './eventstoredb.factory.ts'

eventStoreContract('EventStoreDB', eventStoreDbUnderTest)
