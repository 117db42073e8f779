import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { column, schemaOf, table } from '../../projections/definition.ts'
import type { Projection } from '../../projections/definition.ts'
import { createSchema } from '../../projections/engine/ddl.ts'
import { defineList } from '../../projections/lists.ts'
import type { SumsRequest } from '../../projections/lists.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'

const billTable = table({
  name: 'bill',
  comment: 'Bills of several currencies',
  columns: {
    id: column.integer('Identifier'),
    colour: column.optional(column.oneOf(['red', 'green'], 'Colour')),
    billed_on: column.optional(column.date('Day')),
    currency: column.text('ISO 4217 code'),
    net: column.bigint('Net'),
    tax: column.optional(column.bigint('Tax')),
  },
  key: ['id'],
  on: () => [],
})
const bills: Projection = { name: 'bills', version: 1, comment: 'Bills', tables: [billTable] }
const list = defineList({
  projection: bills,
  table: billTable,
  filters: ['colour'],
  ranges: ['billed_on'],
  sorts: ['id'],
  defaultSort: { by: 'id', direction: 'asc' },
  groups: ['colour', 'billed_on'],
  sums: ['net', 'tax'],
})

interface Bill {
  readonly colour: 'red' | 'green' | null
  readonly billed_on: string | null
  readonly currency: string
  readonly net: number
  readonly tax: number | null
}
interface Group {
  readonly group: string | null
  readonly currency: string
  readonly count: number
  readonly net: number | string
  readonly tax: number | string
}

let database: FreshDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  for (const statement of createSchema(bills, schemaOf(bills))) await pool.query(statement)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const stand = async (rows: readonly Bill[]): Promise<void> => {
  await pool.query('truncate bills_v1.bill')
  await pool.query(
    `insert into bills_v1.bill select ordinality, colour, billed_on, currency, net, tax from rows from (
       jsonb_to_recordset($1::jsonb) as (colour text, billed_on date, currency text, net bigint, tax bigint))
     with ordinality`,
    [JSON.stringify(rows)],
  )
}
const ask = async (request: SumsRequest): Promise<{ groups: Group[]; next: string | undefined }> => {
  const { rows, next } = await list.sums.json(pool, request)
  return { groups: rows.map(row => JSON.parse(row) as Group), next }
}

describe('what a list comes to', () => {
  const bill: fc.Arbitrary<Bill> = fc.record({
    colour: fc.option(fc.constantFrom('red', 'green')),
    billed_on: fc.option(fc.constantFrom('2026-01-31', '2026-02-01', '2026-02-28')),
    currency: fc.constantFrom('EUR', 'USD'),
    net: fc.integer({ min: -1_000, max: 1_000 }),
    tax: fc.option(fc.integer({ min: 0, max: 200 })),
  })
  const keyOf = {
    colour: (b: Bill) => b.colour,
    billedOnMonth: (b: Bill) => b.billed_on?.slice(0, 7) ?? null,
  }

  const added = (rows: readonly Bill[], group: (b: Bill) => string | null): readonly Group[] => {
    const groups = Map.groupBy(rows, b => JSON.stringify([group(b), b.currency]))
    return [...groups.entries()].map(([key, of]) => {
      const [name, currency] = JSON.parse(key) as [string | null, string]
      const sum = (amounts: readonly (number | null)[]) => amounts.reduce<number>((a, b) => a + (b ?? 0), 0)
      return {
        group: name,
        currency,
        count: of.length,
        net: sum(of.map(b => b.net)),
        tax: sum(of.map(b => b.tax)),
      }
    })
  }
  const byGroup = (groups: readonly Group[]) => new Set(groups.map(group => JSON.stringify(group)))

  it('is what its rows add up to, by group and currency, page by page in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(bill, { maxLength: 14 }),
        fc.constantFrom('colour' as const, 'billedOnMonth' as const),
        fc.constantFrom(...list.sums.sorts),
        fc.constantFrom('asc' as const, 'desc' as const),
        fc.integer({ min: 1, max: 3 }),
        async (rows, groupBy, by, direction, limit) => {
          await stand(rows)
          const request = { groupBy, sort: { by, direction } }
          const seen: Group[] = []
          let cursor: string | undefined
          do {
            const page = await ask({ ...request, limit, cursor })
            seen.push(...page.groups)
            cursor = page.next
          } while (cursor !== undefined)
          expect(seen).toEqual((await ask(request)).groups)
          expect(byGroup(seen)).toEqual(byGroup(added(rows, keyOf[groupBy])))
          expect((await ask({})).groups).toEqual(
            added(rows, () => null).toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it('counts what the filters leave', async () => {
    const red: Bill = { colour: 'red', billed_on: '2026-01-31', currency: 'EUR', net: 5, tax: null }
    await stand([red, red, { ...red, colour: 'green' }, { ...red, billed_on: '2026-02-01' }])
    const { groups } = await ask({ filter: { colour: 'red' }, to: { billedOn: '2026-01-31' } })
    expect(groups).toEqual([{ group: null, currency: 'EUR', count: 2, net: 10, tax: 0 }])
  })

  it('is the text of its digits beyond the safe integers, and sorts as a number', async () => {
    const safe = Number.MAX_SAFE_INTEGER
    const large: Bill = { colour: 'red', billed_on: null, currency: 'EUR', net: safe, tax: null }
    await stand([large, { ...large, net: 1 }, { ...large, colour: 'green' }])
    const { groups } = await ask({ groupBy: 'colour', sort: { by: 'net', direction: 'desc' } })
    expect(groups.map(({ group, net }) => [group, net])).toEqual([
      ['red', '9007199254740992'],
      ['green', safe],
    ])
  })

  it('is exact also in a single row', async () => {
    await stand([{ colour: 'red', billed_on: null, currency: 'EUR', net: 1, tax: null }])
    await pool.query(`update bills_v1.bill set net = 9007199254740993, tax = -9007199254740993`)
    const { rows } = await list.json(pool, {})
    expect(JSON.parse(rows[0] ?? '')).toMatchObject({ net: '9007199254740993', tax: '-9007199254740993' })
    expect((await list.page(pool, {})).rows).toMatchObject([{ net: 9007199254740993n }])
  })

  it('refuses a group that the list does not declare', async () => {
    await expect(ask({ groupBy: 'currency' })).rejects.toMatchObject({ field: 'groupBy' })
  })
})
