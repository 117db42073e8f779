import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openVault } from '../../event-store/vault/vault.ts'
import type { Vault } from '../../event-store/vault/vault.ts'
import { OPENED_AT } from '../support/open-log.ts'
import { freshDatabase } from '../support/postgres.ts'
import type { FreshDatabase } from '../support/postgres.ts'

/** What opens accounts, as the vault keeps it. */

describe('the vault', () => {
  let database: FreshDatabase
  let folder: string
  let vault: Vault
  beforeAll(async () => {
    database = await freshDatabase()
    folder = await mkdtemp(join(tmpdir(), 'grandlivre-vault-'))
    vault = await openVault({ connectionString: database.url, masterKeyFile: join(folder, 'master.key') })
  })
  afterAll(async () => {
    await vault.close()
    await database.drop()
    await rm(folder, { recursive: true })
  })

  it('keeps credentials, tokens and sessions, of secrets only their digests', async () => {
    const userId = randomUUID()
    const [credentialId, tokenId] = [randomUUID(), randomUUID()]
    await vault.credentials.put({ credentialId: randomUUID(), userId, passwordHash: 'old' })
    await vault.credentials.put({ credentialId, userId, passwordHash: '$argon2id$…' })
    expect(await vault.credentials.ofUser(userId)).toEqual({ credentialId, passwordHash: '$argon2id$…' })

    const expiresAt = '2026-02-03T04:05:06.789Z'
    await vault.tokens.put({ tokenId, userId, secret: 'token-secret', expiresAt })
    expect(await vault.tokens.find('token-secret')).toEqual({ tokenId, userId, expiresAt })
    expect(await vault.tokens.find('another')).toBeUndefined()
    const sessionId = randomUUID()
    const session = {
      sessionId,
      userId,
      createdAt: OPENED_AT,
      expiresAt,
      agent: 'Firefox',
      openedBy: 'provider',
    } as const
    await vault.sessions.put({ secret: 'cookie-secret', ...session })
    await vault.sessions.extend('cookie-secret', '2026-02-04T00:00:00.000Z')
    const extended = { ...session, expiresAt: '2026-02-04T00:00:00.000Z' }
    expect(await vault.sessions.find('cookie-secret')).toEqual(extended)
    const invitation = { invitationId: randomUUID(), userId, expiresAt }
    await vault.invitations.put({ ...invitation, secret: 'link-secret' })
    expect(await vault.invitations.find('link-secret')).toEqual(invitation)
    const stored = await vault.pool.query(
      `select digest from vault.tokens union all select digest from vault.sessions
       union all select digest from vault.invitations`,
    )
    expect(stored.rows).toHaveLength(3)
    expect(JSON.stringify(stored.rows)).not.toMatch(/secret/)

    await vault.sessions.removeExpired('2026-02-03T00:00:00.000Z')
    expect(await vault.sessions.find('cookie-secret')).toBeDefined()
    await vault.sessions.removeExpired('2026-03-01T00:00:00.000Z')
    expect(await vault.sessions.find('cookie-secret')).toBeUndefined()
    await vault.tokens.remove(tokenId)
    expect(await vault.tokens.find('token-secret')).toBeUndefined()
    await vault.credentials.removeOf(userId)
    expect(await vault.credentials.ofUser(userId)).toBeUndefined()
    await vault.invitations.removeOf(userId)
    expect(await vault.invitations.find('link-secret')).toBeUndefined()
  })

  it('lists the sessions of a user, each once while its cookie is replaced, and ends one of them', async () => {
    const [userId, sessionId, other] = [randomUUID(), randomUUID(), randomUUID()]
    const of = (id: string, expiresAt: string) => ({
      sessionId: id,
      userId,
      createdAt: OPENED_AT,
      expiresAt,
      agent: '',
      openedBy: 'password' as const,
    })
    const [soon, late] = ['2026-02-01T00:00:00.000Z', '2026-02-02T00:00:00.000Z']
    await vault.sessions.put({ secret: 'replaced', ...of(sessionId, soon) })
    await vault.sessions.put({ secret: 'replacing', ...of(sessionId, late) })
    await vault.sessions.put({ secret: 'other', ...of(other, soon) })
    const open = await vault.sessions.ofUser(userId, OPENED_AT)
    expect(open.toSorted((a, b) => (a.expiresAt < b.expiresAt ? 1 : -1))).toEqual([
      of(sessionId, late),
      of(other, soon),
    ])
    expect(await vault.sessions.ofUser(userId, soon)).toEqual([of(sessionId, late)])
    await vault.sessions.removeOne(randomUUID(), sessionId)
    await vault.sessions.removeOne(userId, other)
    expect(await vault.sessions.ofUser(userId, OPENED_AT)).toEqual([of(sessionId, late)])
  })

  it('keeps secrets of second factors wrapped, each step and recovery code used once', async () => {
    const [userId, factorId, offered] = [randomUUID(), randomUUID(), randomUUID()]
    const secret = Buffer.from('twenty bytes of hiding')
    await vault.secondFactors.put({ factorId, userId, secret })
    await vault.secondFactors.put({ factorId: offered, userId, secret })
    expect(await vault.secondFactors.find(factorId)).toEqual({ userId, secret })
    const { rows } = await vault.pool.query<{ wrapped: Buffer }>('select wrapped from vault.second_factors')
    expect(rows.some(({ wrapped }) => wrapped.includes(secret))).toBe(false)
    expect(await vault.secondFactors.useStep(factorId, 7)).toBe(true)
    expect(await vault.secondFactors.useStep(factorId, 7)).toBe(false)
    expect(await vault.secondFactors.useStep(factorId, 6)).toBe(false)
    expect(await vault.secondFactors.useStep(factorId, 8)).toBe(true)

    await vault.secondFactors.putRecoveryCodes(factorId, ['AAAA', 'BBBB'])
    expect(await vault.secondFactors.useRecoveryCode(factorId, 'AAAA')).toBe(true)
    expect(await vault.secondFactors.useRecoveryCode(factorId, 'AAAA')).toBe(false)
    expect(await vault.secondFactors.useRecoveryCode(offered, 'BBBB')).toBe(false)
    await vault.secondFactors.putRecoveryCodes(factorId, ['CCCC', 'DDDD'])
    expect(await vault.secondFactors.useRecoveryCode(factorId, 'BBBB')).toBe(false)
    expect(await vault.secondFactors.recoveryCodesLeft(factorId)).toBe(2)
    const digests = await vault.pool.query('select digest from vault.recovery_codes')
    expect(JSON.stringify(digests.rows)).not.toMatch(/CCCC|DDDD/)

    await vault.secondFactors.removeOthers(userId, factorId)
    expect(await vault.secondFactors.find(offered)).toBeUndefined()
    await vault.secondFactors.removeOf(userId)
    expect(await vault.secondFactors.find(factorId)).toBeUndefined()
    expect(await vault.secondFactors.recoveryCodesLeft(factorId)).toBe(0)
  })

  it('opens a second factor under its own name alone', async () => {
    const [userId, one, two] = [randomUUID(), randomUUID(), randomUUID()]
    for (const factorId of [one, two])
      await vault.secondFactors.put({ factorId, userId, secret: Buffer.from(factorId) })
    await vault.pool.query(
      'update vault.second_factors set wrapped = (select wrapped from vault.second_factors where factor_id = $1) where factor_id = $2',
      [one, two],
    )
    await expect(vault.secondFactors.find(two)).rejects.toThrow('altered')
  })
})
