import type { Browser, Page } from 'playwright-core'
import { appendFacts } from '../projections/support/append-facts.ts'
import { sale } from '../projections/support/business.ts'
import { builtScreens } from '../../cli/screens/built.ts'
import { serve } from '../../cli/serve.ts'
import { REQUESTS_UNBOUNDED } from '../support/unbounded.ts'
import { openBrowser, openPage } from '../full/screens/browser.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { caughtUp, drafts, issueRequests, load, openBench } from './http-bench.ts'
import type { Bench } from './http-bench.ts'
import type { Figure, Section } from './section.ts'
import { quantile } from './statistics.ts'

/** What the screens cost those who work at them, in Debian's Chromium on the machine of the program. */

const INVOICES = 20_000
const LISTS = 25
const KEYS = 60
const UPDATES = 60
const ORDERS = 5
const LINES = 10
/** Beside the invoices, so that the palette searches a hundred thousand documents. */
const OTHER_ORDERS = 80_000
const SEARCHES = 50

const LIST = '/invoicing/invoices'
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).waitFor()
const firstRow = (page: Page) => page.locator('[role=row] a').first().waitFor()

/** A window of somebody who may sell, bill and read the books. */
const windowOf = async (browser: Browser, address: string, cookie: string): Promise<Page> => {
  const { page } = await openPage(browser)
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: address }])
  return page
}

/** Scripts as they come over the wire, up to the first list. */
const firstLoad = async (page: Page, address: string): Promise<Figure> => {
  const sizes: Promise<number>[] = []
  page.on('response', response => {
    if (new URL(response.url()).pathname.endsWith('.js'))
      sizes.push(response.headerValue('content-length').then(Number))
  })
  await page.goto(`${address}${LIST}`)
  await firstRow(page)
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  page.removeAllListeners('response')
  return {
    what: 'first load, compressed script up to the first list',
    unit: 'kB',
    measured: bytes / 1_000,
    goal: { bound: 'atMost', value: 300 },
  }
}

const firstList = async (page: Page, address: string): Promise<Figure> => {
  const milliseconds: number[] = []
  for (let n = 0; n < LISTS; n++) {
    const asked = page.waitForResponse(response => response.url().includes(`/api${LIST}?`))
    await page.goto(`${address}${LIST}`)
    const response = await asked
    await response.finished()
    const { requestStart, responseStart } = response.request().timing()
    milliseconds.push(responseStart - requestStart)
  }
  return {
    what: `first list at ${INVOICES} invoices, time to the answer, p95`,
    unit: 'ms',
    measured: quantile(milliseconds, 0.95),
    goal: { bound: 'atMost', value: 200 },
  }
}

/** From a key to what it paints, by the browser's own event timing. */
const interaction = async (page: Page, address: string): Promise<Figure> => {
  await page.goto(`${address}${LIST}`)
  await firstRow(page)
  await page.evaluate(`
    window.durations = [];
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) window.durations.push(duration)
    }).observe({ type: 'event', durationThreshold: 16 })`)
  await page.locator('[role=row] a').first().focus()
  for (let n = 0; n < KEYS; n++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('/')
  await page.keyboard.type('f2026-0000')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('commande')
  const durations = await page.evaluate<number[]>('window.durations')
  return {
    what: 'interaction: rows, search, palette by keys, p98 of what took a frame or more',
    unit: 'ms',
    measured: quantile(durations, 0.98),
    goal: { bound: 'atMost', value: 100 },
  }
}

/** From the answer to whoever issued an invoice to its number in the other's list. */
const liveUpdate = async (page: Page, address: string, bench: Bench): Promise<readonly Figure[]> => {
  const ids = await drafts(bench, UPDATES)
  await caughtUp(bench)
  await page.goto(`${address}${LIST}?state=issued`)
  await firstRow(page)
  await page.evaluate(`
    window.seen = {};
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('[role=row] a')) window.seen[textContent] ??= Date.now()
    }).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true })`)
  const answered = new Map<string, number>()
  for (const invoiceId of ids) {
    const response = await fetch(`${address}/api/commands/invoicing.issueInvoice`, {
      method: 'POST',
      headers: {
        cookie: bench.cookie,
        'x-requested-with': 'bench',
        'content-type': 'application/json',
        'idempotency-key': invoiceId,
      },
      body: JSON.stringify({ invoiceId }),
    })
    const { result } = (await response.json()) as { readonly result: { readonly number: string } }
    answered.set(result.number, performance.timeOrigin + performance.now())
    await page.getByRole('link', { name: result.number }).waitFor()
  }
  const seen = await page.evaluate<Readonly<Record<string, number>>>('window.seen')
  const waits = [...answered].map(([number, at]) => Math.max(0, (seen[number] ?? Infinity) - at))
  const what = 'live update from one browser to another'
  return [
    {
      what: `${what}, p99`,
      unit: 'ms',
      measured: quantile(waits, 0.99),
      goal: { bound: 'atMost', value: 100 },
    },
    { what: '  p50', unit: 'ms', measured: quantile(waits, 0.5) },
  ]
}

/** Types an order of ten lines without waiting for anything, until its own page stands. */
const orderByKeyboard = async (page: Page, address: string): Promise<Figure> => {
  const milliseconds: number[] = []
  for (let n = 0; n < ORDERS; n++) {
    await page.goto(`${address}/commerce/orders/new`)
    await heading(page)
    const begun = performance.now()
    await page.keyboard.type('vinet')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: /Article, Ligne 1/ }).focus()
    for (let line = 1; line <= LINES; line++) {
      await page.keyboard.type('p1')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      await page.keyboard.type(String(line))
      for (let cell = line === LINES ? 2 : 3; cell > 0; cell--) await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: /passée/ }).waitFor()
    milliseconds.push(performance.now() - begun)
  }
  return {
    what: `an order of ${LINES} lines typed by a program that never waits, until its page stands, p50`,
    unit: 'ms',
    measured: quantile(milliseconds, 0.5),
  }
}

