import { randomUUID } from 'node:crypto'
import { chain, firstPrevHash } from '../../event-store/chain.ts'
import { hashOf } from '../../event-store/metadata.ts'
import type { EventStore, Expected, NewEvent, StoredEvent } from '../../event-store/port.ts'

/** The log that events of the adapters' tests belong to: adapters do not look. */
export const TEST_LOG = '00000000-0000-4000-8000-000000000001'
const ACTOR = '00000000-0000-4000-8000-000000000002'

export interface TestAppend {
  readonly stream: string
  readonly expected: Expected
  readonly events: readonly NewEvent[]
  /** What an append behind this one expects. */
  readonly next: Expected
}

export interface TestAppendOptions {
  /** Data of each event; so many events. Default: one small one. */
  readonly data?: readonly string[]
  readonly commandId?: string
  readonly recordedAt?: string
}

/** A chained append, encoded once: sending it twice sends the same bytes. */
export const testAppend = (
  stream: string,
  expected: Expected = 'noStream',
  {
    data = ['{"n":1}'],
    commandId = randomUUID(),
    recordedAt = '2026-01-02T03:04:05.678Z',
  }: TestAppendOptions = {},
): TestAppend => {
  const first = expected === 'noStream' ? 0 : expected.revision + 1
  const metadata = {
    $correlationId: commandId,
    commandId,
    actor: ACTOR,
    origin: 'api',
    recordedAt,
    schemaVersion: 1,
  } as const
  const { events, hash } = chain(
    stream,
    first,
    expected === 'noStream' ? firstPrevHash(TEST_LOG, stream) : expected.hash,
    data.map(text => ({ type: 'tests.ThingHappened', data: text, metadata })),
  )
  return { stream, expected, events, next: { revision: first + events.length - 1, hash } }
}

/** So many small events' data. */
export const numbered = (n: number, from = 1): string[] =>
  Array.from({ length: n }, (_, i) => `{"n":${from + i}}`)

export const send = (store: EventStore, a: TestAppend) => store.append(a.stream, a.expected, a.events)

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The whole log, in its order. */
export const wholeLog = async (store: EventStore): Promise<StoredEvent[]> =>
  (await collect(store.readAll())).flatMap(batch => batch.events)

export const lastExpected = async (store: EventStore, stream: string): Promise<Expected> => {
  const [last] = await collect(store.readStream(stream, { direction: 'backwards', limit: 1 }))
  return last ? { revision: last.revision, hash: hashOf(last.metadata) } : 'noStream'
}

let streams = 0
/** A stream that no other test knows. */
export const freshStream = (category = 'thing'): string =>
  `${category}-${randomUUID().slice(0, 8)}.${++streams}`
