import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ProtectedField } from '../../domain/shared/protected.ts'
import { verifyStream } from '../support/verify-stream.ts'
import { openLog } from '../../event-store/log.ts'
import type { Log } from '../../event-store/log.ts'
import { readMasterKey, readOrCreateMasterKey } from '../../event-store/vault/master-key.ts'
import { reconcileVault } from '../../event-store/vault/reconcile.ts'
import { ProtectedFieldAltered, openVault } from '../../event-store/vault/vault.ts'
import type { Vault } from '../../event-store/vault/vault.ts'
import { OPENED_AT, contextAt, openTestLog } from '../support/open-log.ts'
import type { OpenedLog } from '../support/open-log.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'
import { collect } from '../support/test-events.ts'

const LOG = '00000000-0000-4000-8000-000000000001'
const OTHER_LOG = '00000000-0000-4000-8000-000000000009'

const protectOne = async (vault: Vault, personId: string, clear: string, field = 'name', log = LOG) => {
  const protect = await vault.protector(log, [{ personId, purpose: 'contract' }])
  return protect(clear, { personId, purpose: 'contract', field }) as ProtectedField
}
const keyIdOf = (value: ProtectedField): string => value.$protected.split('.')[1]!

describe('the vault', () => {
  let database: FreshDatabase
  let folder: string
  let masterKeyFile: string
  let vault: Vault
  const open = () => openVault({ connectionString: database.url, masterKeyFile })
  beforeAll(async () => {
    database = await freshDatabase()
    folder = await mkdtemp(join(tmpdir(), 'grandlivre-vault-'))
    masterKeyFile = join(folder, 'master.key')
    vault = await open()
  })
  afterAll(async () => {
    await vault.close()
    await database.drop()
    await rm(folder, { recursive: true })
  })

  it('PROTOCOL 27: makes a master key only its owner can read, for a new vault only', async () => {
    expect((await stat(masterKeyFile)).mode & 0o777).toBe(0o600)
    const away = `${masterKeyFile}.away`
    await rename(masterKeyFile, away)
    await expect(open()).rejects.toMatchObject({ code: 'VAULT_MASTER_KEY_MISSING' })
    await expect(stat(masterKeyFile)).rejects.toMatchObject({ code: 'ENOENT' })
    await writeFile(masterKeyFile, `${'A'.repeat(43)}\n`, { mode: 0o600 })
    await expect(open()).rejects.toMatchObject({ code: 'VAULT_MASTER_KEY_WRONG' })
    await writeFile(masterKeyFile, 'no key')
    await expect(open()).rejects.toMatchObject({ code: 'VAULT_MASTER_KEY_INVALID' })
    await rename(away, masterKeyFile)
    await chmod(masterKeyFile, 0o644)
    await expect(open()).rejects.toMatchObject({ code: 'VAULT_MASTER_KEY_OPEN' })
    await chmod(masterKeyFile, 0o600)
    await (await open()).close()
  })

  it('opens alike for starters of a new vault at the same moment', async () => {
    const own = await freshDatabase()
    const options = { connectionString: own.url, masterKeyFile: join(folder, 'race.key') }
    const vaults = await Promise.all([openVault(options), openVault(options), openVault(options)])
    expect(new Set(vaults.map(v => v.hmac('a', 'b'))).size).toBe(1)
    await Promise.all(vaults.map(v => v.close()))
    await own.drop()
  })

  it('PROTOCOL 27: protects a field as declared, and reveals it, also from another process', async () => {
    const personId = randomUUID()
    const value = await protectOne(vault, personId, 'Zoé 🚂')
    expect(value.$protected).toMatch(/^v1\.[0-9a-f-]{36}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22,}$/)
    const other = await open()
    expect(await other.reveal(LOG, [{ field: 'name', value }])).toEqual(['Zoé 🚂'])
    await other.close()
  })

  it('PROTOCOL 27: binds a field to its log and its name, so that it can be copied but not moved', async () => {
    const value = await protectOne(vault, randomUUID(), 'Zoé')
    await expect(vault.reveal(LOG, [{ field: 'email', value }])).rejects.toBeInstanceOf(ProtectedFieldAltered)
    await expect(vault.reveal(OTHER_LOG, [{ field: 'name', value }])).rejects.toBeInstanceOf(
      ProtectedFieldAltered,
    )
    const last = value.$protected.at(-2) === 'A' ? 'B' : 'A'
    const altered = { $protected: `${value.$protected.slice(0, -2)}${last}${value.$protected.at(-1)!}` }
    await expect(vault.reveal(LOG, [{ field: 'name', value: altered }])).rejects.toBeInstanceOf(
      ProtectedFieldAltered,
    )
  })

  it('PROTOCOL 27: has one key per person and purpose at a time, also when two processes make it at once', async () => {
    const other = await open()
    const personId = randomUUID()
    const values = await Promise.all([
      ...Array.from({ length: 8 }, () => protectOne(vault, personId, 'a')),
      ...Array.from({ length: 8 }, () => protectOne(other, personId, 'b')),
    ])
    expect(new Set(values.map(keyIdOf)).size).toBe(1)
    expect(new Set(values.map(v => v.$protected)).size).toBe(16)
    const accounting = await vault.protector(LOG, [{ personId, purpose: 'accounting' }])
    const kept = accounting('a', { personId, purpose: 'accounting', field: 'name' }) as ProtectedField
    expect(keyIdOf(kept)).not.toBe(keyIdOf(values[0]!))
    await other.close()
  })

  it('PROTOCOL 28: destroys exactly the keys named; what they protected says erased and never throws', async () => {
    const personId = randomUUID()
    const value = await protectOne(vault, personId, 'Zoé')
    const accounting = await vault.protector(LOG, [{ personId, purpose: 'accounting' }])
    const kept = accounting('Zoé', { personId, purpose: 'accounting', field: 'name' }) as ProtectedField
    await vault.erase([keyIdOf(value)])
    expect(
      await vault.reveal(LOG, [
        { field: 'name', value },
        { field: 'name', value: kept },
      ]),
    ).toEqual([{ erased: 'contract' }, 'Zoé'])
    expect(await vault.keysOf(personId)).toEqual([
      { keyId: keyIdOf(value), purpose: 'contract', erased: true },
      { keyId: keyIdOf(kept), purpose: 'accounting', erased: false },
    ])
    const { rows } = await vault.pool.query('select from vault.keys where id = $1 and wrapped is null', [
      keyIdOf(value),
    ])
    expect(rows).toHaveLength(1)
  })

  it('PROTOCOL 28: gives the person who comes back a new key, which the old erasure does not touch', async () => {
    const personId = randomUUID()
    const before = await protectOne(vault, personId, 'Zoé')
    await vault.erase([keyIdOf(before)])
    const after = await protectOne(vault, personId, 'Zoé')
    expect(keyIdOf(after)).not.toBe(keyIdOf(before))
    await vault.erase([keyIdOf(before)])
    expect(await vault.reveal(LOG, [{ field: 'name', value: after }])).toEqual(['Zoé'])
  })

  it('PROTOCOL 28: never protects with a key that another process erased', async () => {
    const other = await open()
    const personId = randomUUID()
    const before = await protectOne(vault, personId, 'Zoé')
    await other.erase([keyIdOf(before)])
    const after = await protectOne(vault, personId, 'Zoé')
    expect(keyIdOf(after)).not.toBe(keyIdOf(before))
    await other.close()
  })

  it('PROTOCOL 29: makes digests that nobody without the secret can try, apart by kind', async () => {
    const digest = vault.hmac('iban', 'FR7630006000011234567890189')
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(vault.hmac('login', 'FR7630006000011234567890189')).not.toBe(digest)
    const other = await open()
    expect(other.hmac('iban', 'FR7630006000011234567890189')).toBe(digest)
    await other.close()
    const { rows } = await vault.pool.query<{ wrapped: Buffer }>('select wrapped from vault.secrets')
    const master = Buffer.from((await readFile(masterKeyFile, 'utf8')).trim(), 'base64url')
    expect(rows[0]!.wrapped.includes(master)).toBe(false)
  })
})

