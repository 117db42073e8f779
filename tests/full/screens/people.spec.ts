import { readFile } from 'node:fs/promises'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { browser, demonstration, useDemonstration } from './at-work.ts'
import { enterAs, openPage, scrollsSideways, skipped, violationsOf } from './browser.ts'

/** Accounts at the screens: invited, signed in with a second factor, ended elsewhere; and what others type into them. */

useDemonstration()

const opened = async (role: RegExp) => {
  const { page, faults } = await openPage(browser)
  await enterAs(page, demonstration.address, role)
  return { page, faults }
}

const visit = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${demonstration.address}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Readable for everybody, in the light and in the dark, and no wider than the window. */
const expectReadable = async (page: Page, what: string): Promise<void> => {
  await page.waitForLoadState('networkidle').catch(() => undefined)
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    // Colours change for a moment.
    await expect
      .poll(() => violationsOf(page), { message: `${what}, ${colorScheme}`, timeout: 30_000 })
      .toEqual([])
  }
  expect(await scrollsSideways(page), what).toBe(false)
}

const LOGIN = 'zoe.laurent@exemple.fr'
const PASSWORD = 'choisi par moi seule'

/** Registers somebody as an administrator does, and makes the link. */
const inviteZoe = async (page: Page): Promise<string> => {
  await visit(page, '/organisation/users/new')
  await page.getByRole('textbox', { name: 'Nom', exact: true }).fill('Zoé Laurent')
  await page.getByRole('textbox', { name: 'Identifiant' }).fill(LOGIN)
  // Nobody is registered without a role by leaving it out.
  await page.keyboard.press('Control+Enter')
  await page.getByText('À remplir').first().waitFor()
  await page.getByRole('combobox', { name: 'Rôle, Ligne 1' }).click()
  await page.getByRole('option', { name: 'Facturation' }).click()
  await expectReadable(page, 'new user')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByRole('heading', { name: /Zoé Laurent/ }).waitFor()
  await page.getByText('Compte enregistré : Facturation').waitFor()
  await page.getByRole('button', { name: 'Créer un lien d’invitation' }).click()
  const link = page.getByRole('textbox', { name: 'Lien d’invitation' })
  await link.waitFor()
  await expectReadable(page, 'invitation link')
  return link.inputValue()
}

