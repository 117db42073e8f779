import { createHmac } from 'node:crypto'
import pg from 'pg'
import type { ProtectedField, Purpose } from '../../domain/shared/protected.ts'
import type { PersonAndPurpose } from '../codec.ts'
import type { Protection } from '../log.ts'
import type { ReplacePersonal } from '../personal-fields.ts'
import { credentialsIn, invitationsIn, sessionsIn, tokensIn } from './accounts.ts'
import type { Credentials, Invitations, Sessions, Tokens } from './accounts.ts'
import { decrypt, encrypt } from './cipher.ts'
import { Keys, keyFor } from './keys.ts'
import type { KeyOfPerson } from './keys.ts'
import { openSecrets } from './schema.ts'
import type { VaultSecrets } from './schema.ts'
import { secondFactorsIn } from './second-factors.ts'
import type { SecondFactors } from './second-factors.ts'

/** What a protected field says once its key is destroyed. */
export interface Erased {
  readonly erased: Purpose | 'unknown'
}

/** A protected field, and the key it stands under in its event. */
export interface FieldToReveal {
  readonly field: string
  readonly value: ProtectedField
}

/**
 * What must not be in the log: the keys of personal fields, the log-wide secret, password hashes, second factors,
 * tokens, invitations, sessions (PROTOCOL 27–29). A schema of its own, in another database when configured, wrapped by a master key from a file.
 */
export interface Vault extends Protection {
  /** Clear texts in the order asked; `{erased: purpose}` where the key is destroyed. */
  reveal(logId: string, fields: readonly FieldToReveal[]): Promise<readonly (string | Erased)[]>
  /** Destroys keys for ever. Called after the `PersonErased` event that names them is in the log. */
  erase(keyIds: readonly string[]): Promise<void>
  keysOf(personId: string): Promise<readonly KeyOfPerson[]>
  /** Those of the keys that are neither present nor erased. */
  unknownKeys(keyIds: readonly string[]): Promise<readonly string[]>
  /** HMAC-SHA-256, hex, under the log-wide secret. `kind` keeps digests of different things apart. */
  hmac(kind: string, text: string): string
  readonly credentials: Credentials
  readonly secondFactors: SecondFactors
  readonly tokens: Tokens
  readonly invitations: Invitations
  readonly sessions: Sessions
  /** Where the vault's own tables are: for its checkpoint. */
  readonly pool: pg.Pool
  close(): Promise<void>
}

export interface VaultOptions {
  readonly connectionString: string
  /** File of mode 0600 that holds the master key. Created for a new vault only. */
  readonly masterKeyFile: string
}

const CONNECT_MS_MAX = 5_000

/** @throws StartRefused where the master key is missing, open to others, or another vault's */
export const openVault = async (options: VaultOptions): Promise<Vault> => {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    application_name: 'grandlivre vault',
    // A key is durable before an event protected with it is stored.
    options: '-c synchronous_commit=on',
    connectionTimeoutMillis: CONNECT_MS_MAX,
    max: 4,
  })
  // An idle connection that dies is replaced at the next query.
  pool.on('error', () => undefined)
  try {
    const client = await pool.connect()
    try {
      const secrets = await openSecrets(client, options.masterKeyFile)
      return vaultOn(pool, new Keys(pool, secrets.master), secrets)
    } finally {
      client.release()
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}

const vaultOn = (pool: pg.Pool, keys: Keys, secrets: VaultSecrets): Vault => {
  const hmac = (kind: string, text: string): string =>
    createHmac('sha256', secrets.hmac).update(`${kind}\n${text}`, 'utf8').digest('hex')
  return {
    async protector(logId, persons) {
      return protectWith(logId, persons, keys)
    },
    async reveal(logId, fields) {
      const parsed = fields.map(({ field, value }) => ({ field, ...parse(value) }))
      const states = await keys.states(parsed.map(p => p.keyId))
      return parsed.map(p => {
        const state = states.get(p.keyId) ?? { erased: 'unknown' }
        if ('erased' in state) return { erased: state.erased }
        const clear = decrypt(state.key, p, boundTo(logId, p.field))
        if (!clear) throw new ProtectedFieldAltered(p.field, p.keyId)
        return clear.toString('utf8')
      })
    },
    erase: keyIds => keys.erase(keyIds),
    keysOf: personId => keys.ofPerson(personId),
    unknownKeys: keyIds => keys.unknown(keyIds),
    hmac,
    credentials: credentialsIn(pool),
    secondFactors: secondFactorsIn(pool, secrets.master, hmac),
    tokens: tokensIn(pool, hmac),
    invitations: invitationsIn(pool, hmac),
    sessions: sessionsIn(pool, hmac),
    pool,
    close: () => pool.end(),
  }
}

/**
 * A field is bound to its log and its name, not to its stream: a frozen field is copied as it is into the event that
 * answers a request, by a program that holds no key.
 */
const boundTo = (logId: string, field: string): string => `grandlivre.1\n${logId}\n${field}`

const protectWith = async (
  logId: string,
  persons: readonly PersonAndPurpose[],
  keys: Keys,
): Promise<ReplacePersonal> => {
  const present = await keys.present(persons)
  return (clear, { personId, purpose, field }): ProtectedField => {
    const { id, key } = keyFor(present, personId, purpose)
    const { nonce, sealed } = encrypt(key, Buffer.from(clear, 'utf8'), boundTo(logId, field))
    return { $protected: `v1.${id}.${nonce.toString('base64url')}.${sealed.toString('base64url')}` }
  }
}

/** The schema of stored fields has checked the four parts. */
const parse = ({ $protected }: ProtectedField): { keyId: string; nonce: Buffer; sealed: Buffer } => {
  const [, keyId = '', nonce = '', sealed = ''] = $protected.split('.')
  return { keyId, nonce: Buffer.from(nonce, 'base64url'), sealed: Buffer.from(sealed, 'base64url') }
}

/** The key is there, yet the field does not open with it: its bytes, its name or its log are not the first ones. */
export class ProtectedFieldAltered extends Error {
  readonly field: string
  readonly keyId: string
  constructor(field: string, keyId: string) {
    super(`protected field ${field} does not open with its key ${keyId}: it was altered or moved`)
    this.name = 'ProtectedFieldAltered'
    this.field = field
    this.keyId = keyId
  }
}
