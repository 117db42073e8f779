import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stateAsOf } from '../../projections/as-of.ts'
import { projections } from '../../projections/all.ts'
import { findOrder, orderLineList, orderList } from '../../projections/commerce/orders.queries.ts'
import { invoiceList } from '../../projections/invoicing/invoices.queries.ts'
import { letteredDocuments } from '../../projections/invoicing/lettering.queries.ts'
import { invoices } from '../../projections/invoicing/invoices.ts'
import { receivables } from '../../projections/invoicing/receivables.ts'
import { ledger } from '../../projections/ledger/ledger.ts'
import { schemaOf } from '../../projections/definition.ts'
import {
  ageing,
  ageingTotals,
  openItemList,
  unallocatedPaymentList,
} from '../../projections/invoicing/receivables.queries.ts'
import { accountPage } from '../../projections/ledger/accounts.queries.ts'
import { trialBalance } from '../../projections/ledger/trial-balance.queries.ts'
import { documentHistory } from '../../projections/organisation/history.queries.ts'
import { appendFacts } from './support/append-facts.ts'
import { company } from './support/business.ts'
import { ENTITY, codec, id } from './support/facts.ts'
import { openReadSide } from './support/read-side.ts'
import { revealTest } from './support/reveal.ts'
import type { ReadSide } from './support/read-side.ts'
import { query, stateOf, storedState, wholeRecordedLog } from './support/read-model.ts'

const SALES = 60
let side: ReadSide
let count: number
beforeAll(async () => {
  side = await openReadSide()
  await side.reach(0)
  count = await appendFacts(side.store, company(SALES, 7))
  await side.reach(count)
})
afterAll(() => side.close())

const replay = (projection: (typeof projections)[number], ordinal = count) =>
  stateAsOf({ store: side.store, codec, reveal: revealTest }, projection, { ordinal })

describe('all projections', () => {
  for (const projection of projections)
    it(`${projection.name}: live rows are the fold of the log, and history is the replay cut there`, async () => {
      const replayed = await replay(projection)
      expect(await storedState(side.url, projection)).toEqual(stateOf(projection, replayed.rows))
      const at = Math.floor(count * 0.7)
      const kept = await storedState(side.url, projection, { at })
      const cut = stateOf(projection, (await replay(projection, at)).rows)
      for (const table of projection.tables)
        if (table.history) expect(kept[table.name], table.name).toEqual(cut[table.name])
    })

  it('rebuilt beside live have the same rows', async () => {
    const report = await side.rebuildAll()
    for (const { projection, differences, failure } of report.projections)
      expect([projection.name, differences, failure]).toEqual([projection.name, [], undefined])
  })

  it('agree with each other: ledger, open items and balances of customers', async () => {
    const total = async (sql: string) =>
      (await query<{ sum: string }>(side.url, `select (${sql})::text as sum`))[0]?.sum
    const owed = await total(`select sum(balance) from ${schemaOf(receivables)}.customer_balance`)
    expect(await total(`select sum(left_open) from ${schemaOf(receivables)}.open_item`)).toBe(owed)
    expect(await total(`select sum(payable - settled) from ${schemaOf(invoices)}.invoice`)).toBe(owed)
    expect(
      await total(`select sum(debit - credit) from ${schemaOf(ledger)}.account_period where account = '411'`),
    ).toBe(owed)
    const { lines } = await trialBalance(side.pool, { entityId: ENTITY, from: '1996-01', to: '1998-12' })
    expect(String(lines.find(l => l.account === '411')?.closing)).toBe(owed)
  })
})

it('what is left of the documents of a third party as of an ordinal is what the list said then', async () => {
  const customers = (await openItemList.page(side.pool, { limit: 500 })).rows.map(row => row.customerId)
  expect(customers.length).toBeGreaterThan(0)
  for (const partyId of new Set(customers))
    for (const asOf of [0, 0.3, 0.7, 1].map(part => Math.floor(count * part))) {
      const documents = await letteredDocuments(side.pool, { entityId: ENTITY, partyId, asOf })
      const { rows } = await openItemList.page(side.pool, {
        limit: 500,
        asOf,
        filter: { customerId: partyId },
      })
      const open = documents.filter(({ leftOpen }) => leftOpen !== 0n)
      const left = open.map(({ documentId, leftOpen }) => [documentId, leftOpen] as const)
      expect(new Map(left)).toEqual(
        new Map(rows.filter(row => row.leftOpen !== 0n).map(row => [row.documentId, row.leftOpen])),
      )
      // What is lettered by a group that is settled to the cent has nothing left.
      expect(open.filter(({ code }) => code !== null)).toEqual([])
    }
})