const codeAt = (secret: string, steps: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** Sets a second factor with the key that is shown beside the picture. */
const setFactor = async (page: Page): Promise<string> => {
  await page.getByRole('textbox', { name: 'Mot de passe actuel' }).first().fill(PASSWORD)
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.getByRole('img', { name: /Code QR/ }).waitFor()
  await expectReadable(page, 'second factor')
  const told = await page.getByText('Ou saisissez cette clé').innerText()
  const secret = told.slice(told.indexOf(':') + 1).replaceAll(/\s/g, '')
  await page.getByRole('textbox', { name: 'Code' }).fill(codeAt(secret, -1))
  await page.getByRole('button', { name: 'Confirmer' }).click()
  await page.getByRole('heading', { name: 'Codes de secours' }).waitFor()
  expect(await page.getByText(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/).count()).toBe(10)
  await page.getByRole('button', { name: 'Je les ai gardés' }).click()
  return secret
}

describe.skipIf(skipped)('an invited person', () => {
  it('chooses a password by the link, sets a second factor, and signs in with both', async () => {
    const { page: admin, faults } = await opened(/^Administrateur/)
    const link = await inviteZoe(admin)
    const { page } = await openPage(browser)
    await page.goto(link)
    await page.getByRole('heading', { name: 'Bienvenue, Zoé Laurent' }).waitFor()
    await expectReadable(page, 'invitation')
    const password = page.getByRole('textbox', { name: /Nouveau mot de passe/ })
    await password.fill('court')
    await page.getByRole('button', { name: 'Choisir ce mot de passe' }).click()
    await page.getByText(/au moins 12 caractères/).waitFor()
    await password.fill(PASSWORD)
    await page.getByRole('button', { name: 'Choisir ce mot de passe' }).click()
    await page.getByRole('banner').waitFor()

    await visit(page, '/organisation/account')
    await expectReadable(page, 'account')
    await page.getByRole('button', { name: 'Poser un second facteur' }).click()
    const secret = await setFactor(page)
    await page.getByText('Il reste 10 code(s) de secours').waitFor()

    await page.getByRole('button', { name: /Zoé Laurent/ }).click()
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
    await page.getByRole('textbox', { name: 'Identifiant' }).fill(LOGIN)
    await page.getByRole('textbox', { name: 'Mot de passe' }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Se connecter' }).click()
    const code = page.getByRole('textbox', { name: 'Code' })
    await code.fill('000000')
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.getByText('Ce code n’est pas celui du moment').waitFor()
    await expectReadable(page, 'code')
    await code.fill(codeAt(secret, 0))
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.getByRole('banner').waitFor()

    await page.goto(link)
    await page.getByRole('heading', { name: 'Invitation close' }).waitFor()
    await admin.reload()
    await admin.getByText('Second facteur posé').waitFor()
    await expectReadable(admin, 'user')
    expect(faults).toEqual([])
    await page.context().close()
    await admin.context().close()
  })

  it('must set a second factor first, where a role of theirs needs one', async () => {
    const { page: admin } = await opened(/^Administrateur/)
    await visit(admin, '/organisation/sign-in')
    await admin.getByRole('checkbox', { name: 'Analyste' }).check()
    await expectReadable(admin, 'sign-in rules')
    await admin.getByRole('button', { name: 'Enregistrer' }).click()
    await admin.getByText('Règle enregistrée').waitFor()
    const { page } = await openPage(browser)
    await page.goto(demonstration.address)
    await page.getByRole('button', { name: /^Analyste/ }).click()
    await page.getByRole('heading', { name: 'Posez votre second facteur' }).waitFor()
    await expectReadable(page, 'must set')
    await page.goto(`${demonstration.address}/invoicing/invoices`)
    await page.getByRole('heading', { name: 'Posez votre second facteur' }).waitFor()
    await admin.getByRole('checkbox', { name: 'Analyste' }).uncheck()
    await admin.getByRole('button', { name: 'Enregistrer' }).click()
    await page.context().close()
    await admin.context().close()
  })
})

describe.skipIf(skipped)('a session', () => {
  it('that was ended elsewhere is begun again over the screen, and nothing typed is lost', async () => {
    const { page } = await opened(/^Commerce/)
    await visit(page, '/commerce/orders/new')
    const reference = page.getByRole('textbox', { name: /Référence client/ })
    await reference.fill('BON-4711')
    const { page: elsewhere } = await opened(/^Commerce/)
    await visit(elsewhere, '/organisation/account')
    await elsewhere.getByRole('button', { name: /^Terminer la session Chrome, Linux/ }).click()
    await expect.poll(() => elsewhere.getByRole('button', { name: /^Terminer la session/ }).count()).toBe(0)

    await page.getByRole('combobox', { name: 'Client' }).click()
    await page.keyboard.press('s')
    const over = page.getByRole('dialog', { name: 'Votre session est terminée' })
    await over.waitFor()
    await over.getByRole('textbox', { name: 'Mot de passe' }).fill('demo-commerce-2026')
    await over.getByRole('button', { name: 'Se connecter' }).click()
    await over.waitFor({ state: 'detached' })
    expect(await reference.inputValue()).toBe('BON-4711')
    await page.getByRole('combobox', { name: 'Client' }).click()
    await page
      .getByRole('option', { name: /Salines/ })
      .first()
      .waitFor()
    await page.context().close()
    await elsewhere.context().close()
  })
})

describe.skipIf(skipped)('the matrix of rights', () => {
  it('is shown and exported to those who audit', async () => {
    const { page, faults } = await opened(/^Auditeur/)
    await visit(page, '/organisation/rights')
    const row = page.getByRole('row', { name: /^Émettre/ }).first()
    await row.waitFor()
    await page.getByRole('link', { name: 'Marc Thévenot' }).first().waitFor()
    await expectReadable(page, 'rights')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Exporter (CSV)' }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    expect(text).toContain('Marc Thévenot')
    expect(text).toMatch(/Valider une écriture préparée par un autre;.*x/)
    await visit(page, '/organisation/users')
    await page.getByRole('link', { name: 'Nadia Benali' }).waitFor()
    await expectReadable(page, 'users')
    expect(await page.getByRole('main').innerText()).not.toContain('Nouvel utilisateur')
    expect(faults).toEqual([])
    await page.context().close()
  })
})

/** What a browser would run, if it were ever written as markup. */
const MARKUP = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'

/** Sends a command from within the page, as its session. */
const sendFrom = (page: Page, command: string, input: object): Promise<number> =>
  page.evaluate<number>(`fetch('/api/commands/${command}', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
    body: ${JSON.stringify(JSON.stringify(input))},
  }).then(response => response.status)`)

const id = (last: string): string => `01932f0c-0000-7000-8000-0000000000${last}`

const registerMarkup = async (page: Page): Promise<void> => {
  const address = { line1: MARKUP, postcode: '44000', city: MARKUP, country: 'FR' }
  expect(
    await sendFrom(page, 'commerce.registerCustomer', {
      customerId: id('a1'),
      code: 'MARKUP',
      party: { kind: 'company', name: MARKUP, siren: '732829320', address },
      currency: 'EUR',
    }),
  ).toBe(200)
  expect(
    await sendFrom(page, 'commerce.registerProduct', {
      productId: id('a2'),
      code: 'MARKUP',
      name: MARKUP,
      family: MARKUP.slice(0, 30),
      operation: 'goods',
      unit: 'C62',
      vat: 'standard',
      revenueAccount: '707',
      unitPrice: 1_000000,
      currency: 'EUR',
    }),
  ).toBe(200)
  const entityId = await page.evaluate<string>(
    `fetch('/api/organisation/legal-entities').then(r => r.json()).then(({ items }) => items[0].entityId)`,
  )
  expect(
    await sendFrom(page, 'commerce.placeOrder', {
      orderId: id('a3'),
      entityId,
      customerId: id('a1'),
      number: MARKUP.slice(0, 20),
      orderedOn: '2026-09-30',
      purchaseOrder: MARKUP.slice(0, 40),
      lines: [{ lineId: id('a4'), productId: id('a2'), quantity: 1_0000 }],
    }),
  ).toBe(200)
}

describe.skipIf(skipped)('markup that somebody typed', () => {
  it('is text wherever it appears: list, document, history, search, palette, export', async () => {
    const { page, faults } = await opened(/^Commerce/)
    await registerMarkup(page)
    const expectText = async (): Promise<void> => {
      await page.getByText('<img src=x', { exact: false }).first().waitFor()
      expect(await page.evaluate('window.ran')).toBeUndefined()
      expect(await page.locator('img[src="x"], main script').count()).toBe(0)
    }
    for (const path of [
      '/commerce/customers?search=markup',
      `/commerce/customers/${id('a1')}`,
      '/commerce/products?search=markup',
      `/commerce/products/${id('a2')}`,
      '/commerce/orders?search=%3Cimg',
      `/commerce/orders/${id('a3')}`,
    ]) {
      await visit(page, path)
      await expectText()
    }
    await page.keyboard.press('Control+k')
    await page.keyboard.type('markup')
    await page.getByRole('option', { name: /<img/ }).first().waitFor()
    await expectText()
    await page.keyboard.press('Escape')
    await visit(page, '/commerce/customers?search=markup')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: /Exporter/ }).click()
    await page.getByRole('menuitem', { name: /CSV/ }).click()
    expect(await readFile(await (await download).path(), 'utf8')).toContain('<img src=x')
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('is not run where the page itself is made to hold it: the policy forbids scripts of the page', async () => {
    const { page } = await openPage(browser)
    await page.goto(demonstration.address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(MARKUP)})`)
    await page.evaluate(`(() => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = 1'
      document.body.append(script)
    })()`)
    await page.locator('img[src="x"]').waitFor({ state: 'attached' })
    expect(await page.evaluate('window.ran')).toBeUndefined()
    await page.context().close()
  })
})

describe.skipIf(skipped)('a link to a document', () => {
  it('says the same of one that is not there, whoever follows it', async () => {
    const { page } = await opened(/^Commerce/)
    await page.goto(`${demonstration.address}/invoicing/invoices/${id('ff')}`)
    await page.getByText('Ce document n’existe pas').waitFor()
    const { page: admin } = await opened(/^Administrateur/)
    await admin.goto(`${demonstration.address}/invoicing/invoices/${id('ff')}`)
    await admin.getByText('Cet écran n’est pas dans vos droits').waitFor()
    await page.context().close()
    await admin.context().close()
  })
})
