import { eventStoreDbApart } from '../contracts/eventstoredb.factory.ts'
import { postgresUnderTest } from '../contracts/postgres.factory.ts'
import { slowConsumerContract } from '../contracts/slow-consumer.contract.ts'

slowConsumerContract('PostgreSQL', postgresUnderTest)
// Its client holds messages of its own besides: 65 MB and a little more were seen, on a busy machine.
slowConsumerContract('EventStoreDB', eventStoreDbApart, 96)
