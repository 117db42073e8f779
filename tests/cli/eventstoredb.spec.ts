import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventStoreDBClient, binaryEvent } from '@eventstore/db-client'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerAdministrator } from '../../cli/administrator.ts'
import { openProgram } from '../../cli/composition.ts'
import { refuseInTheOpen } from '../../cli/in-the-open.ts'
import { LOG_STREAM } from '../../domain/organisation/log.events.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbOptions, EventStoreDbServer } from '../support/eventstoredb/server.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { until } from '../support/wait.ts'

/** A log on EventStoreDB with its read models in Postgres, as an operator meets them on the command line. */

let server: EventStoreDbServer
let database: FreshDatabase
let home: string
beforeAll(async () => {
  server = await startEventStoreDb()
  database = await freshDatabase()
  home = await mkdtemp(join(tmpdir(), 'grandlivre-esdb-'))
  await mkdir(join(home, 'vault'), { mode: 0o700 })
  const program = await openProgram({
    databaseUrl: database.url,
    eventStoreUrl: server.connectionString,
    masterKeyFile: join(home, 'vault', 'main.key'),
    create: { kind: 'sandbox', name: 'essai' },
    roles: ['projections', 'reactions'],
    sandboxTime: 'machine',
    onFault: () => undefined,
  })
  const administrator = { login: 'admin@exemple.fr', name: 'Alice', password: 'un mot de passe assez long' }
  await registerAdministrator(program, administrator)
  await program.close()
})
afterAll(async () => {
  await server.stop()
  await database.drop()
  await rm(home, { recursive: true })
})

/** Runs the program in a process of its own; one that gets ready is asked to stop, or what the test says happens. */
const run = async (
  args: string,
  environment: NodeJS.ProcessEnv = {},
  whenReady = (child: ChildProcess): unknown => child.kill('SIGINT'),
) => {
  const program = new URL('../../cli/grandlivre.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, ...args.split(' ')], {
    env: {
      PATH: process.env['PATH'],
      LANG: 'en',
      DATABASE_URL: database.url,
      GRANDLIVRE_HOME: home,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let ready = false
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      said += part.toString()
      if (ready || !said.includes('Ready: open')) return
      ready = true
      whenReady(child)
    })
  await once(child, 'close')
  return { code: child.exitCode, said }
}
const port = 4_700 + (process.pid % 200)
const start = (whenReady?: Parameters<typeof run>[2]) =>
  run(`start --eventstore ${server.connectionString} --port ${port}`, {}, whenReady)

it('starts on the log that --eventstore names, and says which server it is on', async () => {
  const { said } = await start()
  expect(said).toContain(`The log is on esdb://127.0.0.1:${server.port}: EventStoreDB 23.10.6`)
  expect(said).toContain('Ready: open')
  expect(said).not.toContain('nothing is recorded until')
})

/** An address of this machine that does not look like one, as that of another machine would be. */
const elsewhere = (): string => server.connectionString.replace('127.0.0.1', '0.0.0.0')

it('warns of a link without TLS to another machine, and refuses it to a production log', async () => {
  const { said } = await run(`start --eventstore ${elsewhere()} --port ${port}`)
  expect(said).toContain(`Warning: the link to esdb://0.0.0.0:${server.port} has no TLS`)
  expect((await start()).said).not.toContain('Warning')
  const production = openProgram({
    databaseUrl: database.url,
    eventStoreUrl: elsewhere(),
    masterKeyFile: join(home, 'vault', 'main.key'),
    create: { kind: 'production', name: 'essai' },
    roles: [],
    sandboxTime: 'machine',
    onFault: () => undefined,
  })
  await expect(production).rejects.toMatchObject({ code: 'EVENTSTORE_IN_THE_OPEN' })
  expect(() => {
    refuseInTheOpen('sandbox', elsewhere())
    refuseInTheOpen('production', server.connectionString)
  }).not.toThrow()
})

it('verifies the log that EVENTSTORE_URL names', async () => {
  const { code, said } = await run('replay verify', { EVENTSTORE_URL: server.connectionString })
  expect(said).toContain('Sound.')
  expect(code).toBe(0)
})

it('PROTOCOL 15: holds a log that a projection alone knows to have lost its end, and says so', async () => {
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  await pool.query(`update engine.checkpoint set event_id = gen_random_uuid() where projection = 'users'`)
  const { said } = await start()
  await pool.query('delete from commands.hold')
  await pool.end()
  expect(said).toContain('This log is not the one that was read before: nothing is recorded until')
  expect(said).toMatch(/not in the log, .*; they are built anew: users\.\n/)
})

it('PROTOCOL 15: holds it, once, also where that projection was rebuilt before the start', async () => {
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  await pool.query(
    `update engine.checkpoint set event_id = gen_random_uuid(), state = 'running' where projection = 'users'`,
  )
  const rebuilt = await run('replay rebuild', { EVENTSTORE_URL: server.connectionString })
  expect(rebuilt).toMatchObject({
    code: 0,
    said: expect.stringMatching(/it lost some, or is another one: users\. Run replay verify/) as string,
  })
  expect((await start()).said).toContain('nothing is recorded until')
  await pool.query('delete from commands.hold')
  await pool.end()
  expect((await start()).said).not.toContain('nothing is recorded until')
})

