import { DatabaseError } from 'pg'
import type { ClientBase } from 'pg'
import type { Checkpoint as Read } from '../../event-store/checkpoints.ts'
import type { Position } from '../../event-store/port.ts'
import type { Projection } from '../definition.ts'
import { CHECKPOINT_MOVED } from './engine-schema.ts'
import { arrayLiteral } from './values.ts'

export type Build = 'live' | 'scratch'

/** Why a projection stopped. */
export interface Failure {
  readonly ordinal: number
  readonly eventId: string
  readonly type: string
  readonly stream: string
  readonly message: string
}

/** How far a projection is. `position` and `eventId` are absent as long as it has read nothing. */
export interface Checkpoint {
  readonly projection: string
  readonly version: number
  readonly generation: number
  readonly position: Position | undefined
  readonly eventId: string | undefined
  readonly ordinal: number
  readonly stage: string | undefined
  readonly state: 'running' | 'stopped' | 'rebuilding'
  readonly failure: Failure | undefined
}

type Named = Pick<Projection, 'name' | 'version'>

interface CheckpointRow {
  projection: string
  version: number
  generation: number
  position: string | null
  event_id: string | null
  ordinal: string
  stage: string | null
  state: Checkpoint['state']
  failure: Failure | null
}

const COLUMNS = 'projection, version, generation, position, event_id, ordinal, stage, state, failure'

const fromRow = (row: CheckpointRow): Checkpoint => ({
  projection: row.projection,
  version: row.version,
  generation: row.generation,
  position: row.position ?? undefined,
  eventId: row.event_id ?? undefined,
  ordinal: Number(row.ordinal),
  stage: row.stage ?? undefined,
  state: row.state,
  failure: row.failure ?? undefined,
})

export const readCheckpoint = async (
  client: ClientBase,
  projection: Named,
  build: Build,
  lock: '' | 'for update' = '',
): Promise<Checkpoint | undefined> => {
  const { rows } = await client.query<CheckpointRow>(
    `select ${COLUMNS} from engine.checkpoint where projection = $1 and version = $2 and build = $3 ${lock}`,
    [projection.name, projection.version, build],
  )
  return rows[0] && fromRow(rows[0])
}

/** The live checkpoints of all versions of a projection, locked until the transaction ends. */
export const lockLive = async (client: ClientBase, name: string): Promise<readonly Checkpoint[]> => {
  const { rows } = await client.query<CheckpointRow>(
    `select ${COLUMNS} from engine.checkpoint
     where projection = $1 and build = 'live' order by version for update`,
    [name],
  )
  return rows.map(fromRow)
}

export const readAllCheckpoints = async (client: {
  query: ClientBase['query']
}): Promise<readonly Checkpoint[]> => {
  const { rows } = await client.query<CheckpointRow>(
    `select ${COLUMNS} from engine.checkpoint where build = 'live'`,
  )
  return rows.map(fromRow)
}

/**
 * How far the log was read into these projections, where they are read from; not of what is to be rebuilt anyway, which
 * says nothing of the log. With them the places that a rebuild found read and not in the log.
 */
export const placesRead = async (
  client: { query: ClientBase['query'] },
  projections: readonly Named[],
): Promise<readonly Read[]> => {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('engine.checkpoint') is not null as there`,
  )
  if (rows[0]?.there !== true) return []
  const isDeclared = ({ projection, version }: Checkpoint): boolean =>
    projections.some(declared => declared.name === projection && declared.version === version)
  const live = (await readAllCheckpoints(client)).filter(isDeclared)
  const read = live.flatMap(({ position, eventId, state }) =>
    position === undefined || eventId === undefined || state === 'rebuilding' ? [] : [{ position, eventId }],
  )
  return [...read, ...(await readUnconfirmed(client))]
}

/** Keeps a place that was read and that the log does not confirm, when its checkpoint goes (PROTOCOL 15). */
export const keepUnconfirmed = async (client: ClientBase, { position, eventId }: Read): Promise<void> => {
  await client.query(
    `insert into engine.unconfirmed (position, event_id) values ($1, $2) on conflict do nothing`,
    [position, eventId],
  )
}

const unconfirmedStands = async (client: { query: ClientBase['query'] }): Promise<boolean> => {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('engine.unconfirmed') is not null as there`,
  )
  return rows[0]?.there === true
}

const readUnconfirmed = async (client: { query: ClientBase['query'] }): Promise<readonly Read[]> => {
  if (!(await unconfirmedStands(client))) return []
  const { rows } = await client.query<{ position: string; eventId: string }>(
    `select position, event_id as "eventId" from engine.unconfirmed`,
  )
  return rows
}

