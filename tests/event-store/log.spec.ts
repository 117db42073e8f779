import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyStream } from '../support/verify-stream.ts'
import { createLog, openLog } from '../../event-store/log.ts'
import type { LogOptions } from '../../event-store/log.ts'
import { StoreUnavailable, WrongExpectedRevision } from '../../event-store/port.ts'
import type { EventStore, NewEvent } from '../../event-store/port.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { postgresClock } from '../../event-store/postgres/server-clock.ts'
import { OPENED_AT, contextAt, openTestLog } from '../support/open-log.ts'
import type { OpenedLog } from '../support/open-log.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { collect, freshStream, wholeLog } from '../support/test-events.ts'

const claimed = (n = 1) => ({
  type: 'organisation.KeyClaimed',
  data: { kind: 'login', ownerStream: `user-${n}`, commandId: randomUUID() },
})

/** A store of which some answers get lost, or which loses the call before it arrives. */
const losing = (store: EventStore, plan: ('request' | 'answer' | 'neither')[]) => {
  const sent: (readonly NewEvent[])[] = []
  const lossy: EventStore = {
    ...store,
    async append(stream, expected, events) {
      sent.push(events)
      const what = plan.shift() ?? 'neither'
      if (what === 'request') throw new StoreUnavailable('lost on the way there')
      const appended = await store.append(stream, expected, events)
      if (what === 'answer') throw new StoreUnavailable('lost on the way back')
      return appended
    },
  }
  return { lossy, sent }
}

