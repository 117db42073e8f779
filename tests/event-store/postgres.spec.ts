import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyStream } from '../support/verify-stream.ts'
import { Bell } from '../../event-store/live/bell.ts'
import { StoreReplaced, StoreUnavailable, WrongExpectedRevision } from '../../event-store/port.ts'
import type { Danger, EventStore } from '../../event-store/port.ts'
import { intArray, textArray, uuidArray } from '../../event-store/postgres/binary-arrays.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { ORDER_LOCK } from '../../event-store/postgres/names.ts'
import { notifications } from '../../event-store/postgres/notifications.ts'
import { judgeServer, readServerFacts } from '../../event-store/postgres/schema.ts'
import type { ServerFacts } from '../../event-store/postgres/schema.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import {
  TEST_LOG,
  collect,
  freshStream,
  numbered,
  send,
  testAppend,
  wholeLog,
} from '../support/test-events.ts'
import { until } from '../support/wait.ts'

/** Asks again while the server is away: a session that was ended is noticed when it is used. */
const insist = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || error instanceof StoreReplaced) throw error
    }
  }
}

let database: FreshDatabase
let store: EventStore
let admin: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  store = await openPostgresStore({ connectionString: database.url })
  admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
})
afterAll(async () => {
  await store.close()
  await admin.end()
  await database.drop()
})

describe('positions', () => {
  it('PROTOCOL 5: belong to a store: the same events lie elsewhere in another, with the same ids and bytes', async () => {
    const own = await freshDatabase()
    const other = await openPostgresStore({ connectionString: own.url })
    await send(store, testAppend(freshStream()))
    const a = testAppend(freshStream(), 'noStream', { data: numbered(3) })
    const [here, there] = [await send(store, a), await send(other, a)]
    expect(here.position).not.toBe(there.position)
    const stored = async (s: EventStore) =>
      (await collect(s.readStream(a.stream))).map(({ position: _, ...event }) => event)
    expect(await stored(other)).toEqual(await stored(store))
    await other.close()
    await own.drop()
  })

  it('are refused where they are none of this store', async () => {
    await expect(store.eventAt('12')).rejects.toBeInstanceOf(RangeError)
  })
})

describe('the tables of the log', () => {
  it('refuse UPDATE, DELETE and TRUNCATE, also to the superuser and in replica mode', async () => {
    const a = testAppend(freshStream())
    await send(store, a)
    for (const role of ['origin', 'replica']) {
      await admin.query(`set session_replication_role = ${role}`)
      for (const change of [
        "update log.events set data = '{}'",
        'delete from log.events',
        'truncate log.events',
      ])
        await expect(admin.query(change)).rejects.toThrow(/append-only/)
    }
    await admin.query('reset session_replication_role')
    expect(await collect(store.readStream(a.stream))).toHaveLength(1)
  })

  it('refuse changes to their owner by privilege, before any trigger', async () => {
    const { rows } = await admin.query<{ privilege: string }>(
      `select privilege_type as privilege from information_schema.table_privileges
       where table_schema = 'log' and table_name = 'events'`,
    )
    const granted = rows.map(r => r.privilege)
    for (const refused of ['UPDATE', 'DELETE', 'TRUNCATE']) expect(granted).not.toContain(refused)
  })

  it('hold a dense order: no position is lost to a conflict or a failed member', async () => {
    const taken = testAppend(freshStream())
    await send(store, taken)
    for (let round = 0; round < 5; round++)
      await Promise.allSettled([
        send(store, testAppend(taken.stream)),
        send(store, testAppend(freshStream())),
        store.append(freshStream(), 'noStream', [
          { ...testAppend('thing-1').events[0]!, id: taken.events[0]!.id },
        ]),
        send(store, testAppend(freshStream(), 'noStream', { data: numbered(3) })),
      ])
    const places = (await wholeLog(store)).map(e => store.placeOf?.(e.position))
    expect(places).toEqual(Array.from({ length: places.length }, (_, i) => i + 1))
  })

  it('are made once by any number of starters at the same moment', async () => {
    const own = await freshDatabase()
    const stores = await Promise.all(
      Array.from({ length: 6 }, () => openPostgresStore({ connectionString: own.url })),
    )
    await Promise.all(stores.map(s => s.close()))
    await own.drop()
  })
})

