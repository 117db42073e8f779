import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EventStore, StoredEvent } from '../../event-store/port.ts'
import { collect, freshStream, numbered, send, testAppend, wholeLog } from '../support/test-events.ts'
import { until } from '../support/wait.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export const readContract = (start: () => Promise<StoreUnderTest>): void => {
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

  it('tells an empty log by an absent head and no events', async () => {
    expect(await store.head()).toBeUndefined()
    expect(await wholeLog(store)).toEqual([])
  })

  it('knows of no danger to a log to which nothing was done, asked or not', async () => {
    await send(store, testAppend(freshStream()))
    expect(await store.dangers()).toEqual([])
    expect(store.knownDangers()).toEqual([])
  })

  it('reads a stream forwards, backwards, from a revision, limited', async () => {
    const a = testAppend(freshStream(), 'noStream', { data: numbered(250) })
    await send(store, a)
    const revisions = async (options: Parameters<EventStore['readStream']>[1]) =>
      (await collect(store.readStream(a.stream, options))).map(e => e.revision)
    const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
    expect(await revisions({})).toEqual(upTo(250))
    expect(await revisions({ direction: 'backwards' })).toEqual(upTo(250).reverse())
    expect(await revisions({ from: 247 })).toEqual([247, 248, 249])
    expect(await revisions({ from: 2, direction: 'backwards' })).toEqual([2, 1, 0])
    expect(await revisions({ from: 120, limit: 3 })).toEqual([120, 121, 122])
    expect(await revisions({ direction: 'backwards', limit: 1 })).toEqual([249])
    expect(await revisions({ from: 250 })).toEqual([])
    expect(await revisions({ limit: 0 })).toEqual([])
  })

  it('reads nothing of a stream that does not exist, in either direction', async () => {
    expect(await collect(store.readStream('thing-missing'))).toEqual([])
    expect(await collect(store.readStream('thing-missing', { direction: 'backwards' }))).toEqual([])
  })

  it('keeps streams apart whose names begin alike', async () => {
    const name = `${freshStream()}a`
    for (const alike of [name, `${name}0`, `${name.slice(0, -1)}A`, name.slice(0, -1)])
      await send(store, testAppend(alike))
    expect(await collect(store.readStream(name))).toHaveLength(1)
  })

  it('reads the whole log in one order, by positions that sort as texts, from any of them on', async () => {
    for (let i = 0; i < 5; i++)
      await send(store, testAppend(freshStream(), 'noStream', { data: numbered(7) }))
    const all = await wholeLog(store)
    const again = await wholeLog(store)
    expect(again).toEqual(all)
    const positions = all.map(e => e.position)
    expect([...positions].sort()).toEqual(positions)
    expect(new Set(positions).size).toBe(positions.length)
    expect(new Set(positions.map(p => p.length)).size).toBe(1)
    const middle = all[10]!
    const rest = (await collect(store.readAll({ after: middle.position }))).flatMap(b => b.events)
    expect(rest).toEqual(all.slice(11))
    const small = await collect(store.readAll({ batchSize: 3 }))
    expect(small.every(b => b.events.length <= 3)).toBe(true)
    expect(small.flatMap(b => b.events)).toEqual(all)
    expect(small.filter(b => b.events.length > 0).every(b => b.position === b.events.at(-1)!.position)).toBe(
      true,
    )
  })

  it('PROTOCOL 15: gives the event at a position back, and nothing where none lies', async () => {
    const { position } = await send(store, testAppend(freshStream()))
    const head = await store.head()
    expect(head?.position).toBe(position)
    expect(await store.eventAt(position)).toEqual(head)
    const beyond = [...position].map(c => (c === '0' ? '0' : '9')).join('')
    expect(await store.eventAt(beyond)).toBeUndefined()
  })

  it('reads events of very different sizes, in order', async () => {
    const sizes = [10, 200_000, 20, 600_000, 5, 5, 400_000, 1]
    const name = freshStream()
    let append = testAppend(name, 'noStream', { data: [JSON.stringify({ text: 'x'.repeat(sizes[0]!) })] })
    await send(store, append)
    for (const size of sizes.slice(1)) {
      append = testAppend(name, append.next, { data: [JSON.stringify({ text: 'x'.repeat(size) })] })
      await send(store, append)
    }
    const read = await collect(store.readStream(name))
    expect(read.map(e => e.data.length - '{"text":""}'.length)).toEqual(sizes)
  })

  it('leaves no cursor, transaction or connection behind when a read is abandoned', async () => {
    await send(store, testAppend(freshStream('abandoned'), 'noStream', { data: numbered(1_000) }))
    const abandon = async () => {
      for await (const _ of store.readAll({ batchSize: 10 })) break
      for await (const _ of store.readStream((await store.head())!.stream)) break
      const controller = new AbortController()
      for await (const _ of store.subscribe({ batchSize: 10, signal: controller.signal })) break
      controller.abort()
    }
    await Promise.all(Array.from({ length: 8 }, abandon))
    const before = await under.held()
    for (let i = 0; i < 30; i++) await Promise.all(Array.from({ length: 8 }, abandon))
    await until('nothing unfinished on the server', async () => (await under.held()).unfinished === 0)
    expect((await under.held()).connections).toBeLessThanOrEqual(before.connections)
  })

  it('ends a read of the log that its signal aborts', async () => {
    const controller = new AbortController()
    const read: StoredEvent[] = []
    const reading = (async () => {
      for await (const batch of store.readAll({ batchSize: 1, signal: controller.signal })) {
        read.push(...batch.events)
        controller.abort()
      }
    })()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    expect(read).toHaveLength(1)
  })
}
