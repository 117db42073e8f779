import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { customerId, draft, entityId, openTestProgram, productId, setUpBusiness } from './program.ts'
import type { Answer, Client, TestProgram } from './program.ts'

/** The API over real HTTP, the handler, the log and the read models on a real PostgreSQL. */

let database: FreshDatabase
let test: TestProgram
let billing: Client
let auditor: Client
let sales: Client
let accountant: Client

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url)
  await setUpBusiness(test)
  ;[billing, auditor, sales, accountant] = await Promise.all([
    test.user({ role: 'billing', entityId: 'all' }),
    test.user({ role: 'auditor', entityId: 'all' }),
    test.user({ role: 'sales', entityId: 'all' }),
    test.user({ role: 'accountant', entityId }),
  ])
})
afterAll(async () => {
  await test?.close()
  await database.drop()
})

interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
}

/** Already encoded: what a careless program or a curious person puts into an address. */
const NASTY = ['9999999999999999', '-1', '%00', '2999-12-31', 'x%27%3B--', '%F0%9F%98%80', 'a.b=c', '[]']

const ok = (answer: Answer): Answer => {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 })
  return answer
}
const itemsOf = (answer: Answer) => ok(answer).body['items'] as Readonly<Record<string, unknown>>[]

const issue = async (): Promise<{ readonly invoiceId: string; readonly issued: Answer }> => {
  const invoiceId = randomUUID()
  ok(await billing.send('invoicing.draftInvoice', draft(invoiceId)))
  return { invoiceId, issued: ok(await billing.send('invoicing.issueInvoice', { invoiceId })) }
}

describe('an invoice', () => {
  it('is issued, numbered, and read by whoever waits for its position', async () => {
    const { invoiceId, issued } = await issue()
    expect(issued.body['result']).toMatchObject({ number: expect.stringMatching(/^F1996-\d{6}$/) as string })
    const at = `minPosition=${String(issued.body['position'])}`
    const read = ok(await billing.get(`/api/invoicing/invoices/${invoiceId}?${at}`))
    expect(read.body).toMatchObject({ invoiceId, net: 216_00, gross: 260_50 })
    expect(read.headers.get('etag')).toBe('"1"')
    const again = await billing.get(`/api/invoicing/invoices/${invoiceId}`, { 'if-none-match': '"1"' })
    expect(again.status).toBe(304)
    const effects = `effects=true&effectsOf=${String(issued.body['commandId'])}`
    const behind = ok(await billing.get(`/api/invoicing/invoices/${invoiceId}?${at}&${effects}`))
    expect(behind.headers.get('x-not-waited-for')).toBeNull()
    const lines = itemsOf(await billing.get(`/api/invoicing/invoices/${invoiceId}/lines`))
    expect(lines).toHaveLength(1)
    const history = itemsOf(await auditor.get(`/api/invoicing/invoices/${invoiceId}/history?${at}`))
    expect(history.map(event => event['type'])).toEqual([
      'invoicing.InvoiceDrafted',
      'invoicing.InvoiceIssueRequested',
      'invoicing.InvoiceIssued',
    ])
  })

  it('PROTOCOL 13: is issued once: the same key tells the first outcome, another input under it is a conflict', async () => {
    const invoiceId = randomUUID()
    await billing.send('invoicing.draftInvoice', draft(invoiceId))
    const key = { 'idempotency-key': randomUUID() }
    const first = ok(await billing.send('invoicing.issueInvoice', { invoiceId }, key))
    const second = ok(await billing.send('invoicing.issueInvoice', { invoiceId }, key))
    expect(second.body).toEqual(first.body)
    const other = await billing.send('invoicing.issueInvoice', { invoiceId: randomUUID() }, key)
    expect(other).toMatchObject({ status: 409, body: { code: 'KEY_CONFLICT' } })
  })

  it('is refused to whom has seen another revision, and nothing happens', async () => {
    const invoiceId = randomUUID()
    await billing.send('invoicing.draftInvoice', draft(invoiceId))
    const stale = await billing.send('invoicing.issueInvoice', { invoiceId }, { 'if-match': '"7"' })
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'STALE_REVISION', errors: [{ field: 'If-Match' }] },
    })
    ok(await billing.send('invoicing.issueInvoice', { invoiceId }, { 'if-match': '"0"' }))
  })

  it('is previewed without a key, and nothing is recorded', async () => {
    const invoiceId = randomUUID()
    const preview = ok(await billing.send('invoicing.draftInvoice?dryRun=true', draft(invoiceId)))
    expect(preview.body).toMatchObject({ outcome: 'preview', events: [{ type: 'invoicing.InvoiceDrafted' }] })
    expect((await billing.get(`/api/invoicing/invoices/${invoiceId}`)).status).toBe(404)
  })
})

