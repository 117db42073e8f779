import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { draft, entityId, openTestProgram, setUpBusiness } from './program.ts'
import type { Answer, Client, TestProgram } from './program.ts'

/** What screens tell of a document and of an entry: the events with what they say. */

let database: FreshDatabase
let test: TestProgram
let billing: Client
let auditor: Client
let stranger: Client
let invoiceId: string
let position: string

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url)
  await setUpBusiness(test)
  billing = await test.user({ role: 'billing', entityId: 'all' })
  auditor = await test.user({ role: 'auditor', entityId: 'all' })
  stranger = await test.user({ role: 'billing', entityId: randomUUID() })
  invoiceId = randomUUID()
  await billing.send('invoicing.draftInvoice', draft(invoiceId))
  position = (await billing.send('invoicing.issueInvoice', { invoiceId })).body['position'] as string
})
afterAll(async () => {
  await test?.close()
  await database.drop()
})

interface Told {
  readonly ordinal: number
  readonly type: string
  readonly actorName: string | null
  readonly data: Readonly<Record<string, unknown>> | null
}

const storyFor = async (client: Client): Promise<Answer> =>
  client.get(`/api/invoicing/invoices/${invoiceId}/story?minPosition=${position}`)
const told = ({ body }: Answer) => body['items'] as readonly Told[]

it('tells who did what, and what the program did by itself', async () => {
  const story = told(await storyFor(billing))
  expect(story.map(({ type, actorName }) => [type, actorName])).toEqual([
    ['invoicing.InvoiceDrafted', 'Camille'],
    ['invoicing.InvoiceIssueRequested', 'Camille'],
    ['invoicing.InvoiceIssued', null],
  ])
  expect(story.at(-1)?.data).toMatchObject({ content: { totals: { net: 216_00 } } })
})

it('shows the entry to readers of the ledger alone', async () => {
  expect(told(await storyFor(billing)).at(-1)?.data).not.toHaveProperty('journalEntry')
  expect(told(await storyFor(auditor)).at(-1)?.data).toMatchObject({ journalEntry: { journal: 'VE' } })
})

it('shows the document as it stood behind each of its events, and not before the first', async () => {
  const path = `/api/invoicing/invoices/${invoiceId}`
  const [drafted, requested, issued] = told(await storyFor(billing))
  const stateAt = async (ordinal: number | undefined) => {
    const { status, body } = await billing.get(`${path}?asOf=${ordinal}`)
    return status === 200 ? body['state'] : status
  }
  expect(await stateAt(drafted!.ordinal - 1)).toBe(404)
  expect(await stateAt(drafted!.ordinal)).toBe('draft')
  expect(await stateAt(requested!.ordinal)).toBe('requested')
  expect(await stateAt(issued!.ordinal)).toBe('issued')
  expect(await stateAt(10 ** 14)).toBe('issued')
  expect(await stateAt(-1)).toBe(400)
  expect((await stranger.get(`${path}?asOf=${issued!.ordinal}`)).status).toBe(404)
})

it('is closed where the document is, as if there were none', async () => {
  expect((await storyFor(stranger)).status).toBe(404)
})

it('tells of a legal entity, with its series and regimes, to those who work in it', async () => {
  const path = `/api/organisation/legal-entities/${entityId}`
  const types = told(await billing.get(`${path}/story`)).map(({ type }) => type)
  expect(types[0]).toBe('organisation.LegalEntityRegistered')
  expect(types).toContain('organisation.FiscalYearOpened')
  const { body: series } = await billing.get(`${path}/series`)
  expect(series['items']).toMatchObject([{ series: 'F', entityId }])
  const { body: regimes } = await billing.get(`${path}/vat-regimes`)
  expect(regimes['items']).toMatchObject([{ entityId }])
  // Who may change a company reads what was changed.
  const administrator = await test.user({ role: 'administrator', entityId: 'all' })
  expect(told(await administrator.get(`${path}/story`))[0]?.data).toMatchObject({ entityId })
  for (const of of ['story', 'series', 'vat-regimes'])
    expect((await stranger.get(`${path}/${of}`)).status, of).toBe(404)
})

it('leads from an entry to the documents behind it', async () => {
  const { body } = await auditor.get(`/api/ledger/entries?entityId=${entityId}&minPosition=${position}`)
  const [entry] = body['items'] as readonly { readonly ordinal: number }[]
  const answer = await auditor.get(`/api/ledger/entries/${entry?.ordinal}`)
  expect(answer.status).toBe(200)
  expect(answer.body['documents']).toContain(`invoice-${invoiceId}`)
  expect(answer.body['lines']).toHaveLength(3)
  expect((await auditor.get('/api/ledger/entries/999999')).status).toBe(404)
  expect((await billing.get(`/api/ledger/entries/${entry?.ordinal}`)).status).toBe(403)
})