describe('the log', () => {
  let opened: OpenedLog
  beforeAll(async () => {
    opened = await openTestLog()
  })
  afterAll(() => opened.close())
  const options = (): LogOptions => ({
    store: opened.store,
    codec: opened.log.codec,
    protection: opened.vault,
    clock: { kind: 'simulated' },
  })

  it('appends domain events and loads them back, with what the next append expects', async () => {
    const { log } = opened
    const stream = freshStream('uniqueKey')
    expect(await log.load(stream)).toEqual({ events: [], revision: -1, expected: 'noStream' })
    const context = contextAt(OPENED_AT, { inputHash: 'ab', permission: 'sales@all', reason: 'asked' })
    const first = await log.append({
      stream,
      expected: 'noStream',
      events: [claimed(1), claimed(2)],
      context,
    })
    const second = await log.append({
      stream,
      expected: first.next,
      events: [claimed(3)],
      context: contextAt(OPENED_AT),
    })
    const loaded = await log.load(stream)
    expect(loaded).toMatchObject({ revision: 2, expected: second.next })
    expect(loaded.events.map(e => e.id)).toEqual([...first.eventIds, ...second.eventIds])
    const { correlationId, ...metadata } = context
    expect(loaded.events[0]).toMatchObject({
      stream,
      revision: 0,
      metadata: { $correlationId: correlationId, ...metadata },
    })
    expect((await log.load(stream, 2)).events).toHaveLength(1)
    expect((await log.lastEvent(stream))?.id).toBe(second.eventIds[0])
    expect(await log.lastEvent(freshStream())).toBeUndefined()
    expect(await verifyStream(log.id, stream, opened.store.readStream(stream))).toEqual(second.next)
  })

  it('PROTOCOL 4: sends the same bytes again after an unknown outcome, and stores them once', async () => {
    const { lossy, sent } = losing(opened.store, ['request', 'answer', 'request', 'neither'])
    const log = await openLog({ ...options(), store: lossy })
    const stream = freshStream('uniqueKey')
    const appended = await log.append({
      stream,
      expected: 'noStream',
      events: [claimed()],
      context: contextAt(OPENED_AT),
    })
    expect(sent).toHaveLength(4)
    expect(new Set(sent.map(events => JSON.stringify(events))).size).toBe(1)
    expect((await opened.log.load(stream)).events.map(e => e.id)).toEqual(appended.eventIds)
  })

  it('PROTOCOL 4: reads back where the store says conflict to its own repeat', async () => {
    const forgetful: EventStore = {
      ...opened.store,
      append: async (stream, expected, events) => {
        const before = await collect(opened.store.readStream(stream))
        if (before.length > 0) throw new WrongExpectedRevision(stream, 'noStream', before.length - 1)
        await opened.store.append(stream, expected, events)
        throw new StoreUnavailable('stored, and the answer lost')
      },
    }
    const log = await openLog({ ...options(), store: forgetful })
    const stream = freshStream('uniqueKey')
    const append = {
      stream,
      expected: 'noStream',
      events: [claimed(1), claimed(2)],
      context: contextAt(OPENED_AT),
    } as const
    const appended = await log.append(append)
    expect((await opened.log.load(stream)).events.map(e => e.id)).toEqual(appended.eventIds)
    expect(appended.revision).toBe(1)
  })

  it('PROTOCOL 4: says that the outcome is unknown when the store never answers in time', async () => {
    const { lossy } = losing(
      opened.store,
      Array.from({ length: 100 }, () => 'request' as const),
    )
    const log = await openLog({ ...options(), store: lossy, retryMs: 50 })
    const request = {
      stream: freshStream('uniqueKey'),
      expected: 'noStream',
      events: [claimed()],
      context: contextAt(OPENED_AT),
    } as const
    await expect(log.append(request)).rejects.toBeInstanceOf(StoreUnavailable)
  })

  it('PROTOCOL 4: asks once more however late it is: the time may have been this process’s own', async () => {
    const { lossy } = losing(opened.store, ['answer'])
    const log = await openLog({ ...options(), store: lossy, retryMs: 0 })
    const stream = freshStream('uniqueKey')
    const appended = await log.append({
      stream,
      expected: 'noStream',
      events: [claimed()],
      context: contextAt(OPENED_AT),
    })
    expect((await opened.log.load(stream)).events.map(e => e.id)).toEqual(appended.eventIds)
  })

  it('PROTOCOL 3: two processes retrying one command at different times do not both succeed', async () => {
    const other = await openLog(options())
    const stream = freshStream('uniqueKey')
    const commandId = randomUUID()
    const attempt = (log: typeof other, recordedAt: string) =>
      log.append({
        stream,
        expected: 'noStream',
        events: [claimed()],
        context: contextAt(recordedAt, { commandId }),
      })
    const results = await Promise.allSettled([
      attempt(opened.log, '2026-01-02T03:04:06.000Z'),
      attempt(other, '2026-01-02T03:04:06.001Z'),
    ])
    expect(results.map(r => r.status).sort()).toEqual(['fulfilled', 'rejected'])
    const loaded = await opened.log.load(stream)
    expect(loaded.events).toHaveLength(1)
    expect(await verifyStream(opened.log.id, stream, opened.store.readStream(stream))).toEqual(
      loaded.expected,
    )
  })

  it('PROTOCOL 10: refuses a time before the running maximum, until an operator confirms it by an event', async () => {
    const own = await openTestLog()
    const at = (recordedAt: string, log = own.log) =>
      log.append({
        stream: freshStream('uniqueKey'),
        expected: 'noStream',
        events: [claimed()],
        context: contextAt(recordedAt),
      })
    const wrong = '2062-01-01T00:00:00.000Z'
    const right = '2026-01-03T00:00:00.000Z'
    await at(wrong)
    await expect(at(right)).rejects.toMatchObject({
      code: 'CLOCK_REFUSED',
      reason: 'behindLog',
      against: wrong,
    })
    const elsewhere = await openLog({ ...options(), store: own.store, protection: own.vault })
    expect(elsewhere.clock.maximum).toBe(wrong)
    const { expected } = await own.log.load('log-main')
    await own.log.append({
      stream: 'log-main',
      expected,
      events: [
        {
          type: 'organisation.ClockConfirmed',
          data: { from: right, previousMaximum: wrong, explanation: 'battery' },
        },
      ],
      context: contextAt(right),
    })
    await expect(at(right)).resolves.toBeDefined()
    await expect(at(right, elsewhere)).resolves.toBeDefined()
    await own.close()
  })

  it("PROTOCOL 10: a sandbox's simulated clock resumes at the running maximum", async () => {
    const own = await openTestLog()
    const later = '2026-05-01T00:00:00.000Z'
    await own.log.append({
      stream: freshStream('uniqueKey'),
      expected: 'noStream',
      events: [claimed()],
      context: contextAt(later),
    })
    const resumed = await openLog({ ...options(), store: own.store, protection: own.vault })
    expect(resumed.clock.maximum).toBe(later)
    await own.close()
  })

  it("PROTOCOL 10: on a real clock, an append is held against the PostgreSQL server's", async () => {
    const clock = { kind: 'real', serverNow: postgresClock(opened.pool) } as const
    const own = await openTestLog({ clock, openedAt: new Date().toISOString() })
    const at = (recordedAt: string) =>
      own.log.append({
        stream: freshStream('uniqueKey'),
        expected: 'noStream',
        events: [claimed()],
        context: contextAt(recordedAt),
      })
    await expect(at(new Date().toISOString())).resolves.toBeDefined()
    await expect(at(new Date(Date.now() + 60_000).toISOString())).rejects.toMatchObject({ reason: 'stale' })
    await own.close()
  })
})

