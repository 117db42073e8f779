/**
 * Reads and subscriptions as measured on EventStoreDB 23.10.6, played by the real client against the server of the
 * tests. Not played: latencies and throughput, which are the real server's.
 */
import { randomUUID } from 'node:crypto'
import {
  binaryEvent,
  eventTypeFilter,
  jsonEvent,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
} from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { until } from '../../support/wait.ts'
import {
  collect,
  event,
  events,
  freshStream,
  idsOf,
  rejection,
  startBoth,
  startServer,
  connect,
  unlessNamed,
} from './playing.ts'

const NO_STREAM = { expectedRevision: 'no_stream' } as const

/** Takes events until there are so many, then ends the subscription. */
const take = async (subscription: AllStreamSubscription, count: number) => {
  const taken = []
  for await (const { event: found } of subscription) {
    taken.push(found!)
    if (taken.length === count) break
  }
  await subscription.unsubscribe()
  return taken
}

const eachSeparately = async (client: EventStoreDBClient, count: number) => {
  const stream = freshStream()
  const sent = events(count)
  for (const [i, one] of sent.entries())
    await client.appendToStream(stream, one, { expectedRevision: i === 0 ? 'no_stream' : BigInt(i - 1) })
  return { stream, ids: idsOf(sent) }
}

describe('a stream that is', () => {
  it('missing is not found, said on iteration', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    const read = client.readStream(stream)
    expect(await rejection(collect(read))).toMatchObject({ type: 'stream-not-found', streamName: stream })
  })

  it('soft-deleted is not found, and its numbering goes on after the deletion', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    await client.appendToStream(stream, events(3), NO_STREAM)
    await client.deleteStream(stream, { expectedRevision: 2n })
    expect(await rejection(collect(client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' })
    const later = event()
    expect(await client.appendToStream(stream, later, NO_STREAM)).toMatchObject({ nextExpectedRevision: 3n })
    expect(await collect(client.readStream(stream))).toMatchObject([{ id: later.id, revision: 3n }])
    expect(
      await collect(client.readStream(stream, { direction: 'backwards', fromRevision: 'end' })),
    ).toMatchObject([{ id: later.id }])
  })

  it('tombstoned is deleted for ever', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    await client.appendToStream(stream, events(2), NO_STREAM)
    await client.tombstoneStream(stream)
    const deleted = { type: 'stream-deleted', streamName: stream }
    expect(await rejection(collect(client.readStream(stream)))).toMatchObject(deleted)
    for (const expectedRevision of ['any', 'no_stream', 'stream_exists', 1n] as const)
      expect(await rejection(client.appendToStream(stream, event(), { expectedRevision }))).toMatchObject(
        deleted,
      )
    expect(
      (await collect(client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 })))[0],
    ).toMatchObject({ type: '$streamDeleted', streamId: stream, revision: 2n ** 63n - 1n })
  })

  it('deleted at a revision it does not have stays', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    await client.appendToStream(stream, events(2), NO_STREAM)
    expect(await rejection(client.deleteStream(stream, { expectedRevision: 7n }))).toMatchObject({
      type: 'wrong-expected-version',
      expectedVersion: 7n,
      actualVersion: 1n,
    })
    expect(await collect(client.readStream(stream))).toHaveLength(2)
  })
})

describe('the metadata of a stream', () => {
  it.each([
    ['JSON of another type counts', jsonEvent({ type: 'cleanup', data: { $tb: 2 } }), ['2']],
    [
      'JSON before the whole stream hides it without an error',
      jsonEvent({ type: 'a', data: { $tb: 9 } }),
      [],
    ],
    [
      'what is no JSON counts for none',
      binaryEvent({ type: 'b', data: Buffer.from('{"$tb":2}') }),
      ['0', '1', '2'],
    ],
  ])('is the last record beside it: %s', async (_what, record, shown) => {
    const { client } = await startBoth()
    const stream = freshStream()
    await client.appendToStream(stream, events(3), NO_STREAM)
    await client.appendToStream(`$$${stream}`, record)
    const found = await collect(client.readStream(stream))
    expect(found.map(({ revision }) => String(revision))).toEqual(shown)
  })
})

describe('the whole log', () => {
  it('holds what the server and its clients write besides: its own events, and the metadata of streams', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    await client.setStreamMetadata(stream, { maxAge: 60, maxCount: 3 })
    const found = await collect(client.readAll())
    const [last] = found.slice(-1)
    expect(found.some(({ type }) => type === '$epoch')).toBe(true)
    expect(last).toMatchObject({
      streamId: `$$${stream}`,
      type: '$metadata',
      data: { $maxAge: 60, $maxCount: 3 },
    })
    expect(await client.getStreamMetadata(stream)).toMatchObject({ metadata: { maxAge: 60, maxCount: 3 } })
  })

  it('has positions that grow, with gaps, of a commit and a prepare that differ; one append shares its commit', async () => {
    const { client } = await startBoth()
    await client.appendToStream(freshStream(), events(3), NO_STREAM)
    const { position } = await client.appendToStream(freshStream(), events(2), NO_STREAM)
    const positions = (await collect(client.readAll())).map(found => found.position!)
    expect(positions.at(-1)).toEqual(position)
    expect(positions.at(-2)!.commit).toBe(position!.commit)
    for (const [i, { commit, prepare }] of positions.entries()) {
      expect(prepare).toBeLessThan(commit)
      expect(prepare).toBeGreaterThan(positions[i - 1]?.prepare ?? -1n)
    }
  })

  it('has times of recording that the client cuts to milliseconds', async () => {
    const { client } = await startBoth()
    const before = Date.now()
    await client.appendToStream(freshStream(), event(), NO_STREAM)
    const [last] = await collect(client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 }))
    expect(last!.created.getTime()).toBeGreaterThanOrEqual(before)
    expect(last!.created.getTime()).toBeLessThanOrEqual(Date.now())
  })
})

