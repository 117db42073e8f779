import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { EventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import { Outage } from '../../event-store/eventstoredb/outage.ts'
import { StoreUnavailable, WrongExpectedRevision } from '../../event-store/port.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbServer } from '../support/eventstoredb/server.ts'
import { freshStream, send, testAppend } from '../support/test-events.ts'

const FOREVER = 3_600_000

let server: EventStoreDbServer
let store: EventStoreDb
let told: string[]

const open = async (awayMsMax: number): Promise<void> => {
  store = await openEventStoreDb({
    connectionString: server.connectionString,
    endangered: ({ code }) => told.push(code),
    deadlines: { appendMsMax: 200, awayMsMax },
  })
}

beforeEach(() => {
  told = []
})

describe('a server that answers every read and acknowledges no append', () => {
  beforeEach(async () => {
    server = await startEventStoreDb()
  })
  afterEach(async () => {
    await store.close()
    await server.stop()
  })

  it.each<[string, string, (begin: boolean) => void]>([
    [
      'stores appends and answers none',
      'EVENTSTORE_NO_APPENDS',
      begin => {
        server.answerNoAppend(begin)
      },
    ],
    [
      'takes none',
      'EVENTSTORE_NO_APPENDS',
      begin => {
        server.refuseAppends(begin)
      },
    ],
    [
      'has another time',
      'EVENTSTORE_CLOCK',
      begin => {
        server.skewClock(begin ? 40_000 : 0)
      },
    ],
  ])('is told once, and once that it does again: %s', async (_how, code, fault) => {
    await open(0)
    await send(store, testAppend(freshStream()))
    fault(true)
    for (let i = 0; i < 3; i++) {
      await expect(send(store, testAppend(freshStream()))).rejects.toBeInstanceOf(StoreUnavailable)
      expect(await store.head()).toBeDefined()
      expect(store.appendsFail?.()).toBe(true)
    }
    expect(told).toStrictEqual([code])
    fault(false)
    await send(store, testAppend(freshStream()))
    expect(store.appendsFail?.()).toBe(false)
    expect(told).toStrictEqual([code, 'EVENTSTORE_APPENDS_BACK'])
  })

  it('has answered where it refuses one for what stands in the log', async () => {
    await open(0)
    const first = testAppend(freshStream())
    await send(store, first)
    server.refuseAppends(true)
    await expect(send(store, testAppend(freshStream()))).rejects.toBeInstanceOf(StoreUnavailable)
    server.refuseAppends(false)
    await expect(send(store, testAppend(first.stream))).rejects.toBeInstanceOf(WrongExpectedRevision)
    expect(store.appendsFail?.()).toBe(false)
  })

  it('is not told of while that may pass', async () => {
    await open(FOREVER)
    await send(store, testAppend(freshStream()))
    server.refuseAppends(true)
    await expect(send(store, testAppend(freshStream()))).rejects.toBeInstanceOf(StoreUnavailable)
    expect(store.appendsFail?.()).toBe(false)
    expect(told).toStrictEqual([])
  })
})

describe('an outage', () => {
  it('of everything is told on top of one of appends, which it then explains', () => {
    const outage = new Outage('esdb://log', ({ code }) => told.push(code), 0)
    outage.failed('append', false)
    outage.failed('read', false)
    outage.failed('append', false)
    expect(told).toStrictEqual(['EVENTSTORE_NO_APPENDS', 'EVENTSTORE_AWAY'])
    outage.answered('read')
    expect(told.at(-1)).toBe('EVENTSTORE_BACK')
    expect(outage.appendsFail).toBe(false)
  })
})
