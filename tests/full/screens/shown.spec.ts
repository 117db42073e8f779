import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { browser, demonstration, useDemonstration } from './at-work.ts'
import { enterAs, openPage, skipped, violationsOf } from './browser.ts'

/** What stands on documents and on pages of the ledger besides their figures. */

useDemonstration()

const opened = async (role: RegExp, path: string) => {
  const { page, faults } = await openPage(browser)
  await enterAs(page, demonstration.address, role)
  await page.goto(`${demonstration.address}${path}`)
  return { page, faults }
}

/** The address of the document that the first row of a list opens. */
const firstOf = async (page: Page): Promise<string> => {
  const link = page.locator('[role=row] a').first()
  await link.waitFor()
  return (await link.getAttribute('href')) ?? ''
}

describe.skipIf(skipped)('comments', () => {
  const box = (page: Page) => page.getByRole('textbox', { name: /Votre commentaire/ })
  const MARKUP = '<img src=x onerror="window.harmed = true">'

  it('appear at once wherever the document is open, as text, and are withdrawn by their author', async () => {
    const { page: one, faults } = await opened(/^Commerce/, '/commerce/orders')
    const order = await firstOf(one)
    await one.goto(`${demonstration.address}${order}`)
    const { page: other } = await opened(/^Facturation/, order)
    await box(one).fill(`Acompte reçu ?\n${MARKUP}`)
    await box(one).press('Control+Enter')
    const theirs = other.getByRole('listitem').filter({ hasText: 'Acompte reçu ?' })
    await theirs.getByText(MARKUP).waitFor()
    expect(await other.evaluate('window.harmed')).toBeUndefined()
    // It is not for others to take back, and whoever answers goes on at once.
    expect(await theirs.getByRole('button', { name: 'Retirer' }).count()).toBe(0)
    await box(other).fill('Oui, hier.')
    await other.getByRole('button', { name: 'Commenter' }).click()
    await one.getByText('Oui, hier.').waitFor()
    await expect.poll(() => box(one).inputValue()).toBe('')
    await box(one).and(one.locator(':focus')).waitFor()
    for (const page of [one, other]) expect(await violationsOf(page)).toEqual([])
    await one.getByRole('button', { name: 'Retirer' }).click()
    await other.getByText('Commentaire retiré par son auteur').waitFor()
    expect(await other.getByText('Acompte reçu ?').count()).toBe(0)
    expect(faults).toEqual([])
    await one.context().close()
    await other.context().close()
  })

  it('are kept while they are typed, also where the program is away', async () => {
    const { page } = await opened(/^Commerce/, '/commerce/customers')
    const customer = await firstOf(page)
    await page.goto(`${demonstration.address}${customer}`)
    await box(page).fill('Préfère être appelé le matin.')
    await demonstration.goAway()
    await box(page).press('Control+Enter')
    await page
      .getByText(/connexion|répond/i)
      .first()
      .waitFor()
    await demonstration.comeBack()
    await page.getByRole('listitem').getByText('Préfère être appelé le matin.').waitFor()
    await box(page).fill('À revoir')
    await page.reload()
    await expect.poll(() => box(page).inputValue()).toBe('À revoir')
    await page.context().close()
  })

  it('stand on every kind of document', async () => {
    const { page } = await opened(/^Chef comptable/, '/')
    for (const list of [
      '/commerce/products',
      '/invoicing/invoices',
      '/invoicing/payments',
      '/ledger/manual-entries',
    ]) {
      await page.goto(`${demonstration.address}${list}`)
      await page.goto(`${demonstration.address}${await firstOf(page)}`)
      await box(page).waitFor()
    }
    await page.context().close()
  })
})

