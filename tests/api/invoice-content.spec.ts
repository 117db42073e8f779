import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { draft, openTestProgram, setUpBusiness } from './program.ts'
import type { Answer, Client, TestProgram } from './program.ts'

let database: FreshDatabase
let test: TestProgram
let billing: Client
let auditor: Client
const personId = '01932f0c-0000-7000-8000-0000000000aa'

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url)
  await setUpBusiness(test)
  ;[billing, auditor] = await Promise.all([
    test.user({ role: 'billing', entityId: 'all' }),
    test.user({ role: 'auditor', entityId: 'all' }),
  ])
  await test.done('commerce.registerCustomer', {
    customerId: personId,
    code: 'MARTIN',
    party: {
      kind: 'person',
      personId,
      name: 'Anne Martin',
      line1: '3 rue des Lilas',
      city: 'Rennes',
      country: 'FR',
    },
    currency: 'EUR',
  })
})
afterAll(async () => {
  await test?.close()
  await database.drop()
})

const ok = (answer: Answer): Answer => {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 })
  return answer
}

const issue = async (customer: object = {}) => {
  const invoiceId = randomUUID()
  ok(await billing.send('invoicing.draftInvoice', { ...draft(invoiceId), ...customer }))
  const issued = ok(await billing.send('invoicing.issueInvoice', { invoiceId }))
  return { invoiceId, issued, at: `minPosition=${String(issued.body['position'])}` }
}
const contentOf = async (client: Client, { invoiceId, at }: { invoiceId: string; at: string }, more = '') =>
  client.get(`/api/invoicing/invoices/${invoiceId}/content?${at}${more}`)

describe('the content of an issued invoice', () => {
  it('is what was frozen: parties, lines, VAT and totals, with the event that says so', async () => {
    const invoice = await issue()
    const { body } = ok(await contentOf(auditor, invoice))
    const { number, issuedOn, eventId } = invoice.issued.body['result'] as Record<string, unknown>
    expect(body).toMatchObject({
      number,
      issuedOn,
      eventId,
      dueOn: expect.any(String) as string,
      content: {
        typeCode: '380',
        seller: { siren: '409364833' },
        buyer: { code: 'VINET', party: { name: 'Vins et alcools Chevalier' } },
        lines: [{ number: '1', net: 216_00, quantity: 12_0000 }],
        totals: { net: 216_00, tax: 44_50, gross: 260_50, payable: 260_50 },
      },
    })
  })

  it('is there only with its number, and only for those who may read the invoice', async () => {
    const invoiceId = randomUUID()
    const drafted = ok(await billing.send('invoicing.draftInvoice', draft(invoiceId)))
    const at = `minPosition=${String(drafted.body['position'])}`
    for (const asked of [invoiceId, randomUUID()])
      expect(await contentOf(auditor, { invoiceId: asked, at })).toMatchObject({ status: 404 })
    const invoice = await issue()
    const administrator = await test.user({ role: 'administrator', entityId: 'all' })
    const elsewhere = await test.user({ role: 'billing', entityId: randomUUID() })
    expect(await contentOf(administrator, invoice)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    })
    expect(await contentOf(elsewhere, invoice)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await contentOf(auditor, invoice, '&personal=1')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'personal' }] },
    })
  })

  it('names a natural person only where it is asked to, and writes down who read', async () => {
    const invoice = await issue({ customerId: personId })
    const without = ok(await contentOf(auditor, invoice)).body['content'] as { buyer: object }
    expect(without.buyer).toMatchObject({ party: { kind: 'person', personId, city: 'Rennes' } })
    expect(JSON.stringify(without)).not.toMatch(/Anne|Lilas|\$protected/)
    const named = ok(await contentOf(auditor, invoice, '&personal=true')).body['content'] as { buyer: object }
    expect(named.buyer).toMatchObject({ party: { name: 'Anne Martin', line1: '3 rue des Lilas' } })
    await test.program.writeSide.stop()
    const types: string[] = []
    for await (const { events } of test.program.log.store.readAll()) types.push(...events.map(e => e.type))
    expect(types.filter(type => type === 'organisation.SensitiveReadsMade')).toHaveLength(1)
  })
})

describe('a private customer', () => {
  it('is listed and found by name, and that it was read is written down', async () => {
    const position = await test.position()
    const { body } = ok(await billing.get(`/api/commerce/customers?code=MARTIN&minPosition=${position}`))
    expect(body['items']).toMatchObject([{ kind: 'person', personId, name: 'Anne Martin' }])
    // What is searched in stands with the person: neither accents nor case count, nor the order of words.
    for (const search of ['anne', 'MARTIN Ânne', 'art'])
      expect(
        (ok(await billing.get(`/api/commerce/customers?search=${search}`)).body['items'] as object[]).length,
      ).toBe(1)
    expect(ok(await billing.get('/api/commerce/customers?search=anna')).body['items']).toEqual([])
    // The row itself holds no name, nor does the document of the customer.
    const { body: row } = ok(await billing.get(`/api/commerce/customers/${personId}`))
    expect(row).toMatchObject({ kind: 'person', name: null })
  })
})
