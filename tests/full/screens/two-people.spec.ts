import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { browser, demonstration, useDemonstration } from './at-work.ts'
import { enterAs, openPage, skipped } from './browser.ts'

/** What is registered from the screens, and what happens when two work on it at once. */

useDemonstration()

const opened = async (role: RegExp, path: string): Promise<Page> => {
  const { page } = await openPage(browser)
  await enterAs(page, demonstration.address, role)
  await page.goto(`${demonstration.address}${path}`)
  return page
}

const field = (page: Page, name: string | RegExp) =>
  page.getByRole('textbox', { name, exact: typeof name === 'string' })

describe.skipIf(skipped)('forms', () => {
  it('register a customer; a number that is none is told beside its field', async () => {
    const page = await opened(/^Commerce/, '/commerce/customers/new')
    await field(page, 'Code').fill('ATELIER')
    await field(page, 'Raison sociale').fill('Atelier du Marais')
    await field(page, /SIREN/).fill('123 456 789')
    await field(page, 'Adresse').fill('12 rue des Archives')
    await field(page, /Code postal/).fill('75004')
    await field(page, 'Ville').fill('Paris')
    await field(page, 'Ville').press('Control+Enter')
    await page.getByText(/SIREN/).nth(1).waitFor()
    await field(page, /SIREN/).fill('732 829 320')
    await field(page, 'Ville').press('Control+Enter')
    await page.getByRole('heading', { name: 'Atelier du Marais' }).waitFor()
    await page.getByRole('button', { name: 'Modifier' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Ville' }).fill('Paris 4e')
    await dialog.getByRole('button', { name: 'Modifier' }).click()
    await page.getByText('Client modifié').first().waitFor()
    await page.getByText('Paris 4e').first().waitFor()
    await page.getByRole('button', { name: 'Ajouter un contact' }).click()
    await dialog.getByRole('textbox', { name: 'Nom' }).fill('Inès Roux')
    await dialog.getByRole('textbox', { name: /Fonction/ }).fill('Achats')
    await dialog.getByRole('textbox', { name: /Téléphone/ }).fill('01 42 00 00 00')
    await dialog.getByRole('button', { name: 'Ajouter un contact' }).click()
    // Names of persons are shown to whoever asks for them, which is written down.
    const contacts = page.locator('section', { has: page.getByRole('heading', { name: 'Contacts' }) })
    await contacts.getByText('Achats').waitFor()
    expect(await contacts.innerText()).not.toContain('Inès')
    await contacts.getByRole('button', { name: 'Afficher les coordonnées' }).click()
    await contacts.getByText('Inès Roux').waitFor()
    await contacts.getByText('01 42 00 00 00').waitFor()
    await contacts.getByRole('button', { name: 'Retirer' }).click()
    await dialog.getByRole('button', { name: 'Retirer' }).click()
    await contacts.getByText('Aucun contact').waitFor()
    await page.context().close()
  })

  it('register a product and a payment', async () => {
    const page = await opened(/^Commerce/, '/commerce/products/new')
    await field(page, 'Code').fill('AUD-INI')
    await field(page, 'Nom').fill('Audit initial')
    await field(page, 'Unité').fill('C62')
    await field(page, 'Compte de produit').fill('706')
    await field(page, 'Prix unitaire').fill('950')
    await field(page, 'Prix unitaire').press('Control+Enter')
    await page.getByRole('heading', { name: 'Audit initial' }).waitFor()
    await page.context().close()
    const billing = await opened(/^Facturation/, '/invoicing/payments/new')
    await billing.getByRole('combobox', { name: 'Client' }).click()
    await billing.keyboard.type('salines')
    await billing.getByRole('option', { name: /Hôtel des Salines/ }).waitFor()
    await billing.keyboard.press('Enter')
    await field(billing, 'Montant').fill('1 250,50')
    await field(billing, 'Référence').fill('VIR SALINES 2026-11')
    await field(billing, 'Référence').press('Control+Enter')
    await billing.getByRole('heading', { name: /VIR SALINES/ }).waitFor()
    await billing
      .getByText(/1\s250,50/)
      .first()
      .waitFor()
    await billing.context().close()
  })
})

describe.skipIf(skipped)('two windows on one form', () => {
  it('are two beginnings: the later is offered what was begun, and nothing is sent before its preview', async () => {
    const one = await opened(/^Facturation/, '/invoicing/payments/new')
    await field(one, 'Référence').fill('VIR-UN')
    const other = await one.context().newPage()
    await other.goto(`${demonstration.address}/invoicing/payments/new`)
    await other.getByText('Vous aviez commencé cette saisie').waitFor()
    expect(await field(other, 'Référence').inputValue()).toBe('')
    await other.getByRole('button', { name: 'La reprendre' }).click()
    expect(await field(other, 'Référence').inputValue()).toBe('VIR-UN')
    await other.getByRole('combobox', { name: 'Client' }).click()
    await other.keyboard.type('salines')
    await other.getByRole('option', { name: /Hôtel des Salines/ }).waitFor()
    await other.keyboard.press('Enter')
    const sent: string[] = []
    const shown = Promise.withResolvers<void>()
    await other.route(/commands\/invoicing\.recordPayment/, async route => {
      sent.push(route.request().url().includes('dryRun') ? 'preview' : 'command')
      if (sent.length === 1) await shown.promise
      await route.continue()
    })
    await field(other, 'Montant').fill('12,50')
    await field(other, 'Montant').press('Control+Enter')
    await other.getByText('L’aperçu arrive').waitFor()
    await expect.poll(() => sent).toEqual(['preview'])
    shown.resolve()
    await other.getByRole('heading', { name: /VIR-UN/ }).waitFor()
    expect(sent).toEqual(['preview', 'command'])
    await one.context().close()
  })
})

describe.skipIf(skipped)('two people on one product', () => {
  it('each sees what the other did; what both changed shows both versions, and the one chosen stands', async () => {
    const [one, other] = [
      await opened(/^Commerce/, '/commerce/products?search=liv-man'),
      await opened(/^Commerce/, '/commerce/products?search=liv-man'),
    ]
    for (const page of [one, other]) {
      await page.getByRole('link', { name: 'LIV-MAN' }).click()
      await page.getByRole('button', { name: 'Modifier' }).click()
      await page.getByRole('dialog').getByRole('textbox', { name: 'Nom' }).waitFor()
    }
    const mine = one.getByRole('dialog')
    await mine.getByRole('textbox', { name: 'Nom' }).fill('Manuel du manager, 3e édition')
    const theirs = other.getByRole('dialog')
    await theirs.getByRole('textbox', { name: 'Nom' }).fill('Le manuel du manager')
    await theirs.getByRole('textbox', { name: /Famille/ }).fill('Ouvrages')
    await theirs.getByRole('button', { name: 'Modifier' }).click()
    await other.getByRole('heading', { name: /Le manuel du manager/ }).waitFor()
    // The first is told who did what, before anything is sent.
    const note = mine.getByRole('alert')
    await note.getByText('Le document a changé pendant votre saisie').waitFor()
    await note.getByRole('row', { name: /Nom/ }).getByText('Manuel du manager, 3e édition').waitFor()
    await note.getByRole('row', { name: /Nom/ }).getByText('Le manuel du manager').waitFor()
    await note
      .getByRole('row', { name: /Famille/ })
      .getByText('Ouvrages')
      .waitFor()
    await note.getByRole('button', { name: 'Continuer ainsi' }).click()
    // Their field that was not touched here is taken over, the one typed here stays.
    await expect.poll(() => mine.getByRole('textbox', { name: /Famille/ }).inputValue()).toBe('Ouvrages')
    expect(await mine.getByRole('textbox', { name: 'Nom' }).inputValue()).toBe(
      'Manuel du manager, 3e édition',
    )
    await mine.getByRole('button', { name: 'Modifier' }).click()
    await one.getByRole('heading', { name: /Manuel du manager, 3e édition/ }).waitFor()
    await other.getByRole('heading', { name: /Manuel du manager, 3e édition/ }).waitFor()
    await one.context().close()
    await other.context().close()
  })

  it('also where one typed before the other did, and comes back to it later', async () => {
    const one = await opened(/^Commerce/, '/commerce/products?search=for-man')
    await one.getByRole('link', { name: 'FOR-MAN' }).click()
    const dialog = one.getByRole('dialog')
    await one.getByRole('button', { name: 'Modifier' }).click()
    await dialog.getByRole('textbox', { name: 'Nom' }).fill('Manager une équipe')
    await one.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    const other = await opened(/^Commerce/, '/commerce/products?search=for-man')
    await other.getByRole('link', { name: 'FOR-MAN' }).click()
    await other.getByRole('button', { name: 'Modifier' }).click()
    await other.getByRole('dialog').getByRole('textbox', { name: 'Nom' }).fill('Former les managers')
    await other.getByRole('dialog').getByRole('button', { name: 'Modifier' }).click()
    await one.getByRole('heading', { name: /Former les managers/ }).waitFor()
    await one.getByRole('button', { name: 'Modifier' }).click()
    const row = dialog.getByRole('alert').getByRole('row', { name: /Nom/ })
    await row.getByText('Former les managers').waitFor()
    await row.getByRole('cell', { name: 'Manager une équipe', exact: true }).waitFor()
    await row.getByText('Enregistré').click()
    await dialog.getByRole('button', { name: 'Continuer ainsi' }).click()
    await expect
      .poll(() => dialog.getByRole('textbox', { name: 'Nom' }).inputValue())
      .toBe('Former les managers')
    await one.context().close()
    await other.context().close()
  })
})