describe.skipIf(skipped)('pages of the ledger', () => {
  const knownThen = (page: Page) => page.getByRole('status').filter({ hasText: 'Tel que connu le' })

  it('are shown as they were known, what is another now marked; the address tells the moment', async () => {
    const { page, faults } = await opened(/^Chef comptable/, '/ledger/trial-balance')
    await page.getByRole('button', { name: 'Moment précédent' }).click()
    await knownThen(page).waitFor()
    await page.locator('mark').first().waitFor()
    expect(page.url()).toContain('asOf=')
    expect(await violationsOf(page)).toEqual([])
    // Far back, most of it is new since; the moment goes along to the account.
    for (let n = 0; n < 5; n++) await page.getByRole('slider').press('PageDown')
    await page
      .locator('tr', { has: page.locator('mark') })
      .getByRole('link', { name: '411' })
      .click()
    await page.getByRole('heading', { name: 'Compte 411' }).waitFor()
    await knownThen(page).waitFor()
    expect(page.url()).toContain('asOf=')
    await page.getByText('enregistrée depuis').first().waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.locator('tbody a[href*="/ledger/parties/"]').first().click()
    await knownThen(page).waitFor()
    await page.getByRole('button', { name: 'Revenir à aujourd’hui' }).click()
    await page.getByText('enregistrée depuis').first().waitFor({ state: 'detached' })
    expect(page.url()).not.toContain('asOf=')
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('lead from a day to what was known at its end', async () => {
    const { page } = await opened(/^Chef comptable/, '/ledger/trial-balance')
    await page.getByRole('textbox', { name: 'Tel que connu à la fin du' }).fill('01/01/1990')
    await page.getByText('Rien n’était encore enregistré').waitFor()
    await page.context().close()
  })
})

describe.skipIf(skipped)('an issued invoice', () => {
  it('opens as a page to print, in French, whole on A4', async () => {
    const { page, faults } = await opened(/^Facturation/, '/invoicing/invoices?state=issued')
    await page.goto(`${demonstration.address}${await firstOf(page)}`)
    const number = await page.getByRole('heading', { level: 1 }).innerText()
    await page.getByRole('link', { name: 'Imprimer' }).click()
    const paper = page.getByRole('article')
    await paper.getByRole('heading', { level: 1, name: /^Facture / }).waitFor()
    const said = await paper.innerText()
    expect(number).toContain(said.match(/Facture (\S+)/)?.[1])
    for (const mention of [
      /SIREN \d{9}/,
      /N° TVA FR\d+/,
      /Échéance/,
      /40 (?:€|EUR)/,
      /Total TVA/,
      /Net à payer/,
    ])
      expect(said).toMatch(mention)
    expect(await violationsOf(page)).toEqual([])
    // On paper stands the document alone, and nothing is cut off.
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('banner').isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: 'Imprimer' }).isVisible()).toBe(false)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThanOrEqual(1)
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/)
    expect(faults).toEqual([])
    await page.context().close()
  })
})

describe.skipIf(skipped)('an order', () => {
  it('tells what each delivery held, by product and unit', async () => {
    const { page } = await opened(/^Commerce/, '/commerce/orders?state=delivered')
    await page.goto(`${demonstration.address}${await firstOf(page)}`)
    const deliveries = page.locator('section', { has: page.getByRole('heading', { name: 'Livraisons' }) })
    await deliveries.getByRole('row').nth(1).waitFor()
    expect(await deliveries.innerText()).not.toMatch(/C62|HUR|DAY/)
    await page
      .getByText(/Livraison du .* : \S+ × [\d,]+ \(/)
      .first()
      .waitFor()
    await page.context().close()
  })
})

describe.skipIf(skipped)('a list', () => {
  it('that was just opened is walked through by the arrows, and chosen whole beyond what was read', async () => {
    const { page, faults } = await opened(/^Facturation/, '/')
    await page.getByRole('link', { name: 'Commandes', exact: true }).first().click()
    await page.locator('[role=row] a').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.locator('#row-1[data-active]').waitFor()
    await page.keyboard.press('ArrowUp')
    await page.locator('#row-0[data-active]').waitFor()
    // The pages are cut to three rows: most of the list was not read.
    await page.route(/\/api\/commerce\/orders\?.*limit=100/, route =>
      route.continue({ url: route.request().url().replace('limit=100', 'limit=3') }),
    )
    await page.reload()
    const count = Number((await page.getByText(/^\d+ lignes$/).innerText()).split(' ')[0])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Control+a')
    await page.getByText(`${count} lignes choisies`).waitFor()
    expect(faults).toEqual([])
    await page.context().close()
  })
})