describe('a read starts', () => {
  const stored = async () => {
    const { server, client } = await startBoth()
    const { stream, ids } = await eachSeparately(client, 5)
    const [, , third] = await collect(client.readStream(stream))
    return { server, client, stream, ids, third: third! }
  }

  it('at the revision or position given, inclusive', async () => {
    const { client, stream, ids, third } = await stored()
    expect(idsOf(await collect(client.readStream(stream, { fromRevision: 2n })))).toEqual(ids.slice(2))
    expect(idsOf(await collect(client.readAll({ fromPosition: third.position! })))).toEqual(ids.slice(2))
    expect(idsOf(await collect(client.readStream(stream, { fromRevision: 1n, maxCount: 2 })))).toEqual(
      ids.slice(1, 3),
    )
  })

  it('backwards at the end only when that is said', async () => {
    const { client, stream, ids } = await stored()
    const backwards = { direction: 'backwards' } as const
    const reversed = ids.toReversed()
    expect(idsOf(await collect(client.readStream(stream, { ...backwards, fromRevision: 'end' })))).toEqual(
      reversed,
    )
    expect(idsOf(await collect(client.readAll({ ...backwards, fromPosition: 'end', maxCount: 5 })))).toEqual(
      reversed,
    )
    expect(idsOf(await collect(client.readStream(stream, backwards)))).toEqual(ids.slice(0, 1))
    expect(await collect(client.readAll(backwards))).toEqual([])
  })

  it('backwards at a revision inclusive, and at a position before its event', async () => {
    const { client, stream, ids, third } = await stored()
    const backwards = { direction: 'backwards', maxCount: 2 } as const
    expect(idsOf(await collect(client.readStream(stream, { ...backwards, fromRevision: 2n })))).toEqual([
      ids[2],
      ids[1],
    ])
    expect(idsOf(await collect(client.readAll({ ...backwards, fromPosition: third.position! })))).toEqual([
      ids[1],
      ids[0],
    ])
  })

  it('nowhere at a position that is none', async () => {
    const { client, third } = await stored()
    const { commit, prepare } = third.position!
    const fromPosition = { commit: commit - 1n, prepare: prepare - 1n }
    expect(await rejection(collect(client.readAll({ fromPosition })))).toMatchObject({
      type: 'unknown',
      code: 2,
    })
    expect(await rejection(take(client.subscribeToAll({ fromPosition }), 1))).toMatchObject({
      type: 'unknown',
      code: 2,
    })
  })

  it('behind the end without an error: there is nothing yet', async () => {
    const { client, third } = await stored()
    const commit = third.position!.commit + 1_000_000n
    expect(await collect(client.readAll({ fromPosition: { commit, prepare: commit } }))).toEqual([])
  })
})

describe('a subscription', () => {
  it('starts behind the position or revision given', async () => {
    const { client } = await startBoth()
    const { stream, ids } = await eachSeparately(client, 5)
    const third = (await collect(client.readStream(stream)))[2]!
    expect(idsOf(await take(client.subscribeToAll({ fromPosition: third.position! }), 2))).toEqual(
      ids.slice(3),
    )
    const ofStream = client.subscribeToStream(stream, { fromRevision: 2n })
    expect(idsOf(await take(ofStream as unknown as AllStreamSubscription, 2))).toEqual(ids.slice(3))
  })

  it('from the end delivers only what comes', async () => {
    const { client } = await startBoth()
    await eachSeparately(client, 3)
    const subscription = client.subscribeToAll({ fromPosition: 'end' })
    const taken = take(subscription, 2)
    await new Promise(resolve => subscription.once('caughtUp', resolve))
    const { ids } = await eachSeparately(client, 2)
    expect(idsOf(await taken)).toEqual(ids)
  })

  it.each([
    ['a prefix', streamNameFilter({ prefixes: ['wanted-'] })],
    ['a regular expression', streamNameFilter({ regex: '^wanted-' })],
    ['types by a prefix', eventTypeFilter({ prefixes: ['Wanted'] })],
  ])('delivers only what its filter lets through: %s', async (_what, filter) => {
    unlessNamed('an empty server')
    const { client } = await startBoth()
    const wanted = { ...event(), type: 'WantedByType' }
    await client.appendToStream('unwanted-1', event(), NO_STREAM)
    await client.appendToStream('wanted-1', wanted, NO_STREAM)
    const subscription = client.subscribeToAll({ filter })
    expect(idsOf(await take(subscription, 1))).toEqual([wanted.id])
  })
})

