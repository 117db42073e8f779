import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sendAppend } from '../../event-store/log-on-store.ts'
import { StoreShut, StoreUnavailable } from '../../event-store/port.ts'
import type { EventStore } from '../../event-store/port.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { collect, freshStream, numbered, send, testAppend, wholeLog } from '../support/test-events.ts'

let database: FreshDatabase
let store: EventStore
let copier: EventStore
let admin: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  store = await openPostgresStore({ connectionString: database.url })
  copier = await openPostgresStore({ connectionString: database.url, copying: true })
  admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
})

const open = () => copier.gate!.open({ stream: 'log-main', type: 'tests.NeverHappened' })
beforeEach(open)
afterAll(async () => {
  await Promise.all([store.close(), copier.close(), admin.end()])
  await database.drop()
})

describe('PROTOCOL 12: a log that is shut', () => {
  it('takes nothing from anybody, whatever program sends it', async () => {
    const before = testAppend(freshStream())
    await send(store, before)
    await copier.gate!.shut()
    await expect(send(store, testAppend(freshStream()))).rejects.toBeInstanceOf(StoreShut)
    await expect(send(store, testAppend(before.stream, before.next))).rejects.toBeInstanceOf(StoreShut)
    const insert = `insert into log.events values (999, 'thing-1', 0, '${randomUUID()}', 'a.B', '{}', '{}')`
    for (const role of ['origin', 'replica']) {
      await admin.query(`set session_replication_role = ${role}`)
      await expect(admin.query(insert)).rejects.toThrow(/shut/)
    }
    await admin.query('reset session_replication_role')
    expect((await store.head())?.id).toBe(before.events[0]!.id)
  })

  it('takes what a copy brings, is shut again without harm, and takes everything once it is open', async () => {
    await copier.gate!.shut()
    await copier.gate!.shut()
    const copied = testAppend(freshStream())
    await send(copier, copied)
    await open()
    await open()
    await send(store, testAppend(copied.stream, copied.next))
    expect(await collect(store.readStream(copied.stream))).toHaveLength(2)
  })

  it('is not opened by who comes too late: while its stream ends with what shut it', async () => {
    const shutting = testAppend(freshStream())
    await send(copier, shutting)
    const unless = { stream: shutting.stream, type: shutting.events[0]!.type }
    await copier.gate!.shut()
    await copier.gate!.open(unless)
    await expect(send(store, testAppend(freshStream()))).rejects.toBeInstanceOf(StoreShut)
    await copier.gate!.open({ ...unless, type: 'tests.Other' })
    await send(store, testAppend(freshStream()))
  })

  it('ends there: what was under way is stored and acknowledged, or neither', async () => {
    const appends = Array.from({ length: 400 }, () =>
      testAppend(freshStream('race'), 'noStream', { data: numbered(3) }),
    )
    const outcomes = appends.map(a => send(store, a).then(() => true, refusalOf))
    await outcomes[0]
    await copier.gate!.shut()
    const end = await store.head()
    const acknowledged = new Set(
      (await Promise.all(outcomes)).flatMap((done, i) => (done ? [appends[i]!.stream] : [])),
    )
    expect(acknowledged.size).toBeGreaterThan(0)
    expect(await store.head()).toEqual(end)
    const stored = (await wholeLog(store)).filter(e => e.stream.startsWith('race-'))
    expect(new Set(stored.map(e => e.stream))).toEqual(acknowledged)
  })

  it('PROTOCOL 4: an append whose answer was lost before is read back, not refused', async () => {
    const a = testAppend(freshStream())
    let sent = 0
    const losing: EventStore = {
      ...store,
      append: async (...append) => {
        if (sent++ > 0) return store.append(...append)
        await store.append(...append)
        await copier.gate!.shut()
        throw new StoreUnavailable('the answer was lost')
      },
    }
    expect(await sendAppend(losing, a.stream, a.expected, a.events, 5_000)).toMatchObject({ revision: 0 })
    const never = testAppend(freshStream())
    await expect(sendAppend(store, never.stream, never.expected, never.events, 5_000)).rejects.toBeInstanceOf(
      StoreShut,
    )
  })
})

const refusalOf = (error: unknown): false => {
  expect(error).toBeInstanceOf(StoreShut)
  return false
}
