import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { customerId, draft, entityId, openTestProgram, setUpBusiness } from './program.ts'
import type { Answer, Client, TestProgram } from './program.ts'

/** Lists over real HTTP: pages, sums and groups, whole lists as files. */

let database: FreshDatabase
let test: TestProgram
let billing: Client
let sales: Client

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url)
  await setUpBusiness(test)
  ;[billing, sales] = await Promise.all([
    test.user({ role: 'billing', entityId: 'all' }),
    test.user({ role: 'sales', entityId: 'all' }),
  ])
})
afterAll(async () => {
  await test?.close()
  await database.drop()
})

const ok = (answer: Answer): Answer => {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 })
  return answer
}
const itemsOf = (answer: Answer) => ok(answer).body['items'] as Readonly<Record<string, unknown>>[]

/** Issues an invoice; answers the position behind it. */
const issue = async (): Promise<string> => {
  const invoiceId = randomUUID()
  ok(await billing.send('invoicing.draftInvoice', draft(invoiceId)))
  return String(ok(await billing.send('invoicing.issueInvoice', { invoiceId })).body['position'])
}

describe('lists', () => {
  it('are paged by cursor in the order asked for, without a gap or a repeat', async () => {
    for (let i = 0; i < 5; i++)
      await test.done('commerce.registerProduct', {
        productId: randomUUID(),
        code: `Q${i}`,
        name: `Thé ${i}`,
        operation: 'goods',
        unit: 'C62',
        vat: 'standard',
        revenueAccount: '707',
        unitPrice: 1_000000 * (i % 2),
        currency: 'EUR',
      })
    const position = await issue()
    const seen: { code: string; unitPrice: number }[] = []
    const asked = `limit=2&sort=-unitPrice&search=th%C3%A9&minPosition=${position}`
    for (let cursor = ''; ;) {
      const page = ok(await sales.get(`/api/commerce/products?${asked}${cursor}`))
      const { items, next } = page.body as { items: typeof seen; next?: string }
      seen.push(...items)
      if (next === undefined) break
      expect(items).toHaveLength(2)
      cursor = `&cursor=${next}`
    }
    expect(seen.map(item => item.unitPrice)).toEqual([1_000000, 1_000000, 0, 0, 0])
    expect(seen.map(item => item.code).sort()).toEqual(['Q0', 'Q1', 'Q2', 'Q3', 'Q4'])
  })

  it('are added up by the server, in all and by group, within the rights of who asks', async () => {
    const position = await issue()
    const at = `minPosition=${position}`
    const path = '/api/invoicing/invoices'
    const issued = itemsOf(await billing.get(`${path}?state=issued&limit=500&${at}`))
    const gross = issued.reduce((sum, row) => sum + Number(row['gross']), 0)
    const [all] = itemsOf(await billing.get(`${path}/sums?state=issued&${at}`))
    expect(all).toMatchObject({ group: null, currency: 'EUR', count: issued.length, gross })
    const groups = itemsOf(
      await billing.get(`${path}/sums?state=issued&groupBy=customerId&sort=-gross&${at}`),
    )
    expect(groups).toMatchObject([{ group: customerId, count: issued.length, gross }])
    const months = itemsOf(await billing.get(`${path}/sums?state=issued&groupBy=issuedOnMonth&${at}`))
    expect(months).toMatchObject([{ group: '1996-07', count: issued.length }])
    const elsewhere = await test.user({
      role: 'billing',
      entityId: '01932f0c-0000-7000-8000-0000000000e9',
    })
    expect(itemsOf(await elsewhere.get(`${path}/sums?${at}`))).toEqual([])
    expect((await elsewhere.get(`${path}/sums?entityId=${entityId}`)).status).toBe(403)
  })

  it('tell what is overdue, and for how many days', async () => {
    const at = `minPosition=${await issue()}`
    const today = () => Temporal.Now.plainDateISO('Europe/Paris')
    const before = today()
    for (const path of ['/api/invoicing/invoices', '/api/invoicing/open-items']) {
      const late = itemsOf(await billing.get(`${path}?overdue=true&limit=500&${at}`))
      expect(late.length).toBeGreaterThan(0)
      for (const { dueOn, daysLate, overdue } of late) {
        const since = Temporal.PlainDate.from(String(dueOn))
        expect(overdue).toBe(true)
        expect([before, today()].map(day => since.until(day).days)).toContain(daysLate)
      }
      const [sums] = itemsOf(await billing.get(`${path}/sums?overdue=true&${at}`))
      expect(sums).toMatchObject({ count: late.length })
    }
    ok(await billing.send('invoicing.draftInvoice', draft(randomUUID())))
    const others = itemsOf(
      await billing.get(`/api/invoicing/invoices?overdue=false&minPosition=${await test.position()}`),
    )
    expect(others).toMatchObject([{ state: 'draft', overdue: false, daysLate: null }])
  })

  describe('are exported whole', () => {
    const columns = [
      { field: 'number', label: 'Numéro', as: 'text' },
      { field: 'customerId', label: 'Client', as: 'text' },
      { field: 'gross', label: 'TTC', as: 'amount' },
    ]
    const about = { title: 'À propos', lines: [['Adresse', 'x']] }
    const body = { language: 'fr', title: 'Factures', timeZone: 'Europe/Paris', columns, about }
    const download = (client: Client, path: string, asked: object) =>
      fetch(`${test.address}/api/invoicing/invoices${path}`, {
        method: 'POST',
        headers: { cookie: client.cookie, 'x-requested-with': 'test', 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, ...asked }),
      })

    it('as they are asked for, with names in place of ids', async () => {
      const position = await issue()
      const asked = `?state=issued&sort=number&minPosition=${position}`
      const items = itemsOf(await billing.get(`/api/invoicing/invoices${asked}&limit=500`))
      const response = await download(billing, `/export${asked}`, { format: 'csv' })
      expect(response.headers.get('content-disposition')).toContain('Factures.csv')
      const file = Buffer.from(await response.arrayBuffer()).toString()
      const [heading, ...lines] = file.trimEnd().split('\r\n')
      expect(heading).toBe('\uFEFFNuméro;Client;TTC')
      expect(lines).toEqual(items.map(item => `${String(item['number'])};Vins et alcools Chevalier;"260,50"`))
      const groups = await download(billing, `/sums/export?groupBy=customerId`, {
        format: 'csv',
        columns: [
          { field: 'group', label: 'Client', as: 'text' },
          { field: 'count', label: 'Nombre', as: 'count' },
        ],
      })
      expect(await groups.text()).toMatch(/\r\nVins et alcools Chevalier;\d+\r\n$/)
    })

    it('as a workbook, within the rights of who asks', async () => {
      const response = await download(billing, '/export?state=issued', { format: 'xlsx' })
      expect(response.status).toBe(200)
      expect(
        Buffer.from(await response.arrayBuffer())
          .subarray(0, 2)
          .toString(),
      ).toBe('PK')
      const refused = await download(billing, '/export?state=foo', { format: 'xlsx' })
      expect(refused.status).toBe(400)
      const unknown = { format: 'csv', columns: [{ field: 'secret', label: '', as: 'text' }] }
      expect((await download(billing, '/export', unknown)).status).toBe(400)
      const administrator = await test.user({ role: 'administrator', entityId: 'all' })
      expect((await download(administrator, '/export', { format: 'csv' })).status).toBe(403)
    })
  })

  it('find a text whatever its accents and case, and words in any order', async () => {
    for (const search of ['thé', 'THE', 'the', '3 thé', 'Q3 the'])
      expect(
        itemsOf(
          await sales.get(`/api/commerce/products?search=${encodeURIComponent(search)}&limit=1&code=Q3`),
        ),
      ).toHaveLength(1)
    expect(itemsOf(await sales.get('/api/commerce/products?search=the%20cafe'))).toEqual([])
  })

  it('take several values of one filter', async () => {
    const codes = itemsOf(await sales.get('/api/commerce/products?code=Q1&code=Q2')).map(item => item['code'])
    expect(codes).toEqual(['Q1', 'Q2'])
  })
})
