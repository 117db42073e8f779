import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { createApi } from '../../api/app.ts'
import { createAccounts } from '../../api/sign-in/accounts.ts'
import { createAdministrator } from '../../api/sign-in/administrator.ts'
import { hashPassword, verifyPassword } from '../../api/sign-in/password.ts'
import { commerce } from '../../commands/commerce/index.ts'
import { organisation } from '../../commands/organisation/index.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { commandHarness, pretendProtection } from '../support/command-harness.ts'
import type { CommandHarness } from '../support/command-harness.ts'
import { cookieOf, testDependencies } from './test-api.ts'
import type { ApiDependencies } from '../../api/dependencies.ts'

/** Accounts as they are: from the log, with the handler and its rights; the vault in memory. */

interface Stored {
  readonly credentials: Map<string, { credentialId: string; passwordHash: string }>
  readonly tokens: Map<string, { tokenId: string; userId: string; secret: string; expiresAt: string }>
}

let harness: CommandHarness
let stored: Stored
let app: FastifyInstance
let deps: ApiDependencies
const LOGIN = 'Alice.Martin@exemple.fr'
const PASSWORD = 'première clé du coffre'

const memoryVault = (base: ApiDependencies['vault']): ApiDependencies['vault'] => ({
  ...base,
  credentials: {
    put: async ({ userId, ...credential }) => void stored.credentials.set(userId, credential),
    ofUser: async userId => stored.credentials.get(userId),
    removeOf: async userId => void stored.credentials.delete(userId),
  },
  tokens: {
    async put(token) {
      if (stored.tokens.has(token.tokenId)) throw Object.assign(new Error('twice'), { code: '23505' })
      stored.tokens.set(token.tokenId, token)
    },
    find: async secret => [...stored.tokens.values()].find(token => token.secret === secret),
    remove: async tokenId => void stored.tokens.delete(tokenId),
    removeOf: () => Promise.reject(new Error('nobody removes all')),
  },
  hmac: (kind, text) => pretendProtection.hmac(kind, text),
})

beforeEach(async () => {
  stored = { credentials: new Map(), tokens: new Map() }
  harness = await commandHarness([organisation, commerce])
  const base = testDependencies()
  const vault = memoryVault(base.vault)
  const reveal = (_: string, fields: readonly { field: string }[]) =>
    Promise.resolve(fields.map(({ field }) => (field === 'login' ? LOGIN : 'Alice Martin')))
  deps = {
    ...base,
    registry: harness.deps.registry,
    commands: harness.handler,
    vault,
    accounts: createAccounts({
      streams: harness.deps.streams,
      log: harness.log,
      vault: { hmac: vault.hmac, reveal },
    }),
    now: () => Date.parse(harness.clock.now()),
  }
  app = createApi(deps)
  await app.ready()
})
afterEach(async () => {
  await app.close()
  await harness.stop()
})

const firstAdministrator = async (): Promise<string> => {
  const created = await createAdministrator(deps, { login: LOGIN, name: 'Alice Martin', password: PASSWORD })
  if ('refused' in created) throw new Error(`refused: ${JSON.stringify(created.refused)}`)
  return created.userId
}
const signIn = (login: string, password: string) =>
  app.inject({ method: 'POST', url: '/api/session', payload: { login, password } })

let keys = 0
const send = (
  cookie: string,
  url: string,
  payload: object,
  key = `k${++keys}`,
): Promise<LightMyRequestResponse> =>
  app.inject({
    method: 'POST',
    url,
    cookies: { grandlivre: cookie },
    headers: { 'idempotency-key': key, 'sec-fetch-site': 'same-origin' },
    payload,
  })

