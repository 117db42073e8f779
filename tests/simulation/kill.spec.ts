import { it } from 'vitest'
import { openTestLog } from '../support/open-log.ts'
import { killAgainAndAgain } from './kill.ts'
import { freshSeed } from './scheduler.ts'

it('PROTOCOL 13: kill -9 of a working process, 3 times: nothing acknowledged is lost or doubled', async () => {
  const opened = await openTestLog()
  try {
    await killAgainAndAgain(opened, freshSeed(), 3)
  } finally {
    await opened.close()
  }
}, 120_000)
