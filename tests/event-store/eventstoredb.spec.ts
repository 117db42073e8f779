import { jsonEvent } from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { takeBatchLane } from '../../event-store/eventstoredb/batch-lane.ts'
import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { EventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import { START, fromPosition, isPosition, toPosition } from '../../event-store/eventstoredb/positions.ts'
import { StoreReplaced, StoreUnavailable, WrongExpectedRevision } from '../../event-store/port.ts'
import type { Position } from '../../event-store/port.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import { collect, freshStream, numbered, send, testAppend, wholeLog } from '../support/test-events.ts'
import type { TestAppend } from '../support/test-events.ts'
import { until } from '../support/wait.ts'
import { operate, server, store, told, useEventStoreDb } from './on-eventstoredb.ts'

useEventStoreDb()

/** The bell's, and the two that watch what is done to streams. */
const SUBSCRIPTIONS_OF_A_STORE = 3

/** Sends the same bytes until the store answers. */
const insist = async (a: TestAppend): Promise<unknown> => {
  for (;;) {
    try {
      return await send(store, a)
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || error instanceof StoreReplaced) throw error
    }
  }
}

describe('positions', () => {
  it('keep both offsets, in an order that texts have', () => {
    const points = [
      { commit: 5n, prepare: 4n },
      { commit: 5n, prepare: 5n },
      { commit: 40n, prepare: 1n },
      { commit: 2n ** 63n, prepare: 2n ** 63n },
    ]
    const positions = points.map(toPosition)
    expect([START, ...positions].toSorted()).toStrictEqual([START, ...positions])
    expect(positions.map(fromPosition)).toStrictEqual(points)
    expect(positions.every(isPosition)).toBe(true)
    expect(store.placeOf).toBeUndefined()
    expect(['', '12', `${START}0`, '0000000000000012', `${START.slice(1)}x`].some(isPosition)).toBe(false)
  })

  it('are refused where they are none of this store, and nothing lies between two events', async () => {
    await expect(store.eventAt('0000000000000012')).rejects.toBeInstanceOf(RangeError)
    const { position } = await send(store, testAppend(freshStream()))
    await send(store, testAppend(freshStream()))
    const { commit, prepare } = fromPosition(position)
    expect(await store.eventAt(toPosition({ commit: commit + 1n, prepare: prepare + 1n }))).toBeUndefined()
    expect(await store.eventAt(START)).toBeUndefined()
  })
})

describe('events of the server’s own', () => {
  const noise = (events: number) =>
    operate(client =>
      client.appendToStream(
        '$noise',
        Array.from({ length: events }, () => jsonEvent({ type: '$noise', data: {} })),
      ),
    )

  it('are no events of the log, also where a whole page of them lies between', async () => {
    const a = testAppend(freshStream())
    const b = testAppend(freshStream())
    await send(store, a)
    await noise(700)
    expect((await store.head())?.id).toBe(a.events[0]!.id)
    expect((await collect(store.readAll())).at(-1)).toMatchObject({ caughtUp: true })
    await send(store, b)
    await noise(700)
    expect((await wholeLog(store)).map(e => e.id)).toStrictEqual([...a.events, ...b.events].map(e => e.id))
    expect((await store.head())?.id).toBe(b.events[0]!.id)
  })
})

