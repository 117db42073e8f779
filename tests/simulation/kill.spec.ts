import { it } from 'vitest'
import { LOG_SERVERS } from '../support/log-servers.ts'
import { openTestLog } from '../support/open-log.ts'
import { killAgainAndAgain } from './kill.ts'
import { freshSeed } from './scheduler.ts'

it.each(LOG_SERVERS)(
  'PROTOCOL 13: kill -9 of a working process, 3 times, on %s: nothing acknowledged is lost or doubled',
  async (_, startLogServer) => {
    const server = await startLogServer()
    const opened = await openTestLog({ eventStoreUrl: server.eventStoreUrl })
    try {
      await killAgainAndAgain(opened, freshSeed(), 3)
    } finally {
      await opened.close()
      await server.stop()
    }
  },
  300_000,
)
