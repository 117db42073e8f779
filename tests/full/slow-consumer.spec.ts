import { postgresUnderTest } from '../contracts/postgres.factory.ts'
import { slowConsumerContract } from '../contracts/slow-consumer.contract.ts'

slowConsumerContract('PostgreSQL', postgresUnderTest)
