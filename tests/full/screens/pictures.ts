import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { freshDatabaseOn } from '../../support/postgres.ts'
import { startThrowawayServer } from '../../support/throwaway-postgres.ts'
import { enterAs, openBrowser, openPage } from './browser.ts'
import { openDemonstration } from './demonstration.ts'

/**
 * `npm run screens:pictures [-- <name> …]`: a picture of each kind of screen in docs/screens/, or of those named, of a new
 * demonstration.
 */

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'docs', 'screens')

interface Picture {
  readonly name: string
  readonly as: RegExp
  readonly path: string
  readonly window?: BrowserContextOptions
  /** What is done before the picture is taken. */
  readonly then?: (page: Page) => Promise<void>
}

const firstRow = async (page: Page): Promise<void> => {
  await page.locator('[role=row] a').first().click()
  await page.getByRole('heading', { name: 'Historique' }).waitFor()
}

/** Two windows of one product: what one types, while the other records. */
const twoVersions = async (page: Page): Promise<void> => {
  const other = await page.context().newPage()
  await other.goto(page.url())
  const types = async (at: Page, name: string): Promise<void> => {
    await firstRow(at)
    await at.getByRole('button', { name: 'Modifier' }).click()
    await at.getByRole('dialog').getByRole('textbox', { name: 'Nom' }).fill(name)
  }
  await types(page, 'Manuel du manager, 3e édition')
  await types(other, 'Le manuel du manager')
  await other
    .getByRole('dialog')
    .getByRole('textbox', { name: /Famille/ })
    .fill('Ouvrages')
  await other.getByRole('dialog').getByRole('button', { name: 'Modifier' }).click()
  await page.getByRole('button', { name: 'Continuer ainsi' }).waitFor()
}

const tablet = { viewport: { width: 820, height: 1000 }, hasTouch: true, isMobile: true }

const pictures: readonly Picture[] = [
  { name: 'home', as: /^Chef comptable/, path: '/' },
  {
    name: 'orders',
    as: /^Commerce/,
    path: '/commerce/orders',
    window: { viewport: { width: 1366, height: 700 } },
  },
  { name: 'order', as: /^Commerce/, path: '/commerce/orders?state=confirmed', then: firstRow },
  {
    name: 'order-past',
    as: /^Commerce/,
    path: '/commerce/orders?state=delivered',
    then: async page => {
      await firstRow(page)
      await page.getByRole('slider').focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await page.locator('mark').first().waitFor()
    },
  },
  { name: 'new-customer', as: /^Commerce/, path: '/commerce/customers/new' },
  { name: 'two-versions', as: /^Commerce/, path: '/commerce/products?search=liv-man', then: twoVersions },
  {
    name: 'new-order',
    as: /^Commerce/,
    path: '/commerce/orders/new',
    then: async page => {
      await page.getByRole('combobox', { name: 'Client' }).click()
      await page.keyboard.type('salines')
      await page.getByRole('option', { name: /Salines/ }).click()
      await page.getByRole('combobox', { name: /Article, Ligne 1/ }).click()
      await page.keyboard.type('for-')
      await page.getByRole('option', { name: /^FOR-/ }).first().click()
      await page.getByRole('textbox', { name: /Quantité, Ligne 1/ }).fill('3')
      await page.getByRole('textbox', { name: /Remise, Ligne 1/ }).fill('5')
    },
  },
  {
    name: 'issue-preview',
    as: /^Facturation/,
    path: '/invoicing/invoices?state=draft',
    then: async page => {
      await firstRow(page)
      await page.getByRole('button', { name: 'Émettre' }).click()
      await page.getByRole('dialog').getByRole('cell', { name: '44574' }).waitFor()
    },
  },
  {
    name: 'invoice',
    as: /^Comptable/,
    path: '/invoicing/invoices?settlement=partlySettled',
    then: firstRow,
  },
  { name: 'trial-balance', as: /^Comptable/, path: '/ledger/trial-balance' },
  { name: 'account', as: /^Comptable/, path: '/ledger/accounts/44574' },
  {
    name: 'new-entry',
    as: /^Comptable/,
    path: '/ledger/manual-entries/new',
    then: async page => {
      await page.getByRole('textbox', { name: 'Pièce', exact: true }).fill('OD-11')
      await page.getByRole('textbox', { name: 'Libellé', exact: true }).fill('Refacturation de la salle')
      const lines = [
        ['411', 'Débit', '1200'],
        ['7083', 'Crédit', '1000'],
      ] as const
      for (const [i, [account, side, amount]] of lines.entries()) {
        await page.getByRole('combobox', { name: `Compte, Ligne ${i + 1}` }).fill(account)
        await page.keyboard.press('Tab')
        await page.getByRole('textbox', { name: `${side}, Ligne ${i + 1}` }).fill(amount)
      }
      await page.getByText(/demande un client/).waitFor()
    },
  },
  {
    name: 'third-party',
    as: /^Comptable/,
    path: '/ledger/parties',
    then: async page => {
      await page.getByRole('link', { name: 'LEGOFF' }).click()
      await page.getByText('À nouveau').waitFor()
    },
  },
  {
    name: 'allocation',
    as: /^Comptable/,
    path: '/invoicing/allocation',
    then: page => page.getByText(/affecté\(s\) à/).waitFor(),
  },
  {
    name: 'period',
    as: /^Chef comptable/,
    path: '/ledger/periods',
    then: async page => {
      await page.getByRole('row').filter({ hasText: 'ouvert' }).first().getByRole('link').first().click()
      await page.getByText('Le mois peut être arrêté.').waitFor()
    },
  },
  {
    name: 'palette',
    as: /^Chef comptable/,
    path: '/commerce/orders',
    then: async page => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('f2026-00000')
      await page.getByRole('option', { name: /F2026/ }).first().waitFor()
    },
  },
  {
    name: 'tablet-dark',
    as: /^Chef comptable/,
    path: '/invoicing/invoices',
    window: { ...tablet, colorScheme: 'dark' },
  },
]

const take = async (
  browser: Browser,
  address: string,
  { name, as, path, window, then }: Picture,
): Promise<void> => {
  const { page } = await openPage(browser, window)
  await enterAs(page, address, as)
  await page.goto(`${address}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await then?.(page)
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
  await page.context().close()
}

const server = await startThrowawayServer({ durable: false })
try {
  const database = await freshDatabaseOn(server.url)
  const demonstration = await openDemonstration(database.url)
  const browser = await openBrowser()
  mkdirSync(FOLDER, { recursive: true })
  const { page } = await openPage(browser)
  await page.goto(demonstration.address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.screenshot({ path: join(FOLDER, 'sign-in.png') })
  const named = process.argv.slice(2)
  const taken = pictures.filter(({ name }) => named.length === 0 || named.includes(name))
  for (const picture of taken) await take(browser, demonstration.address, picture)
  await browser.close()
  await demonstration.close()
} finally {
  await server.stop()
}