describe('an append whose outcome is unknown', () => {
  it.each(['cut', 'silence'] as const)('is told by name, and sent again adds nothing: %s', async how => {
    const first = testAppend(freshStream())
    await send(store, first)
    const a = testAppend(first.stream, first.next, { data: numbered(3) })
    server.loseNextAnswer(how)
    await expect(send(store, a)).rejects.toBeInstanceOf(StoreUnavailable)
    await insist(a)
    expect(await collect(store.readStream(a.stream))).toHaveLength(4)
  })

  it('with many others waiting when the server dies: none is lost or doubled, and nothing goes unheard', async () => {
    const text = JSON.stringify({ text: 'x'.repeat(20_000) })
    const appends = Array.from({ length: 120 }, () => testAppend(freshStream(), 'noStream', { data: [text] }))
    const outcomes = Promise.allSettled(appends.map(a => send(store, a)))
    await until('some are written', async () => (await store.head()) !== undefined)
    await server.die()
    for (const outcome of await outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(StoreUnavailable)
    await server.comeBack()
    await Promise.all(appends.map(insist))
    expect((await wholeLog(store)).map(e => e.stream).toSorted()).toStrictEqual(
      appends.map(a => a.stream).toSorted(),
    )
  })

  it('of a server that is told to stop, or starts, is one too', async () => {
    await send(store, testAppend(freshStream()))
    server.refuseAppends(true)
    const a = testAppend(freshStream())
    await expect(send(store, a)).rejects.toBeInstanceOf(StoreUnavailable)
    server.refuseAppends(false)
    await insist(a)
    await server.shutDown()
    const b = testAppend(freshStream())
    await expect(send(store, b)).rejects.toBeInstanceOf(StoreUnavailable)
    await server.comeBack()
    await insist(b)
    expect(await wholeLog(store)).toHaveLength(3)
  })

  it('of a server whose disk is full is one too: nothing was stored, and once there is room it is, once', async () => {
    await send(store, testAppend(freshStream()))
    const a = testAppend(freshStream(), 'noStream', { data: numbered(2) })
    server.fillDisk()
    await expect(send(store, a)).rejects.toBeInstanceOf(StoreUnavailable)
    await server.comeBack()
    await insist(a)
    await insist(a)
    expect(await collect(store.readStream(a.stream))).toHaveLength(2)
    expect(await wholeLog(store)).toHaveLength(3)
  })

  it('of a repeat that was dropped, as the first one was not replicated yet, is one too', async () => {
    const quick = await openEventStoreDb({
      connectionString: server.connectionString,
      deadlines: { appendMsMax: 200 },
    })
    const a = testAppend(freshStream())
    server.holdReplication()
    for (let i = 0; i < 2; i++) await expect(send(quick, a)).rejects.toBeInstanceOf(StoreUnavailable)
    expect(server.repeatsDropped).toBe(1)
    server.replicate()
    await insist(a)
    expect(await collect(store.readStream(a.stream))).toHaveLength(1)
    await quick.close()
  })

  it('is not made by clocks that differ by some seconds', async () => {
    server.skewClock(11_000)
    await expect(send(store, testAppend(freshStream()))).resolves.toMatchObject({ revision: 0 })
  })
})

describe('a server that comes back', () => {
  const backAgain = (from: EventStoreDb): Promise<void> =>
    until('it answers again', () =>
      from.head().then(
        () => true,
        error => !(error instanceof StoreUnavailable) || error instanceof StoreReplaced,
      ),
    )

  it('with all that it held is worked with as before', async () => {
    const first = testAppend(freshStream())
    await send(store, first)
    await server.comeBack()
    await backAgain(store)
    await insist(testAppend(first.stream, first.next))
    expect(await wholeLog(store)).toHaveLength(2)
    expect(told).toStrictEqual([])
  })

  it('PROTOCOL 15: without the newest of it is read and appended to no more, and that is told', async () => {
    const kept = testAppend(freshStream())
    const lost = testAppend(freshStream())
    const { position } = await send(store, kept)
    await send(store, lost)
    await server.comeBack({ lost: 1 })
    await backAgain(store)
    expect(told).toMatchObject([{ code: 'LOG_REPLACED' }])
    expect(store.knownDangers()).toStrictEqual(told)
    expect(told[0]).not.toHaveProperty('stream')
    await expect(send(store, testAppend(freshStream()))).rejects.toBeInstanceOf(StoreReplaced)
    await expect(collect(store.readAll())).rejects.toBeInstanceOf(StoreReplaced)
    await expect(collect(store.readStream(kept.stream))).rejects.toBeInstanceOf(StoreReplaced)
    // Whoever asks would take his checkpoint for one of another log, and forget it.
    await expect(store.eventAt(position)).rejects.toBeInstanceOf(StoreReplaced)
    const anew = await openEventStoreDb({ connectionString: server.connectionString })
    expect((await wholeLog(anew)).map(e => e.id)).toStrictEqual(kept.events.map(e => e.id))
    await anew.close()
  })

  it('PROTOCOL 31: with another event at a revision that was known is not appended to behind the old one', async () => {
    const first = testAppend(freshStream())
    await send(store, first)
    await server.comeBack({ lost: 1 })
    await backAgain(store)
    const other = testAppend(first.stream, 'noStream', { data: numbered(1, 7) })
    const anew = await openEventStoreDb({ connectionString: server.connectionString })
    await send(anew, other)
    await expect(send(anew, testAppend(first.stream, first.next))).rejects.toBeInstanceOf(
      WrongExpectedRevision,
    )
    await expect(insist(testAppend(first.stream, first.next))).rejects.toBeInstanceOf(StoreReplaced)
    expect((await collect(anew.readStream(first.stream))).map(e => e.id)).toStrictEqual([other.events[0]!.id])
    await anew.close()
  })
})

describe('who follows some streams from far behind', () => {
  const OTHERS = 7
  const prefixes = ['red-', 'blue-']

  it('is sent these by the server’s filter and little else, all of them in their order, from any place', async () => {
    const wanted: string[] = []
    for (let i = 0; i < OTHERS; i++) {
      for (const name of [`red-${i}`, `blue-${i}`, `redder-${i}`]) {
        const a = testAppend(name, 'noStream', { data: numbered(3) })
        await send(store, a)
        if (!name.startsWith('redder')) wanted.push(...a.events.map(e => e.id))
      }
      await send(store, testAppend(freshStream(), 'noStream', { data: numbered(1_000) }))
    }
    const whole = await wholeLog(store)
    const before = server.eventsSent
    expect(await followed(undefined)).toStrictEqual(wanted)
    expect(server.eventsSent - before).toBeLessThan(whole.length / 2)
    for (const from of [whole[1], whole[Math.floor(whole.length / 2)], whole.at(-1_500)]) {
      const behind = whole.filter(
        e => e.position > from!.position && prefixes.some(p => e.stream.startsWith(p)),
      )
      expect(await followed(from!.position)).toStrictEqual(behind.map(e => e.id))
    }
    await until(
      'nothing is left open on the server',
      () => server.underWay.reads === SUBSCRIPTIONS_OF_A_STORE,
    )
  })

  it('misses none where the server says that it has looked further than it has sent', async () => {
    const wanted: string[] = []
    for (let i = 0; i < 3; i++) {
      const a = testAppend(`red-${i}`, 'noStream', { data: numbered(3) })
      await send(store, a)
      wanted.push(...a.events.map(e => e.id))
      await send(store, testAppend(freshStream(), 'noStream', { data: numbered(1_000) }))
    }
    server.runCheckpointsAhead()
    expect(await followed(undefined)).toStrictEqual(wanted)
  })

  const followed = async (after: Position | undefined): Promise<readonly string[]> => {
    const ending = new AbortController()
    const ids: string[] = []
    const batches = store.subscribe({ ...(after && { after }), prefixes, signal: ending.signal })
    for await (const { events, caughtUp } of batches) {
      ids.push(...events.map(e => e.id))
      if (caughtUp) ending.abort()
    }
    return ids
  }
})

describe('a second store of the process', () => {
  it('appends by calls of its own, and is not hurt when the first loses its server', async () => {
    expect(takeBatchLane()).toBeUndefined()
    const own = await startEventStoreDb()
    const second = await openEventStoreDb({ connectionString: own.connectionString })
    const appends = Array.from({ length: 100 }, () => testAppend(freshStream()))
    await send(store, testAppend(freshStream()))
    const sent = Promise.all(appends.map(a => send(second, a)))
    const lost = expect(send(store, testAppend(freshStream()))).rejects.toBeInstanceOf(StoreUnavailable)
    await server.die()
    await lost
    await sent
    expect(await wholeLog(second)).toHaveLength(100)
    await second.close()
    await own.stop()
  })
})