/** Forgets the places that `keepUnconfirmed` kept: once the log is held for them, or was found to hold them. */
export const forgetUnconfirmed = async (client: { query: ClientBase['query'] }): Promise<void> => {
  if (await unconfirmedStands(client)) await client.query(`delete from engine.unconfirmed`)
}

/** Somebody else moved the checkpoint: the rows in memory are not the rows in the database. */
export class CheckpointMoved extends Error {
  constructor(cause: unknown) {
    super('a checkpoint was moved by another program', { cause })
    this.name = 'CheckpointMoved'
  }
}

/** A move of a checkpoint: from where the rows were loaded to the last event applied. */
export interface Move {
  readonly from: Checkpoint
  readonly to: { readonly position: Position; readonly eventId: string; readonly ordinal: number }
  readonly stage: string | undefined
}

const MOVE = `
  with moved as (
  update engine.checkpoint c
  set position = v.position, event_id = v.event_id::uuid, ordinal = v.ordinal::bigint,
      stage = v.stage, moved_at = now()
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
    as v(projection, version, generation, was, was_event, position, event_id, ordinal, stage)
  where c.projection = v.projection and c.version = v.version::integer and c.build = $1
    and c.generation = v.generation::integer and c.ordinal = v.was::bigint
    and c.event_id is not distinct from v.was_event::uuid
  returning c.projection)
  select engine.all_moved(count(*), $11) from moved`

/**
 * Moves checkpoints by compare-and-set, in the transaction of the rows (PROTOCOL 15). Where one of them is not where
 * it was, the statement fails and the transaction with it: a commit that was sent behind it undoes.
 * @throws CheckpointMoved
 */
export const moveCheckpoints = async (
  client: ClientBase,
  build: Build,
  moves: readonly Move[],
): Promise<void> => {
  const texts = (value: (move: Move) => string | number | undefined) =>
    arrayLiteral(
      moves.map(m => {
        const v = value(m)
        return v === undefined ? null : String(v)
      }),
    )
  try {
    await client.query({
      name: 'engine.move',
      text: MOVE,
      values: [
        build,
        texts(m => m.from.projection),
        texts(m => m.from.version),
        texts(m => m.from.generation),
        texts(m => m.from.ordinal),
        texts(m => m.from.eventId),
        texts(m => m.to.position),
        texts(m => m.to.eventId),
        texts(m => m.to.ordinal),
        texts(m => m.stage),
        moves.length,
      ],
    })
  } catch (error) {
    throw error instanceof DatabaseError && error.code === CHECKPOINT_MOVED
      ? new CheckpointMoved(error)
      : error
  }
}

/** Sets a checkpoint outright: of a build that only its maker knows, or under a lock on its row. */
export const putCheckpoint = async (
  client: ClientBase,
  build: Build,
  c: Omit<Checkpoint, 'generation'>,
): Promise<void> => {
  await client.query(
    `insert into engine.checkpoint as c (projection, version, build, position, event_id, ordinal, stage, state, failure)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (projection, version, build) do update
     set position = excluded.position, event_id = excluded.event_id, ordinal = excluded.ordinal,
         stage = excluded.stage, state = excluded.state, failure = excluded.failure,
         generation = c.generation + 1, moved_at = now()`,
    [
      c.projection,
      c.version,
      build,
      c.position ?? null,
      c.eventId ?? null,
      c.ordinal,
      c.stage ?? null,
      c.state,
      c.failure ? JSON.stringify(c.failure) : null,
    ],
  )
}

/** Says of a live projection that it runs, stopped and why, or is being rebuilt. */
export const setState = async (
  client: ClientBase,
  projection: Named,
  state: Checkpoint['state'],
  failure?: Failure,
): Promise<void> => {
  await client.query(
    `update engine.checkpoint set state = $3, failure = $4
     where projection = $1 and version = $2 and build = 'live'`,
    [projection.name, projection.version, state, failure ? JSON.stringify(failure) : null],
  )
}

/** Leaves a notice for the operator. */
export const notice = async (
  client: ClientBase,
  projection: Named,
  code: 'CHECKPOINT_NOT_IN_LOG' | 'PROJECTION_STOPPED' | 'REBUILD_DIFFERS',
  detail: object,
): Promise<void> => {
  await client.query(
    `insert into engine.notice (projection, version, code, detail) values ($1, $2, $3, $4)`,
    [projection.name, projection.version, code, JSON.stringify(detail)],
  )
}
