import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChainBroken, LogComparison, LogsDiffer } from '../../event-store/comparison.ts'
import { TargetTakesNot, copyEvents } from '../../event-store/copy.ts'
import { hashOf } from '../../event-store/metadata.ts'
import type { EventStore, Expected, StoredEvent } from '../../event-store/port.ts'
import { memoryEventStore } from '../support/memory-event-store.ts'
import type { MemoryEventStore } from '../support/memory-event-store.ts'
import { TEST_LOG, numbered, send, testAppend } from '../support/test-events.ts'

const { signal } = new AbortController()
const withoutPosition = ({ position: _, ...event }: StoredEvent) => event
const contentOf = (store: MemoryEventStore) => store.events.map(withoutPosition)
const copy = (source: EventStore, target: EventStore, options: object = {}) =>
  copyEvents(source, target, { signal, ...options })

/** A log of small appends to a few streams: stream and number of events of each. */
const logOf = async (appends: readonly (readonly [stream: number, events: number])[]) => {
  const store = memoryEventStore()
  const ends = new Map<string, Expected>()
  for (const [n, events] of appends) {
    const stream = `thing-${n}`
    const append = testAppend(stream, ends.get(stream) ?? 'noStream', { data: numbered(events) })
    await send(store, append)
    ends.set(stream, append.next)
  }
  return store
}
const someAppends = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 })), { maxLength: 30 })

describe('PROTOCOL 12: a copy', () => {
  it('keeps order, ids, bytes and hashes, whatever the log', () =>
    fc.assert(
      fc.asyncProperty(someAppends, async appends => {
        const source = await logOf(appends)
        const target = memoryEventStore()
        expect(await copy(source, target)).toBe(source.events.length)
        expect(contentOf(target)).toEqual(contentOf(source))
      }),
    ))

  it('cut off at any append, its answer heard or not, is whole when it is done again', () =>
    fc.assert(
      fc.asyncProperty(someAppends, fc.nat(30), fc.boolean(), async (appends, cut, heard) => {
        const source = await logOf(appends)
        const target = memoryEventStore()
        await copy(source, dyingAfter(target, cut, heard)).catch(ignoreDeath)
        const comparison = new LogComparison(source, target, TEST_LOG)
        await comparison.advance(signal)
        await copy(source, target, { after: comparison.sourceAt })
        expect(contentOf(target)).toEqual(contentOf(source))
      }),
    ))

  it('done by two at once is one copy', () =>
    fc.assert(
      fc.asyncProperty(someAppends, async appends => {
        const source = await logOf(appends)
        const target = memoryEventStore()
        await Promise.all([copy(source, target), copy(source, target)])
        expect(contentOf(target)).toEqual(contentOf(source))
      }),
    ))

  it('has one append in flight, consecutive events of one stream together', async () => {
    const source = await logOf([
      [1, 2],
      [1, 3],
      [2, 1],
      [1, 1],
    ])
    const target = memoryEventStore()
    const sizes: number[] = []
    let inFlight = 0
    const watched: EventStore = {
      ...target,
      append: async (stream, expected, events) => {
        expect(inFlight++).toBe(0)
        sizes.push(events.length)
        const appended = await target.append(stream, expected, events)
        inFlight--
        return appended
      },
    }
    await copy(source, watched)
    expect(sizes).toEqual([5, 1, 1])
  })

  it('keeps within what one append may hold', async () => {
    const source = memoryEventStore()
    let expected: Expected = 'noStream'
    for (const data of [numbered(900), numbered(900), [large(500_000)], [large(500_000)]]) {
      const append = testAppend('thing-1', expected, { data })
      await send(source, append)
      expected = append.next
    }
    const target = memoryEventStore()
    await copy(source, target)
    expect(contentOf(target)).toEqual(contentOf(source))
  })

  it('goes to the present end, or to in front of an event, and says how far it is', async () => {
    const source = await logOf([
      [1, 3],
      [2, 2],
    ])
    const target = memoryEventStore()
    const told: number[] = []
    const before = ({ id }: StoredEvent) => id === source.events[2]!.id
    expect(await copy(source, target, { before, onCopied: (n: number) => told.push(n) })).toBe(2)
    expect(target.events).toHaveLength(2)
    expect(told).toEqual([2])
  })

  it('stops where the target holds another event', async () => {
    const source = await logOf([
      [1, 1],
      [2, 1],
    ])
    const target = await logOf([[2, 1]])
    await expect(copy(source, target)).rejects.toBeInstanceOf(TargetTakesNot)
    await expect(copy(source, target)).rejects.toMatchObject({ event: { stream: 'thing-2' } })
  })

  it('stops by its signal', async () => {
    const stopped = new AbortController()
    const source = await logOf([
      [1, 1],
      [2, 1],
    ])
    const target = memoryEventStore()
    const onCopied = () => stopped.abort()
    await expect(copyEvents(source, target, { signal: stopped.signal, onCopied })).rejects.toThrow('abort')
    expect(target.events).toHaveLength(1)
  })
})

