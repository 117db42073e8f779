/**
 * Appends as measured on EventStoreDB 23.10.6, played by the real client against the server of the tests.
 *
 * Not played: how long an append takes, which is the real server's.
 */
import { randomUUID } from 'node:crypto'
import type { EventData } from '@eventstore/db-client'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import { credentials as channel } from '@grpc/grpc-js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startTcpProxy } from '../../support/tcp-proxy.ts'
import { until } from '../../support/wait.ts'
import {
  answered,
  collect,
  connect,
  dataFile,
  event,
  events,
  freshStream,
  idsOf,
  paths,
  rejection,
  startApart,
  startBoth,
  startServer,
} from './playing.ts'

const NO_STREAM = { expectedRevision: 'no_stream' } as const
const MEBIBYTE = 1024 * 1024

describe.each(Object.entries(paths))('by the %s path', (_path, how) => {
  /** Two appends to a fresh stream, and what is done with them a second time. */
  const appendedTwice = async () => {
    const { server, client } = await startBoth()
    const stream = freshStream()
    const appends = [
      [events(2), 'no_stream'],
      [events(3), 1n],
    ] as const
    const send = (index: 0 | 1) => {
      const [sent, expectedRevision] = appends[index]
      return client.appendToStream(stream, sent, { ...how, expectedRevision })
    }
    const outcomes = [await send(0), await send(1)]
    return {
      server,
      client,
      stream,
      outcomes,
      resend: () => answered(async () => [await send(0), await send(1)]),
      ids: idsOf(appends.flatMap(([sent]) => sent)),
    }
  }

  describe('a blind retry with the same ids at the same exact revision or no_stream', () => {
    it('succeeds without a duplicate, with its first revision and position, also after later events', async () => {
      const { client, stream, outcomes, resend, ids } = await appendedTwice()
      expect(await resend()).toEqual(outcomes)
      expect(idsOf(await collect(client.readStream(stream)))).toEqual(ids)
    })

    it('does so after a restart', async () => {
      const { server, client, stream, outcomes, resend, ids } = await appendedTwice()
      await server.comeBack()
      expect(await resend()).toEqual(outcomes)
      expect(idsOf(await collect(client.readStream(stream)))).toEqual(ids)
    })

    it('does so after a soft delete, and the stream stays deleted', async () => {
      const { client, stream, outcomes, resend } = await appendedTwice()
      await client.deleteStream(stream)
      expect(await resend()).toEqual(outcomes)
      expect(await rejection(collect(client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' })
    })

    it('is refused where the stream is tombstoned', async () => {
      const { client, stream, resend } = await appendedTwice()
      await client.tombstoneStream(stream)
      expect(await rejection(resend())).toMatchObject({ type: 'stream-deleted', streamName: stream })
    })
  })

  it.each(['any', 'stream_exists'] as const)(
    'a retry with %s is idempotent only until the server restarts, then duplicates',
    async expectedRevision => {
      const { server, client } = await startBoth()
      const stream = freshStream()
      const sent = events(2)
      await client.appendToStream(stream, event(), { ...how, expectedRevision: 'no_stream' })
      const send = () => client.appendToStream(stream, sent, { ...how, expectedRevision })
      const first = await send()
      expect(await send()).toEqual(first)
      await server.comeBack()
      expect(await answered(send)).toMatchObject({ nextExpectedRevision: 4n })
      expect(idsOf(await collect(client.readStream(stream, { fromRevision: 1n })))).toEqual(
        idsOf([...sent, ...sent]),
      )
    },
  )

  it('the same id at the current revision is written a second time', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    const sent = event()
    await client.appendToStream(stream, sent, { ...how, expectedRevision: 'no_stream' })
    await client.appendToStream(stream, sent, { ...how, expectedRevision: 0n })
    expect(idsOf(await collect(client.readStream(stream)))).toEqual([sent.id, sent.id])
  })

  describe('a contiguous run of stored events', () => {
    const stored = events(4)
    const resent = async (sent: readonly { id: string }[], expectedRevision: bigint) => {
      const { client } = await startBoth()
      const stream = freshStream()
      await client.appendToStream(stream, stored, { ...how, expectedRevision: 'no_stream' })
      return client.appendToStream(stream, sent as typeof stored, { ...how, expectedRevision })
    }
    it('succeeds when sent again', async () => {
      expect(await resent(stored.slice(1, 3), 0n)).toMatchObject({ success: true, nextExpectedRevision: 2n })
    })
    it.each([
      ['a new tail', [...stored.slice(2), event()], 1n],
      ['a new event among them', [stored[1]!, event(), stored[3]!], 0n],
      ['the ids of another place', stored.slice(2), 0n],
      ['new ids only', events(2), 0n],
      ['an expectation beyond the end', events(1), 4n],
    ])('is a wrong expected version with %s', async (_what, sent, expectedRevision) => {
      expect(await rejection(resent(sent, expectedRevision))).toMatchObject({
        type: 'wrong-expected-version',
        expectedVersion: expectedRevision,
        actualVersion: 3n,
      })
    })
  })

  it('a repeat that arrives before the original is replicated is dropped without an answer', async () => {
    const { server, client } = await startBoth()
    const stream = freshStream()
    const sent = events(2)
    const send = () => client.appendToStream(stream, sent, { ...how, expectedRevision: 'no_stream' })
    server.holdReplication()
    const original = send()
    await until('it is stored', async () => (await collect(client.readAll())).some(e => e.id === sent[0]!.id))
    let answers = 0
    void send().then(
      () => answers++,
      () => undefined,
    )
    await until('it is dropped', () => server.repeatsDropped === 1)
    server.replicate()
    const first = await original
    expect(await send()).toEqual(first)
    expect(answers).toBe(0)
    expect(idsOf(await collect(client.readStream(stream)))).toEqual(idsOf(sent))
  })

  it('the same id with another payload succeeds, and the old bytes stay', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    const id = randomUUID()
    const first = await client.appendToStream(stream, event(id, { is: 'old' }), {
      ...how,
      expectedRevision: 'no_stream',
    })
    expect(
      await client.appendToStream(stream, event(id, { is: 'new' }), {
        ...how,
        expectedRevision: 'no_stream',
      }),
    ).toEqual(first)
    expect((await collect(client.readStream(stream))).map(({ data }) => data)).toEqual([{ is: 'old' }])
  })

  it('the same id twice in one call is stored twice', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    const twice = event()
    await client.appendToStream(stream, [twice, twice], { ...how, expectedRevision: 'no_stream' })
    expect(idsOf(await collect(client.readStream(stream)))).toEqual([twice.id, twice.id])
  })

  it('no events are a success at revision 0, and make no stream', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    expect(await client.appendToStream(stream, [], { ...how, expectedRevision: 'no_stream' })).toMatchObject({
      success: true,
      nextExpectedRevision: 0n,
    })
    expect(await rejection(collect(client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' })
  })

  it('a wrong expected version says what was expected and found, without message or code', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    const wrong = (expectedRevision: 'no_stream' | bigint) =>
      rejection(client.appendToStream(stream, event(), { ...how, expectedRevision }))
    const shape = { type: 'wrong-expected-version', streamName: stream, message: '', code: undefined }
    expect(await wrong(3n)).toMatchObject({ ...shape, expectedVersion: 3n, actualVersion: 'no_stream' })
    await client.appendToStream(stream, events(2), { ...how, expectedRevision: 'no_stream' })
    expect(await wrong('no_stream')).toMatchObject({
      ...shape,
      expectedVersion: 'no_stream',
      actualVersion: 1n,
    })
    expect(await wrong(0n)).toMatchObject({ ...shape, expectedVersion: 0n, actualVersion: 1n })
  })

  it('of writers racing for one revision exactly one wins, each time', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    for (let round = 0; round < 20; round++) {
      const expectedRevision = round === 0 ? 'no_stream' : BigInt(round - 1)
      const outcomes = await Promise.allSettled(
        events(16).map(sent => client.appendToStream(stream, sent, { ...how, expectedRevision })),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    }
    expect(await collect(client.readStream(stream))).toHaveLength(20)
  })

  it('1,000 events in one call are stored together', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    const sent = events(1_000)
    expect(
      await client.appendToStream(stream, sent, { ...how, expectedRevision: 'no_stream' }),
    ).toMatchObject({ nextExpectedRevision: 999n })
    const found = await collect(client.readStream(stream))
    expect(idsOf(found)).toEqual(idsOf(sent))
    expect(new Set(found.map(({ created }) => created.getTime())).size).toBe(1)
  })

  it('more than 1 MiB is refused as too large, and nothing of it is stored', async () => {
    const { client } = await startBoth()
    const stream = freshStream()
    const halves = [1, 2].map(() => event(randomUUID(), { text: 'x'.repeat(MEBIBYTE / 2) }))
    const append = client.appendToStream(stream, halves, { ...how, expectedRevision: 'no_stream' })
    expect(await rejection(append)).toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: MEBIBYTE,
    })
    expect(await rejection(collect(client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' })
  })
})

describe('a classic append of which only a part arrives', () => {
  /** Sends the options and one event of an append, and no end; resolves when the server has them. */
  const half = async (stream: string) => {
    const server = await startServer()
    const wire = await startTcpProxy({ host: '127.0.0.1', port: server.port })
    onTestFinished(() => wire.close())
    const raw = new StreamsClient(`127.0.0.1:${wire.port}`, channel.createInsecure())
    onTestFinished(() => raw.close())
    const call = raw.append(() => undefined).on('error', () => undefined)
    const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream))
    const options = new streams.AppendReq.Options()
      .setStreamIdentifier(identifier)
      .setNoStream(new shared.Empty())
    const message = new streams.AppendReq.ProposedMessage().setId(new shared.UUID().setString(randomUUID()))
    message.getMetadataMap().set('type', 'Tested').set('content-type', 'application/json')
    call.write(new streams.AppendReq().setOptions(options))
    call.write(new streams.AppendReq().setProposedMessage(message))
    // One connection keeps its order: what was written before this answer has arrived.
    await new Promise(resolve => raw.delete(new streams.DeleteReq(), resolve))
    return { server, wire, call }
  }

  it.each(['its client cancels it', 'its link breaks'] as const)('is not stored: %s', async how => {
    const stream = freshStream()
    const { server, wire, call } = await half(stream)
    if (how === 'its link breaks') wire.cut()
    else call.cancel()
    const client = connect(server.connectionString)
    await client.appendToStream(freshStream(), event())
    expect(await rejection(collect(client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' })
  })
})

it('a batch append of 20 MB fails with code 8, and small neighbours fail with it', async () => {
  const { server, client } = await startBoth()
  const send = (sent: EventData) => client.appendToStream(freshStream(), sent, NO_STREAM)
  await send(event())
  server.stall()
  const neighbour = rejection(send(event()))
  const huge = rejection(send(event(randomUUID(), { text: 'x'.repeat(20_000_000) })))
  for (const refused of [neighbour, huge]) expect(await refused).toMatchObject({ type: 'unknown', code: 8 })
})

it('a client whose clock is 11 s behind the server has every batch append refused, and no classic one', async () => {
  const { server, client } = await startBoth()
  server.skewClock(11_000)
  expect(await rejection(client.appendToStream(freshStream(), event(), paths.batch))).toMatchObject({
    type: 'deadline-exceeded',
  })
  expect(await client.appendToStream(freshStream(), event(), paths.classic)).toMatchObject({ success: true })
})

it('under writers, a server killed at any moment loses nothing acknowledged and doubles nothing', async () => {
  const server = await startApart({ data: dataFile() })
  onTestFinished(() => server.kill())
  const client = connect(server.connectionString)
  const acknowledged = Array.from({ length: 8 }, () => ({ stream: freshStream(), ids: [] as string[] }))
  let writing = true
  const writers = acknowledged.map(async ({ stream, ids }) => {
    while (writing) {
      const sent = event()
      const expectedRevision = ids.length === 0 ? 'no_stream' : BigInt(ids.length - 1)
      await answered(() => client.appendToStream(stream, sent, { expectedRevision }))
      ids.push(sent.id)
    }
  })
  const total = () => acknowledged.reduce((sum, { ids }) => sum + ids.length, 0)
  for (let kill = 1; kill <= 3; kill++) {
    await until(`round ${kill} of writing`, () => total() > kill * 300)
    await server.kill()
    await server.start()
  }
  await until('writing goes on by the same client', () => total() > 1_200)
  writing = false
  await Promise.all(writers)
  for (const { stream, ids } of acknowledged)
    expect(idsOf(await collect(client.readStream(stream)))).toEqual(ids)
})
