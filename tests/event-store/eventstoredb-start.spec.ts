import { inspect } from 'node:util'
import { EventStoreDBClient, binaryEvent } from '@eventstore/db-client'
import { afterEach, describe, expect, it } from 'vitest'
import { atNode, parseConnectionString } from '../../event-store/eventstoredb/connection-string.ts'
import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import { judgeServer, startRefused } from '../../event-store/eventstoredb/server.ts'
import { StartRefused } from '../../event-store/errors.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbOptions, EventStoreDbServer } from '../support/eventstoredb/server.ts'
import { send, testAppend } from '../support/test-events.ts'

const PASSWORD = 'not:for@anybody?'
const users = { ops: PASSWORD }

const servers: EventStoreDbServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})
const serve = async (options: EventStoreDbOptions = {}): Promise<EventStoreDbServer> => {
  const server = await startEventStoreDb(options)
  servers.push(server)
  return server
}

/** Why there is no start: code and facts; one sentence in each language, which never tells a password. */
const refusal = async (connectionString: string): Promise<StartRefused> => {
  const error: unknown = await openEventStoreDb({ connectionString }).then(
    store => store.close(),
    (refused: unknown) => refused,
  )
  if (!(error instanceof StartRefused)) throw new Error(`no refusal: ${String(error)}`)
  const said = JSON.stringify([error.sentence, error.facts]) + inspect(error, { depth: null })
  expect(said).not.toContain(PASSWORD)
  expect(said).not.toContain(encodeURIComponent(PASSWORD))
  for (const sentence of [error.sentence.en, error.sentence.fr]) {
    expect(sentence).toMatch(/^\S.*[.…]$/)
    expect(sentence).not.toMatch(/UNAVAILABLE|ECONN|ERR_|--use-system-ca/)
  }
  return error
}

describe('a start says which server answered', () => {
  it('its address without credentials, its version, and whether it takes batches', async () => {
    const server = await serve({ users, tls: true })
    const store = await openEventStoreDb({ connectionString: server.connectionString })
    expect(store.server).toStrictEqual({
      address: `esdb://localhost:${server.port}`,
      version: '23.10.6',
      batchAppend: true,
      projects: false,
    })
    expect(await send(store, testAppend('thing-1'))).toMatchObject({ revision: 0 })
    await store.close()
  })

  it('and whether its projections have written links beside the events', async () => {
    const server = await serve()
    const client = EventStoreDBClient.connectionString(server.connectionString)
    await client.appendToStream('$ce-thing', binaryEvent({ type: '$>', data: Buffer.from('0@thing-1') }))
    await client.dispose()
    const store = await openEventStoreDb({ connectionString: server.connectionString })
    expect(store.server).toMatchObject({ projects: true })
    await store.close()
  })
})

