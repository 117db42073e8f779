import { it } from 'vitest'
import { openTestLog } from '../support/open-log.ts'
import { killAgainAndAgain } from '../simulation/kill.ts'
import { freshSeed } from '../simulation/scheduler.ts'

it('PROTOCOL 13: kill -9 of a working process at 20 points: nothing acknowledged is lost or doubled', async () => {
  const opened = await openTestLog()
  try {
    await killAgainAndAgain(opened, freshSeed(), 20)
  } finally {
    await opened.close()
  }
})
