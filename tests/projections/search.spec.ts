import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { column, schemaOf, table } from '../../projections/definition.ts'
import type { Projection } from '../../projections/definition.ts'
import { createSchema, tableDdl } from '../../projections/engine/ddl.ts'
import { createEngineSchema } from '../../projections/engine/engine-schema.ts'
import { defineList } from '../../projections/lists.ts'
import { searchText } from '../../projections/shared.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'

/** Searching for a part of a text, on servers that lend an index for it and on those that do not. */

const houseTable = table({
  name: 'house',
  comment: 'Houses',
  columns: { id: column.integer('Identifier'), search: column.text('What it is searched by') },
  key: ['id'],
  indexes: [{ columns: ['search'], using: 'trigrams' }],
  on: () => [],
})
const houses: Projection = { name: 'houses', version: 1, comment: 'Houses', tables: [houseTable] }
const list = defineList({
  projection: houses,
  table: houseTable,
  filters: [],
  ranges: [],
  sorts: ['id'],
  defaultSort: { by: 'id', direction: 'asc' },
})
const NAMES = ['Hôtel des Salines', 'Cœur de Bretagne', 'CABINET Perrin-Lacombe']

let database: FreshDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

/** Runs as somebody who may create in the database and nothing else. */
const asOwner = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(database.url)
  await client.connect()
  const role = `owner_${new URL(database.url).pathname.slice(1)}`
  try {
    await client.query(`create role ${role}`)
    await client.query(`grant create on database ${new URL(database.url).pathname.slice(1)} to ${role}`)
    await client.query(`set role ${role}`)
    return await work(client)
  } finally {
    await client.query(`reset role; drop owned by ${role} cascade; drop role ${role}`)
    await client.end()
  }
}

const build = async (client: pg.Client): Promise<number> => {
  for (const statement of createSchema(houses, schemaOf(houses))) await client.query(statement)
  for (const [i, name] of NAMES.entries())
    await client.query('insert into houses_v1.house values ($1, $2)', [i, searchText(name)])
  for (const statement of tableDdl(schemaOf(houses), houseTable).indexes) await client.query(statement)
  const { rowCount } = await client.query(`select from pg_indexes where schemaname = 'houses_v1'`)
  return rowCount ?? 0
}

const found = async (client: pg.Client): Promise<readonly string[]> => {
  const of = async (search: string) =>
    (await list.page(client, { search })).rows.map(({ id }) => NAMES[id]).join()
  return Promise.all(['hotel', 'SÀLINES hôtel', 'coeur', 'perrin', 'hotel perrin'].map(of))
}
const expected = [NAMES[0], NAMES[0], NAMES[1], NAMES[2], '']

it('has an index where the extension can be installed, which takes no superuser', async () => {
  await asOwner(async client => {
    await createEngineSchema(client)
    expect(await build(client)).toBe(1)
    expect(await found(client)).toEqual(expected)
  })
})

it('finds the same without', async () => {
  await asOwner(async client => {
    expect(await build(client)).toBe(0)
    expect(await found(client)).toEqual(expected)
  })
})
