/**
 * What the real client 6.2.1 does that an adapter must not run into. Those that end a process are played in one of
 * their own (hazards.ts). What never settles is looked at after another call has gone through. Not shown: `dispose`
 * that hangs behind an abandoned read, which it does on the real server now and then.
 */
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { until } from '../../support/wait.ts'
import { play as playHazard, playUnwatched, type Hazard } from './hazards.ts'
import {
  answered,
  collect,
  connect,
  dataFile,
  event,
  events,
  freshStream,
  paths,
  rejection,
  startApart,
  startBoth,
  startServer,
  unlessNamed,
} from './playing.ts'

/** In a process that starts a server of its own. */
const play = (hazard: Hazard): ReturnType<typeof playHazard> => {
  unlessNamed('a server that plays')
  return playHazard(hazard)
}

const NO_STREAM = { expectedRevision: 'no_stream' } as const
const LATE_REPLY = { error: expect.stringContaining('undefined is not iterable') as string }

describe.each([
  ['another client is disposed', 'UnknownError'],
  ['the server of another client dies', 'UnavailableError'],
] satisfies [Hazard, string][])('while batch appends are pending, %s', (hazard, error) => {
  it('they reject though they are stored, the late reply throws where nobody can catch it, and once that is swallowed batch appends hang and classic ones work', async () => {
    const { result, uncaught } = await play(hazard)
    expect(result).toEqual({ append: error, stored: 1, next: 'pending', classic: 'resolved' })
    expect(uncaught).toMatchObject([LATE_REPLY])
  })
})

it('Node ends from what nobody catches', async () => {
  unlessNamed('a server that plays')
  expect(await playUnwatched('another client is disposed')).toContain('undefined is not iterable')
})

it.each(['an id that is no UUID', 'an empty type'] satisfies Hazard[])(
  'a batch append with %s is an unknown error, and a second answer to it throws where nobody can catch it',
  async hazard => {
    const { result, uncaught } = await play(hazard)
    expect(result).toBe('UnknownError')
    expect(uncaught).toMatchObject([LATE_REPLY])
  },
)

it.each(['data undefined', 'a BigInt in data'] satisfies Hazard[])(
  'an append with %s is an unhandled rejection, and never settles',
  async hazard => {
    const { result, uncaught } = await play(hazard)
    expect(result).toBe('pending')
    expect(uncaught).toMatchObject([{ origin: 'unhandledRejection' }])
  },
)

it('more than 1 MB of batch appends queued when the link dies are hundreds of unhandled rejections', async () => {
  const { uncaught } = await play('much is queued when the link dies')
  expect(uncaught.length).toBeGreaterThan(100)
  expect(new Set(uncaught.map(({ code }) => code))).toEqual(new Set([14]))
})

it('checkpointReached that throws is an unhandled rejection, and no further event comes', async () => {
  const { result, uncaught } = await play('checkpointReached throws')
  expect(uncaught).toMatchObject([
    { origin: 'unhandledRejection', error: 'Error: thrown by checkpointReached' },
  ])
  expect((result as { consumed: number }).consumed).toBeLessThan(32)
})

it.each(['data without an error listener', 'subscribing while the server is down'] satisfies Hazard[])(
  'an uncaught exception: %s',
  async hazard => {
    const { uncaught } = await play(hazard)
    expect(uncaught).toMatchObject([{ origin: 'uncaughtException', code: 14 }])
  },
)

it('iterating at once with `for await` is safe, also while the server is down', async () => {
  const { result, uncaught } = await play('iterating at once while the server is down')
  expect(result).toBe('UnavailableError')
  expect(uncaught).toEqual([])
})

