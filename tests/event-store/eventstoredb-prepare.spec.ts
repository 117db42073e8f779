import { EventStoreDBClient, SETTINGS_STREAM } from '@eventstore/db-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import { prepareEventStoreDb } from '../../event-store/eventstoredb/prepare.ts'
import type { Preparation } from '../../event-store/eventstoredb/prepare.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbServer } from '../support/eventstoredb/server.ts'
import { startServerUsers } from '../support/eventstoredb/users.ts'
import type { ServerUsers } from '../support/eventstoredb/users.ts'
import { send, testAppend } from '../support/test-events.ts'

/**
 * A server made ready for a log. Users and events are two servers here: what a real one does with the rights, our own
 * cannot show.
 */

const OWN = { login: 'grand-livre', password: 'own: p@ss/word?' }
const ADMIN = 'a new one'
const OPS = 'another one'

let server: EventStoreDbServer
let users: ServerUsers
beforeEach(async () => {
  server = await startEventStoreDb({ tls: true, users: { [OWN.login]: OWN.password, admin: ADMIN } })
  users = await startServerUsers()
})
afterEach(async () => {
  await users.stop()
  await server.stop()
})

const prepare = (changes: Partial<Preparation> = {}): Promise<string> =>
  prepareEventStoreDb({
    connectionString: server.connectionString,
    adminPassword: ADMIN,
    opsPassword: OPS,
    usersAt: users.url,
    ...changes,
  })

/** What an administrator finds written on the server about rights. */
const written = async () => {
  const client = EventStoreDBClient.connectionString(
    server.connectionString.replace(/\/\/.*@/, `//admin:${encodeURIComponent(ADMIN)}@`),
  )
  const settings = []
  for await (const { event } of client.readStream(SETTINGS_STREAM)) settings.push(event?.data)
  const { metadata } = await client.getStreamMetadata('$all')
  await client.dispose()
  return { settings, ofAll: metadata }
}

describe('a server as it is delivered', () => {
  it('gets new passwords, a user for the program, and rights that leave nobody else in', async () => {
    expect(await prepare()).toBe(OWN.login)
    expect(Object.fromEntries(users.passwords)).toStrictEqual({
      admin: ADMIN,
      ops: OPS,
      [OWN.login]: OWN.password,
    })
    const system = { $r: '$admins', $w: '$admins', $d: '$admins', $mr: '$admins', $mw: '$admins' }
    expect(await written()).toStrictEqual({
      settings: [
        {
          $userStreamAcl: { ...system, $r: OWN.login, $w: OWN.login, $mr: OWN.login },
          $systemStreamAcl: system,
        },
      ],
      ofAll: { acl: { readRoles: [OWN.login] } },
    })
  })

  it('is prepared once: a second time changes nothing, neither rights nor users', async () => {
    await prepare()
    const before = await written()
    expect(users.changes).toStrictEqual([
      'POST /users/admin/command/change-password',
      'POST /users/ops/command/reset-password',
      'POST /users/',
    ])
    await prepare()
    expect(await written()).toStrictEqual(before)
    expect(users.changes).toHaveLength(3)
  })

  it('is given a password again where somebody changed it', async () => {
    await prepare()
    users.passwords.set('ops', 'another').set(OWN.login, 'and another')
    await prepare()
    expect(Object.fromEntries(users.passwords)).toStrictEqual({
      admin: ADMIN,
      ops: OPS,
      [OWN.login]: OWN.password,
    })
    expect(users.changes.slice(3)).toStrictEqual([
      'POST /users/ops/command/reset-password',
      `POST /users/${OWN.login}/command/reset-password`,
    ])
  })

  it('holds a log afterwards: rights are no danger to it', async () => {
    await prepare()
    const store = await openEventStoreDb({ connectionString: server.connectionString })
    expect(await send(store, testAppend('thing-1'))).toMatchObject({ revision: 0 })
    expect(await store.dangers()).toStrictEqual([])
    await store.close()
  })
})

describe('is refused', () => {
  it('where admin has a third password', async () => {
    users.passwords.set('admin', 'somebody else’s')
    await expect(prepare()).rejects.toMatchObject({ name: 'StartRefused', code: 'EVENTSTORE_ADMIN_PASSWORD' })
    expect(users.passwords.get('ops')).toBe('changeit')
  })

  it.each([
    ['nobody', ''],
    ['admin', 'admin:x@'],
    ['a user without a password', 'ledger@'],
    ['a user with an empty password', 'ledger:@'],
  ])('by an address that names %s', async (_, login) => {
    const connectionString = server.connectionString.replace(/\/\/.*@/, `//${login}`)
    await expect(prepare({ connectionString })).rejects.toMatchObject({ name: 'StartRefused' })
  })

  it('without TLS, where nobody is asked who he is', async () => {
    const connectionString = `esdb://${OWN.login}:x@localhost:${server.port}?tls=false`
    await expect(prepare({ connectionString })).rejects.toMatchObject({ code: 'EVENTSTORE_WITHOUT_TLS' })
  })

  it('where nobody answers, or by a certificate that nobody vouches for', async () => {
    const untrusted = server.connectionString.replace(/&tlsCAFile=.*/, '')
    await expect(prepare({ connectionString: untrusted })).rejects.toMatchObject({
      code: 'EVENTSTORE_CERTIFICATE',
    })
    await expect(prepare({ usersAt: 'https://localhost:1' })).rejects.toMatchObject({
      code: 'EVENTSTORE_UNREACHABLE',
    })
  })
})
