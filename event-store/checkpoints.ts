import type pg from 'pg'
import type { EventStore, Position, StoredEvent } from './port.ts'

/** How far a reader of the log is: the place, and which event it saw there (PROTOCOL 15). */
export interface Checkpoint {
  readonly position: Position
  readonly eventId: string
}

export const checkpointAt = (event: StoredEvent): Checkpoint => ({
  position: event.position,
  eventId: event.id,
})

/** What can be queried inside the transaction of the caller. */
export type Queryable = Pick<pg.ClientBase, 'query'>

const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/

/**
 * The table of checkpoints of one schema. Every call runs on the client it is given, in the transaction of the rows
 * that the checkpoint speaks of.
 */
export interface Checkpoints {
  /** Creates the table where there is none; the schema must stand. */
  create(client: Queryable): Promise<void>
  read(client: Queryable, name: string): Promise<Checkpoint | undefined>
  /**
   * Moves a checkpoint from where the caller believes it to be. False when it is elsewhere: another process has gone
   * on, and the caller's transaction must be rolled back.
   */
  move(client: Queryable, name: string, from: Checkpoint | undefined, to: Checkpoint): Promise<boolean>
  /**
   * The beginning of a statement that moves a checkpoint and writes its rows in one round trip: `moved` has a row where
   * the checkpoint moved. Its parameters `$1` to `$5` are those of `moveValues`; what follows writes only where there
   * is that row.
   */
  readonly moved: string
  remove(client: Queryable, name: string): Promise<void>
}

/** What a checkpoint moves from and to, as `Checkpoints.moved` takes it. */
export const moveValues = (name: string, from: Checkpoint | undefined, to: Checkpoint): (string | null)[] => [
  name,
  from?.position ?? null,
  from?.eventId ?? null,
  to.position,
  to.eventId,
]

export const checkpointsIn = (schema: string): Checkpoints => {
  if (!SCHEMA.test(schema)) throw new RangeError(`no schema name: ${schema}`)
  const table = `"${schema}".checkpoints`
  const moved = `
    with begun as (
      insert into ${table} (name, position, event_id) select $1, $4::text, $5::uuid where $2::text is null
      on conflict do nothing returning 1
    ), gone_on as (
      update ${table} set position = $4, event_id = $5
      where name = $1 and position = $2 and event_id = $3::uuid returning 1
    ), moved as (select from begun union all select from gone_on)`
  return {
    async create(client) {
      await client.query(
        `create table if not exists ${table} (name text primary key, position text not null, event_id uuid not null)`,
      )
    },
    async read(client, name) {
      const { rows } = await client.query<{ position: string; eventId: string }>(
        `select position, event_id as "eventId" from ${table} where name = $1`,
        [name],
      )
      return rows[0]
    },
    async move(client, name, from, to) {
      const { rowCount } = await client.query(`${moved} select from moved`, moveValues(name, from, to))
      return rowCount === 1
    },
    moved,
    async remove(client, name) {
      await client.query(`delete from ${table} where name = $1`, [name])
    },
  }
}

export type Places = Pick<EventStore, 'eventAt' | 'isPosition'>

/** The event at a place that was noted down; undefined also where it was noted of a store that counts otherwise. */
export const eventAtPlace = async (store: Places, position: Position): Promise<StoredEvent | undefined> =>
  store.isPosition(position) ? store.eventAt(position) : undefined

/**
 * Whether a checkpoint speaks of this log: it is believed only after the event at its place was read back. What to do
 * where it is not (the log was copied, restored or replaced) depends on who reads: a projection rebuilds, a registrar
 * begins at the start, a reaction stops.
 */
export const standing = async (
  store: Places,
  checkpoint: Checkpoint | undefined,
): Promise<'absent' | 'matches' | 'differs'> => {
  if (!checkpoint) return 'absent'
  const event = await eventAtPlace(store, checkpoint.position)
  return event?.id === checkpoint.eventId ? 'matches' : 'differs'
}

/** Whether the log holds what each of these has read; many of them are at one place, which is looked at once. */
export const allStand = async (store: Places, checkpoints: readonly Checkpoint[]): Promise<boolean> => {
  const places = new Map(
    checkpoints.map(checkpoint => [`${checkpoint.position} ${checkpoint.eventId}`, checkpoint]),
  )
  for (const checkpoint of places.values())
    if ((await standing(store, checkpoint)) === 'differs') return false
  return true
}