describe('the vault and the log', () => {
  let opened: OpenedLog
  let log: Log
  let vault: Vault
  beforeEach(async () => {
    opened = await openTestLog()
    ;({ log, vault } = opened)
    return () => opened.close()
  })

  const register = async (name: string) => {
    const userId = randomUUID()
    const person = { personId: userId, login: `${name}@example.org`, name }
    await log.append({
      stream: `user-${userId}`,
      expected: 'noStream',
      events: [{ type: 'organisation.UserRegistered', data: { userId, kind: 'human', person, grants: [] } }],
      context: contextAt(OPENED_AT),
    })
    return userId
  }
  const fieldsOf = async (userId: string): Promise<{ login: ProtectedField; name: ProtectedField }> => {
    const { events } = await log.load(`user-${userId}`)
    return (events[0]!.data as { person: { login: ProtectedField; name: ProtectedField } }).person
  }
  const reveal = async (userId: string) => {
    const { login, name } = await fieldsOf(userId)
    return vault.reveal(log.id, [
      { field: 'login', value: login },
      { field: 'name', value: name },
    ])
  }
  const erasePerson = async (personId: string, keyIds: string[]) => {
    const data = { personId, keyIds, purposes: ['account'], kept: [], copies: [], explanation: 'asked for' }
    await log.append({
      stream: `person-${personId}`,
      expected: 'noStream',
      events: [{ type: 'organisation.PersonErased', data }],
      context: contextAt(OPENED_AT),
    })
  }

  it('PROTOCOL 27: no clear personal field reaches the log; frozen fields are copied as they are', async () => {
    const userId = await register('Zoé Müller')
    const [stored] = await collect(opened.store.readStream(`user-${userId}`))
    expect(stored!.data).not.toMatch(/Zoé|example/)
    expect(await reveal(userId)).toEqual(['Zoé Müller@example.org', 'Zoé Müller'])
    const event = (await log.load(`user-${userId}`)).events[0]!
    const copied = log.codec.prepare(event)
    expect(copied.persons).toEqual([])
    expect(copied.data(() => 'never asked')).toBe(stored!.data)
  })

  it('PROTOCOL 28: a destroyed key changes no byte: the chain is whole, and events decode to what was erased', async () => {
    const [gone, stays] = [await register('Zoé'), await register('Ada')]
    const keyId = keyIdOf((await fieldsOf(gone)).name)
    const before = await collect(opened.store.readStream(`user-${gone}`))
    await erasePerson(gone, [keyId])
    await vault.erase([keyId])
    expect(await collect(opened.store.readStream(`user-${gone}`))).toEqual(before)
    expect(await verifyStream(log.id, `user-${gone}`, opened.store.readStream(`user-${gone}`))).toMatchObject(
      {
        revision: 0,
      },
    )
    expect(await reveal(gone)).toEqual([{ erased: 'account' }, { erased: 'account' }])
    expect(await reveal(stays)).toEqual(['Ada@example.org', 'Ada'])
  })

  it('PROTOCOL 28: erases again at every start what the log says is erased, and only that', async () => {
    const [gone, stays] = [await register('Zoé'), await register('Ada')]
    await reconcileVault(vault, log)
    const keyId = keyIdOf((await fieldsOf(gone)).name)
    await erasePerson(gone, [keyId])
    // The program died between the event and the vault.
    expect(await reveal(gone)).toEqual(['Zoé@example.org', 'Zoé'])
    await reconcileVault(vault, log)
    expect(await reveal(gone)).toEqual([{ erased: 'account' }, { erased: 'account' }])
    expect(await reveal(stays)).toEqual(['Ada@example.org', 'Ada'])
  })

  it('PROTOCOL 28: a vault restored from before an erasure forgets again, and the person who came back keeps all', async () => {
    const userId = await register('Zoé')
    await reconcileVault(vault, log)
    const backup = await vault.pool.query('select * from vault.keys')
    const checkpoint = await vault.pool.query('select * from vault.checkpoints')
    const keyId = keyIdOf((await fieldsOf(userId)).name)
    await erasePerson(userId, [keyId])
    await reconcileVault(vault, log)
    const key = backup.rows[0] as { wrapped: Buffer }
    await vault.pool.query('update vault.keys set wrapped = $1, erased_at = null where id = $2', [
      key.wrapped,
      keyId,
    ])
    const was = checkpoint.rows[0] as { position: string; event_id: string }
    await vault.pool.query('update vault.checkpoints set position = $1, event_id = $2', [
      was.position,
      was.event_id,
    ])
    const restored = await openVault({
      connectionString: opened.databaseUrl,
      masterKeyFile: opened.masterKeyFile,
    })
    await reconcileVault(restored, log)
    const { login } = await fieldsOf(userId)
    expect(await restored.reveal(log.id, [{ field: 'login', value: login }])).toEqual([{ erased: 'account' }])
    const back = await protectOne(restored, userId, 'Zoé')
    await reconcileVault(restored, log)
    expect(await restored.reveal(LOG, [{ field: 'name', value: back }])).toEqual(['Zoé'])
    await restored.close()
  })

  it('PROTOCOL 27: a master key is on disk whole or not at all: who was cut off writing it begins again', async () => {
    const file = `${opened.masterKeyFile}.cut`
    const module = new URL('../../event-store/vault/master-key.ts', import.meta.url).href
    const script = `await (await import('${module}')).readOrCreateMasterKey('${file}')`
    // No file may grow: the process is ended by its first byte.
    const cut = spawnSync('sh', [
      '-c',
      `ulimit -f 0; exec "$0" --input-type=module -e "$1"`,
      process.execPath,
      script,
    ])
    expect(cut.status).not.toBe(0)
    const key = await readOrCreateMasterKey(file)
    expect(await readMasterKey(file)).toStrictEqual(key)
  })

  it('PROTOCOL 28: start refuses when the log names a key that is neither present nor erased', async () => {
    const userId = await register('Zoé')
    const keyId = keyIdOf((await fieldsOf(userId)).name)
    await vault.pool.query('delete from vault.keys where id = $1', [keyId])
    await expect(reconcileVault(vault, log)).rejects.toMatchObject({
      code: 'VAULT_KEYS_MISSING',
      facts: { count: 1, first: keyId },
    })
    await erasePerson(userId, [keyId])
    await expect(reconcileVault(vault, log)).resolves.toBeUndefined()
    expect(await reveal(userId)).toEqual([{ erased: 'unknown' }, { erased: 'unknown' }])
  })

  it('PROTOCOL 29: a log opens only with the vault whose secret named its unique keys', async () => {
    const own = await freshDatabase()
    const masterKeyFile = `${opened.masterKeyFile}.other`
    const stranger = await openVault({ connectionString: own.url, masterKeyFile })
    const options = { store: opened.store, codec: log.codec, clock: { kind: 'simulated' } } as const
    await expect(openLog({ ...options, protection: stranger })).rejects.toMatchObject({
      code: 'VAULT_OF_ANOTHER_LOG',
    })
    await stranger.close()
    await own.drop()
  })
})
