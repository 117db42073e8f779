import { SETTINGS_STREAM, jsonEvent } from '@eventstore/db-client'
import type { EventStoreDBClient } from '@eventstore/db-client'
import { isDeepStrictEqual } from 'node:util'
import { StartRefused } from '../errors.ts'
import { asked, clientOf, endClient } from './client.ts'
import { parseConnectionString } from './connection-string.ts'
import type { Connection } from './connection-string.ts'
import { typeOf } from './failures.ts'
import { startRefused } from './server.ts'
import { ServerUsers, UsersRefused } from './users.ts'

export interface Preparation {
  /** The address by which the log will be opened: its user and password are made so on the server. */
  readonly connectionString: string
  readonly adminPassword: string
  readonly opsPassword: string
  /** Where the server's users are managed over HTTP, if not at the address itself: behind a proxy. */
  readonly usersAt?: string
}

/** The password that a server is delivered with, for `admin` and for `ops`. */
const DELIVERED = 'changeit'
const ADMINS = '$admins'
const ALL = '$all'

/**
 * Makes a server ready to hold a log: the passwords it was delivered with are replaced, the program has a user of its
 * own, and the rights leave nobody else in. Repeated, it changes nothing: a password is set only where it lets its user in no more.
 * @returns the user who may open the log
 * @throws StartRefused
 */
export const prepareEventStoreDb = async (preparation: Preparation): Promise<string> => {
  const connection = parseConnectionString(preparation.connectionString)
  const { username, password } = ownUserOf(connection)
  const client = clientOf(asAdmin(connection, preparation.adminPassword))
  try {
    await setUsers(preparation, connection, { username, password })
    await setRights(client, username)
  } catch (error) {
    throw error instanceof UsersRefused
      ? error.asStartRefused(connection.server)
      : startRefused(connection, error)
  } finally {
    await endClient(client)
  }
  return username
}

const asAdmin = (connection: Connection, password: string): Connection => ({
  ...connection,
  clientString: connection.clientString.replace(/\/\/[^@]*@/, `//admin:${encodeURIComponent(password)}@`),
})

const ownUserOf = ({ server, credentials }: Connection): NonNullable<Connection['credentials']> => {
  if (credentials && !['admin', 'ops'].includes(credentials.username)) return credentials
  throw new StartRefused(
    'EVENTSTORE_USER_MISSING',
    { server },
    {
      en: `The address of ${server} must name a user of the program's own, neither admin nor ops, and the password he is to have: esdb://user:password@….`,
      fr: `L’adresse de ${server} doit nommer un utilisateur propre au programme, ni admin ni ops, et le mot de passe à lui donner : esdb://utilisateur:mot-de-passe@….`,
    },
  )
}

const setUsers = async (
  { adminPassword, opsPassword, usersAt }: Preparation,
  { server, caFile }: Connection,
  own: { readonly username: string; readonly password: string },
): Promise<void> => {
  const users = new ServerUsers(
    usersAt ?? server.replace(/^esdb(\+discover)?/, 'https').split(',')[0] ?? '',
    {
      caFile,
      password: adminPassword,
    },
  )
  if (!(await users.isAdministrator())) await users.changeOwnPassword(DELIVERED)
  await users.setPassword('ops', opsPassword)
  await users.ensure(own.username, own.password)
}

/** Appends and reads are the program's; deleting and metadata, which destroy, are the administrators' alone. */
const rightsOf = (user: string) => ({
  $userStreamAcl: { $r: user, $w: user, $d: ADMINS, $mr: user, $mw: ADMINS },
  $systemStreamAcl: { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
})

const setRights = async (client: EventStoreDBClient, user: string): Promise<void> => {
  const rights = rightsOf(user)
  if (!isDeepStrictEqual(await settingsOf(client), rights))
    await asked(client.appendToStream(SETTINGS_STREAM, jsonEvent({ type: SETTINGS_STREAM, data: rights })))
  const acl = { readRoles: [user] }
  const { metadata } = await asked(client.getStreamMetadata(ALL))
  if (!isDeepStrictEqual(metadata?.acl, acl)) await asked(client.setStreamMetadata(ALL, { acl }))
}

const settingsOf = async (client: EventStoreDBClient): Promise<unknown> => {
  const read = client.readStream(SETTINGS_STREAM, {
    direction: 'backwards',
    fromRevision: 'end',
    maxCount: 1,
  })
  try {
    for await (const { event } of read) return event?.data
  } catch (error) {
    if (typeOf(error) !== 'stream-not-found') throw error
  }
  return undefined
}