describe('a start is refused', () => {
  it.each([
    ['postgres://host/log', 'EVENTSTORE_URL'],
    ['host:2113', 'EVENTSTORE_URL'],
    ['esdb://', 'EVENTSTORE_URL'],
    [`esdb://ops:${encodeURIComponent(PASSWORD)}@host:2113?tlsVerifyCert=false`, 'EVENTSTORE_URL_OPTION'],
    [`esdb://ops:${encodeURIComponent(PASSWORD)}@host:2113?tls=maybe`, 'EVENTSTORE_URL_OPTION'],
    ['esdb://host:2113?tlsCAFile=/nowhere/ca.pem', 'EVENTSTORE_URL_OPTION'],
    [`esdb://ops:${PASSWORD}@host:2113`, 'EVENTSTORE_URL'],
    ['esdb://ops:secret', 'EVENTSTORE_URL'],
    ['esdb://ops:50%@host:2113', 'EVENTSTORE_URL'],
    [`esdb://ops:${encodeURIComponent(PASSWORD)}@host:2113?tls=false`, 'EVENTSTORE_WITHOUT_TLS'],
    ['esdb://127.0.0.1:2113', 'EVENTSTORE_TLS_NAME'],
    ['esdb://name:2113,[::1]:2113', 'EVENTSTORE_URL'],
    ['esdb://host:99999', 'EVENTSTORE_URL'],
    ['esdb://host:0', 'EVENTSTORE_URL'],
  ])('by an address that is none: %s', async (connectionString, code) => {
    expect(await refusal(connectionString)).toMatchObject({ code })
  })

  it('by a % in a password that encodes nothing: what to do is said, and nothing of the password', async () => {
    const { sentence } = await refusal('esdb://ops:50%@host:2113')
    expect(sentence.en).toContain('percent-encode')
    expect(JSON.stringify(sentence)).not.toContain('50%')
  })

  it.each([
    ['esdb://[::1]:2113?tls=false', 'takes no IPv6 address'],
    ['esdb://ops:@host:2113', 'with an empty password'],
    ['esdb://host:99999', 'gives 99999 as a port'],
    ['esdb://host:2113?userCertFile=/nowhere/user.crt', 'without its key'],
    ['esdb://host:2113?userKeyFile=/nowhere/user.key', 'without its certificate'],
  ])('by an address that the client would not take, told for what it is: %s', async (address, told) => {
    expect((await refusal(address)).sentence.en).toContain(told)
  })

  it('by a folder where the file of the authority is expected', async () => {
    const { code, sentence } = await refusal(`esdb://host:2113?tlsCAFile=${import.meta.dirname}`)
    expect(code).toBe('EVENTSTORE_URL_OPTION')
    expect(sentence.en).toContain('names a folder')
  })

  it('where nobody listens, by a server or by a cluster', async () => {
    const server = await serve()
    await server.stop()
    expect(await refusal(server.connectionString)).toMatchObject({
      code: 'EVENTSTORE_UNREACHABLE',
      facts: { server: `esdb://127.0.0.1:${server.port}` },
      sentence: { en: expect.stringContaining('cannot be reached: nobody listens there;') as string },
    })
    const cluster = `esdb+discover://127.0.0.1:${server.port}?tls=false&maxDiscoverAttempts=1`
    expect(await refusal(cluster)).toMatchObject({ code: 'EVENTSTORE_UNREACHABLE' })
  })

  it('with a wrong password, or none where one is asked for', async () => {
    const server = await serve({ users, tls: true })
    const wrong = server.connectionString.replace(/:[^:@]*@/, ':wrong@')
    expect((await refusal(wrong)).sentence.en).toMatch(/does not let ops read/)
    const nobody = server.connectionString.replace(/\/\/.*@/, '//')
    expect((await refusal(nobody)).sentence.en).toMatch(/asks for a user and a password/)
  })

  it('by a certificate that nobody vouches for, and by TLS to a server without', async () => {
    const server = await serve({ tls: true })
    const untrusted = server.connectionString.replace(/&tlsCAFile=.*/, '')
    expect(await refusal(untrusted)).toMatchObject({ code: 'EVENTSTORE_CERTIFICATE' })
    const plain = await serve()
    const byTls = await refusal(`esdb://localhost:${plain.port}`)
    expect(byTls).toMatchObject({ code: 'EVENTSTORE_UNREACHABLE' })
    expect(byTls.sentence.en).toMatch(/tls=false/)
  })

  it('over TLS, which is advised against for a server of this machine alone', () => {
    const told = (address: string): string =>
      startRefused(parseConnectionString(address), new Error('ECONNREFUSED')).sentence.en
    expect(told('esdb://localhost')).toContain('?tls=false for one on this machine')
    expect(told('esdb://journal:2113')).toMatch(/the address is right, and that it has TLS\.$/)
    for (const cluster of ['esdb+discover://localhost:2113', 'esdb://one:2113,two:2113']) {
      expect(told(cluster)).toContain('advertises itself by a name of its certificate, not by a number')
      expect(told(cluster)).not.toContain('tls=false')
    }
  })

  it('on a server too old to say where events of a stream lie', async () => {
    const older = await serve({ batchAppend: false })
    expect(await refusal(older.connectionString)).toMatchObject({
      code: 'EVENTSTORE_TOO_OLD',
      facts: { version: 'unknown' },
    })
    const judged = (version: string) => () => {
      judgeServer('esdb://host', { version, batchAppend: true })
    }
    for (const version of ['20.6.1', '21.10.0.0', '22.6.0'])
      expect(judged(version)).toThrow(/EVENTSTORE_TOO_OLD/)
    for (const version of ['22.10.0', '23.10.6', '24.10.5-alpha', '25.0.0', '26.1.0'])
      expect(judged(version)).not.toThrow()
  })
})

describe('an address', () => {
  it('leads to the leader with errors as errors, whatever it asks for', () => {
    const { clientString, credentials, server, tls } = parseConnectionString(
      'esdb+discover://a%40b:c%3Ad@one:2113,two:2113?nodePreference=follower&ThrowOnAppendFailure=false&tls=true',
    )
    expect(clientString).toBe(
      'esdb+discover://a%40b:c%3Ad@one:2113,two:2113?tls=true&nodePreference=leader&throwOnAppendFailure=true',
    )
    expect({ credentials, server, tls }).toStrictEqual({
      credentials: { username: 'a@b', password: 'c:d' },
      server: 'esdb+discover://one:2113,two:2113',
      tls: true,
    })
  })

  it('may hold any character but @ / ? in its password: the client, which would cut it at a colon, is given all of it', async () => {
    const password = 'ab:cd:é '
    const server = await serve({ users: { ledger: password }, tls: true })
    const connectionString = server.connectionString.replace(/\/\/.*@/, `//ledger:${password}@`)
    const store = await openEventStoreDb({ connectionString })
    expect(await send(store, testAppend('thing-1'))).toMatchObject({ revision: 0 })
    await store.close()
  })

  it.each([
    ['esdb+discover://a%40b:c%3Ad@one:2113,two:2113', 'esdb://a%40b:c%3Ad@three:2114'],
    ['esdb://one?tls=false', 'esdb://three:2114'],
  ])('becomes that of one node with the same user and options: %s', (address, toNode) => {
    const connection = parseConnectionString(address)
    const [, options] = connection.clientString.split('?')
    expect(atNode(connection, { address: 'three', port: 2114 }).clientString).toBe(`${toNode}?${options}`)
  })

  it.each([
    ['esdb://localhost:2113?tls=false', false],
    ['esdb://127.0.0.1,localhost:2113?tls=false', false],
    ['esdb://journal:2113', false],
    ['esdb://journal:2113?tls=false', true],
    ['esdb://localhost,10.0.0.7:2113?tls=false', true],
  ])('tells whether what is said leaves the machine without TLS: %s', (address, inTheOpen) => {
    expect(parseConnectionString(address)).toMatchObject({ inTheOpen })
  })
})
