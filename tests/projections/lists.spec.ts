import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type pg from 'pg'
import { column, schemaOf, table } from '../../projections/definition.ts'
import type { Projection } from '../../projections/definition.ts'
import { createSchema } from '../../projections/engine/ddl.ts'
import { defineList } from '../../projections/lists.ts'
import type { List, Queryable } from '../../projections/lists.ts'
import { openReadSide } from './support/read-side.ts'
import type { ReadSide } from './support/read-side.ts'

let side: ReadSide
beforeAll(async () => {
  side = await openReadSide()
  await side.reach(0)
})
afterAll(() => side.close())

describe('a page begins exactly behind the one before', () => {
  const paperTable = table({
    name: 'paper',
    comment: 'Papers with and without day and number',
    columns: {
      id: column.integer('Identifier'),
      day: column.optional(column.date('Day')),
      number: column.optional(column.text('Number')),
      colour: column.oneOf(['red', 'green'], 'Colour'),
    },
    key: ['id'],
    on: () => [],
  })
  const papers: Projection = { name: 'papers', version: 1, comment: 'Papers', tables: [paperTable] }
  const paperList = defineList({
    projection: papers,
    table: paperTable,
    filters: ['colour'],
    ranges: [],
    sorts: [['day', 'number'], 'number', 'id'],
    defaultSort: { by: 'day', direction: 'desc' },
  })

  beforeAll(async () => {
    for (const statement of createSchema(papers, schemaOf(papers))) await side.pool.query(statement)
  })

  const days = fc.option(fc.constantFrom('1996-07-01', '1996-07-02'))
  const numbers = fc.option(fc.constantFrom('F1', 'F2', 'F3'))
  const paper = fc.record({ day: days, number: numbers, colour: fc.constantFrom('red', 'green') })

  it('whatever the order, the size of pages, and where nothing stands in a column', async () => {
    const rows = fc.array(paper, { maxLength: 12 })
    const by = fc.constantFrom(...paperList.sorts)
    const direction = fc.constantFrom('asc' as const, 'desc' as const)
    await fc.assert(
      fc.asyncProperty(
        rows,
        by,
        direction,
        fc.integer({ min: 1, max: 4 }),
        async (rows, by, direction, limit) => {
          await side.pool.query(`truncate papers_v1.paper`)
          await side.pool.query(
            `insert into papers_v1.paper select ordinality, day, number, colour from rows from (
             jsonb_to_recordset($1::jsonb) as (day date, number text, colour text)) with ordinality`,
            [JSON.stringify(rows)],
          )
          const request = { sort: { by, direction } }
          const whole = (await paperList.page(side.pool, request)).rows
          expect(whole).toHaveLength(rows.length)
          const seen: object[] = []
          let cursor: string | undefined
          do {
            const page = await paperList.page(side.pool, { ...request, limit, cursor })
            seen.push(...page.rows)
            cursor = page.next
          } while (cursor !== undefined)
          expect(seen).toEqual(whole)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('refuses a word that the column never holds, and a cursor of another order', async () => {
    await expect(paperList.page(side.pool, { filter: { colour: 'blue' } })).rejects.toMatchObject({
      field: 'colour',
      expected: { fr: "l'un de : red, green", en: 'one of red, green' },
    })
    const cursor = Buffer.from(JSON.stringify(['number id asc', 'F1', '1'])).toString('base64url')
    await expect(paperList.page(side.pool, { cursor })).rejects.toMatchObject({ field: 'cursor' })
  })
})

/** Lists of what an entity, or one document, has a few hundred of at most: sorted when asked for. */
const SMALL: ReadonlySet<string> = new Set([
  'legal_entity',
  'number_series',
  'vat_regime',
  'user',
  'user_token',
  'account',
  'journal',
  'period',
  'journal_lock',
  'order_line',
  'order_delivery',
  'invoice_line',
])
const isList = (value: unknown): value is List<object> =>
  typeof value === 'object' && value !== null && 'json' in value && 'keepsHistory' in value

const allLists = async (): Promise<readonly (readonly [string, List<object>])[]> => {
  const folder = new URL('../../projections/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(f =>
    f.endsWith('.queries.ts'),
  )
  const modules = await Promise.all(files.map(f => import(new URL(f, folder).href) as Promise<object>))
  return modules
    .flatMap(m => Object.entries(m) as [string, unknown][])
    .filter((entry): entry is [string, List<object>] => isList(entry[1]))
}

/** The statement that a list would send. */
const statementOf = async (list: List<object>): Promise<{ text: string; values: unknown[] }> => {
  let sent: { text: string; values: unknown[] } | undefined
  const query = (config: { text: string; values: unknown[] }) => {
    sent = config
    return Promise.resolve({ rows: [] })
  }
  await list.json({ query } as unknown as Queryable, {})
  if (!sent) throw new Error(`${list.name} asked nothing`)
  return sent
}

const planOf = async (client: pg.PoolClient, list: List<object>): Promise<string> => {
  const { text, values } = await statementOf(list)
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
  return rows.map(row => row['QUERY PLAN']).join('\n')
}

describe('the order that a list has when nothing else is asked for', () => {
  it('stands in an index: a page reads its own rows, however many others there are', async () => {
    const lists = (await allLists()).filter(([, list]) => !SMALL.has(list.name))
    expect(lists.length).toBeGreaterThan(15)
    const client = await side.pool.connect()
    try {
      await client.query('set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off')
      const sorted: string[] = []
      for (const [name, list] of lists)
        if (/Seq Scan|(^|-> )Sort /m.test(await planOf(client, list))) sorted.push(name)
      expect(sorted).toEqual([])
    } finally {
      client.release(true)
    }
  })
})
