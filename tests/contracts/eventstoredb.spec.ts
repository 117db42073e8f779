import { describe } from 'vitest'
import { eventStoreContract } from './event-store.contract.ts'
import { eventStoreDbUnderTest } from './eventstoredb.factory.ts'
import { lostServerContract } from './lost-server.contract.ts'

eventStoreContract('EventStoreDB', eventStoreDbUnderTest)

describe('the log on EventStoreDB, batches on a link that is lost', () => {
  lostServerContract(() => eventStoreDbUnderTest('over the wire'))
})
