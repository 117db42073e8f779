import { binaryEvent, jsonEvent } from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { EventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import { StoreUnavailable, StreamDamaged } from '../../event-store/port.ts'
import type { EventStore } from '../../event-store/port.ts'
import { collect, freshStream, numbered, send, testAppend, wholeLog } from '../support/test-events.ts'
import type { TestAppend } from '../support/test-events.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'
import { until } from '../support/wait.ts'
import { operate, server, store, told, useEventStoreDb } from './on-eventstoredb.ts'

useEventStoreDb()
/** A record beside a stream, of a type of somebody's own. */
const beside = (stream: string, data: object, type = 'cleanup'): Promise<void> =>
  operate(client => client.appendToStream(`$$${stream}`, jsonEvent({ type, data: { ...data } })))

const appended = async (events = 3): Promise<TestAppend> => {
  const a = testAppend(freshStream(), 'noStream', { data: numbered(events) })
  await send(store, a)
  return a
}
const reopened = (): Promise<EventStoreDb> => openEventStoreDb({ connectionString: server.connectionString })
const codes = async (from: EventStore): Promise<string[]> => (await from.dangers()).map(({ code }) => code)
const known = (from: EventStore): string[] => from.knownDangers().map(({ code }) => code)
const answers = (from: EventStore): Promise<boolean> =>
  from.dangers().then(
    () => true,
    () => false,
  )
const isTold = (count = 1): Promise<void> => until('it is told', () => told.length >= count)

const readsDamaged = async (stream: string): Promise<void> => {
  for (const direction of ['forwards', 'backwards'] as const)
    await expect(collect(store.readStream(stream, { direction }))).rejects.toBeInstanceOf(StreamDamaged)
}
const damaged = async (a: TestAppend): Promise<void> => {
  await readsDamaged(a.stream)
  await expect(send(store, testAppend(a.stream, a.next))).rejects.toBeInstanceOf(StreamDamaged)
  await expect(send(store, testAppend(a.stream))).rejects.toBeInstanceOf(StreamDamaged)
}

describe('streams that the server was told to destroy', () => {
  it('deleted: an alarm while it runs and no start afterwards; an absent stream is still nothing', async () => {
    const a = await appended()
    await operate(client => client.deleteStream(a.stream))
    await isTold()
    expect(told).toMatchObject([{ code: 'STREAM_DELETED', stream: a.stream }])
    expect(store.knownDangers()).toStrictEqual(told)
    await damaged(a)
    await expect(reopened()).rejects.toMatchObject({ name: 'StartRefused', code: 'STREAM_DELETED' })
    expect(await collect(store.readStream(freshStream()))).toStrictEqual([])
  })

  it('ended for ever', async () => {
    const a = await appended()
    await operate(client => client.tombstoneStream(a.stream))
    await isTold()
    await damaged(a)
    expect(await codes(store)).toStrictEqual(['STREAM_ENDED'])
    await expect(reopened()).rejects.toMatchObject({ code: 'STREAM_ENDED', facts: { stream: a.stream } })
    expect(await wholeLog(store)).toHaveLength(3)
  })

  it('cut off, or limited in number or age', async () => {
    const streams = [await appended(), await appended(), await appended()]
    const limits = [{ truncateBefore: 2 }, { maxCount: 10 }, { maxAge: 3600 }]
    for (const [i, limit] of limits.entries())
      await operate(client => client.setStreamMetadata(streams[i]!.stream, limit))
    await isTold(3)
    expect(await codes(store)).toStrictEqual(['STREAM_TRUNCATED', 'STREAM_LIMITED', 'STREAM_LIMITED'])
    await expect(reopened()).rejects.toMatchObject({ code: 'STREAM_TRUNCATED', facts: { more: 2 } })
    for (const a of streams) await damaged(a)
  })

  it.each([3, 1000])(
    'cut off whole, before revision %i of 3: never an empty stream',
    async truncateBefore => {
      const a = await appended()
      const other = await appended(2)
      await operate(client => client.setStreamMetadata(a.stream, { truncateBefore }))
      // The server's answer alone tells, before the alarm and without it.
      await readsDamaged(a.stream)
      await isTold()
      await damaged(a)
      expect(await collect(store.readStream(a.stream, { from: 9 })).catch((e: Error) => e.name)).toBe(
        'StreamDamaged',
      )
      expect(await collect(store.readStream(other.stream, { from: 2 }))).toStrictEqual([])
    },
  )

  it.each([
    ['STREAM_TRUNCATED', { $tb: 1000 }],
    ['STREAM_LIMITED', { $maxCount: 1 }],
    ['STREAM_LIMITED', { $maxAge: 60 }],
    ['STREAM_DELETED', { $tb: 2 ** 63 }],
  ])('by a record beside it of whatever type: %s by %o', async (code, metadata) => {
    const a = await appended()
    await beside(a.stream, metadata)
    await isTold()
    expect(told).toMatchObject([{ code, stream: a.stream }])
    await damaged(a)
    expect(await codes(store)).toStrictEqual([code])
    await expect(reopened()).rejects.toMatchObject({ code, facts: { stream: a.stream } })
  })

  it('is found however long the log is, and no danger any more once it was taken back', async () => {
    const a = await appended()
    await beside(a.stream, { $maxCount: 10 })
    for (let i = 0; i < 5; i++)
      await send(store, testAppend(freshStream(), 'noStream', { data: numbered(1_000) }))
    await expect(reopened()).rejects.toMatchObject({ code: 'STREAM_LIMITED', facts: { stream: a.stream } })
    await operate(client =>
      client.appendToStream(`$$${a.stream}`, binaryEvent({ type: 'note', data: Buffer.from('{}') })),
    )
    const again = await reopened()
    expect(await codes(again)).toStrictEqual([])
    await again.close()
  })
})

describe('metadata that destroy nothing', () => {
  it.each([{ $acl: { $d: '$all' } }, { note: 'anything' }, { $maxCount: '1' }])(
    'are told, and nothing stops for them: %o',
    async metadata => {
      const a = await appended()
      await beside(a.stream, metadata)
      await isTold()
      expect(told).toMatchObject([{ code: 'STREAM_METADATA', stream: a.stream }])
      expect(told[0]!.sentence.en).toContain(`(${Object.keys(metadata).join()})`)
      await send(store, testAppend(a.stream, a.next))
      expect(await collect(store.readStream(a.stream))).toHaveLength(4)
      const again = await reopened()
      expect(await codes(again)).toStrictEqual(['STREAM_METADATA'])
      await again.close()
      expect(known(store)).toStrictEqual(['STREAM_METADATA'])
      await beside(a.stream, {})
      expect(await codes(store)).toStrictEqual([])
      expect(known(store)).toStrictEqual([])
    },
  )
})

describe('a record of the server’s type that somebody wrote into a stream of the log', () => {
  it.each(['$hidden', '$streamDeleted', '$metadata'])(
    '%s is an alarm by stream and revision, no start, and shown by every read',
    async type => {
      const a = await appended()
      const other = await appended()
      await operate(client => client.appendToStream(a.stream, jsonEvent({ type, data: {} })))
      await isTold()
      expect(told).toMatchObject([{ code: 'STREAM_FOREIGN', stream: a.stream }])
      expect(told[0]!.sentence.en).toContain(`${a.stream} holds at revision 3 a record of type ${type}`)
      await readsDamaged(a.stream)
      await expect(collect(store.readStream(a.stream))).rejects.toThrow(
        `${a.stream}: holds at revision 3 a record of type ${type}`,
      )
      await damaged(a)
      expect(await collect(store.readStream(other.stream))).toHaveLength(3)
      // Also where another word on the stream follows it.
      await operate(client => client.setStreamMetadata(a.stream, {}))
      expect(await codes(store)).toStrictEqual(['STREAM_FOREIGN'])
      await expect(reopened()).rejects.toMatchObject({ code: 'STREAM_FOREIGN', facts: { stream: a.stream } })
      expect((await wholeLog(store)).map(event => event.type)).toContain(type)
      expect(await store.head()).toMatchObject({ stream: a.stream, type })
    },
  )
})

describe('a record without the metadata of an event', () => {
  const record = { type: 'Foo', data: Buffer.from('not ours') }
  it.each<[string, Parameters<typeof operate>[0]]>([
    ['of a type of somebody’s own', client => client.appendToStream('other-1', binaryEvent(record))],
    [
      'of a type like ours, with other metadata',
      client =>
        client.appendToStream(
          'other-1',
          jsonEvent({ type: 'tests.ThingHappened', data: {}, metadata: { hash: 'none' } }),
        ),
    ],
  ])('%s is told once, by whoever reads the log, and no start afterwards', async (_, write) => {
    const a = await appended()
    await operate(write)
    for (let i = 0; i < 3; i++) expect(await wholeLog(store)).toHaveLength(4)
    expect(told).toMatchObject([{ code: 'STREAM_FOREIGN', stream: 'other-1' }])
    expect(told[0]!.sentence.en).toContain('The stream other-1 holds at revision 0 a record of type')
    expect(store.knownDangers()).toStrictEqual(told)
    await readsDamaged('other-1')
    expect(await collect(store.readStream(a.stream))).toHaveLength(3)
    await expect(reopened()).rejects.toMatchObject({ code: 'STREAM_FOREIGN', facts: { stream: 'other-1' } })
    expect(told).toHaveLength(1)
  })

  it('in a stream of the log is told by whoever reads the stream, which is appended to no more', async () => {
    const a = await appended()
    await operate(client => client.appendToStream(a.stream, binaryEvent(record)))
    await readsDamaged(a.stream)
    expect(told).toMatchObject([{ code: 'STREAM_FOREIGN', stream: a.stream }])
    await damaged(a)
    expect(told).toHaveLength(1)
  })

  it('is told by who reads a filtered part of a long log, and far behind its end by no start', async () => {
    await operate(client => client.appendToStream('thing-other', binaryEvent(record)))
    for (let i = 0; i < 3; i++) await appended(1_000)
    const again = await reopened()
    expect(known(again)).toStrictEqual([])
    const ending = new AbortController()
    for await (const { caughtUp } of again.subscribe({ prefixes: ['thing-'], signal: ending.signal }))
      if (caughtUp) ending.abort()
    expect(known(again)).toStrictEqual(['STREAM_FOREIGN'])
    await again.close()
  })
})

describe('a log that is opened despite its dangers', () => {
  it('is read, and each of them is told', async () => {
    const [a, b] = [await appended(), await appended()]
    await beside(a.stream, { $maxCount: 10 })
    await operate(client => client.deleteStream(b.stream))
    await expect(reopened()).rejects.toMatchObject({ name: 'StartRefused' })
    const own = await openEventStoreDb({
      connectionString: server.connectionString,
      despiteDangers: true,
    })
    expect(await wholeLog(own)).toHaveLength(6)
    expect(await codes(own)).toStrictEqual(['STREAM_LIMITED', 'STREAM_DELETED'])
    await own.close()
  })
})

describe('a server that does not answer', () => {
  it('is told once, and once that it answers again', async () => {
    const own = await openEventStoreDb({
      connectionString: server.connectionString,
      endangered: danger => told.push(danger),
      deadlines: { awayMsMax: 0 },
    })
    const isBack = (): Promise<boolean> =>
      own.head().then(
        () => true,
        () => false,
      )
    await server.die()
    for (let i = 0; i < 4; i++) expect(await isBack()).toBe(false)
    expect(told.map(({ code }) => code)).toStrictEqual(['EVENTSTORE_AWAY'])
    await server.comeBack()
    await until('it answers again', isBack)
    expect(told.map(({ code }) => code)).toStrictEqual(['EVENTSTORE_AWAY', 'EVENTSTORE_BACK'])
    await own.close()
  })
})

describe('who asks for all dangers', () => {
  it('is told of one that was done at that moment, also behind a long log', async () => {
    for (let i = 0; i < 4; i++) {
      const a = await appended(1_000)
      await operate(client => client.setStreamMetadata(a.stream, { maxCount: 5_000 }))
      expect(await codes(store)).toHaveLength(i + 1)
    }
  })

  it('is not answered from memory where the server is away', async () => {
    expect(await codes(store)).toStrictEqual([])
    await server.die()
    await expect(store.dangers()).rejects.toBeInstanceOf(StoreUnavailable)
    await server.comeBack()
    await until('it answers again', () =>
      codes(store).then(
        found => found.length === 0,
        () => false,
      ),
    )
  })

  it('is told of what was done while the link was lost', async () => {
    const a = await appended()
    await server.comeBack()
    await until('the server takes it', () =>
      operate(client => client.setStreamMetadata(a.stream, { maxCount: 10 })).then(
        () => true,
        () => false,
      ),
    )
    await isTold()
    await damaged(a)
  })

  it('also where the server had said before that it looked beyond it, and not sent it', async () => {
    const wire = await startTcpProxy({ host: '127.0.0.1', port: server.port })
    const mine: string[] = []
    const own = await openEventStoreDb({
      connectionString: `esdb://127.0.0.1:${wire.port}?tls=false`,
      endangered: ({ code }) => mine.push(code),
    })
    wire.cut()
    server.runCheckpointsAhead()
    server.holdEvents()
    const a = await appended()
    await beside(a.stream, { $maxCount: 10 })
    for (let i = 0; i < 3; i++) await appended(1_000)
    wire.mend()
    await until('it believes to have seen all', () => answers(own))
    expect(mine).toStrictEqual([])
    wire.cut()
    server.releaseEvents()
    wire.mend()
    await until('it is told', () => mine.length > 0)
    expect(mine).toStrictEqual(['STREAM_LIMITED'])
    await own.close()
    await wire.close()
  })
})