describe('what is wrong is refused by name, never by a 5xx', () => {
  const refused = async (answer: Promise<Answer>, status: number, code: string, field?: string) => {
    const { status: found, body } = await answer
    expect({ status: found, body }).toMatchObject({ status, body: { code } })
    if (field !== undefined)
      expect((body['errors'] as readonly { field: string }[]).map(e => e.field)).toContain(field)
  }
  const unknown = '01932f0c-0000-7000-8000-0000000000ff'

  it('an id that nobody has', async () => {
    await refused(
      billing.send('invoicing.issueInvoice', { invoiceId: unknown }),
      422,
      'INVOICE_NOT_FOUND',
      'invoiceId',
    )
    await refused(
      billing.send('invoicing.draftInvoice', { ...draft(randomUUID()), customerId: unknown }),
      422,
      'CUSTOMER_NOT_FOUND',
      'customerId',
    )
    await refused(billing.get(`/api/invoicing/invoices/${unknown}`), 404, 'NOT_FOUND')
    await refused(billing.get('/api/invoicing/invoices/17'), 400, 'INVALID_INPUT', 'id')
  })

  it('a role that may not', async () => {
    const invoiceId = randomUUID()
    await refused(sales.send('invoicing.draftInvoice', draft(invoiceId)), 403, 'FORBIDDEN')
    await refused(auditor.send('invoicing.draftInvoice', draft(invoiceId)), 403, 'FORBIDDEN')
  })

  it('a day in a period that is locked or closed, with the first open day', async () => {
    const chief = await test.user({ role: 'chiefAccountant', entityId: 'all' })
    ok(await chief.send('ledger.lockJournal', { entityId, journal: 'BQ', period: '1996-06' }))
    const { status, body } = await accountant.send('invoicing.recordPayment', {
      paymentId: randomUUID(),
      entityId,
      customerId,
      bankDate: '1996-06-15',
      amount: 100_00,
      currency: 'EUR',
      journal: 'BQ',
      bankReference: 'VIR 17',
    })
    expect({ status, body }).toMatchObject({
      status: 422,
      body: {
        code: 'JOURNAL_LOCKED_FOR_ENTRIES',
        data: { firstOpenDay: '1996-07-01' },
        detail: expect.stringContaining('01/07/1996') as string,
      },
    })
    expect((body['errors'] as { field: string }[]).map(e => e.field)).toContain('bankDate')
  })

  it('an amount above the bound of PROTOCOL 7', async () => {
    const { lines, ...rest } = draft(randomUUID())
    const above = { ...rest, lines: [{ ...lines[0], unitPrice: 10 ** 14 + 1 }] }
    await refused(billing.send('invoicing.draftInvoice', above), 400, 'INVALID_INPUT', 'lines.0.unitPrice')
    const summed = { ...rest, lines: [{ ...lines[0], unitPrice: 10 ** 14, quantity: 10 ** 12 }] }
    await refused(
      billing.send('invoicing.draftInvoice', summed),
      422,
      'INVOICE_DRAFT_TOO_LARGE',
      'lines.0.unitPrice',
    )
  })

  it.each([
    ['/api/commerce/customers?limit=0', 'limit'],
    ['/api/commerce/customers?limit=501', 'limit'],
    ['/api/commerce/customers?sort=secret', 'sort'],
    ['/api/invoicing/invoices?state=foo', 'state'],
    ['/api/invoicing/invoices/sums?groupBy=color', 'groupBy'],
    ['/api/invoicing/invoices/sums?groupBy=state&sort=number', 'sort'],
    ['/api/commerce/customers?cursor=abc', 'cursor'],
    ['/api/commerce/customers?color=red', 'color'],
    ['/api/commerce/orders?orderedOnFrom=1996-02-31', 'orderedOnFrom'],
    ['/api/commerce/orders?customerId=17', 'customerId'],
    ['/api/commerce/customers?minPosition=%00', 'minPosition'],
    ['/api/commerce/customers?minPosition=zzz', 'minPosition'],
    [`/api/ledger/trial-balance?entityId=${entityId}&from=1996-13&to=1996-12`, 'from'],
    [`/api/ledger/trial-balance?entityId=${entityId}&from=1996-12&to=1996-01`, 'to'],
    [`/api/ledger/trial-balance?entityId=${entityId}&from=1996-01&to=1996-12&axis=x`, 'value'],
    [`/api/ledger/trial-balance?entityId=${entityId}&from=1996-01&to=1996-12&value=x`, 'axis'],
    ['/api/replay/explain?table=receivables.open_item&key=document_id%3Dx', 'key'],
    [`/api/invoicing/ageing?entityId=${entityId}`, 'at'],
  ])('%s', async (url, field) => {
    await refused(auditor.get(url), 400, 'INVALID_INPUT', field)
  })

  it.each([
    [
      `/api/replay/as-of/trial-balance?entityId=${entityId}&from=1996-01&to=1996-12&at=1996-02-30`,
      'un instant avec',
    ],
    ['/api/replay/explain?table=invoices.invoice&key=x', 'colonne=valeur'],
    ['/api/replay/explain?table=nothing&key=a%3Db', 'l’un de : '],
    ['/api/commerce/customers?limit=0', 'un nombre entier de 1 à 500'],
    ['/api/invoicing/invoices?state=foo', "l'une de ces valeurs : draft, cancelled, requested, issued"],
  ])('%s, told in French where French is asked for', async (url, french) => {
    const { body } = await auditor.get(url, { 'accept-language': 'fr' })
    expect(body).toMatchObject({
      status: 400,
      detail: expect.stringContaining(`attendu ${french}`) as string,
    })
  })

  it('whatever stands in a parameter of a list or document', { timeout: 300_000 }, async () => {
    const { body } = await auditor.get('/api/openapi.json')
    const paths = body['paths'] as Readonly<Record<string, { readonly get?: Described }>>
    const failures: string[] = []
    for (const [path, { get }] of Object.entries(paths))
      for (const { name, in: place } of get?.parameters ?? [])
        for (const value of NASTY) {
          if (place === 'header' || path === '/api/live') continue
          const filled = path.replace(/\{(\w+)\}/g, (_, id: string) => (id === name ? value : unknown))
          const { status } = await auditor.get(place === 'query' ? `${filled}?${name}=${value}` : filled)
          if (status >= 500) failures.push(`${status} ${path} ${name}=${value}`)
        }
    expect(failures).toEqual([])
  })

  it('a cursor that somebody made, with days that do not exist', async () => {
    const made = Buffer.from(JSON.stringify(['1996-99-99', '1', '1', '0'])).toString('base64url')
    const url = `/api/ledger/accounts/411/lines?entityId=${entityId}&from=1996-01-01&to=1996-12-31&cursor=${made}`
    await refused(auditor.get(url), 400, 'INVALID_INPUT')
  })
})