it('PROTOCOL 15: ends when the server loses what was read of it, and says what to do', async () => {
  const { code, said } = await start(() => server.comeBack({ lost: 2 }))
  expect(said).toContain('The log on the EventStoreDB server is not the one that was read before')
  expect(said).toContain(
    'This program ends, as the log essai is not the one that it had read. Start it again',
  )
  expect(code).toBe(3)
})

describe('a server that cannot hold the log is refused in one sentence', () => {
  const guarded = { tls: true, users: { ledger: 'right' } } as const
  it.each<[string, EventStoreDbOptions, (address: string) => string, RegExp]>([
    [
      'named by another scheme',
      {},
      address => address.replace('esdb', 'http'),
      /^An EventStoreDB server is named as/,
    ],
    [
      'with a wrong password',
      guarded,
      address => address.replace('right', 'wrong'),
      /does not let ledger read/,
    ],
    [
      'whose certificate nobody vouches for',
      guarded,
      address => address.replace(/&tlsCAFile.*/, ''),
      /is not trusted/,
    ],
    ['that is too old', { version: '21.10.0' }, address => address, /22\.10 or later is needed/],
  ])('%s', async (_, options, addressOf, sentence) => {
    const other = await startEventStoreDb(options)
    const { code, said } = await run('replay verify', { EVENTSTORE_URL: addressOf(other.connectionString) })
    await other.stop()
    expect(said.trim().split('\n')).toStrictEqual([expect.stringMatching(sentence)])
    expect(code).toBe(3)
  })
})

it('does not start without its server: one sentence, and the code of a failure', async () => {
  await server.die()
  const { code, said } = await start()
  await server.comeBack()
  expect(said.trim().split('\n')).toStrictEqual([
    expect.stringMatching(/^The server esdb:\/\/127\.0\.0\.1:\d+ cannot be reached: nobody listens there;/),
  ])
  expect(code).toBe(1)
})

it('PROTOCOL 15: an older copy of the log under read models that read more: held, and says so', async () => {
  await server.comeBack({ lost: 3 })
  const { said } = await start()
  expect(said).toContain('This log is not the one that was read before: nothing is recorded until')
  expect(said).toContain('Ready: open')
})

it('does not start on a log whose events the server may destroy', async () => {
  const client = EventStoreDBClient.connectionString(server.connectionString)
  await client.setStreamMetadata(LOG_STREAM, { maxCount: 1 })
  await client.setStreamMetadata('other-1', { maxAge: 60 })
  const refused = await start()
  const verified = await run('replay verify', { EVENTSTORE_URL: server.connectionString })
  for (const stream of [LOG_STREAM, 'other-1']) await client.setStreamMetadata(stream, {})
  await client.dispose()
  const limited = `The stream ${LOG_STREAM} has $maxCount 1 on the EventStoreDB server`
  expect(refused.said).toContain(limited)
  expect(refused.code).toBe(3)
  // Who asks what is wrong with the log is told all of it, as of any other log.
  expect(verified.said).toContain(`STREAM_LIMITED ${LOG_STREAM}: ${limited}`)
  expect(verified.said).toContain('STREAM_LIMITED other-1: The stream other-1 has $maxAge 60')
  expect(verified.said).toMatch(/by the checks guarded\b/)
  expect(verified.code).toBe(1)
})

it('starts on a server whose projections write links beside the events, and says to turn them off', async () => {
  const client = EventStoreDBClient.connectionString(server.connectionString)
  await client.appendToStream(
    '$ce-user',
    binaryEvent({ type: '$>', data: Buffer.from('0@user-1'), metadata: Buffer.from('{}') }),
  )
  await client.dispose()
  const { said } = await start()
  expect(said).toContain(`Projections of the server esdb://127.0.0.1:${server.port} have written links`)
  expect(said).toContain('Ready: open')
})

it('goes on beside a record that is no event, which it tells, and does not start on it again', async () => {
  const foreign = 'The stream other-1 holds at revision 0 a record of type Foo, which is no event'
  const running = await start(async child => {
    const client = EventStoreDBClient.connectionString(server.connectionString)
    await client.appendToStream('other-1', binaryEvent({ type: 'Foo', data: Buffer.from('{}') }))
    await client.dispose()
    await until('it is a danger', async () => {
      const ready = await fetch(`http://127.0.0.1:${port}/ready`)
      return ((await ready.json()) as { logDangers: string[] }).logDangers.includes('STREAM_FOREIGN')
    })
    child.kill('SIGINT')
  })
  expect(running.said.split('\n').filter(line => line.startsWith(foreign))).toHaveLength(1)
  const { code, said } = await start()
  expect(said.trim().split('\n').at(-1)).toContain(foreign)
  expect(said).not.toContain('Ready')
  expect(code).toBe(3)
  const verified = await run('replay verify', { EVENTSTORE_URL: server.connectionString })
  expect(verified.said).toContain(`STREAM_FOREIGN other-1: ${foreign}`)
  expect(verified.code).toBe(1)
})

it('PROTOCOL 15: opens no new log in the place of one that the server lost', async () => {
  await server.comeBack({ lost: 'everything' })
  const { code, said } = await run(`start --demo --eventstore ${server.connectionString} --port ${port}`)
  expect(said.trim().split('\n')).toStrictEqual([
    expect.stringMatching(/^The log is empty, but its read models have read it up to event [0-9a-f-]{36}/),
  ])
  expect(code).toBe(3)
})