describe('lists', () => {
  it('give every row once, whatever the sorting, the direction and the size of pages', async () => {
    for (const by of invoiceList.sorts)
      for (const direction of ['asc', 'desc'] as const) {
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page = await invoiceList.page(side.pool, { limit: 7, sort: { by, direction }, cursor })
          seen.push(...page.rows.map(r => r.invoiceId))
          cursor = page.next
        } while (cursor !== undefined)
        expect(new Set(seen).size, `${by} ${direction}`).toBe(SALES)
        expect(seen.length, `${by} ${direction}`).toBe(SALES)
      }
  })

  it('filter, search and bound', async () => {
    const of = async (request: Parameters<typeof invoiceList.page>[1]) =>
      (await invoiceList.page(side.pool, { limit: 500, ...request })).rows
    expect(await of({ filter: { settlement: 'open' } })).toHaveLength(12)
    expect(await of({ filter: { settlement: ['open', 'partlySettled'] } })).toHaveLength(18)
    expect((await of({ search: 'F1996-000007' })).map(r => r.number)).toEqual(['F1996-000007'])
    expect(await of({ search: '%' })).toEqual([])
    const days = (await of({ from: { issuedOn: '1996-07-02' }, to: { issuedOn: '1996-07-03' } })).map(
      r => r.issuedOn,
    )
    expect(new Set(days)).toEqual(new Set(['1996-07-02', '1996-07-03']))
  })

  it('refuse what they do not offer by the name of the field', async () => {
    const page = (request: object) => invoiceList.page(side.pool, request)
    await expect(page({ filter: { colour: 'red' } })).rejects.toMatchObject({ field: 'colour' })
    await expect(page({ filter: { entityId: 'x' } })).rejects.toMatchObject({
      field: 'entityId',
      expected: { fr: 'un UUID', en: 'a UUID' },
    })
    await expect(page({ sort: { by: 'colour', direction: 'asc' } })).rejects.toMatchObject({ field: 'sort' })
    await expect(page({ limit: 0 })).rejects.toMatchObject({ field: 'limit' })
    await expect(page({ cursor: 'nonsense' })).rejects.toMatchObject({ field: 'cursor' })
    await expect(page({ from: { issuedOn: '1996-13-01' } })).rejects.toMatchObject({ field: 'issuedOn' })
  })

  it('refuse a cursor that they never gave, by its name and before the database sees it', async () => {
    const cursorOf = (...parts: readonly unknown[]) =>
      Buffer.from(JSON.stringify(parts)).toString('base64url')
    const key = id('order 1')
    const forged = [
      { cursor: cursorOf('issued_on', 'desc', '1996-02-30', key) },
      { cursor: cursorOf('issued_on', 'desc', '0000-01-01', key) },
      { cursor: cursorOf('issued_on', 'desc', ['1996-07-01'], key) },
      { cursor: cursorOf('issued_on', 'desc', '1996-07-01', "' or true --") },
      { cursor: cursorOf('changed_at', 'desc', '1996-02-30T25:61:61Z', key), by: 'changedAt' },
    ]
    for (const { cursor, by = 'issuedOn' } of forged)
      await expect(
        invoiceList.page(side.pool, { cursor, sort: { by, direction: 'desc' } }),
        cursor,
      ).rejects.toMatchObject({ field: 'cursor' })
    const days = { entityId: ENTITY, from: '1996-01-01', to: '1996-12-31', account: '411' }
    await expect(
      accountPage(side.pool, { ...days, cursor: cursorOf('1996-02-30', '1', '1', '0') }),
    ).rejects.toMatchObject({ field: 'cursor' })
    await expect(
      ageing(side.pool, { entityId: ENTITY, at: '1996-12-31', cursor: cursorOf('x', 'EUR', 'y') }),
    ).rejects.toMatchObject({ field: 'cursor' })
  })

  it('as of an ordinal show the rows of then', async () => {
    const at = Math.floor(count / 2)
    const { rows } = await invoiceList.page(side.pool, { limit: 500, asOf: at })
    const then = (await replay(invoices, at)).rows.get('invoice') ?? []
    expect(rows.map(r => [r.invoiceId, r.state, r.settled]).toSorted()).toEqual(
      then.map(r => [r['invoice_id'], r['state'], r['settled']]).toSorted(),
    )
    await expect(orderLineList.page(side.pool, { asOf: 1 })).resolves.toBeDefined()
  })

  it('orders show what was delivered and billed', async () => {
    const { rows } = await orderList.page(side.pool, { filter: { state: 'delivered' }, limit: 500 })
    expect(rows).toHaveLength(SALES)
    const order = await findOrder(side.pool, id('order 5'))
    expect(order).toMatchObject({ number: '10005', state: 'delivered' })
    expect(order?.billed).toBe(order?.ordered)
  })
})

