import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { browser, demonstration, useDemonstration } from './at-work.ts'
import { enterAs, openPage, skipped, violationsOf } from './browser.ts'

/** A second company is set up at the screens, until its books can take an entry. */

useDemonstration()

const opened = async (role: RegExp, path: string): Promise<Page> => {
  const { page } = await openPage(browser)
  await enterAs(page, demonstration.address, role)
  await page.goto(`${demonstration.address}${path}`)
  return page
}

const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries(fields))
    await page.getByRole('textbox', { name, exact: true }).fill(value)
}

describe.skipIf(skipped)('a company', () => {
  it('is registered by an administrator, and its books are set up by the chief accountant', async () => {
    const admin = await opened(/^Administrateur/, '/organisation/companies')
    await admin.getByRole('link', { name: 'Nouvelle société' }).click()
    await fill(admin, {
      Code: 'FORM',
      'Raison sociale': 'Grand Large Formation',
      'Forme juridique': 'SASU',
      SIREN: '732 829 320',
      'Numéro de TVA': 'FR44732829320',
      Ville: 'Nantes',
    })
    expect(await violationsOf(admin)).toEqual([])
    await admin.getByRole('textbox', { name: 'Ville' }).press('Control+Enter')
    await admin.getByRole('heading', { name: 'Grand Large Formation' }).waitFor()
    const address = new URL(admin.url()).pathname
    await admin.context().close()

    const chief = await opened(/^Chef comptable/, address)
    await chief.getByRole('button', { name: 'Ouvrir un exercice' }).click()
    const drawer = chief.getByRole('dialog')
    await drawer.getByText(/Exercice \d{4} ouvert/).waitFor()
    await drawer.getByRole('button', { name: 'Ouvrir un exercice' }).click()
    await chief
      .getByText(/Exercice \d{4} ouvert, du 01\/01/)
      .first()
      .waitFor()
    await chief.getByRole('link', { name: 'Adopter le plan comptable général' }).click()
    await chief.getByRole('heading', { name: 'Adopter le plan comptable général' }).waitFor()
    await chief.keyboard.press('Control+Enter')
    await chief.getByRole('heading', { name: 'Plan comptable', exact: true }).waitFor()
    await chief.goto(`${demonstration.address}${address}`)
    await chief.getByRole('link', { name: 'Nouveau journal' }).click()
    await fill(chief, { Code: 'VE', Libellé: 'Ventes' })
    await chief.getByRole('combobox', { name: 'Nature' }).click()
    await chief.getByRole('option', { name: 'ventes' }).click()
    await chief.keyboard.press('Control+Enter')
    await chief.getByRole('heading', { name: 'Journaux' }).waitFor()
    await chief.getByText('Journal VE ouvert').first().waitFor()
    await chief.context().close()
  })
})