describe('opening a log', () => {
  let database: FreshDatabase
  let stores: [EventStore, EventStore]
  let base: OpenedLog
  beforeAll(async () => {
    base = await openTestLog()
    database = await freshDatabase()
    stores = [
      await openPostgresStore({ connectionString: database.url }),
      await openPostgresStore({ connectionString: database.url }),
    ]
  })
  afterAll(async () => {
    await Promise.all(stores.map(s => s.close()))
    await database.drop()
    await base.close()
  })
  const optionsOn = (store: EventStore, kind: 'simulated' | 'real'): LogOptions => ({
    store,
    codec: base.log.codec,
    protection: base.vault,
    clock: kind === 'simulated' ? { kind } : { kind, serverNow: async () => Date.now() },
  })

  it('PROTOCOL 9: refuses an empty log that nobody opened', async () => {
    await expect(openLog(optionsOn(stores[0], 'simulated'))).rejects.toMatchObject({ code: 'LOG_EMPTY' })
  })

  it('PROTOCOL 9: of two starters, one sandbox and one production, one decides, and both read what it said', async () => {
    const recordedAt = new Date().toISOString()
    await Promise.all([
      createLog(optionsOn(stores[0], 'real'), { kind: 'production', name: 'one', recordedAt }),
      createLog(optionsOn(stores[1], 'real'), { kind: 'sandbox', name: 'two', recordedAt }),
    ])
    const logs = await Promise.all(stores.map(store => openLog(optionsOn(store, 'real'))))
    expect(logs[0]!.id).toBe(logs[1]!.id)
    expect(logs[0]!.kind).toBe(logs[1]!.kind)
    const all = await wholeLog(stores[0])
    expect(all.map(e => [e.stream, e.revision])).toEqual([['log-main', 0]])
    await createLog(optionsOn(stores[0], 'real'), { kind: 'production', name: 'again', recordedAt })
    expect((await openLog(optionsOn(stores[0], 'real'))).id).toBe(logs[0]!.id)
  })

  it('PROTOCOL 10: a production log knows no simulated clock', async () => {
    const own = await openTestLog({
      kind: 'production',
      clock: { kind: 'real', serverNow: async () => Date.now() },
      openedAt: new Date().toISOString(),
    })
    await expect(
      openLog({ ...optionsOn(own.store, 'simulated'), protection: own.vault }),
    ).rejects.toMatchObject({
      code: 'CLOCK_SIMULATED_IN_PRODUCTION',
    })
    await own.close()
  })
})
