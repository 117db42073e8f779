import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { addToMonth, lastDayOf } from '../../../domain/shared/days.ts'
import { browser, demonstration, useDemonstration } from './at-work.ts'
import { enterAs, openPage, skipped, violationsOf } from './browser.ts'

/** An accountant's month, at the screens: from an entry by hand to the closed month that refuses another one. */

useDemonstration()

let accountant: Page
let chief: Page
/** The first month that is not closed. */
let month = ''

beforeAll(async () => {
  if (skipped) return
  accountant = (await openPage(browser)).page
  await enterAs(accountant, demonstration.address, /^Comptable/)
  chief = (await openPage(browser)).page
  await enterAs(chief, demonstration.address, /^Chef comptable/)
  await open(chief, '/ledger/periods')
  const first = chief.getByRole('row').filter({ hasText: 'ouvert' }).first().getByRole('link').first()
  await first.waitFor()
  month = ((await first.getAttribute('href')) ?? '').slice('/ledger/periods/'.length)
}, 300_000)

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${demonstration.address}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const focused = (page: Page): Promise<string> =>
  page.evaluate<string>('document.activeElement?.getAttribute("aria-label") ?? ""')

/** Goes on with the key, and waits for the cell that it leads to. */
const press = async (page: Page, key: string, cell: string): Promise<void> => {
  await page.keyboard.press(key)
  await expect.poll(() => focused(page)).toBe(cell)
}

/** An account by its number, and Tab: the cell is left before anything was offered. */
const typeAccount = async (page: Page, line: number, account: string, label: string): Promise<void> => {
  const cell = page.getByRole('combobox', { name: `Compte, Ligne ${line}` })
  await cell.focus()
  await page.keyboard.type(account)
  await press(page, 'Tab', `Libellé, Ligne ${line}`)
  await expect.poll(() => cell.inputValue()).toBe(`${account} · ${label}`)
}

/** Types an entry of two lines that balances, the second amount by one key, and keeps it as a draft. */
const draftEntry = async (page: Page, reference: string): Promise<void> => {
  await open(page, '/ledger/manual-entries/new')
  await expect.poll(() => page.getByRole('combobox', { name: 'Journal' }).inputValue()).toMatch(/^OD/)
  await page.getByRole('textbox', { name: 'Date comptable' }).fill(lastDayOf(month))
  await page.getByRole('textbox', { name: 'Pièce', exact: true }).fill(reference)
  await page.getByRole('textbox', { name: 'Libellé', exact: true }).fill('Honoraires du mois')
  await typeAccount(page, 1, '6226', 'Honoraires')
  await page.getByRole('textbox', { name: 'Débit, Ligne 1' }).focus()
  await page.keyboard.type('1200,50')
  await page.getByText('Il faut deux lignes au moins.').waitFor()
  await typeAccount(page, 2, '512', 'Banques')
  await page.getByRole('textbox', { name: 'Crédit, Ligne 2' }).focus()
  await press(page, '=', 'Axes, Ligne 2')
  await expect.poll(() => page.locator('tfoot').innerText()).toMatch(/Équilibrée/)
  expect(await page.getByRole('textbox', { name: 'Crédit, Ligne 2' }).inputValue()).toBe('1200,50')
}

const keep = async (page: Page, reference: string): Promise<void> => {
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: reference }).waitFor()
}

/** The line of the checklist that counts something. */
const counted = (page: Page, label: RegExp) => page.getByRole('listitem').filter({ hasText: label })

