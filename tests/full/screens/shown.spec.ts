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