/** Orders that were placed and confirmed; nobody answers them. */
function* otherOrders() {
  for (let n = 0; n < OTHER_ORDERS; n++)
    for (const fact of sale(n))
      if (fact.event.type === 'commerce.OrderPlaced' || fact.event.type === 'commerce.OrderConfirmed')
        yield fact
}

/** From the last letter of a number to the document in the palette, the number typed whole at once. */
const search = async (page: Page, address: string, bench: Bench): Promise<Figure> => {
  await appendFacts(bench.test.program.log.store, otherOrders())
  await caughtUp(bench)
  await page.goto(`${address}${LIST}`)
  await firstRow(page)
  const milliseconds: number[] = []
  for (let n = 0; n < SEARCHES; n++) {
    const number = String(10_000 + n * 997)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').or(page.getByRole('dialog').getByRole('textbox')).first().waitFor()
    await page.evaluate(`
      window.found = new Promise(resolve => {
        let typedAt
        document.addEventListener('input', () => (typedAt = performance.now()), { once: true, capture: true })
        const observer = new MutationObserver(() => {
          const found = [...document.querySelectorAll('[role=option]')].some(o => o.textContent.startsWith('${number}'))
          if (!found || typedAt === undefined) return
          observer.disconnect()
          requestAnimationFrame(() => resolve(performance.now() - typedAt))
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      }); undefined`)
    await page.keyboard.insertText(number)
    milliseconds.push(await page.evaluate<number>('window.found'))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  return {
    what: `search at ${INVOICES + OTHER_ORDERS} documents, from a number typed to the document shown, p95`,
    unit: 'ms',
    measured: quantile(milliseconds, 0.95),
    goal: { bound: 'atMost', value: 100 },
  }
}

export const run = async (): Promise<Section> => {
  const server = await startThrowawayServer({ durable: true })
  const bench = await openBench(server.url)
  const browser = await openBrowser()
  const context = { say: () => undefined, signal: new AbortController().signal }
  const screens = await builtScreens(context)
  const { address, close } = await serve(bench.test.program, {
    port: 0,
    logging: { level: 'silent' },
    screens,
    requestsPerMinuteMax: REQUESTS_UNBOUNDED,
  })
  try {
    await load({ port: bench.port, clients: 16, requests: await issueRequests(bench, INVOICES) })
    await caughtUp(bench)
    const { cookie } = await bench.test.user(
      { role: 'sales', entityId: 'all' },
      { role: 'billing', entityId: 'all' },
    )
    const page = await windowOf(browser, address, cookie)
    return {
      title: `Screens in Chromium at ${INVOICES} invoices`,
      figures: [
        await firstLoad(page, address),
        await firstList(page, address),
        await interaction(page, address),
        ...(await liveUpdate(page, address, bench)),
        await orderByKeyboard(page, address),
        await search(page, address, bench),
      ],
    }
  } finally {
    await browser.close()
    await close()
    await bench.test.close()
    await server.stop()
  }
}
