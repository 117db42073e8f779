import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { LOG_SERVERS } from '../../support/log-servers.ts'
import { browser, demonstration, useDemonstration } from './at-work.ts'
import { enterAs, openPage, skipped } from './browser.ts'

/** Days of people at the screens, from sign-in to what was recorded. */

const opened = async (role: RegExp) => {
  const { page, faults } = await openPage(browser)
  await enterAs(page, demonstration.address, role)
  return { page, faults }
}

/** Types into whatever has the focus, as a hand does. */
const keys = async (page: Page, ...presses: readonly string[]): Promise<void> => {
  for (const press of presses) await page.keyboard.press(press)
}

const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(
    'document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id ?? ""',
  )

/** Chooses from a list by what is typed: once the first choice is the one meant. */
const choose = async (page: Page, typed: string, meant: RegExp): Promise<void> => {
  await page.keyboard.type(typed)
  await page.getByRole('option', { name: meant }).first().waitFor()
  await expect.poll(() => page.getByRole('option').count()).toBe(1)
  await keys(page, 'Enter')
}

describe.skipIf(skipped).each(LOG_SERVERS)('with the log on %s', (_, startLogServer) => {
  useDemonstration(startLogServer)

  describe('a day of order entry', () => {
    it('places an order of three lines, confirms and delivers it, without a mouse', async () => {
      const { page, faults } = await opened(/^Commerce/)
      await keys(page, 'c', 'o')
      await page.getByRole('heading', { name: 'Nouvelle commande' }).waitFor()
      await choose(page, 'salines', /Hôtel des Salines/)
      const number = page.getByRole('textbox', { name: 'Numéro' })
      await keys(page, 'Tab')
      await page.keyboard.type('C-9001')
      await page.getByRole('combobox', { name: /Article, Ligne 1/ }).focus()
      const lines = [
        ['for-man', /FOR-MAN/, '2'],
        ['liv-man', /LIV-MAN/, '12'],
        ['con-sen', /CON-SEN/, '1,5'],
      ] as const
      for (const [i, [code, meant, quantity]] of lines.entries()) {
        await expect.poll(() => focused(page)).toBe(`Article, Ligne ${i + 1}`)
        await choose(page, code, meant)
        await keys(page, 'Enter')
        await expect.poll(() => focused(page)).toBe(`Quantité, Ligne ${i + 1}`)
        await page.keyboard.type(quantity)
        // Price and discount stand as the product has them.
        await keys(page, 'Enter', 'Enter')
        await expect.poll(() => focused(page)).toBe(`Remise, Ligne ${i + 1}`)
        await keys(page, 'Enter')
      }
      expect(await number.inputValue()).toBe('C-9001')
      await keys(page, 'Control+Enter')
      await page.getByRole('heading', { name: /C-9001/ }).waitFor()
      await page.getByText('Commande C-9001 passée, 3 ligne(s)').waitFor()

      await page.getByRole('button', { name: 'Confirmer' }).press('Enter')
      await page
        .getByRole('dialog')
        .getByText(/Commande confirmée le/)
        .waitFor()
      await keys(page, 'Control+Enter')
      await page.getByRole('button', { name: 'Livrer' }).waitFor()
      await page.getByRole('button', { name: 'Livrer' }).press('Enter')
      await page
        .getByRole('dialog')
        .getByText(/Livraison du .*: FOR-MAN × /)
        .waitFor()
      await keys(page, 'Control+Enter')
      await page.getByRole('heading', { name: /livrée/ }).waitFor()
      expect(faults).toEqual([])
      await page.context().close()
    })

    it('lets a hand type ahead of a slow server: every line gets what was typed for it, and nothing is sent', async () => {
      const { page, faults } = await opened(/^Commerce/)
      await page.goto(`${demonstration.address}/commerce/orders/new`)
      await page.getByRole('combobox', { name: 'Client' }).click()
      await choose(page, 'salines', /Hôtel des Salines/)
      await page.getByRole('combobox', { name: /Article, Ligne 1/ }).focus()
      const answered = Promise.withResolvers<void>()
      await page.route(/commerce\/products\?.*search/, async route => {
        await answered.promise
        await route.continue()
      })
      for (const [code, quantity] of [
        ['for-man', '2'],
        ['liv-man', '12'],
        ['no-such-thing', '7'],
      ] as const) {
        await page.keyboard.type(code)
        // Chooses, goes to the quantity; price and discount stand as the product has them.
        await keys(page, 'Enter', 'Enter')
        await page.keyboard.type(quantity)
        await keys(page, 'Enter', 'Enter', 'Enter')
      }
      await expect.poll(() => focused(page)).toBe('Article, Ligne 4')
      // Asked for while choices wait: it is looked at once they are made.
      await keys(page, 'Control+Enter')
      answered.resolve()
      await expect.poll(() => page.locator('tfoot').innerText()).toMatch(/2\s788,00/)
      const cell = (column: string, line: number) =>
        page.locator(`input[aria-label="${column}, Ligne ${line}"]`)
      expect(await cell('Article', 1).inputValue()).toMatch(/FOR-MAN/)
      expect(await cell('Article', 2).inputValue()).toMatch(/LIV-MAN/)
      expect(await cell('Quantité', 2).inputValue()).toBe('12')
      // What is not found stays, to be mended, and is said.
      await expect.poll(() => cell('Article', 3).inputValue()).toBe('no-such-thing')
      await page.getByText('Rien ne correspond').waitFor()
      await page.getByRole('heading', { name: 'Nouvelle commande' }).waitFor()
      expect(faults).toEqual([])
      await page.context().close()
    })

    it('says what is wrong beside the field, before and after sending, and keeps what was typed', async () => {
      const { page } = await opened(/^Commerce/)
      await page.goto(`${demonstration.address}/commerce/orders/new`)
      await page.getByRole('button', { name: 'Passer la commande' }).click()
      expect(await page.getByText('À remplir').count()).toBe(3)
      await page.getByRole('combobox', { name: 'Client' }).click()
      await choose(page, 'salines', /Hôtel des Salines/)
      const number = page.getByRole('textbox', { name: 'Numéro' })
      await number.fill('C-0025')
      const day = page.getByRole('textbox', { name: 'Commandé le' })
      await day.fill('31/02/2026')
      await number.focus()
      await page.getByText('Attendu : un jour').waitFor()
      await day.fill('2026-09-30')
      await page.getByRole('combobox', { name: /Article, Ligne 1/ }).click()
      await choose(page, 'liv-man', /LIV-MAN/)
      await page.getByRole('textbox', { name: /Quantité, Ligne 1/ }).fill('3')
      // The number is another order's: told while one still types.
      await page
        .getByText(/numéro de commande/)
        .first()
        .waitFor()
      // What cannot be read is nothing that may be left out, also where nobody has left its field.
      const freight = page.getByRole('textbox', { name: /Port/ })
      await freight.fill('douze')
      await freight.press('Control+Enter')
      await page.getByText('Attendu : un montant').waitFor()
      await page.reload()
      await page.getByText('Voici ce que vous aviez commencé.').waitFor()
      expect(await page.getByRole('textbox', { name: 'Numéro' }).inputValue()).toBe('C-0025')
      expect(await page.getByRole('textbox', { name: /Quantité, Ligne 1/ }).inputValue()).toBe('3')
      await page.context().close()
    })

    it('takes lines pasted from a spreadsheet', async () => {
      const { page } = await opened(/^Commerce/)
      await page.goto(`${demonstration.address}/commerce/orders/new`)
      const first = page.getByRole('combobox', { name: /Article, Ligne 1/ })
      await first.click()
      await page.evaluate(`(() => {
      const data = new DataTransfer()
      data.setData('text/plain', 'FOR-MAN\\t2\\t1 250,00\\nLIV-MAN\\t10\\t24\\t5')
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    })()`)
      await expect
        .poll(() => page.getByRole('textbox', { name: /Quantité, Ligne 2/ }).inputValue())
        .toBe('10')
      expect(await page.getByRole('textbox', { name: /Remise, Ligne 2/ }).inputValue()).toBe('5')
      await expect.poll(() => page.locator('tfoot').innerText()).toMatch(/2\s728,00/)
      await page.context().close()
    })
  })

  describe('a billing run', () => {
    it('drafts from the order, shows the entry before anything counts, and issues: the number appears', async () => {
      const { page, faults } = await opened(/^Facturation/)
      await page.goto(`${demonstration.address}/commerce/orders?search=c-9001`)
      await page.getByRole('link', { name: 'C-9001' }).click()
      await page.getByRole('button', { name: 'Préparer la facture' }).click()
      await page.getByRole('dialog').getByText('Facture préparée, 3 ligne(s)').waitFor()
      await keys(page, 'Control+Enter')
      await page.getByRole('heading', { name: /Brouillon/ }).waitFor()
      await page.getByRole('button', { name: 'Émettre' }).click()
      const preview = page.getByRole('dialog')
      await preview.getByRole('cell', { name: '44574' }).waitFor()
      const announced = await preview.getByText(/^F2026-\d{6}$|^F\d{4}-\d{6}$/).innerText()
      await preview.getByRole('button', { name: 'Émettre' }).click()
      await page.getByRole('heading', { name: new RegExp(announced) }).waitFor()
      await page.getByText(`Facture ${announced} émise`).first().waitFor()
      // What led to it, and who did it.
      await page.getByRole('complementary').getByRole('link', { name: 'C-9001' }).waitFor()
      await page.getByText('Hugo Lemaire').first().waitFor()
      expect(faults).toEqual([])
      await page.context().close()
    })

    it('goes back in time on a document, by keys, and marks what each moment changed', async () => {
      const { page, faults } = await opened(/^Commerce/)
      await page.goto(`${demonstration.address}/commerce/orders?search=c-9001`)
      await page.getByRole('link', { name: 'C-9001' }).click()
      const moment = page.getByRole('slider', { name: 'Moment' })
      await moment.focus()
      await keys(page, 'Home')
      await page
        .getByRole('status')
        .getByText(/Tel que connu le .* : Commande C-9001 passée/)
        .waitFor()
      await page.getByRole('heading', { name: /passée/ }).waitFor()
      await keys(page, 'ArrowRight')
      await page
        .getByRole('status')
        .getByText(/Commande confirmée/)
        .waitFor()
      await page.getByRole('heading', { name: /confirmée/i }).waitFor()
      await page.locator('h1 mark[title^="Avant"]').waitFor()
      // The address tells the moment to others; the way back leads to the present.
      await page.reload()
      await page
        .getByRole('status')
        .getByText(/Commande confirmée/)
        .waitFor()
      await page.getByRole('button', { name: 'Revenir à aujourd’hui' }).click()
      await page.getByRole('status').getByText('Aujourd’hui').waitFor()
      await page.getByRole('heading', { name: /livrée|facturée/ }).waitFor()
      expect(faults).toEqual([])
      await page.context().close()
    })

    it('shows to the one what the other just did', async () => {
      const { page: watching } = await opened(/^Comptable/)
      await watching.goto(`${demonstration.address}/invoicing/invoices?state=draft`)
      await watching.getByText('Cabinet Perrin-Lacombe').waitFor()
      const { page: acting } = await opened(/^Facturation/)
      await acting.goto(`${demonstration.address}/invoicing/invoices?state=draft`)
      await acting.getByRole('link', { name: '—' }).click()
      await acting.getByRole('button', { name: 'Émettre' }).click()
      await acting.getByRole('dialog').getByRole('button', { name: 'Émettre' }).click()
      await watching.getByText('Aucune ligne ne correspond').waitFor()
      await acting.context().close()
      await watching.context().close()
    })
  })

  describe('an accountant', () => {
    it('goes from the trial balance to the document in three steps, and back', async () => {
      const { page, faults } = await opened(/^Comptable/)
      await page.goto(`${demonstration.address}/ledger/trial-balance`)
      await page.getByRole('link', { name: '44574' }).click()
      await page.getByRole('heading', { name: 'Compte 44574' }).waitFor()
      await page.getByRole('link', { name: 'F2026-000003' }).click()
      await page.getByRole('heading', { name: 'Écriture VE 3' }).waitFor()
      await page.getByRole('complementary').getByRole('link', { name: 'F2026-000003' }).click()
      await page.getByRole('heading', { name: /F2026-000003/ }).waitFor()
      for (const heading of ['Écriture VE 3', 'Compte 44574', 'Balance']) {
        await page.goBack()
        await page.getByRole('heading', { name: heading, exact: true }).waitFor()
      }
      expect(faults).toEqual([])
      await page.context().close()
    })
  })

  describe('a program that goes away', () => {
    it('is said, nothing typed is lost, and everything goes on by itself', async () => {
      const { page } = await opened(/^Commerce/)
      await page.goto(`${demonstration.address}/commerce/orders/new`)
      const reference = page.getByRole('textbox', { name: /Référence client/ })
      await reference.fill('AVANT-LA-PANNE')
      await demonstration.goAway()
      await page.getByRole('alert').getByText('Le programme ne répond pas').waitFor()
      await reference.fill('PENDANT-LA-PANNE')
      await demonstration.comeBack()
      await page.getByText('Le programme répond à nouveau').waitFor()
      await page.getByRole('alert').waitFor({ state: 'detached' })
      expect(await reference.inputValue()).toBe('PENDANT-LA-PANNE')
      await page.context().close()
    })
  })
})