describe('a comparison', () => {
  it('goes on where it ended, and adds up the hashes in the order of the log', async () => {
    const source = await logOf([
      [1, 2],
      [2, 1],
      [1, 1],
    ])
    const target = memoryEventStore()
    const comparison = new LogComparison(source, target, TEST_LOG)
    expect(await comparison.advance(signal)).toBeUndefined()
    expect(comparison.compared).toMatchObject({ events: 0, last: undefined })
    await copy(source, target, { before: (event: StoredEvent) => event === source.events[2] })
    await comparison.advance(signal)
    expect(comparison.compared).toMatchObject({ events: 2, last: { id: source.events[1]!.id } })
    await copy(source, target, { after: comparison.sourceAt })
    await comparison.advance(signal)
    const hashes = source.events.map(event => `${hashOf(event.metadata)}\n`).join('')
    const digest = createHash('sha256').update(hashes).digest('hex')
    expect(comparison.compared).toMatchObject({ events: 4, last: { id: source.events[3]!.id }, digest })
  })

  it('tells what the target holds beyond the source', async () => {
    const source = await logOf([[1, 1]])
    const target = memoryEventStore()
    await copy(source, target)
    const more = testAppend('thing-2')
    await send(target, more)
    const found = await new LogComparison(source, target, TEST_LOG).advance(signal)
    expect(found).toMatchObject({ id: more.events[0]!.id })
  })

  it.each(['id', 'stream', 'revision', 'type', 'data', 'metadata'] as const)(
    'finds another %s, at its place',
    async field => {
      const source = await logOf([
        [1, 1],
        [2, 1],
      ])
      const other = field === 'revision' ? 7 : 'other'
      const target = holding(source.events.map((e, i) => (i === 1 ? { ...e, [field]: other } : e)))
      const comparison = new LogComparison(source, target, TEST_LOG)
      await expect(comparison.advance(signal)).rejects.toMatchObject({ name: 'LogsDiffer', ordinal: 2 })
      await expect(comparison.advance(signal)).rejects.toBeInstanceOf(LogsDiffer)
    },
  )

  it('finds another order', async () => {
    const source = await logOf([
      [1, 1],
      [2, 1],
    ])
    const target = holding(source.events.toReversed())
    await expect(new LogComparison(source, target, TEST_LOG).advance(signal)).rejects.toMatchObject({
      ordinal: 1,
    })
  })

  it('finds what was altered in both, by the chain', async () => {
    const source = await logOf([[1, 3]])
    const altered = holding(source.events.map((e, i) => (i === 1 ? { ...e, data: '{"n":9}' } : e)))
    const found = new LogComparison(altered, altered, TEST_LOG).advance(signal)
    await expect(found).rejects.toBeInstanceOf(ChainBroken)
    await expect(found).rejects.toMatchObject({ fault: { stream: 'thing-1', revision: 1, fault: 'hash' } })
  })
})

const large = (length: number): string => JSON.stringify({ text: 'x'.repeat(length) })

const DEATH = 'killed'
const ignoreDeath = (error: unknown): void => {
  if (!(error instanceof Error) || error.message !== DEATH) throw error
}

/** A target whose copier dies at an append: before it is stored, or after. */
const dyingAfter = (target: EventStore, appends: number, heard: boolean): EventStore => {
  let left = appends
  return {
    ...target,
    append: async (stream, expected, events) => {
      if (left-- > 0) return target.append(stream, expected, events)
      if (heard) await target.append(stream, expected, events)
      throw new Error(DEATH)
    },
  }
}

/** A store that holds these events, whatever is wrong with them. */
const holding = (events: readonly StoredEvent[]): EventStore => ({
  ...memoryEventStore(),
  async *readAll({ after } = {}) {
    const rest = events.slice(after === undefined ? 0 : events.findIndex(e => e.position === after) + 1)
    yield await Promise.resolve({ events: rest, position: rest.at(-1)?.position ?? '', caughtUp: true })
  },
})
