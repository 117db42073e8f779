import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** Debian's Chromium, driven by playwright-core. */

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

export const hasBrowser = existsSync(EXECUTABLE)

/** Where there is no Chromium these tests are skipped, but never where the whole is judged. */
export const skipped = !hasBrowser && process.env['CI'] === undefined

export const openBrowser = (): Promise<Browser> => {
  if (!hasBrowser)
    throw new Error(
      `There is no Chromium at ${EXECUTABLE}: install it (apt-get install chromium), or name it in CHROMIUM.`,
    )
  // Root may not use the sandbox of Chromium; what is opened here is our own program.
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] })
}

const LAPTOP = { width: 1366, height: 768 }

/** A window of its own, where every fault of the page is noted. */
export const openPage = async (
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly faults: string[] }> => {
  const context = await browser.newContext({
    viewport: LAPTOP,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => {
    // Before anybody signs in, the question who one is is answered with 401.
    if (message.type() === 'error' && !/401|ERR_CONNECTION|502|503/.test(message.text()))
      faults.push(message.text())
  })
  return { page, faults }
}

/** Enters as a user of the demonstration, by the button of their role. */
export const enterAs = async (page: Page, address: string, role: RegExp): Promise<void> => {
  await page.goto(address)
  await page.getByRole('button', { name: role }).click()
  await page.getByRole('banner').waitFor()
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** What axe-core finds wrong on the page, each with the first place. */
export const violationsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>(
    'axe.run(document)',
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`)
}

/** Whether the page is wider than its window. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(
    'document.documentElement.scrollWidth > innerWidth || document.querySelector("main").scrollWidth > document.querySelector("main").clientWidth',
  )
