import { afterAll, beforeAll, expect, it } from 'vitest'
import { InvalidAppend, EventTooLarge, WrongExpectedRevision } from '../../event-store/port.ts'
import type { EventStore, Position } from '../../event-store/port.ts'
import {
  collect,
  freshStream,
  lastExpected,
  numbered,
  send,
  testAppend,
  wholeLog,
} from '../support/test-events.ts'
import { appendElsewhere } from './appender.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export const concurrencyContract = (start: () => Promise<StoreUnderTest>): void => {
  let under: StoreUnderTest
  let store: EventStore
  let other: EventStore
  beforeAll(async () => {
    under = await start()
    store = await under.open()
    other = await under.open()
  })
  afterAll(async () => {
    await store.close()
    await other.close()
    await under.dispose()
  })

  /** Appends one event behind whatever is there, again and again until it is in. */
  const insist = async (handle: EventStore, name: string, n: number): Promise<void> => {
    for (;;) {
      try {
        await send(handle, testAppend(name, await lastExpected(handle, name), { data: [`{"n":${n}}`] }))
        return
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error
      }
    }
  }

  it('loses nothing and leaves no gap with 64 concurrent appenders on one stream, over two handles', async () => {
    const name = freshStream()
    await Promise.all(Array.from({ length: 64 }, (_, n) => insist(n % 2 === 0 ? store : other, name, n)))
    const read = await collect(store.readStream(name))
    expect(read.map(e => e.revision)).toEqual(Array.from({ length: 64 }, (_, i) => i))
    expect(new Set(read.map(e => e.data)).size).toBe(64)
  })

  it('lets exactly one of many win a place', async () => {
    for (let round = 0; round < 20; round++) {
      const name = freshStream()
      const results = await Promise.allSettled(
        Array.from({ length: 16 }, (_, n) => send(n % 2 === 0 ? store : other, testAppend(name))),
      )
      expect(results.filter(r => r.status === 'fulfilled')).toHaveLength(1)
      for (const r of results)
        if (r.status === 'rejected')
          expect(r.reason).toMatchObject({ name: 'WrongExpectedRevision', expected: 'noStream', actual: 0 })
    }
  })

  it('PROTOCOL 31: one failing member of appends committed together harms no other', async () => {
    const taken = testAppend(freshStream())
    await send(store, taken)
    const good = Array.from({ length: 20 }, () =>
      testAppend(freshStream(), 'noStream', { data: numbered(2) }),
    )
    const conflict = testAppend(taken.stream)
    const stolen = testAppend(freshStream())
    const stolenId = [{ ...stolen.events[0]!, id: taken.events[0]!.id }]
    const large = testAppend(freshStream(), 'noStream', {
      data: [JSON.stringify({ text: 'x'.repeat(950_000) })],
    })
    const together = [
      ...good.slice(0, 10).map(a => send(store, a)),
      send(store, conflict),
      store.append(stolen.stream, 'noStream', stolenId),
      send(store, large),
      send(store, taken),
      ...good.slice(10).map(a => send(store, a)),
    ]
    const results = await Promise.allSettled(together)
    expect(results[10]).toMatchObject({ reason: { name: 'WrongExpectedRevision', actual: 0 } })
    expect((results[11] as PromiseRejectedResult).reason).toBeInstanceOf(InvalidAppend)
    expect((results[12] as PromiseRejectedResult).reason).toBeInstanceOf(EventTooLarge)
    expect(results[13]).toMatchObject({ status: 'fulfilled', value: { revision: 0 } })
    for (const a of good) expect(await collect(store.readStream(a.stream))).toHaveLength(2)
    expect(await collect(store.readStream(stolen.stream))).toHaveLength(0)
  })

  it('PROTOCOL 31: correctness never depends on a head cached in memory', async () => {
    const name = freshStream()
    let mine = testAppend(name)
    await send(store, mine)
    for (let i = 0; i < 10; i++) {
      const theirs = testAppend(name, mine.next)
      await send(other, theirs)
      const stale = testAppend(name, mine.next)
      await expect(send(store, stale)).rejects.toMatchObject({
        expected: (mine.next as { revision: number }).revision,
        actual: (theirs.next as { revision: number }).revision,
      })
      mine = testAppend(name, theirs.next)
      await send(store, mine)
    }
    expect((await collect(other.readStream(name))).map(e => e.revision)).toEqual(
      Array.from({ length: 21 }, (_, i) => i),
    )
  })

  it('lets appends behind one another on a stream follow closely, each after its predecessor was acknowledged', async () => {
    const chains = Array.from({ length: 10 }, async () => {
      let append = testAppend(freshStream('chained'))
      for (let i = 0; i < 20; i++) {
        await send(store, append)
        append = testAppend(append.stream, append.next)
      }
    })
    await expect(Promise.all(chains)).resolves.toHaveLength(10)
  })

  it('PROTOCOL 31: no reader ever sees a gap filled later, while 32 writers commit from two processes', async () => {
    let writing = true
    const seen: string[][] = [[], []]
    const poll = async (reader: EventStore, into: string[]) => {
      let after: Position | undefined
      let last = false
      for (;;) {
        for await (const batch of reader.readAll(after === undefined ? {} : { after })) {
          into.push(...batch.events.map(e => e.id))
          after = batch.position
        }
        if (last) return
        last = !writing
      }
    }
    const polls = [poll(store, seen[0]!), poll(other, seen[1]!)]
    const order = { ...under.elsewhere, writers: 16, appendsEach: 40 }
    await Promise.all([appendElsewhere(order), appendElsewhere(order)])
    writing = false
    await Promise.all(polls)
    const all = (await wholeLog(store)).map(e => e.id)
    expect(all.length).toBeGreaterThanOrEqual(2 * 16 * 40)
    // A reader goes on from its last position only: an event that became visible behind it would be missing here.
    expect(seen[0]).toEqual(all)
    expect(seen[1]).toEqual(all)
  })
}