describe('the first administrator', () => {
  it('is registered by the operator, and signs in whatever the case of the login', async () => {
    const userId = await firstAdministrator()
    const events = await harness.events(`user-${userId}`)
    expect(events.map(e => e.type)).toEqual(['organisation.UserRegistered', 'organisation.UserPasswordSet'])
    expect(events.every(e => e.metadata.actor === SYSTEM_ACTORS.operator)).toBe(true)
    const response = await signIn('  alice.martin@EXEMPLE.fr ', PASSWORD)
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      userId,
      name: 'Alice Martin',
      grants: [{ role: 'administrator', entityId: 'all' }],
    })
  })

  it('is refused by name where the login is taken, and nothing is put into the vault', async () => {
    await firstAdministrator()
    const bob = { login: LOGIN, name: 'Bob', password: 'une tout autre clé' }
    const second = await createAdministrator(deps, bob)
    expect(second).toMatchObject({ refused: { kind: 'refused' } })
    expect(stored.credentials.size).toBe(1)
  })

  it('is the one that was begun where the registration is repeated, also behind a cut', async () => {
    const alice = { login: LOGIN, name: 'Alice Martin', password: PASSWORD }
    const cut = vi.spyOn(deps.vault.credentials, 'put').mockRejectedValueOnce(new Error('cut off'))
    await expect(createAdministrator(deps, alice)).rejects.toThrow('cut off')
    cut.mockRestore()
    const userId = await firstAdministrator()
    expect(await firstAdministrator()).toBe(userId)
    expect((await signIn(LOGIN, PASSWORD)).statusCode).toBe(200)
  })

  it('is nobody who holds the login for other reasons', async () => {
    const administrator = await firstAdministrator()
    const [login, userId] = ['carole@exemple.fr', randomUUID()]
    const cookie = cookieOf(await signIn(LOGIN, PASSWORD))
    const carole = {
      userId,
      kind: 'human',
      login,
      name: 'Carole',
      grants: [{ role: 'sales', entityId: 'all' }],
    }
    expect((await send(cookie, '/api/commands/organisation.registerUser', carole)).statusCode).toBe(200)
    const taken = await createAdministrator(deps, { login, name: 'Carole', password: PASSWORD })
    expect(taken).toMatchObject({ refused: { kind: 'refused', rejection: { code: 'KEY_TAKEN' } } })
    expect([...stored.credentials.keys()]).toStrictEqual([administrator])
  })

  it('has no password in the log, in no form', async () => {
    const userId = await firstAdministrator()
    const events = await harness.events(`user-${userId}`)
    expect(JSON.stringify(events)).not.toMatch(/argon2|première/)
  })
})

