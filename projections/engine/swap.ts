import type pg from 'pg'
import { standing } from '../../event-store/checkpoints.ts'
import type { Places } from '../../event-store/checkpoints.ts'
import type { Projection } from '../definition.ts'
import { schemaOf } from '../definition.ts'
import { keepUnconfirmed, lockLive, notice, putCheckpoint, readCheckpoint } from './checkpoints.ts'
import type { Checkpoint } from './checkpoints.ts'
import { compareSchemas } from './compare.ts'
import type { Difference } from './compare.ts'
import type { MakeViews } from './rebuild.ts'
import { quote } from './tables.ts'

export interface SwapReport {
  readonly projection: Projection
  readonly swapped: boolean
  /** Tables whose rebuilt rows were not the live ones; absent where no live version stood at the same event. */
  readonly differences: readonly Difference[] | undefined
  /** True where the live rows were of a log that held, or counted, other events than this one (PROTOCOL 15). */
  readonly ofAnotherLog: boolean
}

interface SwapOptions {
  /** The log that the new builds were read from. */
  readonly store: Places
  readonly scratchSchema: (projection: Projection) => string
  readonly makeViews: MakeViews | undefined
  /** The last attempt swaps also where a live version that lags cannot be compared. */
  readonly last: boolean
}

/**
 * Where a live version is, seen from the new build. One that names an event which the log does not hold, or has counted
 * more events than there are up to its own, is of another log: it is no measure of how far there is to go.
 */
type Standing = 'behind' | 'level' | 'ahead' | 'ofAnotherLog'

interface LiveVersion {
  readonly checkpoint: Checkpoint
  readonly standing: Standing
}

/**
 * Puts new builds in the place of the live ones, in one transaction, with the checkpoints of all versions of the
 * projection locked and none of them ahead (PROTOCOL 33). Undefined: one is ahead; catch up and come again.
 */
export const swap = async (
  client: pg.ClientBase,
  projections: readonly Projection[],
  options: SwapOptions,
): Promise<readonly SwapReport[] | undefined> => {
  await client.query('begin')
  try {
    const pairs = await lockPairs(client, projections, options.store)
    if (pairs.some(pair => !isReady(pair, options.last))) {
      await client.query('rollback')
      return undefined
    }
    const reports: SwapReport[] = []
    for (const pair of pairs)
      reports.push(await swapOne(client, pair, options.scratchSchema(pair.projection)))
    await options.makeViews?.(client)
    await client.query('commit')
    return reports
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

interface LockedPair {
  readonly projection: Projection
  readonly scratch: Checkpoint
  /** The live versions of the projection, this one and older ones, that are not to be rebuilt anyway. */
  readonly versions: readonly LiveVersion[]
}

const lockPairs = async (
  client: pg.ClientBase,
  projections: readonly Projection[],
  store: Places,
): Promise<LockedPair[]> => {
  const pairs: LockedPair[] = []
  for (const projection of projections) {
    const live = await lockLive(client, projection.name)
    const scratch = await readCheckpoint(client, projection, 'scratch', 'for update')
    if (!scratch) throw new Error(`projection ${projection.name}: its new build is gone`)
    const versions: LiveVersion[] = []
    for (const checkpoint of live)
      if (checkpoint.state !== 'rebuilding')
        versions.push({ checkpoint, standing: await standingOf(store, checkpoint, scratch) })
    pairs.push({ projection, scratch, versions })
  }
  return pairs
}

const standingOf = async (store: Places, live: Checkpoint, scratch: Checkpoint): Promise<Standing> => {
  const { position, eventId, ordinal } = live
  if (position === undefined || eventId === undefined)
    return scratch.position === undefined ? 'level' : 'behind'
  if (position === scratch.position)
    return eventId === scratch.eventId && ordinal === scratch.ordinal ? 'level' : 'ofAnotherLog'
  if ((await standing(store, { position, eventId })) === 'differs') return 'ofAnotherLog'
  if (scratch.position === undefined || position > scratch.position) return 'ahead'
  return ordinal < scratch.ordinal ? 'behind' : 'ofAnotherLog'
}

const ownOf = ({ projection, versions }: LockedPair): LiveVersion | undefined =>
  versions.find(({ checkpoint }) => checkpoint.version === projection.version)

/** Whether the new build is not behind; and, while there is time, whether the live one is there to compare with. */
const isReady = (pair: LockedPair, last: boolean): boolean => {
  if (pair.scratch.state === 'stopped') return true
  if (pair.versions.some(version => version.standing === 'ahead')) return false
  const own = ownOf(pair)
  return last || own?.checkpoint.state !== 'running' || own.standing !== 'behind'
}

const swapOne = async (
  client: pg.ClientBase,
  pair: LockedPair,
  scratchSchema: string,
): Promise<SwapReport> => {
  const { projection, scratch } = pair
  const own = ownOf(pair)
  const ofAnotherLog = own?.standing === 'ofAnotherLog'
  if (ofAnotherLog) await tellOfAnotherLog(client, projection, own.checkpoint)
  const schema = schemaOf(projection)
  const { rows } = await client.query(`select 1 from pg_namespace where nspname = $1`, [schema])
  const stands = rows.length > 0
  const comparable = stands && own?.checkpoint.state === 'running' && own.standing === 'level'
  const differences = comparable ? await compareSchemas(client, projection, schema, scratchSchema) : undefined
  if (differences && differences.length > 0)
    await notice(client, projection, 'REBUILD_DIFFERS', { ordinal: scratch.ordinal, differences })
  if (stands) await client.query(`alter schema ${quote(schema)} rename to ${quote(`${schema}_old`)}`)
  await client.query(`alter schema ${quote(scratchSchema)} rename to ${quote(schema)}`)
  await putCheckpoint(client, 'live', scratch)
  await client.query(
    `delete from engine.checkpoint where projection = $1 and version = $2 and build = 'scratch'`,
    [projection.name, projection.version],
  )
  return { projection, swapped: true, differences, ofAnotherLog }
}

/** The checkpoint goes, and may be the one witness of what the log lost: the next start is to hear of it. */
const tellOfAnotherLog = async (
  client: pg.ClientBase,
  projection: Projection,
  { ordinal, position, eventId }: Checkpoint,
): Promise<void> => {
  await notice(client, projection, 'CHECKPOINT_NOT_IN_LOG', { ordinal, eventId })
  if (position !== undefined && eventId !== undefined) await keepUnconfirmed(client, { position, eventId })
}