describe('a live subscription that an append overruns', () => {
  const live = async (client: EventStoreDBClient, filtered: boolean) => {
    const filter = streamNameFilter({ prefixes: ['tested-'] })
    const subscription = client.subscribeToAll({ fromPosition: 'end', ...(filtered ? { filter } : {}) })
    const failed = new Promise<unknown>(resolve => subscription.once('error', resolve))
    subscription.on('data', () => undefined)
    await new Promise(resolve => subscription.once('caughtUp', resolve))
    return { subscription, failed }
  }

  it.each([
    ['300 events, unfiltered', false, 300],
    ['1,000 events, filtered', true, 1_000],
  ])('is dropped with code 10 in normal running: %s', async (_what, filtered, count) => {
    const { client } = await startBoth()
    const { failed } = await live(client, filtered)
    await client.appendToStream(freshStream(), events(count), NO_STREAM)
    expect(await failed).toMatchObject({
      type: 'timeout',
      code: 10,
      message: expect.stringContaining('Consumer too slow') as string,
    })
  })

  it('on a newer server is told that it fell behind, and caught up again', async () => {
    const server = await startServer({ fellBehind: true })
    const client = connect(server.connectionString)
    const { subscription } = await live(client, false)
    const heard: string[] = []
    subscription.on('fellBehind' as 'caughtUp', () => heard.push('fellBehind'))
    subscription.on('caughtUp', () => heard.push('caughtUp'))
    await client.appendToStream(freshStream(), events(300), NO_STREAM)
    await until('it is told', () => heard.length === 2)
    expect(heard).toEqual(['fellBehind', 'caughtUp'])
  })

  it('loses and doubles nothing when it is made again from the last position consumed', async () => {
    const { client } = await startBoth()
    const sent = Array.from({ length: 40 }, () => events(100))
    const [head] = await collect(client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 }))
    const found: string[] = []
    let [fromPosition, drops] = [head!.position!, 0]
    const consume = async (onLive: () => void): Promise<void> => {
      const subscription = client.subscribeToAll({ fromPosition })
      subscription.once('caughtUp', onLive)
      try {
        for await (const { event: one } of subscription) {
          found.push(one!.id)
          fromPosition = one!.position!
          if (found.length === 4_000) return await subscription.unsubscribe()
        }
      } catch (error) {
        expect(error).toMatchObject({ code: 10 })
        drops++
      }
    }
    let live = (): void => undefined
    const isLive = new Promise<void>(resolve => (live = resolve))
    const consuming = (async () => {
      while (found.length < 4_000) await consume(live)
    })()
    await isLive
    for (const some of sent) await client.appendToStream(freshStream(), some, NO_STREAM)
    await consuming
    expect(found).toEqual(idsOf(sent.flat()))
    expect(drops).toBeGreaterThan(0)
  })
})

describe('what a subscription is told besides', () => {
  it('comes before the events in front of it are consumed', async () => {
    unlessNamed('an empty server')
    const { client } = await startBoth()
    const { ids } = await eachSeparately(client, 100)
    let checkpoints = 0
    const checkpointReached = (): void => void checkpoints++
    const filter = streamNameFilter({ prefixes: ['tested-'], checkpointReached })
    const subscription = client.subscribeToAll({ filter }, { highWaterMark: 1_000 })
    await new Promise(resolve => subscription.once('caughtUp', resolve))
    expect(checkpoints).toBe(3)
    expect(idsOf(await take(subscription, 100))).toEqual(ids)
  })

  it('of checkpoints, is each 32 times the interval of scanned events, and never the tail', async () => {
    unlessNamed('an empty server')
    const { client } = await startBoth()
    const before = (await collect(client.readAll())).length
    await eachSeparately(client, 150 - before)
    const positions = (await collect(client.readAll())).map(({ position }) => position)
    const checkpoints: unknown[] = []
    const filter = streamNameFilter({
      prefixes: ['none-'],
      checkpointInterval: 2,
      checkpointReached: (_subscription, position) => {
        checkpoints.push(position)
      },
    })
    const subscription = client.subscribeToAll({ filter })
    subscription.on('data', () => undefined).on('error', () => undefined)
    await new Promise(resolve => subscription.once('caughtUp', resolve))
    expect(checkpoints).toEqual([positions[63], positions[127]])
  })
})

it('a read is sent no faster than it is consumed', async () => {
  const { server, client } = await startBoth()
  const sent = Array.from({ length: 1_000 }, () => event(randomUUID(), { text: 'x'.repeat(800) }))
  await client.appendToStream(freshStream(), sent, NO_STREAM)
  const read = client.readAll()
  let consumed = 0
  for await (const _ of read) if (++consumed === 50) break
  expect(server.eventsSent).toBeGreaterThanOrEqual(50)
  expect(server.eventsSent).toBeLessThan(500)
  await read.cancel()
})
