import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projections } from '../../projections/all.ts'
import { ENTITY, testApi } from '../api/test-api.ts'
import type { TestApi } from '../api/test-api.ts'
import { until } from '../support/wait.ts'
import { codec, logOf, playOriginal } from './support/copies.ts'
import type { Original } from './support/copies.ts'
import { entityId, vinet } from './support/trade.ts'

let original: Original
let api: TestApi
beforeAll(async () => {
  original = await playOriginal()
  const { vault, databaseUrl, log } = original
  const reveal = (fields: Parameters<typeof vault.reveal>[1]) => vault.reveal(log.id, fields)
  const readModels = { databaseUrl, projections, reveal }
  api = await testApi({}, { replay: { store: logOf(original.events), codec, vault, reveal, readModels } })
})
afterAll(async () => {
  await api.app.close()
  await original.close()
})

const get = async (url: string, as: Parameters<TestApi['as']>[0] = 'auditor') => {
  const response = await api.app.inject({ url, headers: api.as(as) })
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() }
}

describe('/api/replay', () => {
  it('verifies beside, and tells the result when it is asked for', async () => {
    expect((await get('/api/replay/verify')).body).toStrictEqual({ state: 'none' })
    const begun = await api.app.inject({
      method: 'POST',
      url: '/api/replay/verify',
      headers: api.as('auditor'),
    })
    expect(begun.statusCode).toBe(202)
    expect(begun.headers.location).toBe('/api/replay/verify')
    await until('the verification', async () => (await get('/api/replay/verify')).body['state'] !== 'running')
    expect((await get('/api/replay/verify')).body).toMatchObject({
      state: 'done',
      events: original.events.length,
      result: { sound: true, findings: [] },
    })
  })

  it('shows a state as it was known, and where that stands in the log', async () => {
    const url = `/api/replay/as-of/trial-balance?entityId=${entityId}&from=1997-01&to=1997-12`
    const { status, body } = await get(`${url}&at=1997-01-31T00:00:00Z`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ provisional: false, answer: { closing: 0, yearFrom: '1997-01' } })
    const invoice = await get(`/api/replay/as-of/invoices/${original.first.invoiceId}?at=3`)
    expect(invoice.status).toBe(404)
    const customer = await get(`/api/replay/as-of/customers/${vinet}`)
    expect(customer.body).toMatchObject({ answer: { balances: [{ balance: 42_517 }] } })
  })

  it('explains a figure down to the people behind it', async () => {
    const { body } = await get(`/api/replay/explain/invoices/${original.first.invoiceId}`)
    expect(body).toMatchObject({ values: { settled: 15_000 }, events: 4 })
    const contributions = body['contributions'] as { type: string }[]
    expect(contributions.find(({ type }) => type === 'invoicing.InvoiceIssued')).toMatchObject({
      documentReference: 'F1997-000001',
      label: 'VINET',
      amount: 51_663,
    })
    const general = await get(
      `/api/replay/explain?table=ledger.account_period&key=account%3D411&key=period%3D1997-01&measure=debit`,
    )
    expect(general.body).toMatchObject({ values: { debit: 69_029 } })
    const account = await get(
      `/api/replay/explain/trial-balance?entityId=${entityId}&account=411&period=1997-01`,
    )
    expect(account.body['contributions']).toHaveLength(2)
    expect((await get(`/api/replay/explain/customers/${vinet}`)).body).toMatchObject({
      values: { balance: 42_517 },
    })
  })

  it('names the parameter that is not understood', async () => {
    const field = async (url: string) => {
      const { status, body } = await get(url)
      return [status, (body['errors'] as { field: string }[])[0]?.field]
    }
    expect(await field(`/api/replay/as-of/customers/${vinet}?at=yesterday`)).toStrictEqual([400, 'at'])
    expect(await field('/api/replay/explain?table=ledger.none&key=a=b')).toStrictEqual([400, 'table'])
    expect(await field('/api/replay/explain?table=ledger.entry&key=label=b')).toStrictEqual([400, 'key'])
    expect(await field('/api/replay/explain?table=ledger.entry&key=label')).toStrictEqual([400, 'key'])
    expect(await field('/api/replay/explain?table=ledger.entry&key=ordinal=1&measure=x')).toStrictEqual([
      400,
      'measure',
    ])
    const account = `/api/replay/explain/trial-balance?entityId=${entityId}&account`
    expect(await field(`${account}=411&period=1997-13`)).toStrictEqual([400, 'period'])
    expect(await field(`${account}=411&period=0997`)).toStrictEqual([400, 'period'])
    expect(await field(`${account}=999`)).toStrictEqual([400, 'account'])
    expect(await field(`${account}=411&at=100000`)).toStrictEqual([400, 'at'])
    const months = `/api/replay/as-of/trial-balance?entityId=${entityId}`
    expect(await field(`${months}&from=1997-13&to=1997-12`)).toStrictEqual([400, 'from'])
    expect(await field(`${months}&from=1997-03&to=1997-01`)).toStrictEqual([400, 'to'])
    expect(await field(`${months}&from=1997-01&to=1997-01&at=100000`)).toStrictEqual([400, 'at'])
    expect(await field(`/api/replay/explain/trial-balance?entityId=${entityId}&account=x`)).toStrictEqual([
      400,
      'account',
    ])
  })

  it('is open to readers of the ledger, each within the entities that are theirs', async () => {
    const balance = (entity: string) =>
      `/api/replay/as-of/trial-balance?entityId=${entity}&from=1997-01&to=1997-01`
    expect((await get(balance(entityId), 'sales')).status).toBe(403)
    expect((await get(balance(entityId), 'accountant')).status).toBe(403)
    expect((await get(balance(ENTITY), 'accountant')).status).toBe(200)
    expect((await get('/api/replay/verify', 'accountant')).status).toBe(403)
    expect((await get('/api/replay/explain?table=ledger.entry&key=ordinal=1', 'accountant')).status).toBe(403)
    expect((await get(`/api/replay/explain/invoices/${original.first.invoiceId}`, 'accountant')).status).toBe(
      404,
    )
    const { body } = await get(`/api/replay/as-of/customers/${vinet}`, 'accountant')
    expect(body['answer']).toStrictEqual({ balances: [], openItems: [], movements: [] })
    expect((await get(`/api/replay/explain/customers/${vinet}`, 'accountant')).body).toMatchObject({
      rows: 0,
      events: 0,
    })
    expect((await api.app.inject({ url: '/api/replay/verify' })).statusCode).toBe(401)
  })
})
