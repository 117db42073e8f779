/**
 * What the server plays on demand, as the real client sees it. Not played: a follower that forwards writes and reads
 * behind its leader, which takes a cluster; here a follower sends writers to the leader, as a read-only replica does.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import type { EventStoreDBClient } from '@eventstore/db-client'
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import { credentials as channel } from '@grpc/grpc-js'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EventStoreDbServer } from '../../support/eventstoredb/server.ts'
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

const tested = async (client: EventStoreDBClient): Promise<readonly string[]> =>
  idsOf((await collect(client.readAll())).filter(({ type }) => type === 'Tested'))

describe('a server that dies comes back', () => {
  const died = async (lost: number | 'everything') => {
    const { server, client } = await startBoth()
    const sent = events(5)
    for (const one of sent) await client.appendToStream(freshStream(), one, NO_STREAM)
    await server.die()
    await server.comeBack({ lost })
    return { found: await answered(() => tested(client)), ids: idsOf(sent) }
  }
  it('with what was stored', async () => {
    const { found, ids } = await died(0)
    expect(found).toEqual(ids)
  })
  it('without its newest appends', async () => {
    const { found, ids } = await died(2)
    expect(found).toEqual(ids.slice(0, 3))
  })
  it('without anything', async () => {
    const { found } = await died('everything')
    expect(found).toEqual([])
  })
})

describe('a server of its own process', () => {
  it('keeps what it acknowledged over a kill, in its file', async () => {
    const server = await startApart({ data: dataFile() })
    onTestFinished(() => server.kill())
    const client = connect(server.connectionString)
    const sent = events(3)
    const first = await client.appendToStream('kept', sent, NO_STREAM)
    await server.kill()
    await server.start()
    expect(await answered(() => client.appendToStream('kept', sent, NO_STREAM))).toEqual(first)
    await server.terminate()
    await server.start()
    expect(await answered(() => tested(client))).toEqual(idsOf(sent))
  })

  it('plays faults on the word of its parent', async () => {
    const server = await startApart({ data: dataFile() })
    onTestFinished(() => server.kill())
    const client = connect(server.connectionString)
    await client.appendToStream(freshStream(), event())
    await server.play('loseNextAnswer', 'cut')
    expect(await rejection(client.appendToStream(freshStream(), event()))).toMatchObject({ code: 14 })
  })

  it('cuts off a line that a crash left unfinished', async () => {
    const data = dataFile()
    const one = await startServer({ data })
    const sent = event()
    await connect(one.connectionString).appendToStream('kept', sent, NO_STREAM)
    await one.die()
    const whole = readFileSync(data, 'utf8')
    writeFileSync(data, whole.slice(0, -1))
    appendFileSync(data, `\n${whole.slice(0, 20)}`)
    const client = connect((await startServer({ data })).connectionString)
    expect(await tested(client)).toEqual([sent.id])
  })
})

describe.each(Object.entries(paths))('an answer lost on the %s path', (_path, how) => {
  it.each(['cut', 'death', 'silence'] as const)(
    'by %s leaves a blind retry the first outcome',
    async lost => {
      const { server, client } = await startBoth()
      const stream = freshStream()
      const sent = events(2)
      await client.appendToStream(freshStream(), event(), how)
      server.loseNextAnswer(lost)
      const unanswered = rejection(client.appendToStream(stream, sent, { ...how, ...NO_STREAM }))
      if (lost !== 'silence') expect(await unanswered).toMatchObject({ code: 14 })
      if (lost === 'death') await server.comeBack()
      const retry = () => client.appendToStream(stream, sent, { ...how, ...NO_STREAM })
      expect(await answered(retry)).toMatchObject({ nextExpectedRevision: 1n })
      expect(idsOf(await collect(client.readStream(stream)))).toEqual(idsOf(sent))
    },
  )
})

it('a server that stalls answers everything when it resumes', async () => {
  const { server, client } = await startBoth()
  await client.appendToStream(freshStream(), event())
  server.stall()
  const calls = [
    client.appendToStream(freshStream(), event()),
    collect(client.readAll({ maxCount: 1 })),
  ] as const
  server.resume()
  expect(await calls[0]).toMatchObject({ success: true })
  expect(await calls[1]).toHaveLength(1)
})

it('a slow server delivers all the same', async () => {
  const { server, client } = await startBoth()
  server.deliverSlowly(5)
  const sent = events(10)
  await client.appendToStream(freshStream(), sent, NO_STREAM)
  expect(await tested(client)).toEqual(idsOf(sent))
})

describe.each(Object.entries(paths))('on the %s path', (_path, how) => {
  it('a follower names the leader, and the client goes there', async () => {
    const [{ server: follower, client }, leader] = [await startBoth(), await startServer()]
    follower.followLeader({ host: '127.0.0.1', port: leader.port })
    const sent = event()
    expect(await rejection(client.appendToStream(freshStream(), sent, how))).toMatchObject({
      type: 'not-leader',
      leader: { address: '127.0.0.1', port: leader.port },
    })
    await client.appendToStream(freshStream(), sent, how)
    expect(await tested(connect(leader.connectionString))).toEqual([sent.id])
  })

  it('a full disk stores nothing and ends the server', async () => {
    const { server, client } = await startBoth()
    const stream = freshStream()
    server.fillDisk()
    const append = () => client.appendToStream(stream, event(), { ...how, ...NO_STREAM })
    expect(await rejection(append())).toMatchObject({ code: 14 })
    await until('the server is gone', () => rejection(append()).then(({ code }) => code === 14))
    await server.comeBack()
    expect(await answered(append)).toMatchObject({ nextExpectedRevision: 0n })
  })
})

it('a server that is not ready takes no appends: a batch append cannot tell it from an unknown error', async () => {
  const { server, client } = await startBoth()
  server.refuseAppends(true)
  expect(await rejection(client.appendToStream(freshStream(), event(), paths.batch))).toMatchObject({
    type: 'unknown',
    message: 'Could not recognize Server Is Not Ready',
  })
  expect(await rejection(client.appendToStream(freshStream(), event(), paths.classic))).toMatchObject({
    type: 'unavailable',
    code: 14,
  })
  server.refuseAppends(false)
  expect(await answered(() => client.appendToStream(freshStream(), event()))).toMatchObject({ success: true })
})

describe('a server before 21.10', () => {
  const versionOf = ({ port }: EventStoreDbServer): Promise<string> =>
    new Promise((resolve, reject) => {
      const features = new ServerFeaturesClient(`127.0.0.1:${port}`, channel.createInsecure())
      features.getSupportedMethods(new shared.Empty(), (error, answer) => {
        features.close()
        if (error) reject(error)
        else resolve(answer.getEventStoreServerVersion())
      })
    })

  it('has neither BatchAppend nor a version; the client falls back to classic appends', async () => {
    const { server, client } = await startBoth({ batchAppend: false })
    expect(await rejection(versionOf(server))).toMatchObject({ code: 12 })
    await client.appendToStream(freshStream(), event())
    expect(server.underWay.batchAppends).toBe(0)
  })

  it('is told from a later one, which says its version', async () => {
    const { server, client } = await startBoth({ version: '22.10.5' })
    expect(await versionOf(server)).toBe('22.10.5')
    await client.appendToStream(freshStream(), event())
    expect(server.underWay.batchAppends).toBe(1)
  })
})

it('is found by gossip, and its leader with it', async () => {
  const [seed, leader] = [await startServer(), await startServer()]
  const discover = `esdb+discover://127.0.0.1:${seed.port}?tls=false`
  await connect(discover).appendToStream(freshStream(), event())
  expect(await tested(connect(seed.connectionString))).toHaveLength(1)
  seed.followLeader({ host: '127.0.0.1', port: leader.port })
  await connect(`${discover}&nodePreference=leader`).appendToStream(freshStream(), event())
  expect(await tested(connect(leader.connectionString))).toHaveLength(1)
})

describe('over TLS', () => {
  const guarded = (): Promise<EventStoreDbServer> =>
    startServer({ tls: true, users: { writer: 'open: sesame' } })

  it('a user with the right password is served, by both paths', async () => {
    const client = connect((await guarded()).connectionString)
    await client.appendToStream(freshStream(), event())
    const credentials = { username: 'writer', password: 'open: sesame' }
    await client.appendToStream(freshStream(), event(), { credentials })
    expect(await tested(client)).toHaveLength(2)
  })

  it.each([
    ['a wrong password', 'writer:wrong@', 16],
    ['an unknown user', 'nobody:wrong@', 16],
    ['nobody', '', 7],
  ])('%s is denied access', async (_who, login, code) => {
    const server = await guarded()
    const client = connect(server.connectionString.replace(/\/\/.*@/, `//${login}`))
    expect(await rejection(collect(client.readAll()))).toMatchObject({ type: 'access-denied', code })
    const append = client.appendToStream(freshStream(), event(), NO_STREAM)
    expect(await rejection(append)).toMatchObject({ type: 'access-denied' })
  })

  it('without TLS the credentials do not travel', async () => {
    const server = await startServer({ users: { writer: 'open: sesame' } })
    expect(await rejection(collect(connect(server.connectionString).readAll()))).toMatchObject({
      type: 'access-denied',
    })
  })

  it('a certificate that nobody vouches for ends the call', async () => {
    const server = await guarded()
    const client = connect(server.connectionString.replace(/&tlsCAFile=.*/, ''))
    expect(await rejection(collect(client.readAll()))).toMatchObject({
      type: 'unavailable',
      message: expect.stringContaining('self-signed certificate') as string,
    })
  })

  it('a server that is addressed by number is not reached at all', async () => {
    const server = await guarded()
    const client = connect(server.connectionString.replace('localhost', '127.0.0.1'))
    expect(await rejection(collect(client.readAll()))).toMatchObject({ type: 'unavailable' })
  })
})
