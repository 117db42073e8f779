import { it } from 'vitest'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import { freshDatabase } from '../support/postgres.ts'
import { killCopyAgainAndAgain } from './move-kill.ts'
import { freshSeed } from './scheduler.ts'

it('PROTOCOL 12: a copy to PostgreSQL, killed at 3 places, is opened by nobody until it is whole', async () => {
  const target = await freshDatabase()
  await killCopyAgainAndAgain(target.url, freshSeed(), 3)
  await target.drop()
}, 300_000)

it('PROTOCOL 12: and so is one to EventStoreDB', async () => {
  const server = await startEventStoreDb()
  await killCopyAgainAndAgain(server.connectionString, freshSeed(), 3)
  await server.stop()
}, 300_000)