describe('rights on queries', () => {
  const ledgerPages = [
    '/api/ledger/entries',
    `/api/ledger/trial-balance?entityId=${entityId}&from=1996-01&to=1996-12`,
    `/api/ledger/accounts/411/lines?entityId=${entityId}&from=1996-01-01&to=1996-12-31`,
    `/api/ledger/parties/${customerId}/lines?entityId=${entityId}&from=1996-01-01&to=1996-12-31`,
    '/api/ledger/periods',
    '/api/ledger/accounts',
  ]

  it('the auditor reads all, and changes nothing', async () => {
    for (const url of [
      ...ledgerPages,
      '/api/organisation/users',
      '/api/organisation/commands-refused',
      '/api/organisation/log',
      '/api/organisation/legal-entities',
      '/api/commerce/orders',
      `/api/commerce/customers/${customerId}`,
      `/api/commerce/products/${productId}`,
      '/api/invoicing/open-items',
      '/api/invoicing/payments',
      `/api/invoicing/ageing?entityId=${entityId}&at=1996-12-31`,
      `/api/invoicing/ageing/totals?entityId=${entityId}&at=1996-12-31`,
    ])
      ok(await auditor.get(url))
    // What is left is how one signs in oneself.
    const own = [
      ...['setPassword', 'revokeToken', 'acceptInvitation', 'setSecondFactor'],
      ...['linkIdentity', 'unlinkIdentity'],
    ].map(name => `organisation.${name}`)
    expect((await auditor.get('/api/me')).body['commands']).toEqual(own)
  })

  it('sales and administrators do not read the ledger; sales do not read accounts of users', async () => {
    const administrator = await test.user({ role: 'administrator', entityId: 'all' })
    for (const url of ledgerPages)
      for (const client of [sales, administrator])
        expect(await client.get(url)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    // Who records a payment names the journal of the bank.
    expect((await sales.get('/api/ledger/journals')).status).toBe(200)
    expect((await sales.get('/api/organisation/users')).status).toBe(403)
  })

  it('reach as far as the legal entity they were given in', async () => {
    const elsewhere = await test.user({
      role: 'accountant',
      entityId: '01932f0c-0000-7000-8000-0000000000e9',
    })
    const { issued } = await issue()
    const at = `minPosition=${String(issued.body['position'])}`
    expect(itemsOf(await elsewhere.get(`/api/invoicing/invoices?${at}`))).toEqual([])
    expect(itemsOf(await accountant.get(`/api/invoicing/invoices?${at}`)).length).toBeGreaterThan(0)
    for (const url of [`/api/invoicing/invoices?entityId=${entityId}`, ledgerPages[1]!])
      expect((await elsewhere.get(url)).status).toBe(403)
  })

  it('are told with the commands that each allows, in its legal entity', async () => {
    const reader = await test.user(
      { role: 'billing', entityId: '01932f0c-0000-7000-8000-0000000000e9' },
      { role: 'auditor', entityId },
    )
    const { grants } = (await reader.get('/api/me')).body as {
      grants: { role: string; entityId: string; commands: string[] }[]
    }
    const issuers = grants.filter(({ commands }) => commands.includes('invoicing.issueInvoice'))
    expect(issuers).toMatchObject([{ role: 'billing', entityId: '01932f0c-0000-7000-8000-0000000000e9' }])
  })

  it('tell nothing of a document elsewhere: it answers as one that does not exist', async () => {
    const elsewhere = await test.user({ role: 'accountant', entityId: randomUUID() })
    const { invoiceId, issued } = await issue()
    const { body } = await accountant.get(
      `/api/ledger/entries?entityId=${entityId}&minPosition=${String(issued.body['position'])}`,
    )
    const [entry] = body['items'] as readonly { readonly ordinal: number }[]
    const answerOf = async (url: string) => {
      const { status, body: problem } = await elsewhere.get(url)
      return { status, ...problem, requestId: '' }
    }
    for (const part of ['', '/lines', '/history', '/story', '/content']) {
      const [there, nowhere] = [invoiceId, randomUUID()].map(id => `/api/invoicing/invoices/${id}${part}`)
      expect(await answerOf(there!)).toEqual(await answerOf(nowhere!))
      expect(await answerOf(there!)).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    }
    expect(await answerOf(`/api/ledger/entries/${entry?.ordinal}`)).toEqual(
      await answerOf('/api/ledger/entries/999999'),
    )
    const none = randomUUID()
    for (const url of ['/api/replay/as-of/invoices/', '/api/replay/explain/invoices/'])
      expect(await answerOf(`${url}${invoiceId}`)).toEqual(await answerOf(`${url}${none}`))
  })
})

describe('figures', () => {
  it('agree: invoices, trial balance, account page, third party and ageing', async () => {
    const { issued } = await issue()
    const at = `minPosition=${String(issued.body['position'])}`
    const list = itemsOf(await auditor.get(`/api/invoicing/invoices?state=issued&limit=500&${at}`))
    const gross = list.reduce((sum, invoice) => sum + Number(invoice['gross']), 0)
    expect(gross).toBeGreaterThan(0)

    const balance = ok(
      await auditor.get(`/api/ledger/trial-balance?entityId=${entityId}&from=1996-01&to=1996-12&${at}`),
    )
    const { debit, credit, lines } = balance.body as {
      debit: number
      credit: number
      lines: { account: string; closing: number }[]
    }
    expect(debit).toBe(credit)
    expect(lines.find(line => line.account === '411')?.closing).toBe(gross)

    const range = `entityId=${entityId}&from=1996-01-01&to=1996-12-31&limit=500`
    const page = itemsOf(await auditor.get(`/api/ledger/accounts/411/lines?${range}`))
    expect(page.at(-1)?.['balance']).toBe(gross)
    const party = itemsOf(await auditor.get(`/api/ledger/parties/${customerId}/lines?${range}`))
    expect(party.at(-1)?.['balance']).toBe(gross)
    const [total] = itemsOf(
      await auditor.get(`/api/invoicing/ageing/totals?entityId=${entityId}&at=1996-07-01&${at}`),
    )
    expect(total).toMatchObject({ currency: 'EUR', notDue: gross, total: gross })
  })
})
