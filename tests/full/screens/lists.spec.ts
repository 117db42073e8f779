import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { ask, firstOf } from './asking.ts'
import type { Fields } from './asking.ts'
import { browser, demonstration, useDemonstration } from './at-work.ts'
import { enterAs, openPage, skipped, violationsOf } from './browser.ts'

/** What lists can do, tried by hand: groups, many rows at once. */

useDemonstration()

const opened = async (role: RegExp, path: string) => {
  const { page, faults } = await openPage(browser)
  await enterAs(page, demonstration.address, role)
  await page.goto(`${demonstration.address}${path}`)
  await page.getByRole('grid').waitFor()
  return { page, faults }
}

const DAY = '2026-11-20'
const LATER = '2026-11-25'

const digitsOf = (text: string): number => Number(text.replaceAll(/[^\d,-]/g, '').replace(',', '.'))

/** Orders that wait for their confirmation: their numbers and days. */
const place = async (page: Page, orders: Readonly<Record<string, string>>): Promise<void> => {
  const [{ entityId }, { customerId }, { productId }, { userId }] = await Promise.all([
    firstOf(page, '/api/organisation/legal-entities'),
    firstOf(page, '/api/commerce/customers'),
    firstOf(page, '/api/commerce/products'),
    ask(page, '/api/me'),
  ])
  for (const [number, orderedOn] of Object.entries(orders)) {
    const orderId = randomUUID()
    const lines = [{ lineId: randomUUID(), productId, quantity: 10_000 }]
    const order = {
      orderId,
      entityId,
      customerId,
      salespersonId: userId,
      number,
      orderedOn,
      lines,
    }
    const answer = await ask(page, '/api/commands/commerce.placeOrder', order)
    expect(answer).toMatchObject({ outcome: 'done' })
  }
}

describe.skipIf(skipped)('groups of a list', () => {
  it('add up on the server, open to their rows, and come back with the address', async () => {
    const { page, faults } = await opened(/^Comptable/, '/invoicing/invoices?state=issued')
    await page.getByRole('button', { name: 'Grouper' }).click()
    await page.getByRole('menuitemradio', { name: 'Client' }).click()
    await expect.poll(() => page.url()).toContain('group=customerId')
    const row = page.getByRole('row', { name: /Coopérative laitière du Bocage/ })
    await row.waitFor()
    const [, , count = '', , , gross = ''] = await row.getByRole('gridcell').allInnerTexts()
    expect(await violationsOf(page)).toEqual([])
    await row.getByRole('link').click()
    await page.getByText(`${count} lignes`).waitFor()
    const rows = await page.locator('[role=row]:not(:has([role=columnheader]))').allInnerTexts()
    expect(rows).toHaveLength(Number(count))
    const sum = rows.reduce((sum, text) => sum + digitsOf(text.split('\n').at(-2) ?? ''), 0)
    expect(sum).toBeCloseTo(digitsOf(gross), 2)
    expect(faults).toEqual([])
    await page.context().close()
  })
})

describe.skipIf(skipped)('columns of a list', () => {
  it('have room in a small window as long as nobody chose more, and say where they have none', async () => {
    const { page } = await openPage(browser, { viewport: { width: 1280, height: 720 } })
    await enterAs(page, demonstration.address, /^Chef comptable/)
    const lists = [
      ...['commerce/customers', 'commerce/orders', 'commerce/products', 'invoicing/invoices'],
      ...['invoicing/open-items', 'invoicing/payments', 'ledger/accounts', 'ledger/entries'],
      ...['ledger/manual-entries', 'organisation/companies'],
    ]
    const leftOut = page.getByRole('menuitemcheckbox', { name: 'la fenêtre est trop étroite' })
    for (const list of lists) {
      await page.goto(`${demonstration.address}/${list}`)
      await page.locator('[role=row] a').first().waitFor()
      await page.getByRole('button', { name: 'Colonnes' }).click()
      await page.getByRole('menuitemcheckbox').first().waitFor()
      expect(await leftOut.count(), list).toBe(0)
    }
    await page.goto(
      `${demonstration.address}/invoicing/invoices?columns=number,customerId,orderNumbers,purchaseOrder,state,net,tax,gross,settled,changedAt,kind`,
    )
    await page.getByRole('button', { name: 'Colonnes' }).click()
    await leftOut.first().waitFor()
    await page.context().close()
  })
})

describe.skipIf(skipped)('what is overdue', () => {
  it('says for how many days, and is found by one filter', async () => {
    const { page, faults } = await opened(/^Facturation/, '/invoicing/open-items')
    await page.getByRole('button', { name: 'En retard' }).click()
    await page.getByRole('checkbox', { name: 'oui' }).check()
    await expect.poll(() => page.url()).toContain('overdue=true')
    await page.keyboard.press('Escape')
    const rows = page.locator('[role=row]:not(:has([role=columnheader]))')
    await expect
      .poll(async () => {
        const texts = await rows.allInnerTexts()
        return texts.length > 0 && texts.every(text => /^\d+ j$/m.test(text))
      })
      .toBe(true)
    expect(await violationsOf(page)).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  })
})

