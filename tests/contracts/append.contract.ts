import { afterAll, beforeAll, expect, it } from 'vitest'
import { EventTooLarge, InvalidAppend, WrongExpectedRevision } from '../../event-store/port.ts'
import type { EventStore } from '../../event-store/port.ts'
import { collect, freshStream, numbered, send, testAppend, wholeLog } from '../support/test-events.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export const appendContract = (start: () => Promise<StoreUnderTest>): void => {
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
  const stream = async (name: string) => collect(store.readStream(name))

  it('takes the first events of a stream at no-stream, and the next at the exact revision', async () => {
    const first = testAppend(freshStream(), 'noStream', { data: numbered(2) })
    const second = testAppend(first.stream, first.next, { data: numbered(3, 3) })
    const one = await send(store, first)
    const two = await send(store, second)
    expect([one.revision, two.revision]).toEqual([1, 4])
    expect(one.position < two.position).toBe(true)
    expect((await stream(first.stream)).map(e => [e.revision, e.data])).toEqual(
      numbered(5).map((data, revision) => [revision, data]),
    )
  })

  it('answers with the position of the last event appended', async () => {
    const append = testAppend(freshStream(), 'noStream', { data: numbered(3) })
    const { position } = await send(store, append)
    expect((await store.eventAt(position))?.id).toBe(append.events[2]!.id)
  })

  it('names expected and actual revision in a conflict, and stores nothing', async () => {
    const a = testAppend(freshStream())
    await send(store, a)
    const anew = testAppend(a.stream)
    await expect(send(store, anew)).rejects.toMatchObject({
      name: 'WrongExpectedRevision',
      stream: a.stream,
      expected: 'noStream',
      actual: 0,
    })
    const ahead = testAppend(a.stream, { revision: 7, hash: 'a'.repeat(64) })
    await expect(send(store, ahead)).rejects.toMatchObject({ expected: 7, actual: 0 })
    const nowhere = testAppend(freshStream(), { revision: 3, hash: 'a'.repeat(64) })
    await expect(send(store, nowhere)).rejects.toMatchObject({ expected: 3, actual: 'noStream' })
    expect(await stream(a.stream)).toHaveLength(1)
    expect(await stream(nowhere.stream)).toHaveLength(0)
  })

  it('PROTOCOL 31: refuses an append at the right revision behind another event than the one stored', async () => {
    const a = testAppend(freshStream())
    await send(store, a)
    const behindAnother = testAppend(a.stream, { revision: 0, hash: 'b'.repeat(64) })
    await expect(send(store, behindAnother)).rejects.toBeInstanceOf(WrongExpectedRevision)
    expect(await stream(a.stream)).toHaveLength(1)
  })

  it('stores all events of an append or none, next to each other', async () => {
    const stored = testAppend(freshStream())
    await send(store, stored)
    const mixed = testAppend(freshStream(), 'noStream', { data: numbered(3) })
    const withStolenId = mixed.events.map((e, i) => (i === 1 ? { ...e, id: stored.events[0]!.id } : e))
    await expect(store.append(mixed.stream, 'noStream', withStolenId)).rejects.toBeInstanceOf(InvalidAppend)
    expect(await stream(mixed.stream)).toHaveLength(0)

    const appends = Array.from({ length: 20 }, () =>
      testAppend(freshStream('atomic'), 'noStream', { data: numbered(5) }),
    )
    await Promise.all(appends.map(a => send(store, a)))
    const order = (await wholeLog(store)).map(e => e.stream).filter(s => s.startsWith('atomic-'))
    const runs = order.filter((name, i) => name !== order[i - 1])
    expect(runs).toHaveLength(appends.length)
  })

  it('PROTOCOL 3: adds nothing to a blind retry and returns the first outcome, also after later events', async () => {
    const a = testAppend(freshStream(), 'noStream', { data: numbered(2) })
    const first = await send(store, a)
    expect(await send(store, a)).toEqual(first)
    const b = testAppend(a.stream, a.next)
    const second = await send(store, b)
    expect(await send(store, a)).toEqual(first)
    expect(await send(store, b)).toEqual(second)
    expect(await stream(a.stream)).toHaveLength(3)
  })

  it('adds nothing when the same append is sent many times at once', async () => {
    const a = testAppend(freshStream(), 'noStream', { data: numbered(2) })
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => send(store, a)))
    expect(new Set(outcomes.map(o => o.position)).size).toBe(1)
    expect(await stream(a.stream)).toHaveLength(2)
  })

  it('refuses a retry that was only stored in part, or asks for more than was stored', async () => {
    const a = testAppend(freshStream(), 'noStream', { data: numbered(2) })
    await send(store, a)
    const longer = testAppend(a.stream, a.next)
    const grown = [...a.events, ...longer.events]
    await expect(store.append(a.stream, 'noStream', grown)).rejects.toBeInstanceOf(WrongExpectedRevision)
    expect(await stream(a.stream)).toHaveLength(2)
  })

  it('PROTOCOL 3: answers conflict, never silent success, to the same command encoded anew', async () => {
    const commandId = '11111111-1111-4111-8111-111111111111'
    const name = freshStream()
    const once = testAppend(name, 'noStream', { commandId, recordedAt: '2026-01-02T03:04:05.678Z' })
    const anew = testAppend(name, 'noStream', { commandId, recordedAt: '2026-01-02T03:04:05.679Z' })
    expect(anew.events[0]!.id).not.toBe(once.events[0]!.id)
    await send(store, once)
    await expect(send(store, anew)).rejects.toBeInstanceOf(WrongExpectedRevision)
    expect((await stream(name)).map(e => e.id)).toEqual([once.events[0]!.id])
  })

  it('PROTOCOL 6: refuses an empty append, and takes 1,000 events in one', async () => {
    const name = freshStream()
    await expect(store.append(name, 'noStream', [])).rejects.toBeInstanceOf(InvalidAppend)
    const thousand = testAppend(name, 'noStream', { data: numbered(1_000) })
    expect(await send(store, thousand)).toMatchObject({ revision: 999 })
    expect((await stream(name)).map(e => e.data)).toEqual(numbered(1_000))
  })

  it('PROTOCOL 6: refuses by name what is over the limit of events or bytes, and stores nothing of it', async () => {
    const many = testAppend(freshStream(), 'noStream', { data: numbered(1_001) })
    await expect(send(store, many)).rejects.toMatchObject({ name: 'EventTooLarge', events: 1_001 })
    const large = testAppend(freshStream(), 'noStream', {
      data: [JSON.stringify({ text: 'é'.repeat(470_000) })],
    })
    await expect(send(store, large)).rejects.toBeInstanceOf(EventTooLarge)
    const fits = testAppend(freshStream(), 'noStream', {
      data: [JSON.stringify({ text: 'x'.repeat(900_000) })],
    })
    await expect(send(store, fits)).resolves.toMatchObject({ revision: 0 })
    for (const refused of [many, large]) expect(await stream(refused.stream)).toHaveLength(0)
  })

  it('PROTOCOL 1: returns every text byte for byte: unicode, escapes, long decimals', async () => {
    const texts = [
      { text: 'Zoé Müller 東京 🚂 \u202e ﷺ e\u0301' },
      { text: '\u0000\u001f\u2028\ud800 "quoted" \\ back' },
      {
        decimal: '0.1234567890123456789012345678901234567890',
        big: '9'.repeat(60),
        small: 1e-7,
        safe: 2 ** 53 - 1,
      },
      { nested: [[], {}, [null, true, 0.1]], '': 'empty key' },
    ].map(value => JSON.stringify(value))
    const a = testAppend(freshStream(), 'noStream', { data: texts })
    await send(store, a)
    const read = await stream(a.stream)
    expect(read.map(e => e.data)).toEqual(texts)
    expect(read.map(e => e.metadata)).toEqual(a.events.map(e => e.metadata))
    expect(read.map(e => [e.id, e.type])).toEqual(a.events.map(e => [e.id, e.type]))
  })

  it('refuses by name what no store may be asked', async () => {
    const { events } = testAppend('thing-1')
    const event = events[0]!
    const bad: [string, object][] = [
      ['thing', {}],
      ['two-parts-', { id: 'not-a-uuid' }],
      ['$system-1', {}],
      ['thing-1', { id: event.id.toUpperCase() }],
      ['thing-1', { type: '' }],
      ['thing-1', { metadata: '{}' }],
      ['thing-1', { data: '{"lone":"\ud800"}' }],
      ['thing-1', { data: '{"nul":"\u0000"}' }],
    ]
    for (const [name, change] of bad)
      await expect(store.append(name, 'noStream', [{ ...event, ...change }])).rejects.toBeInstanceOf(
        InvalidAppend,
      )
    await expect(store.append('thing-1', 'noStream', [event, event])).rejects.toBeInstanceOf(InvalidAppend)
    await expect(
      store.append('thing-1', { revision: -1, hash: 'a'.repeat(64) }, [event]),
    ).rejects.toBeInstanceOf(InvalidAppend)
  })
}