describe('passwords', () => {
  it('are changed by their owner, who must know the present one; sessions end, the new one opens', async () => {
    await firstAdministrator()
    const cookie = cookieOf(await signIn(LOGIN, PASSWORD))
    const wrong = await send(cookie, '/api/me/password', {
      current: 'pas celui-là',
      password: 'une autre clé longue',
    })
    expect(wrong.json()).toMatchObject({ status: 403, errors: [{ field: 'current' }] })
    const short = await send(cookie, '/api/me/password', { current: PASSWORD, password: 'court' })
    expect(short.json()).toMatchObject({
      status: 400,
      errors: [{ field: 'password', expected: 'au moins 12 caractères' }],
    })
    const right = await send(cookie, '/api/me/password', {
      current: PASSWORD,
      password: 'une autre clé longue',
    })
    expect(right.statusCode).toBe(200)
    expect((await signIn(LOGIN, PASSWORD)).statusCode).toBe(401)
    expect((await signIn(LOGIN, 'une autre clé longue')).statusCode).toBe(200)
  })

  it('open nothing where the log does not name the credential', async () => {
    const userId = await firstAdministrator()
    stored.credentials.set(userId, {
      credentialId: '01932f0c-5a00-7000-8000-00000000dead',
      passwordHash: await hashPassword('glissé par dessous'),
    })
    expect((await signIn(LOGIN, 'glissé par dessous')).statusCode).toBe(401)
  })

  it('are set for others by an administrator alone; the vault keeps the old one where it is refused', async () => {
    const userId = await firstAdministrator()
    const admin = cookieOf(await signIn(LOGIN, PASSWORD))
    const bob = '01932f0c-5a00-7000-8000-00000000b0b0'
    const registered = await send(admin, '/api/commands/organisation.registerUser', {
      userId: bob,
      kind: 'human',
      login: 'bob@exemple.fr',
      name: 'Bob',
      grants: [{ role: 'sales', entityId: 'all' }],
    })
    expect(registered.statusCode).toBe(200)
    const set = await send(admin, `/api/organisation/users/${bob}/password`, {
      password: 'le mot de passe de bob',
    })
    expect(set.statusCode).toBe(200)
    const bobs = cookieOf(await signIn('bob@exemple.fr', 'le mot de passe de bob'))
    const before = stored.credentials.get(userId)
    const theft = await send(bobs, `/api/organisation/users/${userId}/password`, {
      password: 'prise de contrôle',
    })
    expect(theft.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect(stored.credentials.get(userId)).toEqual(before)
  })
})

describe('tokens of programs', () => {
  const program = '01932f0c-5a00-7000-8000-00000000b0b1'
  const issue = async (key?: string) => {
    const admin = cookieOf(await signIn(LOGIN, PASSWORD))
    const payload = { label: 'import de nuit', expiresAt: '2026-12-31T00:00:00.000Z' }
    return { admin, response: await send(admin, `/api/organisation/users/${program}/tokens`, payload, key) }
  }
  beforeEach(async () => {
    await firstAdministrator()
    const admin = cookieOf(await signIn(LOGIN, PASSWORD))
    await send(admin, '/api/commands/organisation.registerUser', {
      userId: program,
      kind: 'program',
      login: 'import',
      name: 'Import',
      grants: [{ role: 'sales', entityId: 'all' }],
    })
  })
  const me = (secret: string) =>
    app.inject({ url: '/api/me', headers: { authorization: `Bearer ${secret}` } })

  it('open as the program, until they are revoked', async () => {
    const { admin, response } = await issue()
    const { secret, tokenId } = response.json<{ secret: string; tokenId: string }>()
    expect((await me(secret)).json()).toMatchObject({ userId: program, kind: 'program' })
    const revoked = await send(admin, '/api/commands/organisation.revokeToken', { userId: program, tokenId })
    expect(revoked.statusCode).toBe(200)
    expect((await me(secret)).statusCode).toBe(401)
  })

  it('open no more once they expired', async () => {
    const { secret } = (await issue()).response.json<{ secret: string }>()
    harness.clock.advanceTo('2026-12-31T00:00:00.001Z')
    expect((await me(secret)).statusCode).toBe(401)
  })

  it('tell their secret once: a repeat of the request issues no second one', async () => {
    const first = (await issue('same-key')).response.json<{ tokenId: string }>()
    const again = (await issue('same-key')).response
    expect(again.json()).toEqual({ tokenId: first.tokenId })
    expect(stored.tokens.size).toBe(1)
  })
})

describe('rights that were taken away', () => {
  it('are gone with the next request', async () => {
    await firstAdministrator()
    const admin = cookieOf(await signIn(LOGIN, PASSWORD))
    const bob = '01932f0c-5a00-7000-8000-00000000b0b2'
    const user = {
      userId: bob,
      kind: 'human',
      login: 'bob',
      name: 'Bob',
      grants: [{ role: 'sales', entityId: 'all' }],
    }
    await send(admin, '/api/commands/organisation.registerUser', user)
    await send(admin, `/api/organisation/users/${bob}/password`, { password: 'le mot de passe de bob' })
    const bobs = cookieOf(await signIn('bob', 'le mot de passe de bob'))
    await send(admin, '/api/commands/organisation.changeGrants', { userId: bob, grants: [] })
    const after = await app.inject({ url: '/api/me', cookies: { grandlivre: bobs } })
    expect(after.json()).toMatchObject({ grants: [] })
    await send(admin, '/api/commands/organisation.userLeaves', { userId: bob, leftOn: '2026-11-21' })
    expect((await app.inject({ url: '/api/me', cookies: { grandlivre: bobs } })).statusCode).toBe(401)
  })
})

describe('a password hash', () => {
  it('is argon2id of 19 MiB and 2 passes with a salt of its own, and takes composed characters as typed', async () => {
    const [first, second] = await Promise.all([hashPassword('élève têtu'), hashPassword('élève têtu')])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(first).not.toBe(second)
    expect(await verifyPassword('élève têtu'.normalize('NFD'), first)).toBe(true)
    expect(await verifyPassword('élève tetu', first)).toBe(false)
    expect(await verifyPassword('', undefined)).toBe(false)
  })
})
