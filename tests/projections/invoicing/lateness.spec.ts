import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { schemaOf } from '../../../projections/definition.ts'
import type { Projection } from '../../../projections/definition.ts'
import { createSchema } from '../../../projections/engine/ddl.ts'
import { openItemList } from '../../../projections/invoicing/receivables.queries.ts'
import { receivables } from '../../../projections/invoicing/receivables.ts'
import { entities } from '../../../projections/organisation/entities.ts'
import { freshDatabase } from '../../support/postgres.ts'
import type { FreshDatabase } from '../../support/postgres.ts'
import { id } from '../support/facts.ts'

/** What is overdue by the calendar of each legal entity: one is a whole day ahead of the other, whatever the hour. */

const AHEAD = { entity: id('ahead'), zone: 'Pacific/Kiritimati' }
const BEHIND = { entity: id('behind'), zone: 'Pacific/Pago_Pago' }

let database: FreshDatabase
let client: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  client = new pg.Client(database.url)
  await client.connect()
  for (const projection of [entities, receivables])
    for (const statement of createSchema(projection, schemaOf(projection))) await client.query(statement)
  for (const { entity, zone } of [AHEAD, BEHIND])
    await insert(entities, 'legal_entity', entityRow(entity, zone))
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const insert = async (projection: Projection, table: string, row: Readonly<Record<string, unknown>>) => {
  const names = Object.keys(row)
  await client.query(
    `insert into ${schemaOf(projection)}.${table} (${names.join()}) values (${names.map((_, i) => `$${i + 1}`).join()})`,
    Object.values(row),
  )
}

const entityRow = (entity_id: string, time_zone: string) => ({
  ...{ entity_id, code: time_zone, name: time_zone, legal_form: 'SAS', siren: '732829320' },
  ...{ vat_number: 'FR44732829320', address: {}, currency: 'EUR', time_zone, since: 1 },
})

const itemRow = (entity_id: string, reference: string, due_on: string, left_open: number) => ({
  ...{ document_id: id(`${entity_id} ${reference}`), entity_id, customer_id: id('customer') },
  ...{ customer_code: 'VINET', currency: 'EUR', kind: 'invoice', reference, document_on: due_on, due_on },
  ...{ amount: 120_00, left_open, since: 1 },
})

it('is what is due before the day that it is there, and not settled', async () => {
  const day = Temporal.Now.plainDateISO(BEHIND.zone)
  for (const { entity } of [AHEAD, BEHIND]) {
    await insert(receivables, 'open_item', itemRow(entity, 'today', day.toString(), 120_00))
    await insert(receivables, 'open_item', itemRow(entity, 'owed by us', '2020-01-01', -120_00))
  }
  const rows = async (entityId: string, overdue: boolean) =>
    (await openItemList.page(client, { filter: { entityId, overdue } })).rows.map(
      ({ reference }) => reference,
    )
  expect(await rows(AHEAD.entity, true)).toEqual(['today'])
  expect(await rows(BEHIND.entity, false)).toContain('owed by us')
  // Midnight may come between the two questions.
  const isSameDay = Temporal.Now.plainDateISO(BEHIND.zone).equals(day)
  expect(await rows(BEHIND.entity, true)).toEqual(isSameDay ? [] : ['today'])
})
