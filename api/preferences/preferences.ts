import type pg from 'pg'
import { shelfOf, shelfStatements } from './shelf.ts'
import type { Shelf, ShelfTable } from './shelf.ts'

/**
 * What people chose for themselves and their team: views of lists, templates of forms, documents they keep at hand. None of it is a fact of
 * the business, so none of it is in the log; it is kept beside the vault, and backed up with it.
 */

/** What the address of a list asks, columns, sort and groups included: so is a list found again. */
export type AskedOfList = Readonly<Record<string, string | readonly string[]>>

/** What a form is filled in with. */
export type FilledIn = Readonly<Record<string, unknown>>

/** A document kept at hand: where it opens, and what it is called. */
export interface Pin {
  readonly to: string
  readonly label: string
}

export interface Preferences {
  /** By the address of the list in the API. */
  readonly views: Shelf<AskedOfList>
  /** By the command that the form sends, and the legal entity that it is sent in. */
  readonly templates: Shelf<FilledIn>
  pinsOf(userId: string): Promise<readonly Pin[]>
  putPins(userId: string, pins: readonly Pin[]): Promise<void>
}

const VIEWS: ShelfTable = { table: 'view', id: 'view_id', place: 'list', content: 'search' }
const TEMPLATES: ShelfTable = {
  table: 'template',
  id: 'template_id',
  place: 'form',
  content: 'filled_in',
}

const STATEMENTS = [
  `create schema if not exists preferences`,
  `comment on schema preferences is 'What people chose for themselves and their team; not in the log'`,
  ...[VIEWS, TEMPLATES].flatMap(shelfStatements),
  `create table if not exists preferences.pins (
     user_id uuid primary key,
     pins jsonb not null,
     changed_at timestamptz not null default now())`,
]

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
    views: shelfOf(pool, VIEWS),
    templates: shelfOf(pool, TEMPLATES),
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
