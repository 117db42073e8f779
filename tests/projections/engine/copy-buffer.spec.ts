import fc from 'fast-check'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SqlType, Value } from '../../../projections/definition.ts'
import { CopyBuffer } from '../../../projections/engine/copy-buffer.ts'
import { fromSql, selectExpression } from '../../../projections/engine/values.ts'
import { freshDatabase } from '../../support/postgres.ts'
import type { FreshDatabase } from '../../support/postgres.ts'

let database: FreshDatabase
let client: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 }).filter(t => !t.includes('\0'))
const anyInstant = fc.date({
  min: new Date('1900-01-01T00:00:00.000Z'),
  max: new Date('2999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})
const values: Readonly<Record<SqlType, fc.Arbitrary<Value>>> = {
  text: anyText,
  uuid: fc.uuid(),
  bigint: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  integer: fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }),
  boolean: fc.boolean(),
  date: anyInstant.map(d => d.toISOString().slice(0, 10)),
  timestamptz: anyInstant.map(d => d.toISOString()),
  jsonb: fc.array(fc.record({ note: anyText, amount: fc.integer() }), { maxLength: 3 }),
  'text[]': fc.array(anyText, { maxLength: 5 }),
}
const types = Object.keys(values) as SqlType[]
const anyRow = fc.tuple(...types.map(type => fc.option(values[type])))

describe('rows written by binary COPY', () => {
  it('law: are the values that are read back, of every type of column, also none, in any number', async () => {
    const columns = types.map((type, i) => ({ name: `c${i}`, type }))
    await client.query(
      `create temp table kept (at integer, ${columns.map(c => `${c.name} ${c.type}`).join(', ')})`,
    )
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 40 }), async rows => {
        await client.query('truncate kept')
        const buffer = new CopyBuffer()
        for (const [at, row] of rows.entries()) {
          buffer.row(columns.length + 1)
          buffer.put('integer', at)
          columns.forEach((c, i) => buffer.put(c.type, row[i]))
        }
        await pipeline(
          Readable.from([buffer.take()]),
          client.query(copyFrom('copy kept from stdin (format binary)')),
        )
        const { rows: read } = await client.query<(string | null)[]>({
          text: `select ${columns.map(c => selectExpression(c.name, c.type)).join(', ')} from kept order by at`,
          rowMode: 'array',
        })
        expect(read.map(row => row.map((text, i) => fromSql(types[i]!, text)))).toEqual(rows)
        expect(buffer.take()).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['uuid', '6f1f7a86-9a0c-5d3c-8a55-1f2c1f9a4a0'],
    ['uuid', '6f1f7a86-9a0c-5d3c-8a55-1f2c1f9a4a011'],
    ['uuid', '6f1f7a86-9a0c-5d3c-8a55-1f2c1f9a4a0g'],
    ['bigint', 2n ** 63n],
    ['integer', 2 ** 31],
    ['integer', Number.NaN],
    ['date', 'tomorrow'],
    ['timestamptz', 'yesterday'],
  ] as const)('a %s that the server could not hold is refused: %s', (type, value) => {
    const buffer = new CopyBuffer()
    buffer.row(1)
    expect(() => buffer.put(type, value)).toThrow(/not a/)
  })
})