describe.skipIf(skipped)('an accountant’s month', () => {
  it('begins with an entry that its author may not validate, and another person does', async () => {
    await draftEntry(accountant, 'OD-MOIS-1')
    await accountant.getByText('Rien ne manque : une autre personne peut valider.').waitFor()
    await keep(accountant, 'OD-MOIS-1')
    await accountant.getByRole('button', { name: 'Valider' }).click()
    await accountant
      .getByRole('dialog')
      .getByText('Qui a préparé ou modifié une écriture ne la valide pas')
      .waitFor()
    expect(await accountant.getByRole('dialog').getByRole('button', { name: 'Valider' }).isDisabled()).toBe(
      true,
    )

    await open(chief, `/ledger/periods/${month}`)
    await counted(chief, /Écritures manuelles à valider/)
      .getByRole('link', { name: '1' })
      .click()
    await chief.getByRole('link', { name: 'OD-MOIS-1' }).click()
    await chief.getByRole('button', { name: 'Valider' }).click()
    await chief.getByRole('dialog').getByRole('cell', { name: '6226' }).waitFor()
    await chief.keyboard.press('Control+Enter')
    await chief.getByRole('heading', { name: /validée/ }).waitFor()
    await chief.getByRole('link', { name: /^OD \d+ du / }).click()
    await chief.getByRole('heading', { name: /^Écriture OD/ }).waitFor()
    await chief
      .getByRole('complementary')
      .getByRole('link', { name: /OD-MOIS-1/ })
      .waitFor()
  })

  it('keeps an entry that comes again as a template, for the team, and begins another one from it', async () => {
    const { page, faults } = await openPage(browser)
    await enterAs(page, demonstration.address, /^Comptable/)
    await draftEntry(page, 'OD-MODELE-1')
    await page.getByRole('button', { name: 'Modèles' }).click()
    await page.getByRole('menuitem', { name: 'Enregistrer comme modèle' }).click()
    await page.getByRole('textbox', { name: 'Nom du modèle' }).fill('Honoraires mensuels')
    await page.getByRole('checkbox', { name: 'Comptable', exact: true }).check()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await keep(page, 'OD-MODELE-1')

    await open(page, '/ledger/manual-entries/new')
    // By keys alone.
    await page.getByRole('button', { name: 'Modèles' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Honoraires mensuels' }).press('Enter')
    await expect.poll(() => page.locator('tfoot').innerText()).toMatch(/Équilibrée/)
    const account = page.getByRole('combobox', { name: 'Compte, Ligne 1' })
    await expect.poll(() => account.inputValue()).toMatch(/^6226/)
    const credit = page.getByRole('textbox', { name: 'Crédit, Ligne 2' })
    await expect.poll(() => credit.inputValue()).toBe('1200,50')
    await page.getByRole('textbox', { name: 'Pièce', exact: true }).fill('OD-MODELE-2')
    await keep(page, 'OD-MODELE-2')
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('takes the lines of an entry from a spreadsheet', async () => {
    // What is typed is kept for the next time: here in a window of its own.
    const { page } = await openPage(browser)
    await enterAs(page, demonstration.address, /^Comptable/)
    await open(page, '/ledger/manual-entries/new')
    await page.getByRole('combobox', { name: 'Compte, Ligne 1' }).click()
    await page.evaluate(`(() => {
      const data = new DataTransfer()
      data.setData('text/plain', '6226\\tAvocat\\t\\t\\t1 000,00\\n44566\\tTVA\\t\\t\\t200\\n512\\tBanque\\t\\t\\t\\t1200')
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    })()`)
    await expect.poll(() => page.locator('tfoot').innerText()).toMatch(/Équilibrée/)
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Compte, Ligne 2' }).inputValue())
      .toMatch(/^44566 · /)
    expect(await page.getByRole('textbox', { name: 'Crédit, Ligne 3' }).inputValue()).toBe('1200,00')
    await page.getByText('Rien ne manque').waitFor()
    await page.context().close()
  })

  it('copies an earlier entry as a model of the next', async () => {
    await open(accountant, '/ledger/manual-entries?search=od-mois-1')
    await accountant.getByRole('link', { name: 'OD-MOIS-1' }).click()
    await accountant.getByRole('button', { name: 'Utiliser comme modèle' }).click()
    const dialog = accountant.getByRole('dialog')
    await expect
      .poll(() => dialog.getByRole('textbox', { name: 'Débit, Ligne 1' }).inputValue())
      .toBe('1200,50')
    await dialog.getByRole('textbox', { name: 'Pièce', exact: true }).fill('OD-MOIS-2')
    await dialog.getByText(/^Écriture préparée au/).waitFor()
    await keep(accountant, 'OD-MOIS-2')
    await accountant.getByRole('button', { name: 'Abandonner' }).click()
    await accountant.getByRole('textbox', { name: 'Motif' }).fill('Pour essayer')
    await accountant.getByRole('dialog').getByText('Écriture abandonnée').waitFor()
    await accountant.getByRole('dialog').getByRole('button', { name: 'Abandonner' }).click()
    await accountant.getByRole('heading', { name: /abandonnée/ }).waitFor()
  })

  it('allocates a payment by keys alone, and takes it back', async () => {
    await open(accountant, '/invoicing/allocation')
    await accountant.getByRole('listbox', { name: 'Encaissements à affecter' }).focus()
    await accountant.getByText('1 · Plus anciennes d’abord').waitFor()
    await press(accountant, 'Enter', 'À affecter, Ligne 1')
    await accountant.keyboard.type('200')
    await expect.poll(() => accountant.locator('tfoot').innerText()).toMatch(/Restera à affecter\s+300,00/)
    await press(accountant, 'Escape', 'Encaissements à affecter')
    await accountant.keyboard.press('1')
    await accountant.getByText(/500,00\s€ affecté\(s\) à/).waitFor()
    await accountant.keyboard.press('Control+Enter')
    await accountant.getByText('Tous les encaissements sont affectés').waitFor()

    await open(accountant, '/invoicing/payments?sort=-bankDate')
    await accountant.getByRole('link', { name: 'VIR SALINES' }).click()
    await accountant.getByRole('button', { name: 'Annuler l’affectation' }).click()
    await accountant.getByRole('textbox', { name: 'Motif' }).fill('Le client paie une autre facture')
    await accountant
      .getByRole('dialog')
      .getByText(/affectation de 500,00\s€/)
      .waitFor()
    await accountant.keyboard.press('Control+Enter')
    await accountant.getByText(/Il reste 500,00\s€ à affecter/).waitFor()
    await accountant
      .getByText(/annulée le/)
      .first()
      .waitFor()
  })

  it('reads a third party’s account, lettered as its allocations say, from the balance', async () => {
    await open(accountant, '/ledger/trial-balance')
    await accountant.getByRole('link', { name: 'Par tiers' }).first().click()
    await accountant.getByRole('link', { name: 'LEGOFF' }).click()
    const lettered = accountant
      .getByRole('row')
      .filter({ has: accountant.getByRole('cell', { name: 'A', exact: true }) })
    await expect.poll(() => lettered.count()).toBe(3)
    await accountant.getByRole('link', { name: 'Fiche client' }).click()
    await accountant.getByRole('heading', { name: 'Transports Le Goff' }).waitFor()
  })

  it('locks a journal, cuts the month, and the program closes it', async () => {
    await open(chief, `/ledger/periods/${month}`)
    await chief.getByText('Le mois peut être arrêté.').waitFor()
    const row = chief.getByRole('row').filter({ hasText: /^OD/ })
    await row.getByRole('button', { name: 'Verrouiller', exact: true }).click()
    await chief
      .getByRole('dialog')
      .getByText(/Journal OD verrouillé pour/)
      .waitFor()
    await chief.keyboard.press('Control+Enter')
    await row.getByText(/verrouillé .*Marc Thévenot/).waitFor()
    await chief.getByRole('button', { name: 'Arrêter le mois' }).click()
    await chief
      .getByRole('dialog')
      .getByText(/plus rien ne s’y comptabilise, jamais/)
      .waitFor()
    await chief.getByRole('dialog').getByRole('button', { name: 'Arrêter le mois' }).click()
    await chief.getByRole('heading', { name: /clôturé/ }).waitFor()
    await chief.getByText('conformes').waitFor()

    // The month after is not over, or may be: the answer is there before anybody asks.
    await open(chief, `/ledger/periods/${addToMonth(month, 2)}`)
    await chief.getByText(/n’est pas fini|n’est pas arrêté/).waitFor()
  })

  it('then refuses an entry dated in it, and says from which day on one is taken', async () => {
    await draftEntry(accountant, 'OD-MOIS-3')
    await accountant.getByText(/est arrêté : à cette date, l’écriture sera refusée/).waitFor()
    await accountant.keyboard.press('Control+Enter')
    const next = addToMonth(month, 1).split('-').toReversed().join('/')
    await accountant.getByText(`premier jour ouvert : 01/${next}`).first().waitFor()
  })
})