describe('tampering', () => {
  const tamper = async (change: string, values: unknown[], by = admin) => {
    await by.query('alter table log.events disable trigger append_only')
    await by.query(change, values)
    await by.query('alter table log.events enable always trigger append_only')
  }

  it('PROTOCOL 2: what is written underneath is found by the chain, whatever column it was', async () => {
    const changes: [string, (text: string) => unknown][] = [
      ['data', t => t.replace('2', '9')],
      ['metadata', t => t.replace('2026', '2025')],
      ['type', t => `${t}ed`],
      ['id', () => randomUUID()],
    ]
    for (const [column, alter] of changes) {
      const a = testAppend(freshStream(), 'noStream', { data: numbered(4) })
      await send(store, a)
      expect(await verifyStream(TEST_LOG, a.stream, store.readStream(a.stream))).toEqual(a.next)
      const original = a.events[1]![column as 'data' | 'metadata' | 'type' | 'id']
      await tamper(`update log.events set ${column} = $1 where stream = $2 and revision = 1`, [
        alter(original),
        a.stream,
      ])
      expect(await verifyStream(TEST_LOG, a.stream, store.readStream(a.stream))).toMatchObject({
        stream: a.stream,
        revision: 1,
      })
    }
  })

  it('PROTOCOL 31: a store whose log went back to yesterday underneath refuses to append behind what is gone', async () => {
    const other = await openPostgresStore({ connectionString: database.url })
    const a = testAppend(freshStream(), 'noStream', { data: numbered(2) })
    const b = testAppend(a.stream, a.next)
    await send(other, a)
    await send(other, b)
    await tamper('delete from log.events where stream = $1 and revision = 2', [a.stream])
    await expect(send(other, testAppend(a.stream, b.next))).rejects.toMatchObject({ expected: 2, actual: 1 })
    await expect(send(other, testAppend(a.stream, a.next))).resolves.toMatchObject({ revision: 2 })
    await other.close()
  })

  it('PROTOCOL 15: a server that comes back without the newest of its log is read and appended to no more', async () => {
    const own = await freshDatabase()
    const operator = new pg.Client({ connectionString: own.url })
    await operator.connect()
    const throwOut = () =>
      operator.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
    const told: Danger[] = []
    const other = await openPostgresStore({
      connectionString: own.url,
      endangered: danger => told.push(danger),
    })
    const kept = testAppend(freshStream())
    const lost = testAppend(freshStream())
    const { position } = await send(other, kept)
    await send(other, lost)
    await throwOut()
    expect((await insist(() => other.head()))?.id).toBe(lost.events[0]!.id)
    expect(told).toStrictEqual([])
    await tamper('delete from log.events where stream = $1', [lost.stream], operator)
    await throwOut()
    const refused = (ask: () => Promise<unknown>) => expect(insist(ask)).rejects.toBeInstanceOf(StoreReplaced)
    await refused(() => send(other, testAppend(freshStream())))
    await refused(() => other.head())
    await refused(() => other.eventAt(position))
    await refused(() => collect(other.readStream(kept.stream)))
    expect(told).toMatchObject([{ code: 'LOG_REPLACED' }])
    expect(other.knownDangers()).toStrictEqual(told)
    await other.close()
    await operator.end()
    await own.drop()
  })
})