describe('ageing', () => {
  it('puts what is open into buckets by days overdue, customer by customer', async () => {
    const request = { entityId: ENTITY, at: '1996-09-10' }
    const customers = []
    let cursor: string | undefined
    do {
      const page = await ageing(
        side.pool,
        cursor === undefined ? { ...request, limit: 2 } : { ...request, limit: 2, cursor },
      )
      customers.push(...page.rows)
      cursor = page.next
    } while (cursor !== undefined)
    const [totals] = await ageingTotals(side.pool, request)
    for (const bucket of ['notDue', 'days1To30', 'over90', 'unallocated', 'total'] as const)
      expect(
        customers.reduce((sum, c) => sum + c[bucket], 0n),
        bucket,
      ).toBe(totals?.[bucket])
    // All was issued in July and is due on 28 August: 13 days before.
    expect(totals).toMatchObject({ notDue: 0n, days31To60: 0n, over90: 0n, unallocated: 0n })
    expect(totals?.days1To30).toBe(totals?.total)
    const { rows } = await openItemList.page(side.pool, { limit: 500 })
    expect(rows.reduce((sum, r) => sum + r.leftOpen, 0n)).toBe(totals?.total)
    expect((await unallocatedPaymentList.page(side.pool, {})).rows).toEqual([])
  })
})

describe('history', () => {
  it('of a document tells also the events of other streams that concern it', async () => {
    const { rows } = await documentHistory(side.pool, { stream: `invoice-${id('invoice 3')}` })
    expect(rows.map(event => (JSON.parse(event) as { type: string }).type)).toEqual([
      'commerce.BillingClaimed',
      'invoicing.InvoiceDrafted',
      'invoicing.InvoiceIssueRequested',
      'invoicing.InvoiceIssued',
      'invoicing.PaymentAllocated',
    ])
    const first = await documentHistory(side.pool, { stream: `invoice-${id('invoice 3')}`, limit: 2 })
    const second = await documentHistory(side.pool, {
      stream: `invoice-${id('invoice 3')}`,
      ...(first.next === undefined ? {} : { cursor: first.next }),
    })
    expect([...first.rows, ...second.rows]).toEqual(rows)
    const ordinals = rows.map(event => (JSON.parse(event) as { ordinal: number }).ordinal)
    expect(ordinals).toEqual(ordinals.toSorted((a, b) => a - b))
  })

  it('PROTOCOL 11: an instant means all events before the first recorded later, and is provisional at the end', async () => {
    const log = await wholeRecordedLog(side.store, codec)
    // Appends that were sent together may stand in another order than they were recorded in.
    for (const event of [log[10], log[40], log[41], log[300]]) {
      const instant = event?.recordedAt ?? ''
      const known = log.findIndex(e => e.recordedAt > instant)
      const expected = { ordinal: known, eventId: log[known - 1]?.id, provisional: false }
      expect(await stateAsOf({ store: side.store, codec }, invoices, { instant })).toMatchObject(expected)
    }
    const end = { instant: '2100-01-01T00:00:00.000Z' }
    expect(await stateAsOf({ store: side.store, codec }, invoices, end)).toMatchObject({
      ordinal: count,
      provisional: true,
    })
  })
})

describe('analytics', () => {
  it('every view and every column is described, and the analyst reads these and nothing else', async () => {
    const bare = await query(
      side.url,
      `select c.relname, a.attname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       where n.nspname = 'analytics' and col_description(c.oid, a.attnum) is null`,
    )
    expect(bare).toEqual([])
    const asAnalyst = (sql: string) =>
      query<{ sum: string }>(`${side.url}?options=-c%20role%3Dgrandlivre_analyst`, sql)
    await expect(asAnalyst(`select 1 from ${schemaOf(ledger)}.entry`)).rejects.toThrow('permission denied')
    await expect(asAnalyst(`select sum(debit) from analytics.journal_line`)).resolves.toBeDefined()
    const [net] = await query<{ sum: string }>(
      side.url,
      `select sum(net)::text as sum from analytics.invoice`,
    )
    const [cents] = await query<{ sum: string }>(
      side.url,
      `select sum(net)::text as sum from ${schemaOf(invoices)}.invoice`,
    )
    expect(Number(net?.sum) * 100).toBe(Number(cents?.sum))
  })
})
