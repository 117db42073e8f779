import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Batch, EventStore, Position, StoredEvent, SubscribeOptions } from '../../event-store/port.ts'
import { freshStream, numbered, send, testAppend, wholeLog } from '../support/test-events.ts'
import { until } from '../support/wait.ts'
import type { StoreUnderTest } from './store-under-test.ts'

/** Follows a log in the background and remembers what it was given. */
export const follow = (store: EventStore, options: Omit<SubscribeOptions, 'signal'> = {}) => {
  const controller = new AbortController()
  const batches: Batch[] = []
  const events: StoredEvent[] = []
  const ended = (async () => {
    for await (const batch of store.subscribe({ ...options, signal: controller.signal })) {
      batches.push(batch)
      events.push(...batch.events)
    }
  })()
  return {
    batches,
    events,
    live: () => batches.some(b => b.caughtUp),
    position: (): Position | undefined => batches.at(-1)?.position,
    stop: async () => {
      controller.abort()
      await ended
    },
  }
}

export const subscribeContract = (start: () => Promise<StoreUnderTest>): void => {
  let under: StoreUnderTest
  let store: EventStore
  beforeAll(async () => {
    under = await start()
    store = await under.open()
  })
  afterAll(async () => {
    await store.close()
    await under.dispose()
  })
  const ids = (events: readonly StoredEvent[]) => events.map(e => e.id)

  it('tells an empty log that it has caught up, then what comes', async () => {
    const reader = follow(store)
    await until('caught up', reader.live)
    const a = testAppend(freshStream())
    await send(store, a)
    await until('the event arrives', () => reader.events.length === 1)
    expect(reader.events[0]!.id).toBe(a.events[0]!.id)
    await reader.stop()
  })

  it('catches up, then goes live, with nothing lost or doubled at the seam while others write', async () => {
    await send(store, testAppend(freshStream(), 'noStream', { data: numbered(500) }))
    let writing = true
    const writers = Array.from({ length: 4 }, async () => {
      while (writing) await send(store, testAppend(freshStream(), 'noStream', { data: numbered(3) }))
    })
    const reader = follow(store, { batchSize: 50 })
    await until('live for a while', () => reader.batches.filter(b => b.caughtUp).length > 20)
    writing = false
    await Promise.all(writers)
    const head = (await store.head())!
    await until('the end', () => reader.position() === head.position)
    expect(ids(reader.events)).toEqual(ids(await wholeLog(store)))
    await reader.stop()
  })

  it('hears at once what another handle of the store appends', async () => {
    const other = await under.open()
    const reader = follow(store, { after: (await store.head())!.position })
    await until('caught up', reader.live)
    const a = testAppend(freshStream())
    await send(other, a)
    await until('the event arrives', () => reader.events.length === 1)
    await reader.stop()
    await other.close()
  })

  it('follows only streams with the prefixes asked for, and says how far it is where there was nothing', async () => {
    const after = (await store.head())!.position
    const reader = follow(store, { after, prefixes: ['red-', 'blue-'], batchSize: 10 })
    await until('caught up', reader.live)
    const wanted: string[] = []
    for (const category of ['red', 'green', 'blue', 'redder', 'green']) {
      const a = testAppend(freshStream(category), 'noStream', { data: numbered(12) })
      await send(store, a)
      if (category === 'red' || category === 'blue') wanted.push(...a.events.map(e => e.id))
    }
    const head = (await store.head())!
    await until('it is at the head', () => reader.position() === head.position)
    expect(ids(reader.events)).toEqual(wanted)
    await reader.stop()
  })

  it('is resumed from any position, exclusively', async () => {
    const all = await wholeLog(store)
    const from = all[Math.floor(all.length / 2)]!
    const reader = follow(store, { after: from.position })
    await until('caught up', reader.live)
    expect(ids(reader.events)).toEqual(ids(all.filter(e => e.position > from.position)))
    await reader.stop()
  })

  it('gathers wake-ups where asked to: many appends make few batches, and nothing is lost', async () => {
    const after = (await store.head())!.position
    const reader = follow(store, { after, coalesceMs: 50 })
    await until('caught up', reader.live)
    const appends = Array.from({ length: 40 }, () => testAppend(freshStream('gathered')))
    for (const a of appends) await send(store, a)
    await until('all arrived', () => reader.events.length === appends.length)
    expect(ids(reader.events)).toEqual(appends.map(a => a.events[0]!.id))
    await reader.stop()
  })

  it('ends when its signal aborts, waiting or not', async () => {
    const waiting = follow(store)
    await until('caught up', waiting.live)
    await waiting.stop()
    const aborted = follow(store)
    await aborted.stop()
    expect(aborted.events).toEqual([])
  })

  it('ends when the store is closed', async () => {
    const other = await under.open()
    const reader = follow(other)
    await until('caught up', reader.live)
    await other.close()
    await reader.stop()
  })
}