describe('group commit', () => {
  it('PROTOCOL 31: a waiter for the ordering lock sees what was committed while it waited', async () => {
    const name = freshStream()
    const other = await openPostgresStore({ connectionString: database.url })
    await send(other, testAppend(freshStream()))
    await admin.query('begin')
    await admin.query(`select pg_advisory_xact_lock(${ORDER_LOCK})`)
    const first = testAppend(name)
    const harmless = testAppend(freshStream())
    const settled = Promise.allSettled([
      send(store, first),
      send(other, testAppend(name)),
      send(other, harmless),
    ])
    await until('both flushes wait for the lock', async () => {
      const { rows } = await admin.query<{ n: number }>(
        `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
      )
      return rows[0]!.n === 2
    })
    await admin.query('commit')
    const [one, two, three] = await settled
    expect([one.status, two.status].sort()).toEqual(['fulfilled', 'rejected'])
    const loser = one.status === 'rejected' ? one : two
    expect((loser as PromiseRejectedResult).reason).toBeInstanceOf(WrongExpectedRevision)
    expect(three.status).toBe('fulfilled')
    await other.close()
  })

  it('PROTOCOL 31: also on a database whose transactions would rather not see what others commit', async () => {
    const own = await freshDatabase()
    const name = new URL(own.url).pathname.slice(1)
    await admin.query(`alter database ${name} set default_transaction_isolation = 'serializable'`)
    const stores = await Promise.all([1, 2].map(() => openPostgresStore({ connectionString: own.url })))
    for (let round = 0; round < 10; round++) {
      const stream = freshStream()
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, n) => send(stores[n % 2]!, testAppend(stream))),
      )
      const reasons = results.flatMap(r => (r.status === 'rejected' ? [r.reason as unknown] : []))
      expect(reasons).toHaveLength(7)
      for (const reason of reasons) expect(reason).toBeInstanceOf(WrongExpectedRevision)
    }
    await Promise.all(stores.map(s => s.close()))
    await own.drop()
  })

  it('commits appends that wait at the same moment in one transaction', async () => {
    const appends = Array.from({ length: 30 }, () => testAppend(freshStream('together')))
    await Promise.all(appends.map(a => send(store, a)))
    const { rows } = await admin.query<{ n: number }>(
      "select count(distinct xmin::text)::int as n from log.events where stream like 'together-%'",
    )
    expect(rows[0]!.n).toBe(1)
  })

  it('bounds a flush in bytes: what does not fit goes into the next', async () => {
    const text = JSON.stringify({ text: randomBytes(300_000).toString('hex') })
    const appends = Array.from({ length: 12 }, () =>
      testAppend(freshStream('bounded'), 'noStream', { data: [text] }),
    )
    await Promise.all(appends.map(a => send(store, a)))
    const { rows } = await admin.query<{ n: number }>(
      "select count(distinct xmin::text)::int as n from log.events where stream like 'bounded-%'",
    )
    expect(rows[0]!.n).toBe(2)
  })
})

describe('the bell', () => {
  const NEVER_MS = 2 ** 31 - 1
  const connect = async () => {
    const client = new pg.Client({ connectionString: database.url })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  it('rings for what another process appends, without any polling', async () => {
    const bell = new Bell(notifications(connect), { pollMs: NEVER_MS })
    await bell.start()
    const before = bell.count
    await send(store, testAppend(freshStream()))
    await bell.since(before)
    expect(bell.count).toBeGreaterThan(before)
    await bell.close()
  })

  it('does not wait for what rang since the reader looked', async () => {
    const bell = new Bell(notifications(connect), { pollMs: NEVER_MS })
    const before = bell.count
    bell.ring()
    await bell.since(before)
    await bell.close()
  })

  it('rings by itself now and then, where notifications are lost', async () => {
    const deaf = new Bell(() => Promise.reject(new Error('no server')), { pollMs: 1 })
    await deaf.start()
    await deaf.since(deaf.count)
    await deaf.close()
  })

  it('listens again after its connection was lost, and rings for what came meanwhile', async () => {
    const clients: pg.Client[] = []
    const counted = async () => {
      const client = await connect()
      clients.push(client)
      return client
    }
    const bell = new Bell(notifications(counted), { pollMs: NEVER_MS })
    await bell.start()
    const before = bell.count
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen log_appended' and pid <> pg_backend_pid()",
    )
    await bell.since(before)
    expect(clients.length).toBeGreaterThan(1)
    const back = bell.count
    await send(store, testAppend(freshStream()))
    await bell.since(back)
    await bell.close()
  })
})

describe('the server', () => {
  const sound: ServerFacts = {
    version: 150_004,
    encoding: 'UTF8',
    standby: false,
    replicas: 0,
    synchronousStandbyNames: '',
  }
  const refused = (facts: Partial<ServerFacts>) => () => {
    judgeServer({ ...sound, ...facts })
  }

  it('PROTOCOL 31: with replicas must commit synchronously', () => {
    expect(refused({})).not.toThrow()
    expect(refused({ replicas: 1 })).toThrow(/POSTGRES_REPLICA_NOT_SYNCHRONOUS/)
    expect(refused({ replicas: 1, synchronousStandbyNames: '*' })).not.toThrow()
  })

  it('must be a primary of version 15 or later that speaks UTF-8', () => {
    expect(refused({ version: 140_010 })).toThrow(/POSTGRES_TOO_OLD/)
    expect(refused({ standby: true })).toThrow(/POSTGRES_STANDBY/)
    expect(refused({ encoding: 'SQL_ASCII' })).toThrow(/POSTGRES_ENCODING/)
  })

  it('tells its facts', async () => {
    const facts = await readServerFacts(admin)
    expect(facts).toMatchObject({ encoding: 'UTF8', standby: false, synchronousStandbyNames: '' })
    expect(facts.version).toBeGreaterThanOrEqual(150_000)
  })
})

describe('binary array parameters', () => {
  it('arrive as they were sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }).filter(s => !s.includes('\0'))),
        fc.array(fc.integer()),
        fc.array(fc.uuid()),
        async (texts, ints, uuids) => {
          const { rows } = await admin.query(
            'select $1::text[] as texts, $2::int4[] as ints, $3::uuid[]::text[] as uuids',
            [textArray(texts), intArray(ints), uuidArray(uuids)],
          )
          expect(rows[0]).toEqual({ texts, ints, uuids })
        },
      ),
    )
  })
})