describe.skipIf(skipped)('a view of a list', () => {
  it('is kept under a name, found again with all that was asked, and shared with the team', async () => {
    const { page, faults } = await opened(/^Comptable/, '/invoicing/invoices?settlement=open&sort=dueOn')
    await page.getByRole('button', { name: 'Colonnes' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Réglé' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Vues' }).click()
    await page.getByRole('menuitem', { name: 'Enregistrer cette vue' }).click()
    await page.getByRole('textbox', { name: 'Nom de la vue' }).fill('À relancer')
    await page.getByRole('checkbox', { name: 'Comptable', exact: true }).check()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const { page: other } = await opened(/^Comptable/, '/invoicing/invoices')
    await other.getByRole('columnheader', { name: 'Réglé' }).waitFor()
    await other.getByRole('button', { name: 'Vues' }).click()
    await other.getByRole('menuitemradio', { name: 'À relancer' }).click()
    await expect.poll(() => other.url()).toContain('settlement=open')
    await other.getByRole('columnheader', { name: 'Réglé' }).waitFor({ state: 'detached' })
    await other.getByRole('button', { name: 'Vues À relancer' }).waitFor()
    expect(await violationsOf(other)).toEqual([])
    expect(faults).toEqual([])
    await other.context().close()
    await page.context().close()
  })

  it('opens also where the list has lost what it asks, and says so', async () => {
    const { page } = await opened(
      /^Comptable/,
      '/invoicing/invoices?columns=number,weight,gross&colour=red&sort=size',
    )
    await page.getByText('n’a pas ou n’a plus : colour, weight, size').waitFor()
    await page.getByRole('link', { name: 'F2026-000003' }).waitFor()
    expect(await page.getByRole('columnheader').allInnerTexts()).toEqual(['Numéro', 'TTC'])
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Ne plus le demander' }).click()
    await expect.poll(() => page.url()).toMatch(/invoices\?columns=number%2Cgross$/)
    await page.context().close()
  })
})

describe.skipIf(skipped)('what is kept at hand', () => {
  it('is pinned from the document, and stands in the navigation of every machine', async () => {
    const { page } = await opened(/^Facturation/, '/invoicing/invoices?search=f2026-000003')
    await page.getByRole('link', { name: 'F2026-000003' }).click()
    await page.getByRole('button', { name: 'Épingler' }).click()
    await page.getByRole('navigation').getByRole('link', { name: 'F2026-000003' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    const { page: other } = await opened(/^Facturation/, '/commerce/orders')
    await other.getByRole('navigation').getByRole('link', { name: 'F2026-000003' }).click()
    await other.getByRole('button', { name: 'Épingler', pressed: true }).click()
    await other
      .getByRole('navigation')
      .getByRole('link', { name: 'F2026-000003' })
      .waitFor({ state: 'detached' })
    await other.context().close()
    await page.context().close()
  })
})

describe.skipIf(skipped)('many rows at once', () => {
  it('are chosen by keys and acted upon one by one; each line says what became of it', async () => {
    const { page, faults } = await opened(/^Commerce/, '/commerce/orders?state=placed')
    await place(page, { 'M-1': DAY, 'M-2': LATER, 'M-3': DAY, 'M-4': DAY })
    await page.getByRole('link', { name: 'M-4' }).waitFor()
    const grid = page.getByRole('grid')
    await grid.focus()
    await page.keyboard.press(' ')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByText('2 lignes choisies').waitFor()
    await page.keyboard.press('Control+a')
    await page.getByText('4 lignes choisies').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('toolbar').getByRole('button', { name: 'Confirmer' }).click()
    const dialog = page.getByRole('dialog')
    // Before one of the orders was placed: it is refused and says why, and the others go on.
    await dialog.getByRole('textbox', { name: 'Confirmé le' }).fill('21/11/2026')
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Confirmer' }).click()
    await dialog.getByText('3 faits, 1 refusés, 0 non envoyés').waitFor()
    expect(await dialog.getByRole('listitem').filter({ hasText: 'M-2' }).innerText()).toMatch(
      /25\/11\/2026|2026-11-25/,
    )
    await dialog.getByRole('button', { name: 'Fermer', exact: true }).last().click()
    await page.getByText('1 ligne', { exact: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(faults.filter(fault => !fault.includes('422'))).toEqual([])
    await page.context().close()
  })

  it('can be stopped; what was not sent is not sent, and goes on when told to', async () => {
    const { page } = await opened(/^Commerce/, '/commerce/orders?state=placed&search=n-')
    await place(page, { 'N-1': DAY, 'N-2': DAY, 'N-3': DAY })
    await page.getByRole('link', { name: 'N-3' }).waitFor()
    await page.getByRole('checkbox', { name: 'Tout choisir' }).check()
    await page.getByRole('toolbar').getByRole('button', { name: 'Confirmer' }).click()
    const dialog = page.getByRole('dialog')
    // The first answer is held back until the run was told to stop.
    const { promise: told, resolve: tell } = Promise.withResolvers<void>()
    await page.route('**/commerce.confirmOrder', async route => {
      await told
      await route.continue()
    })
    await dialog.getByRole('button', { name: 'Confirmer' }).click()
    await dialog.getByRole('button', { name: 'Arrêter' }).click()
    tell()
    await dialog.getByText('1 faits, 0 refusés, 2 non envoyés').waitFor()
    const left = (await ask(page, '/api/commerce/orders?state=placed&search=n-'))[
      'items'
    ] as readonly Fields[]
    expect(left).toHaveLength(2)
    await dialog.getByRole('button', { name: 'Continuer' }).click()
    await dialog.getByText('3 faits, 0 refusés, 0 non envoyés').waitFor()
    await page.context().close()
  })
})
