import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { buildFolder } from '../../../cli/screens/built.ts'
import { browser, demonstration, useDemonstration } from './at-work.ts'
import { enterAs, openPage, scrollsSideways, skipped, violationsOf } from './browser.ts'

/** What holds for every screen: for everybody, in both languages, on a laptop and on a tablet. */

useDemonstration()

const LISTS = [
  '/commerce/orders',
  '/commerce/customers',
  '/commerce/products',
  '/invoicing/invoices',
  '/invoicing/open-items',
  '/invoicing/payments',
  '/ledger/entries',
  '/ledger/manual-entries',
] as const

/** Pages with a table whose first link opens one of its rows. */
const TABLES = ['/ledger/parties', '/ledger/periods'] as const

const PAGES = [
  '/ledger/trial-balance',
  '/ledger/trial-balance?againstFrom=2025-01&againstTo=2025-12',
  '/ledger/accounts/411',
  '/ledger/journals',
  '/invoicing/allocation',
  '/organisation/rights',
  '/organisation/account',
] as const

/** The document that the first row of a list, or of a table, opens. */
const firstOf = async (page: Page, list: string, row = '[role=row] a'): Promise<string> => {
  await page.goto(`${demonstration.address}${list}`)
  const link = page.locator(row).first()
  await link.waitFor()
  return (await link.getAttribute('href')) ?? ''
}

const everyScreen = async (page: Page): Promise<readonly string[]> => {
  const documents: string[] = []
  for (const list of LISTS) documents.push(await firstOf(page, list))
  for (const table of TABLES) documents.push(await firstOf(page, table, 'tbody a'))
  return ['/', ...LISTS, ...TABLES, ...documents, ...PAGES]
}

/** A screen is there once its heading is, and nothing is awaited any more. */
const settled = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${demonstration.address}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle').catch(() => undefined)
}

/** What a finger would miss: whatever is pressed is 40 pixels high. */
const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(
    `[...document.querySelectorAll('button, a, summary, input[type=checkbox], [role=menuitem]')]
      .filter(e => e.offsetParent && e.getBoundingClientRect().height < 39.5)
      .map(e => e.outerHTML.slice(0, 200))`,
  )

