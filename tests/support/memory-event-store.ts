import { checkAppend } from '../../event-store/append-check.ts'
import { hashOf } from '../../event-store/metadata.ts'
import { StoreUnavailable, WrongExpectedRevision } from '../../event-store/port.ts'
import type {
  Appended,
  Batch,
  EventStore,
  Expected,
  NewEvent,
  Position,
  StoredEvent,
  SubscribeOptions,
} from '../../event-store/port.ts'

/** A log in memory for unit tests: the port's semantics without a server. Faults are played on demand. */
export interface MemoryEventStore extends EventStore {
  readonly events: readonly StoredEvent[]
  /** The next append is stored, and its answer lost. */
  loseNextAnswer(): void
}

const toPosition = (index: number): Position => String(index + 1).padStart(12, '0')

export const memoryEventStore = (): MemoryEventStore => {
  const events: StoredEvent[] = []
  const streams = new Map<string, StoredEvent[]>()
  const waiting = new Set<() => void>()
  let answersToLose = 0

  const matches = (last: StoredEvent | undefined, expected: Expected): boolean =>
    expected === 'noStream'
      ? last === undefined
      : last?.revision === expected.revision && hashOf(last.metadata) === expected.hash

  const append = (stream: string, expected: Expected, added: readonly NewEvent[]): Appended => {
    const stored = streams.get(stream) ?? []
    const first = expected === 'noStream' ? 0 : expected.revision + 1
    if (!matches(stored.at(-1), expected)) {
      const there = stored.slice(first, first + added.length)
      const last = there.at(-1)
      if (last && there.length === added.length && there.every((e, i) => e.id === added[i]?.id))
        return { revision: last.revision, position: last.position }
      throw new WrongExpectedRevision(
        stream,
        first === 0 ? 'noStream' : first - 1,
        stored.at(-1)?.revision ?? 'noStream',
      )
    }
    for (const [i, event] of added.entries()) {
      const one = { ...event, stream, revision: first + i, position: toPosition(events.length) }
      events.push(one)
      stored.push(one)
    }
    streams.set(stream, stored)
    return { revision: first + added.length - 1, position: toPosition(events.length - 1) }
  }

  const indexAfter = (position: Position | undefined): number =>
    position === undefined ? 0 : Number(position)

  async function* pages(
    after: Position | undefined,
    batchSize = 500,
    prefixes?: readonly string[],
  ): AsyncGenerator<Batch> {
    let index = indexAfter(after)
    do {
      await Promise.resolve()
      const page = events.slice(index, index + batchSize)
      index += page.length
      yield {
        events: prefixes ? page.filter(e => prefixes.some(p => e.stream.startsWith(p))) : page,
        position: index === 0 ? toPosition(-1) : toPosition(index - 1),
        caughtUp: index >= events.length,
      }
    } while (index < events.length)
  }

  const grown = (from: number, signal: AbortSignal): Promise<void> =>
    new Promise(resolve => {
      if (events.length > from || signal.aborted) {
        resolve()
        return
      }
      const wake = () => {
        waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      waiting.add(wake)
      signal.addEventListener('abort', wake)
    })

  async function* subscribe({ after, prefixes, batchSize, signal }: SubscribeOptions): AsyncGenerator<Batch> {
    let position = after
    let live = false
    while (!signal.aborted) {
      for await (const batch of pages(position, batchSize, prefixes)) {
        if (signal.aborted) return
        if (live && batch.position === position) continue
        position = batch.position
        live ||= batch.caughtUp
        yield batch
      }
      await grown(indexAfter(position), signal)
    }
  }

  return {
    events,
    loseNextAnswer: () => {
      answersToLose++
    },
    append: async (stream, expected, added) => {
      checkAppend(stream, expected, added)
      await Promise.resolve()
      const appended = append(stream, expected, added)
      for (const wake of waiting) wake()
      if (answersToLose > 0) {
        answersToLose--
        throw new StoreUnavailable('the answer was lost')
      }
      return appended
    },
    readStream: async function* (stream, { direction = 'forwards', from, limit = Infinity } = {}) {
      await Promise.resolve()
      const stored = streams.get(stream) ?? []
      const chosen =
        direction === 'forwards'
          ? stored.filter(e => e.revision >= (from ?? 0))
          : stored.filter(e => e.revision <= (from ?? Infinity)).toReversed()
      yield* chosen.slice(0, limit)
    },
    readAll: ({ after, batchSize } = {}) => pages(after, batchSize),
    subscribe,
    head: async () => Promise.resolve(events.at(-1)),
    eventAt: async position => Promise.resolve(events[Number(position) - 1]),
    isPosition: text => /^\d+$/.test(text),
    dangers: async () => Promise.resolve([]),
    knownDangers: () => [],
    close: async () => Promise.resolve(),
  }
}
