import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Purpose } from '../../domain/shared/protected.ts'
import type { PersonAndPurpose } from '../codec.ts'
import { unwrap, wrap } from './cipher.ts'

const KEY_BYTES = 32
/** How many keys are held in memory at most. */
const CACHE_KEYS = 10_000
/** How long a key in memory is believed present: what another process erased is unreadable here after this. */
const CACHE_MS = 10_000

export interface PersonKey {
  readonly id: string
  readonly key: Buffer
}

/** A key as it stands in the vault: there, or destroyed. `unknown` when the vault lost what it was for. */
export type KeyState = { readonly key: Buffer } | { readonly erased: Purpose | 'unknown' }

/** What the vault tells of a person's keys, so that an erasure can name them. */
export interface KeyOfPerson {
  readonly keyId: string
  readonly purpose: Purpose
  readonly erased: boolean
}

interface KeyRow {
  readonly id: string
  readonly person_id: string
  readonly purpose: Purpose | null
  readonly wrapped: Buffer | null
}

const pairName = (personId: string, purpose: string): string => `${personId} ${purpose}`

/**
 * One random key per person and purpose at a time, each with an id of its own (PROTOCOL 27). Erasing destroys the key
 * and keeps its id; the pair then gets a new one.
 */
export class Keys {
  private readonly pool: pg.Pool
  private readonly master: Buffer
  private readonly cache = new Map<string, { readonly state: KeyState; readonly at: number }>()

  constructor(pool: pg.Pool, master: Buffer) {
    this.pool = pool
    this.master = master
  }

  /**
   * The present keys of these pairs, made where there are none; by `pairName`. Asked of the database every time: a
   * key is durable, and not erased, when this answers (PROTOCOL 28).
   */
  async present(pairs: readonly PersonAndPurpose[]): Promise<ReadonlyMap<string, PersonKey>> {
    const wanted = new Map(pairs.map(p => [pairName(p.personId, p.purpose), p]))
    let found = await this.find([...wanted.values()])
    const missing = [...wanted].filter(([name]) => !found.has(name)).map(([, pair]) => pair)
    if (missing.length > 0) {
      await this.create(missing)
      found = await this.find([...wanted.values()])
    }
    for (const name of wanted.keys())
      if (!found.has(name)) throw new Error(`no key could be made for ${name}`)
    return found
  }

  /** The state of keys by id. One that the vault never knew is `erased: 'unknown'`. */
  async states(ids: readonly string[]): Promise<ReadonlyMap<string, KeyState>> {
    const now = performance.now()
    const states = new Map<string, KeyState>()
    const missing: string[] = []
    for (const id of new Set(ids)) {
      const cached = this.cache.get(id)
      if (cached && (now - cached.at < CACHE_MS || 'erased' in cached.state)) states.set(id, cached.state)
      else missing.push(id)
    }
    if (missing.length === 0) return states
    const { rows } = await this.pool.query<KeyRow>(
      'select id, person_id, purpose, wrapped from vault.keys where id = any($1::uuid[])',
      [missing],
    )
    const byId = new Map(rows.map(row => [row.id, row]))
    for (const id of missing) {
      const row = byId.get(id)
      const state: KeyState = row?.wrapped
        ? { key: this.open(row.id, row.wrapped) }
        : { erased: row?.purpose ?? 'unknown' }
      states.set(id, state)
      // A key the vault does not know yet may still come: another process makes it.
      if (row) this.remember(id, state, now)
    }
    return states
  }

  /** Destroys keys, for ever. One that the vault does not hold is noted as erased. */
  async erase(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.cache.delete(id)
    const { rowCount } = await this.pool.query(
      `insert into vault.keys as k (id, erased_at) select id, now() from unnest($1::uuid[]) as u(id)
       on conflict (id) do update set wrapped = null, erased_at = now() where k.erased_at is null`,
      [[...new Set(ids)]],
    )
    // The old row version still holds the key until it is vacuumed.
    if (rowCount !== null && rowCount > 0) await this.pool.query('vacuum vault.keys')
  }

  /** Those of the ids that are neither present nor erased. */
  async unknown(ids: readonly string[]): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      'select u.id from unnest($1::uuid[]) as u(id) where not exists (select from vault.keys k where k.id = u.id)',
      [ids],
    )
    return rows.map(row => row.id)
  }

  async ofPerson(personId: string): Promise<readonly KeyOfPerson[]> {
    const { rows } = await this.pool.query<KeyOfPerson>(
      `select id as "keyId", purpose, erased_at is not null as erased
       from vault.keys where person_id = $1 order by created_at, id`,
      [personId],
    )
    return rows
  }

  private async find(pairs: readonly PersonAndPurpose[]): Promise<Map<string, PersonKey>> {
    const { rows } = await this.pool.query<KeyRow & { purpose: Purpose; wrapped: Buffer }>(
      `select k.id, k.person_id, k.purpose, k.wrapped from vault.keys k
       join unnest($1::uuid[], $2::text[]) as u(person_id, purpose) using (person_id, purpose)
       where k.erased_at is null`,
      [pairs.map(p => p.personId), pairs.map(p => p.purpose)],
    )
    return new Map(
      rows.map(row => [
        pairName(row.person_id, row.purpose),
        { id: row.id, key: this.open(row.id, row.wrapped) },
      ]),
    )
  }

  /** Another process may make the same key at the same moment: the first counts. */
  private async create(pairs: readonly PersonAndPurpose[]): Promise<void> {
    const made = pairs.map(() => randomUUID())
    await this.pool.query(
      `insert into vault.keys (id, person_id, purpose, wrapped)
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[]) on conflict do nothing`,
      [
        made,
        pairs.map(p => p.personId),
        pairs.map(p => p.purpose),
        made.map(id => wrap(this.master, randomBytes(KEY_BYTES), id)),
      ],
    )
  }

  private open(id: string, wrapped: Buffer): Buffer {
    const key = unwrap(this.master, wrapped, id)
    if (!key) throw new Error(`key ${id} of the vault cannot be unwrapped: it was altered`)
    return key
  }

  private remember(id: string, state: KeyState, at: number): void {
    this.cache.delete(id)
    this.cache.set(id, { state, at })
    if (this.cache.size <= CACHE_KEYS) return
    const [oldest] = this.cache.keys()
    if (oldest !== undefined) this.cache.delete(oldest)
  }
}

export const keyFor = (
  keys: ReadonlyMap<string, PersonKey>,
  personId: string,
  purpose: Purpose,
): PersonKey => {
  const key = keys.get(pairName(personId, purpose))
  if (!key) throw new Error(`no key was asked for ${pairName(personId, purpose)}`)
  return key
}
