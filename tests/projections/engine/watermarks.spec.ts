import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connect } from '../../../projections/engine/connections.ts'
import { createEngineSchema } from '../../../projections/engine/engine-schema.ts'
import { publishWatermarks, waitForEffects } from '../../../projections/engine/watermarks.ts'
import type { RoleWatermark } from '../../../projections/engine/watermarks.ts'
import { freshDatabase } from '../../support/postgres.ts'
import type { FreshDatabase } from '../../support/postgres.ts'

const CHAIN = '00000000-0000-4000-8000-0000000000c1'
const OTHER = '00000000-0000-4000-8000-0000000000c2'
const at = (n: number): string => String(n).padStart(16, '0')

let database: FreshDatabase
let pool: pg.Pool
beforeEach(async () => {
  database = await freshDatabase()
  const client = await connect(database.url, 'test')
  await createEngineSchema(client)
  await client.end()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
})
afterEach(async () => {
  await pool.end()
  await database.drop()
})

const REGISTRAR = { role: 'registrar F', effects: [] }
const publish = (...watermarks: RoleWatermark[]): Promise<void> => publishWatermarks(pool, watermarks)

it('PROTOCOL 34: follows the effects of a chain from one role to the next, and no other chain', async () => {
  const ofRegistrar = [
    { correlationId: CHAIN, position: at(9) },
    { correlationId: CHAIN, position: at(11) },
    { correlationId: OTHER, position: at(19) },
  ]
  const ofReaction = [{ correlationId: CHAIN, position: at(12) }]
  await publish(
    { role: 'registrar F', readTo: at(20), effects: ofRegistrar },
    { role: 'reaction mail', readTo: at(20), effects: ofReaction },
  )
  expect(await waitForEffects(pool, CHAIN, at(10), 1_000)).toEqual({ position: at(12), notWaitedFor: [] })
})

it('PROTOCOL 34: waits until every role has read what was appended', async () => {
  await publish({ ...REGISTRAR, readTo: at(5) })
  const waiting = waitForEffects(pool, CHAIN, at(10), 10_000)
  await publish({ ...REGISTRAR, readTo: at(10), effects: [{ correlationId: CHAIN, position: at(11) }] })
  await publish({ ...REGISTRAR, readTo: at(11) })
  expect(await waiting).toEqual({ position: at(11), notWaitedFor: [] })
})

it('PROTOCOL 34: gives up in time and says for whom it did not wait', async () => {
  await publish({ ...REGISTRAR, readTo: at(5) })
  expect(await waitForEffects(pool, CHAIN, at(10), 1)).toEqual({
    position: at(10),
    notWaitedFor: ['registrar F'],
  })
})

it('a watermark never goes back', async () => {
  await publish({ ...REGISTRAR, readTo: at(12) })
  await publish({ ...REGISTRAR, readTo: at(5) })
  expect(await waitForEffects(pool, CHAIN, at(10), 1)).toEqual({ position: at(10), notWaitedFor: [] })
})