describe('a read that is left with `break`', () => {
  const abandoned = async () => {
    const { server, client } = await startBoth()
    await client.appendToStream(freshStream(), events(500), NO_STREAM)
    const read = client.readAll()
    for await (const _ of read) break
    return { server, read }
  }
  it('goes on at the server until it is cancelled', async () => {
    const { server, read } = await abandoned()
    expect(server.underWay.reads).toBe(1)
    await read.cancel()
    await until('the call has ended', () => server.underWay.reads === 0)
  })
  it('is no matter with an exact maxCount', async () => {
    const { server, client } = await startBoth()
    for await (const _ of client.readAll({ maxCount: 1 })) break
    await until('the call has ended', () => server.underWay.reads === 0)
  })
})

describe('without its server', () => {
  it('a batch append is a raw gRPC error of code 14 without a type, a classic one is unavailable', async () => {
    const { server, client } = await startBoth()
    await client.appendToStream(freshStream(), event())
    await server.die()
    await rejection(collect(client.readAll({ maxCount: 1 })))
    expect(await rejection(client.appendToStream(freshStream(), event(), paths.batch))).toMatchObject({
      code: 14,
    })
    expect(await rejection(client.appendToStream(freshStream(), event(), paths.batch))).not.toHaveProperty(
      'type',
    )
    expect(await rejection(client.appendToStream(freshStream(), event(), paths.classic))).toMatchObject({
      code: 14,
      type: 'unavailable',
    })
  })

  it('a batch append that is pending when the server is told to stop has code 13', async () => {
    const { server, client } = await startBoth()
    await client.appendToStream(freshStream(), event())
    server.stall()
    const append = rejection(client.appendToStream(freshStream(), event()))
    await server.shutDown()
    expect(await append).toMatchObject({ code: 13, type: 'unknown' })
  })
})

it('on a frozen server a batch append, a read and a subscription have no timer; only the keep-alive ends them', async () => {
  vi.spyOn(console, 'warn').mockReturnValue()
  const server = await startApart({ data: dataFile() })
  onTestFinished(() => server.kill())
  const client = connect(`${server.connectionString}&keepAliveInterval=100&keepAliveTimeout=100`)
  await answered(() => client.appendToStream(freshStream(), event(), { deadline: 10_000 }))
  server.freeze()
  const calls = [
    client.appendToStream(freshStream(), event(), { deadline: 1 }),
    collect(client.readAll({ deadline: 1 })),
    collect(client.subscribeToAll({ deadline: 1 })),
  ]
  for (const call of calls.map(rejection)) expect(await call).toMatchObject({ code: 14, type: 'unavailable' })
  server.thaw()
})

it('a classic append past a short deadline fails on time, and may be stored all the same', async () => {
  const { server, client } = await startBoth()
  const stream = freshStream()
  await client.appendToStream(stream, event(), NO_STREAM)
  server.stall()
  const late = client.appendToStream(stream, event(), {
    ...paths.classic,
    expectedRevision: 0n,
    deadline: 50,
  })
  expect(await rejection(late)).toMatchObject({ type: 'deadline-exceeded', code: 4 })
  server.resume()
  await until('it is stored', async () => (await collect(client.readStream(stream))).length === 2)
})

it('throwOnAppendFailure=false answers a wrong revision by the batch path, the right one by the classic', async () => {
  const server = await startServer()
  const client = connect(`${server.connectionString}&throwOnAppendFailure=false`)
  const stream = freshStream()
  await client.appendToStream(stream, events(5), NO_STREAM)
  expect(await client.appendToStream(stream, event(), NO_STREAM)).toMatchObject({
    success: false,
    nextExpectedRevision: 1n,
  })
  expect(await client.appendToStream(stream, event(), { ...NO_STREAM, ...paths.classic })).toMatchObject({
    success: false,
    nextExpectedRevision: 4n,
  })
})

it('getStreamMetadata tells a position of the log as the revision of the metadata', async () => {
  const { client } = await startBoth()
  const stream = freshStream()
  const { position, nextExpectedRevision } = await client.setStreamMetadata(stream, { maxCount: 3 })
  expect(nextExpectedRevision).toBe(0n)
  expect(await client.getStreamMetadata(stream)).toMatchObject({ metastreamRevision: position!.commit })
})
