import type pg from 'pg'
import { hashOf } from './metadata.ts'
import type { Expected, Position, StoredEvent } from './port.ts'
import type { EventStore } from './port.ts'

/** How one aggregate's state becomes text. Another `version` makes older snapshots unreadable, so they are ignored. */
export interface StateCodec<S> {
  readonly version: number
  encode(state: S): string
  decode(text: string): S
}

/** A state, and the event it is the fold up to. */
export interface Snapshot<S> {
  readonly state: S
  readonly revision: number
  /** What an append right behind it expects. */
  readonly expected: Expected
}

/** Saved folds of long streams: a convenience that may be thrown away at any time. */
export interface Snapshots {
  /** The saved fold, or undefined where there is none that may be used: then the stream is loaded whole. */
  load<S>(stream: string, codec: StateCodec<S>): Promise<Snapshot<S> | undefined>
  /** Saves the fold up to `last`. An older one than what is saved already is dropped. */
  save<S>(stream: string, codec: StateCodec<S>, state: S, last: StoredEvent): Promise<void>
}

export interface SnapshotsOptions {
  readonly pool: Pick<pg.Pool, 'query'>
  readonly store: Pick<EventStore, 'readStream'>
  /**
   * How far the index of commands has read. A command already done is found in the events after a snapshot or in the
   * index; where the index is behind the snapshot it is found in neither (PROTOCOL 14: Postgres restored to
   * yesterday, a refund paid twice).
   */
  readonly commandIndexPosition: () => Promise<Position | undefined>
}

interface Row {
  readonly revision: number
  readonly event_id: string
  readonly hash: string
  readonly position: Position
  readonly state: string
}

const DDL = `
create schema if not exists snapshots;
create table if not exists snapshots.streams (
  stream text not null, version integer not null, revision integer not null, event_id uuid not null,
  hash text not null, position text not null, state text not null, primary key (stream, version)
)`

/** Creates the table where there is none, and gives the snapshots of one database. */
export const openSnapshots = async (options: SnapshotsOptions): Promise<Snapshots> => {
  const { pool, store, commandIndexPosition } = options
  await pool.query(DDL)

  /** Whether the log still says at this place what the snapshot was taken of. */
  const standsInLog = async (stream: string, row: Row): Promise<boolean> => {
    for await (const event of store.readStream(stream, { from: row.revision, limit: 1 }))
      return (
        event.id === row.event_id && hashOf(event.metadata) === row.hash && event.position === row.position
      )
    return false
  }

  return {
    async load(stream, codec) {
      const { rows } = await pool.query<Row>(
        'select revision, event_id, hash, position, state from snapshots.streams where stream = $1 and version = $2',
        [stream, codec.version],
      )
      const row = rows[0]
      if (!row) return undefined
      const indexed = await commandIndexPosition()
      if (indexed === undefined || indexed < row.position) return undefined
      if (!(await standsInLog(stream, row))) {
        // Of another log, or of one that was restored: it would only stand in the way of new ones.
        await pool.query(
          'delete from snapshots.streams where stream = $1 and version = $2 and event_id = $3',
          [stream, codec.version, row.event_id],
        )
        return undefined
      }
      const { revision, hash } = row
      return { state: codec.decode(row.state), revision, expected: { revision, hash } }
    },
    async save(stream, codec, state, last) {
      await pool.query(
        `insert into snapshots.streams as s (stream, version, revision, event_id, hash, position, state)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (stream, version) do update set revision = excluded.revision, event_id = excluded.event_id,
           hash = excluded.hash, position = excluded.position, state = excluded.state
         where s.revision < excluded.revision`,
        [
          stream,
          codec.version,
          last.revision,
          last.id,
          hashOf(last.metadata),
          last.position,
          codec.encode(state),
        ],
      )
    },
  }
}
