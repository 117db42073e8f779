import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { LOG_SERVERS } from '../../support/log-servers.ts'
import type { LogServer } from '../../support/log-servers.ts'
import { freshDatabase } from '../../support/postgres.ts'
import type { FreshDatabase } from '../../support/postgres.ts'
import { openBrowser, skipped } from './browser.ts'
import { openDemonstration } from './demonstration.ts'
import type { Demonstration } from './demonstration.ts'

/** A browser, and a demonstration of one's own for the tests of a file or of a group. */

export let browser: Browser
export let demonstration: Demonstration

const OPENS_MS_MAX = 600_000
const [[, onPostgres]] = LOG_SERVERS as readonly [(typeof LOG_SERVERS)[number]]

/** @param startLogServer where the log lies; in the database of the read models where absent */
export const useDemonstration = (startLogServer: () => Promise<LogServer> = onPostgres): void => {
  let database: FreshDatabase | undefined
  let logServer: LogServer | undefined
  beforeAll(async () => {
    if (skipped) return
    browser = await openBrowser()
    database = await freshDatabase()
    logServer = await startLogServer()
    demonstration = await openDemonstration(database.url, logServer.eventStoreUrl)
  }, OPENS_MS_MAX)
  afterAll(async () => {
    if (skipped) return
    await browser.close()
    await demonstration.close()
    await logServer?.stop()
    await database?.drop()
  })
}
