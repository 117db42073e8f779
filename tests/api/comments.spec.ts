import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { customerId, draft, openTestProgram, setUpBusiness } from './program.ts'
import type { Answer, Client, TestProgram } from './program.ts'

/** What people say to each other about documents, over HTTP. */

let database: FreshDatabase
let test: TestProgram
let billing: Client
let auditor: Client
let stranger: Client
let position: string
const invoiceId = randomUUID()
const path = `/api/invoicing/invoices/${invoiceId}`
const about = { category: 'invoice', documentId: invoiceId }
const commentId = randomUUID()
const text = 'Ligne 2 à revoir\n<script>alert(1)</script>'

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url)
  await setUpBusiness(test)
  billing = await test.user({ role: 'billing', entityId: 'all' })
  auditor = await test.user({ role: 'auditor', entityId: 'all' })
  stranger = await test.user({ role: 'billing', entityId: randomUUID() })
  await billing.send('invoicing.draftInvoice', draft(invoiceId))
  position = (await billing.send('collaboration.writeComment', { commentId, about, text })).body[
    'position'
  ] as string
})
afterAll(async () => {
  await test?.close()
  await database.drop()
})

const commentsFor = (client: Client): Promise<Answer> =>
  client.get(`${path}/comments?minPosition=${position}`)

it('who may read the document reads what was said, by whom', async () => {
  for (const client of [billing, auditor])
    expect((await commentsFor(client)).body).toMatchObject({
      items: [{ commentId, text, authorName: 'Camille', withdrawnAt: null }],
    })
  expect((await commentsFor(stranger)).status).toBe(404)
})

it('a comment leaves the revision of the document as it was', async () => {
  const etag = (await billing.get(path)).headers.get('etag')
  const answer = await billing.send('collaboration.writeComment', {
    ...{ commentId: randomUUID(), about, text: 'Vu.' },
  })
  position = String(answer.body['position'])
  expect((await commentsFor(billing)).body['items']).toHaveLength(2)
  expect((await billing.get(path)).headers.get('etag')).toBe(etag)
})

it('who only reads does not write, and nobody speaks about documents of others', async () => {
  const comment = { commentId: randomUUID(), about, text: 'Non.' }
  for (const client of [auditor, stranger])
    expect((await client.send('collaboration.writeComment', comment)).status).toBe(403)
})

it('documents that all entities share are spoken about by who works in one', async () => {
  const shared = { category: 'customer', documentId: customerId }
  const comment = { commentId: randomUUID(), about: shared, text: 'Rappeler lundi.' }
  const { status, body } = await stranger.send('collaboration.writeComment', comment)
  expect(status).toBe(200)
  const comments = await auditor.get(
    `/api/commerce/customers/${customerId}/comments?minPosition=${String(body['position'])}`,
  )
  expect(comments.body).toMatchObject({ items: [{ text: 'Rappeler lundi.' }] })
})

it('what was withdrawn is told no more', async () => {
  const answer = await billing.send('collaboration.withdrawComment', { commentId, about })
  position = String(answer.body['position'])
  const { body } = await commentsFor(auditor)
  expect(body).toMatchObject({ items: [{ commentId, text: null }, { text: 'Vu.' }] })
  expect(JSON.stringify(body)).not.toContain('à revoir')
})
