import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { openTestProgram } from './program.ts'
import type { Answer, Client, TestProgram } from './program.ts'

/** What people keep for themselves and their team, beside the log. */

let database: FreshDatabase
let test: TestProgram
let billing: Client
let colleague: Client
let sales: Client

beforeAll(async () => {
  database = await freshDatabase()
  test = await openTestProgram(database.url)
  ;[billing, colleague, sales] = await Promise.all([
    test.user({ role: 'billing', entityId: 'all' }),
    test.user({ role: 'billing', entityId: randomUUID() }),
    test.user({ role: 'sales', entityId: 'all' }),
  ])
})
afterAll(async () => {
  await test?.close()
  await database.drop()
})

const list = '/api/invoicing/invoices'
const view = (more: object = {}) => ({
  list,
  name: 'À relancer',
  search: { settlement: ['open', 'partlySettled'], sort: 'dueOn', columns: 'number,dueOn,gross' },
  sharedWith: [],
  ...more,
})
const change = async (client: Client, method: string, path: string, body?: object): Promise<number> => {
  const headers = {
    cookie: client.cookie,
    'x-requested-with': 'test',
    ...(body && { 'content-type': 'application/json' }),
  }
  const init = body && { body: JSON.stringify(body) }
  return (await fetch(`${test.address}${path}`, { method, headers, ...init })).status
}
const put = (client: Client, viewId: string, body: object) =>
  change(client, 'PUT', `/api/me/views/${viewId}`, body)
const itemsOf = ({ status, body }: Answer) => {
  expect(status).toBe(200)
  return body['items'] as readonly Readonly<Record<string, unknown>>[]
}
const viewsOf = async (client: Client, of = list) =>
  itemsOf(await client.get(`/api/me/views?list=${encodeURIComponent(of)}`))

describe('a view', () => {
  it('is kept as it was asked for, changed and removed by its owner', async () => {
    const viewId = randomUUID()
    expect(await put(billing, viewId, view())).toBe(204)
    expect(await viewsOf(billing)).toEqual([{ viewId, ...view(), mine: true }])
    expect(await viewsOf(billing, '/api/commerce/orders')).toEqual([])
    expect(await put(billing, viewId, view({ name: 'Échues' }))).toBe(204)
    expect((await viewsOf(billing)).map(({ name }) => name)).toEqual(['Échues'])
    expect(await change(billing, 'DELETE', `/api/me/views/${viewId}`)).toBe(204)
    expect(await viewsOf(billing)).toEqual([])
    expect(await change(billing, 'DELETE', `/api/me/views/${viewId}`)).toBe(404)
  })

  it('is shared with those who have a role of its owner, who alone changes it', async () => {
    const viewId = randomUUID()
    expect(await put(billing, viewId, view({ sharedWith: ['billing'] }))).toBe(204)
    expect(await viewsOf(colleague)).toMatchObject([{ viewId, mine: false, ownerName: 'Camille' }])
    expect(await viewsOf(sales)).toEqual([])
    expect(await put(colleague, viewId, view())).toBe(403)
    expect(await change(colleague, 'DELETE', `/api/me/views/${viewId}`)).toBe(404)
    expect(await put(sales, randomUUID(), view({ sharedWith: ['billing'] }))).toBe(400)
    expect(await change(billing, 'DELETE', `/api/me/views/${viewId}`)).toBe(204)
  })

  it('holds nothing that no list can ask', async () => {
    const long = 'x'.repeat(501)
    for (const wrong of [
      { name: '' },
      { list: '/etc/passwd' },
      { search: { a: long } },
      { search: { a: 1 } },
    ])
      expect(await put(billing, randomUUID(), view(wrong))).toBe(400)
  })
})

describe('a template of a form', () => {
  const [entityId, elsewhere] = [randomUUID(), randomUUID()]
  const command = 'ledger.draftManualEntry'
  const template = (more: object = {}) => ({
    ...{ command, entityId, name: 'Loyer', sharedWith: [] },
    filledIn: { journal: 'OD', label: 'Loyer', lines: [{ account: '6132', debit: 900_00 }] },
    ...more,
  })
  const putTemplate = (client: Client, id: string, body: object) =>
    change(client, 'PUT', `/api/me/templates/${id}`, body)
  const asked = (of: string) => `/api/me/templates?command=${command}&entityId=${of}`
  let accountant: Client
  let chief: Client
  let stranger: Client
  beforeAll(async () => {
    ;[accountant, chief, stranger] = await Promise.all([
      test.user({ role: 'accountant', entityId }, { role: 'billing', entityId: elsewhere }),
      test.user({ role: 'chiefAccountant', entityId }, { role: 'accountant', entityId }),
      test.user({ role: 'accountant', entityId: elsewhere }),
    ])
  })

  it('is kept in its legal entity, changed and removed by its owner', async () => {
    const templateId = randomUUID()
    expect(await putTemplate(accountant, templateId, template())).toBe(204)
    const { command: _, entityId: __, ...told } = template()
    expect(itemsOf(await accountant.get(asked(entityId)))).toEqual([{ templateId, ...told, mine: true }])
    expect(await putTemplate(accountant, templateId, template({ name: 'Loyer du mois' }))).toBe(204)
    expect(itemsOf(await accountant.get(asked(entityId)))).toMatchObject([{ name: 'Loyer du mois' }])
    expect(await change(accountant, 'DELETE', `/api/me/templates/${templateId}`)).toBe(204)
    expect(itemsOf(await accountant.get(asked(entityId)))).toEqual([])
  })

  it('is shared with those who have the role there, and with nobody who has it elsewhere', async () => {
    const templateId = randomUUID()
    expect(await putTemplate(accountant, templateId, template({ sharedWith: ['accountant'] }))).toBe(204)
    expect(itemsOf(await chief.get(asked(entityId)))).toMatchObject([{ templateId, mine: false }])
    expect((await stranger.get(asked(entityId))).status).toBe(403)
    expect(itemsOf(await stranger.get(asked(elsewhere)))).toEqual([])
    expect(await putTemplate(chief, templateId, template())).toBe(403)
    expect(await putTemplate(stranger, randomUUID(), template())).toBe(403)
    expect(await putTemplate(accountant, randomUUID(), template({ sharedWith: ['billing'] }))).toBe(400)
    expect(await change(chief, 'DELETE', `/api/me/templates/${templateId}`)).toBe(404)
  })

  it('holds no more than a form does', async () => {
    for (const wrong of [{ name: '' }, { command: 'rm -rf' }, { filledIn: { label: 'x'.repeat(100_000) } }])
      expect(await putTemplate(accountant, randomUUID(), template(wrong))).toBe(400)
  })
})

describe('pins', () => {
  it('are each one’s own, in the order in which they were made', async () => {
    const items = [
      { to: `/invoicing/invoices/${randomUUID()}`, label: 'F1996-000001' },
      { to: `/commerce/orders/${randomUUID()}`, label: 'C-1' },
    ]
    expect(await change(billing, 'PUT', '/api/me/pins', { items })).toBe(204)
    expect(itemsOf(await billing.get('/api/me/pins'))).toEqual(items)
    expect(itemsOf(await colleague.get('/api/me/pins'))).toEqual([])
    const elsewhere = [{ to: 'https://example.org', label: 'x' }]
    expect(await change(billing, 'PUT', '/api/me/pins', { items: elsewhere })).toBe(400)
  })
})
