import { eventStoreDbApart } from '../contracts/eventstoredb.factory.ts'
import { postgresUnderTest } from '../contracts/postgres.factory.ts'
import { slowConsumerContract } from '../contracts/slow-consumer.contract.ts'

slowConsumerContract('PostgreSQL', postgresUnderTest)
slowConsumerContract('EventStoreDB', eventStoreDbApart)
