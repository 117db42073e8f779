import type pg from 'pg'

/** What people keep under a name, for themselves and for those who have a role that they have. */

export interface Kept<C> {
  readonly id: string
  readonly ownerId: string
  /** What it is kept for, and found by. */
  readonly place: string
  readonly name: string
  readonly content: C
  /** Roles whose holders see it too. */
  readonly sharedWith: readonly string[]
}

export interface Reader {
  readonly userId: string
  readonly roles: readonly string[]
}

export interface Shelf<C> {
  /** One's own of a place, and those shared with a role one has; by name. */
  of(reader: Reader, place: string): Promise<readonly Kept<C>[]>
  /** Keeps it, new or changed; tells where it is another person's, or one more than a person may keep. */
  put(kept: Kept<C>): Promise<'kept' | 'notYours' | 'tooMany'>
  /** Whether there was such a one of this person. */
  remove(ownerId: string, id: string): Promise<boolean>
}

/** Of each kind, by one person. */
export const KEPT_MAX = 200

/** A table of the schema `preferences`, and what its columns are called. */
export interface ShelfTable {
  readonly table: string
  readonly id: string
  readonly place: string
  readonly content: string
}

export const shelfStatements = ({ table, id, place, content }: ShelfTable): readonly string[] => [
  `create table if not exists preferences.${table} (
     ${id} uuid primary key,
     owner_id uuid not null,
     ${place} text not null,
     name text not null,
     ${content} jsonb not null,
     shared_with text[] not null,
     changed_at timestamptz not null default now())`,
  `create index if not exists ${table}_of_${place} on preferences.${table} (${place}, name)`,
  `create index if not exists ${table}_of_owner on preferences.${table} (owner_id)`,
]

const kept = ({ table, id, place, content }: ShelfTable): string => `
  select ${id} as id, owner_id as "ownerId", ${place} as place, name, ${content} as content,
    shared_with as "sharedWith"
  from preferences.${table} where ${place} = $1 and (owner_id = $2 or shared_with && $3::text[])
  order by name, ${id} limit 500`

/** Nothing is put where another person's stands, or where the owner's are too many already. */
const put = ({ table, id, place, content }: ShelfTable): string => `
  insert into preferences.${table} as v (${id}, owner_id, ${place}, name, ${content}, shared_with)
  select $1, $2, $3, $4, $5, $6
  where (select count(*) from preferences.${table} where owner_id = $2 and ${id} <> $1) < ${KEPT_MAX}
  on conflict (${id}) do update
  set ${place} = excluded.${place}, name = excluded.name, ${content} = excluded.${content},
    shared_with = excluded.shared_with, changed_at = now()
  where v.owner_id = excluded.owner_id`

export const shelfOf = <C>(pool: pg.Pool, at: ShelfTable): Shelf<C> => ({
  async of({ userId, roles }, place) {
    return (await pool.query<Kept<C>>(kept(at), [place, userId, roles])).rows
  },
  async put({ id, ownerId, place, name, content, sharedWith }) {
    const values = [id, ownerId, place, name, JSON.stringify(content), sharedWith]
    if ((await pool.query(put(at), values)).rowCount === 1) return 'kept'
    const found = await pool.query<{ owner_id: string }>(
      `select owner_id from preferences.${at.table} where ${at.id} = $1`,
      [id],
    )
    const owner = found.rows[0]?.owner_id
    return owner === undefined || owner === ownerId ? 'tooMany' : 'notYours'
  },
  async remove(ownerId, id) {
    const text = `delete from preferences.${at.table} where ${at.id} = $1 and owner_id = $2`
    return (await pool.query(text, [id, ownerId])).rowCount === 1
  },
})