describe.skipIf(skipped)('every screen', () => {
  it('is readable for everybody (axe-core), light and dark, and as wide as a laptop', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, faults } = await openPage(browser, { colorScheme })
      await page.goto(demonstration.address)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await violationsOf(page), `sign-in, ${colorScheme}`).toEqual([])
      await enterAs(page, demonstration.address, /^Chef comptable/)
      for (const path of await everyScreen(page)) {
        await settled(page, path)
        expect(await violationsOf(page), `${path}, ${colorScheme}`).toEqual([])
        expect(await scrollsSideways(page), path).toBe(false)
      }
      expect(faults).toEqual([])
      await page.context().close()
    }
  })

  it('has menus that everybody can use', async () => {
    const { page } = await openPage(browser)
    await enterAs(page, demonstration.address, /^Chef comptable/)
    await settled(page, '/invoicing/invoices')
    for (const button of await page.locator('button[aria-haspopup=menu]').all()) {
      await button.click()
      await page.getByRole('menu').waitFor()
      expect(await violationsOf(page), await button.innerText()).toEqual([])
      await page.keyboard.press('ArrowDown')
      await page.locator('[role^=menuitem]:focus').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('menu').waitFor({ state: 'detached' })
    }
    await page.context().close()
  })

  it('has forms that everybody can fill in', async () => {
    const { page } = await openPage(browser)
    await enterAs(page, demonstration.address, /^Commerce/)
    await settled(page, '/commerce/orders/new')
    expect(await violationsOf(page)).toEqual([])
    const order = await firstOf(page, '/commerce/orders?state=confirmed')
    await settled(page, order)
    await page.getByRole('button', { name: 'Livrer' }).click()
    await page
      .getByRole('dialog')
      .getByText(/Livraison du/)
      .waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
    const { page: accounting } = await openPage(browser)
    await enterAs(accounting, demonstration.address, /^Chef comptable/)
    for (const form of ['/ledger/manual-entries/new', '/invoicing/payments/new']) {
      await settled(accounting, form)
      expect(await violationsOf(accounting), form).toEqual([])
    }
    await accounting.context().close()
  })

  it('fits on a tablet', async () => {
    const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true }
    const { page } = await openPage(browser, tablet)
    await enterAs(page, demonstration.address, /^Chef comptable/)
    for (const path of await everyScreen(page)) {
      await settled(page, path)
      expect(await scrollsSideways(page), path).toBe(false)
      expect.soft(await tooSmall(page), path).toEqual([])
    }
    await page.context().close()
  })

  it('fits on a phone, where the navigation opens and goes', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const { page } = await openPage(browser, phone)
    await enterAs(page, demonstration.address, /^Chef comptable/)
    for (const path of [...(await everyScreen(page)), '/ledger/manual-entries/new']) {
      await settled(page, path)
      expect(await scrollsSideways(page), path).toBe(false)
    }
    await page.getByRole('button', { name: 'Ouvrir la navigation' }).click()
    await page.getByRole('link', { name: 'Factures' }).click()
    await page.getByRole('heading', { name: 'Factures' }).waitFor()
    await page.context().close()
  })

  it('speaks the language that is chosen, at once', async () => {
    const { page } = await openPage(browser)
    await enterAs(page, demonstration.address, /^Chef comptable/)
    await settled(page, '/invoicing/invoices')
    await page.getByText('EN', { exact: true }).click()
    await page.getByRole('heading', { name: 'Invoices' }).waitFor()
    expect(await page.getByRole('navigation').innerText()).toContain('Trial balance')
    expect(await page.getByRole('grid').innerText()).toMatch(/\d,\d{3}\.\d{2}/)
    for (const path of await everyScreen(page)) {
      await settled(page, path)
      const words = await page.locator('main').innerText()
      expect(words, path).not.toMatch(
        /Commandé|Échéance|Facture |Écriture|Montant|Libellé|undefined|NaN|\{\{/,
      )
    }
    await page.context().close()
  })

  it('is found by keys: palette, shortcuts, rows', async () => {
    const { page } = await openPage(browser)
    await enterAs(page, demonstration.address, /^Chef comptable/)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('f2026-000003')
    await page
      .getByRole('option', { name: /F2026-000003/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /F2026-000003/ }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Raccourcis clavier' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await page.getByRole('heading', { name: 'Commandes' }).waitFor()
    await page.locator('[role=row] a').first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('c-000')
    await expect.poll(() => page.url()).toContain('search=c-000')
    await page.getByText('9 lignes').waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /C-000/ }).waitFor()
    await page.context().close()
  })

  it('offers by name what may be done with the document that is open', async () => {
    const { page } = await openPage(browser)
    await enterAs(page, demonstration.address, /^Commerce/)
    await settled(page, await firstOf(page, '/commerce/orders?state=confirmed'))
    await page.getByRole('button', { name: 'Livrer' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('livr')
    await page.getByRole('group', { name: 'Ici' }).getByRole('option', { name: 'Livrer' }).waitFor()
    await page.keyboard.press('Enter')
    await page
      .getByRole('dialog')
      .getByText(/Livraison du/)
      .waitFor()
    await page.context().close()
  })

  it('is offered to those who may open it, and says nothing of itself to others', async () => {
    const { page } = await openPage(browser)
    await enterAs(page, demonstration.address, /^Administrateur/)
    expect(await page.getByRole('navigation').innerText()).not.toContain('Factures')
    await page.goto(`${demonstration.address}/invoicing/invoices`)
    await page.getByText('Cet écran n’est pas dans vos droits').waitFor()
    await page.context().close()
  })
})

describe.skipIf(skipped)('the first load', () => {
  const KILOBYTES_MAX = 300

  it(`takes at most ${KILOBYTES_MAX} kB of compressed script, up to the first list`, async () => {
    const { page } = await openPage(browser)
    const loaded = new Set<string>()
    page.on('response', response => {
      const { pathname } = new URL(response.url())
      if (pathname.endsWith('.js')) loaded.add(pathname)
    })
    await enterAs(page, demonstration.address, /^Chef comptable/)
    await settled(page, '/commerce/orders')
    const assets = join(buildFolder(), 'assets')
    expect(readdirSync(assets).length).toBeGreaterThan(loaded.size)
    const bytes = [...loaded].reduce(
      (sum, path) => sum + statSync(join(assets, `${path.slice(8)}.br`)).size,
      0,
    )
    expect(bytes).toBeLessThan(KILOBYTES_MAX * 1000)
    await page.context().close()
  })
})
