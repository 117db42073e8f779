import type pg from 'pg'

/**
 * What people chose for themselves and their team: views of lists, documents they keep at hand. None of it is a fact of
 * the business, so none of it is in the log; it is kept beside the vault, and backed up with it.
 */

/** A list as somebody wants to find it again: what its address asks, columns, sort and groups included. */
export interface SavedView {
  readonly viewId: string
  readonly ownerId: string
  /** Address of the list in the API. */
  readonly list: string
  readonly name: string
  readonly search: Readonly<Record<string, string | readonly string[]>>
  /** Roles whose holders see it too. */
  readonly sharedWith: readonly string[]
}

/** A document kept at hand: where it opens, and what it is called. */
export interface Pin {
  readonly to: string
  readonly label: string
}

export interface Preferences {
  /** One's own views of a list, and those shared with a role one has; by name. */
  viewsOf(
    reader: { readonly userId: string; readonly roles: readonly string[] },
    list: string,
  ): Promise<readonly SavedView[]>
  /** Keeps a view, new or changed; tells where it is another person's, or one more than a person may keep. */
  putView(view: SavedView): Promise<'kept' | 'notYours' | 'tooMany'>
  /** Whether there was such a view of this person. */
  removeView(ownerId: string, viewId: string): Promise<boolean>
  pinsOf(userId: string): Promise<readonly Pin[]>
  putPins(userId: string, pins: readonly Pin[]): Promise<void>
}

export const VIEWS_MAX = 200

const STATEMENTS = [
  `create schema if not exists preferences`,
  `comment on schema preferences is 'What people chose for themselves and their team; not in the log'`,
  `create table if not exists preferences.view (
     view_id uuid primary key,
     owner_id uuid not null,
     list text not null,
     name text not null,
     search jsonb not null,
     shared_with text[] not null,
     changed_at timestamptz not null default now())`,
  `create index if not exists view_of_list on preferences.view (list, name)`,
  `create index if not exists view_of_owner on preferences.view (owner_id)`,
  `create table if not exists preferences.pins (
     user_id uuid primary key,
     pins jsonb not null,
     changed_at timestamptz not null default now())`,
]

const VIEWS = `
  select view_id as "viewId", owner_id as "ownerId", list, name, search, shared_with as "sharedWith"
  from preferences.view where list = $1 and (owner_id = $2 or shared_with && $3::text[])
  order by name, view_id limit 500`

/** Nothing is put where another person's view stands, or where the owner's are too many already. */
const PUT_VIEW = `
  insert into preferences.view as v (view_id, owner_id, list, name, search, shared_with)
  select $1, $2, $3, $4, $5, $6
  where (select count(*) from preferences.view where owner_id = $2 and view_id <> $1) < ${VIEWS_MAX}
  on conflict (view_id) do update
  set list = excluded.list, name = excluded.name, search = excluded.search, shared_with = excluded.shared_with,
    changed_at = now()
  where v.owner_id = excluded.owner_id`

/** Makes what is missing of the schema; any number of processes may do so at once. */
const createSchema = async (pool: pg.Pool): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtextextended('grandlivre preferences schema', 0))`)
    for (const statement of STATEMENTS) await client.query(statement)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

export const openPreferences = async (pool: pg.Pool): Promise<Preferences> => {
  await createSchema(pool)
  return {
    async viewsOf({ userId, roles }, list) {
      return (await pool.query<SavedView>(VIEWS, [list, userId, roles])).rows
    },
    async putView({ viewId, ownerId, list, name, search, sharedWith }) {
      const put = await pool.query(PUT_VIEW, [
        viewId,
        ownerId,
        list,
        name,
        JSON.stringify(search),
        sharedWith,
      ])
      if (put.rowCount === 1) return 'kept'
      const found = await pool.query<{ owner_id: string }>(
        'select owner_id from preferences.view where view_id = $1',
        [viewId],
      )
      const owner = found.rows[0]?.owner_id
      return owner === undefined || owner === ownerId ? 'tooMany' : 'notYours'
    },
    async removeView(ownerId, viewId) {
      const removed = await pool.query('delete from preferences.view where view_id = $1 and owner_id = $2', [
        viewId,
        ownerId,
      ])
      return removed.rowCount === 1
    },
    async pinsOf(userId) {
      const found = await pool.query<{ pins: readonly Pin[] }>(
        'select pins from preferences.pins where user_id = $1',
        [userId],
      )
      return found.rows[0]?.pins ?? []
    },
    async putPins(userId, pins) {
      await pool.query(
        `insert into preferences.pins (user_id, pins) values ($1, $2)
         on conflict (user_id) do update set pins = excluded.pins, changed_at = now()`,
        [userId, JSON.stringify(pins)],
      )
    },
  }
}
