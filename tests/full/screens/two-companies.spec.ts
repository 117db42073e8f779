import { randomUUID } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask, firstOf } from './asking.ts'
import { browser, demonstration, useDemonstration } from './at-work.ts'
import { enterAs, openPage, skipped, violationsOf } from './browser.ts'

/** Two legal entities in one log: no act, no figure and no link is taken for one of the other. */

useDemonstration()

const SECOND = 'Seconde Filiale SARL'
const SIREN = 552_100_554
const CHECK = String((12 + 3 * (SIREN % 97)) % 97).padStart(2, '0')

const second = {
  entityId: randomUUID(),
  code: 'SECONDE',
  name: SECOND,
  legalForm: 'SARL',
  siren: String(SIREN),
  vatNumber: `FR${CHECK}${SIREN}`,
  address: { city: 'Lyon', postcode: '69001', line1: '1 rue de la République', country: 'FR' },
  currency: 'EUR',
  timeZone: 'Europe/Paris',
}

let first: { readonly entityId: string; readonly name: string }

const enteredAs = async (role: RegExp): Promise<Page> => {
  const { page } = await openPage(browser)
  await enterAs(page, demonstration.address, role)
  return page
}

const goTo = (page: Page, path: string) => page.goto(`${demonstration.address}${path}`)
const chooser = (page: Page): Locator =>
  page.getByRole('banner').locator('input[aria-haspopup=listbox]').first()

/** Chooses a company, or all, in the header. */
const choose = async (page: Page, name: string): Promise<void> => {
  await chooser(page).click()
  await page.getByRole('option', { name }).click()
}

const ALL = 'Toutes les sociétés'
const question = (page: Page): Locator => page.getByText('Pour quelle société ?')

beforeAll(async () => {
  if (skipped) return
  const page = await enteredAs(/^Admin/)
  first = (await firstOf(page, '/api/organisation/legal-entities')) as typeof first
  expect(await ask(page, '/api/commands/organisation.registerLegalEntity', second)).toMatchObject({
    outcome: 'done',
  })
  await page.context().close()
})

describe.skipIf(skipped)('two companies', () => {
  it('are asked for by a form, which says its company and keeps what is typed for each apart', async () => {
    const page = await enteredAs(/^Commerce/)
    await choose(page, ALL)
    await goTo(page, '/commerce/orders/new')
    await question(page).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('main').getByRole('button', { name: SECOND }).click()
    await expect.poll(() => page.url()).toContain(`entityId=${second.entityId}`)
    await page.getByRole('main').getByText(SECOND).waitFor()
    const reference = page.getByRole('textbox', { name: /Référence client/ })
    await reference.fill('À LYON')
    await choose(page, first.name)
    await page.getByRole('main').getByText(first.name).waitFor()
    expect(await reference.inputValue()).toBe('')
    await choose(page, SECOND)
    await expect.poll(() => reference.inputValue()).toBe('À LYON')
    await page.context().close()
  })

  it('are said by documents, and by what is done with them', async () => {
    const page = await enteredAs(/^Facturation/)
    await choose(page, SECOND)
    const { items } = (await ask(page, '/api/invoicing/invoices?state=draft')) as {
      items: readonly { invoiceId: string }[]
    }
    await goTo(page, `/invoicing/invoices/${items[0]?.invoiceId}`)
    await page.getByRole('complementary').getByText(first.name).waitFor()
    await page.getByRole('button', { name: 'Émettre' }).click()
    await page.getByRole('dialog', { name: `Émettre · ${first.name}` }).waitFor()
    await page.context().close()
  })

  it('are counted on the first page as its links show them', async () => {
    const page = await enteredAs(/^Commerce/)
    await choose(page, SECOND)
    const task = page.getByRole('link', { name: /Commandes à livrer/ })
    await page.getByRole('link', { name: /^0 ?Commandes à livrer/ }).waitFor()
    expect(await page.getByRole('main').innerText()).not.toContain('F2026-')
    await task.click()
    await page.getByText('0 ligne', { exact: true }).waitFor()
    expect(page.url()).toContain(`entityId=${second.entityId}`)
    await goTo(page, '/')
    await choose(page, ALL)
    await page.getByRole('link', { name: /^[1-9]\d* ?Commandes à livrer/ }).click()
    await page.locator('[role=row] a').first().waitFor()
    expect(page.url()).toContain('entityId=all')
    await page.context().close()
  })

  it('are named by the links of the books: a colleague sees the same', async () => {
    const page = await enteredAs(/^Chef comptable/)
    await choose(page, ALL)
    await goTo(page, '/ledger/trial-balance')
    await page.getByRole('main').getByRole('button', { name: first.name }).click()
    const account = page.getByRole('row', { name: /^411/ }).getByRole('link').first()
    const link = (await account.getAttribute('href')) ?? ''
    expect(link).toContain(`entityId=${first.entityId}`)
    // A figure opens the account as its number does.
    expect(await page.getByRole('row', { name: /^411/ }).getByRole('link').count()).toBeGreaterThan(2)
    const colleague = await enteredAs(/^Comptable/)
    await choose(colleague, SECOND)
    await goTo(colleague, link)
    await colleague.getByRole('main').getByText(first.name).waitFor()
    await colleague.getByRole('link', { name: /Retour à la balance/ }).click()
    await colleague.getByRole('main').getByText(first.name).waitFor()
    expect(colleague.url()).toContain(`entityId=${first.entityId}`)
    await colleague.context().close()
    await page.context().close()
  })

  it('are said before a month of one is cut for ever', async () => {
    const page = await enteredAs(/^Chef comptable/)
    await goTo(page, `/ledger/periods?entityId=${first.entityId}`)
    await page.locator('tbody tr').filter({ hasText: 'ouvert' }).first().getByRole('link').first().click()
    await page.getByRole('main').getByText(first.name).waitFor()
    await page.getByRole('button', { name: 'Arrêter le mois' }).click()
    const dialog = page.getByRole('dialog', { name: `Arrêter le mois · ${first.name}` })
    await dialog.getByText(`${first.name}, pour toujours`).waitFor()
    await page.context().close()
  })

  it('offer what one may do in them: who issues in one, and reads the other, issues in the one', async () => {
    const { page } = await openPage(browser)
    await page.route('**/api/me', async route => {
      const answer = await route.fetch()
      const me = (await answer.json()) as { grants?: readonly { commands: readonly string[] }[] }
      const grants = me.grants?.flatMap(grant => [
        { ...grant, entityId: second.entityId },
        { ...grant, entityId: first.entityId, commands: [] },
      ])
      await route.fulfill({ response: answer, json: { ...me, ...(grants && { grants }) } })
    })
    await enterAs(page, demonstration.address, /^Facturation/)
    const { items } = (await ask(page, '/api/invoicing/invoices?state=draft')) as {
      items: readonly { invoiceId: string }[]
    }
    await goTo(page, `/invoicing/invoices/${items[0]?.invoiceId}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('complementary').getByText(first.name).waitFor()
    expect(await page.getByRole('button', { name: 'Émettre' }).count()).toBe(0)
    // The only one in which they may record a payment is not asked for.
    await goTo(page, '/invoicing/payments/new')
    await page.getByRole('main').getByText(SECOND).waitFor()
    await goTo(page, `/invoicing/payments/new?entityId=${first.entityId}`)
    await page.getByText('Cet écran n’est pas dans vos droits').waitFor()
    await page.context().close()
  })
})

/** What somebody types, and what it finds. */
const FOUND = [
  [/^Chef comptable/, 'balance', 'Balance'],
  [/^Chef comptable/, '411', '411'],
  [/^Chef comptable/, 'bq', /^BQ \d+ ·/],
  [/^Admin/, 'morvan', 'Claire Morvan'],
] as const

describe.skipIf(skipped)('the palette', () => {
  it('finds screens, accounts, entries and users for those who may open them', async () => {
    for (const [role, typed, found] of FOUND) {
      const page = await enteredAs(role)
      await page.keyboard.press('Control+k')
      await page.keyboard.type(typed)
      await page.getByRole('option', { name: found }).first().waitFor()
      await page.context().close()
    }
  })
})

describe.skipIf(skipped)('documents', () => {
  it('lead from the order to the entry, and back', async () => {
    const page = await enteredAs(/^Comptable/)
    await choose(page, first.name)
    const { items } = (await ask(page, '/api/invoicing/invoices?settlement=settled&limit=1')) as {
      items: readonly { invoiceId: string; number: string }[]
    }
    const [invoice] = items
    await goTo(page, `/invoicing/invoices/${invoice?.invoiceId}`)
    const linked = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: 'Documents liés' }) })
    for (const kind of ['Client', 'Commande', 'Encaissement', 'Écriture'])
      await linked.getByRole('listitem').filter({ hasText: kind }).first().waitFor()
    await linked.getByRole('listitem').filter({ hasText: 'Encaissement' }).first().getByRole('link').click()
    await linked.getByRole('link', { name: invoice?.number ?? '' }).waitFor()
    await linked.getByRole('listitem').filter({ hasText: 'Client' }).first().waitFor()
    await linked.getByRole('listitem').filter({ hasText: 'Écriture' }).first().getByRole('link').click()
    await page.getByText('Documents à l’origine').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Encaissement' }).getByRole('link').first().waitFor()
    await page.context().close()
  })

  it('that are none, and values that are none, are told in words of the people', async () => {
    const page = await enteredAs(/^Commerce/)
    await goTo(page, '/commerce/orders/zzz')
    await page.getByText('Ce document n’existe pas').waitFor()
    await goTo(page, `/commerce/orders/${randomUUID()}`)
    await page.getByText('Ce document n’existe pas').waitFor()
    await goTo(page, '/commerce/orders?orderedOnFrom=abc')
    await page.getByText(/ce que la liste n’a pas ou n’a plus : Commandé le « abc »/).waitFor()
    await page.locator('[role=row] a').first().waitFor()
    await page.context().close()
  })

  it('that cannot be read say why: an answer is no absence', async () => {
    const page = await enteredAs(/^Commerce/)
    const { orderId } = (await firstOf(page, '/api/commerce/orders')) as { orderId: string }
    await page.route(new RegExp(`/api/commerce/orders/${orderId}(\\?|$)`), route =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          code: 'STREAM_DAMAGED',
          title: 'Le journal est endommagé',
          detail: 'Ce flux.',
        }),
      }),
    )
    await goTo(page, `/commerce/orders/${orderId}`)
    await page.getByText('Le journal est endommagé').waitFor()
    await page.context().close()
  })

  it('done together are tried before, each with its entry and what they come to', async () => {
    const page = await enteredAs(/^Facturation/)
    await goTo(page, `/invoicing/invoices?state=draft&entityId=${first.entityId}`)
    await page.locator('[role=row] a').first().waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press(' ')
    await page.getByRole('toolbar').getByRole('button', { name: 'Émettre' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/1 possibles, 0 refusés/).waitFor()
    expect(await dialog.innerText()).not.toMatch(/\b0,00/)
    await dialog.getByRole('listitem').first().locator('summary').click()
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Émettre' }).click()
    await dialog.getByText('1 faits, 0 refusés, 0 non envoyés').waitFor()
    await page.context().close()
  })
})
