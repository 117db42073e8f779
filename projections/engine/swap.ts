import type pg from 'pg'
import type { Projection } from '../definition.ts'
import { schemaOf } from '../definition.ts'
import { notice, putCheckpoint, readCheckpoint } from './checkpoints.ts'
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
}

interface SwapOptions {
  readonly scratchSchema: (projection: Projection) => string
  readonly makeViews: MakeViews | undefined
  /** The last attempt swaps also where a live version that lags cannot be compared. */
  readonly last: boolean
}

interface Pair {
  readonly projection: Projection
  readonly scratch: Checkpoint
  readonly live: Checkpoint | undefined
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
    const pairs = await lockPairs(client, projections)
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

interface LockedPair extends Pair {
  /** The furthest live version of the projection, this one or an older. */
  readonly furthest: number
}

const lockPairs = async (
  client: pg.ClientBase,
  projections: readonly Projection[],
): Promise<LockedPair[]> => {
  const pairs: LockedPair[] = []
  for (const projection of projections) {
    const { rows } = await client.query<{ ordinal: string }>(
      `select ordinal from engine.checkpoint
       where projection = $1 and build = 'live' and state <> 'rebuilding' order by version for update`,
      [projection.name],
    )
    const scratch = await readCheckpoint(client, projection, 'scratch', 'for update')
    if (!scratch) throw new Error(`projection ${projection.name}: its new build is gone`)
    const live = await readCheckpoint(client, projection, 'live')
    pairs.push({ projection, scratch, live, furthest: Math.max(0, ...rows.map(r => Number(r.ordinal))) })
  }
  return pairs
}

/** Whether the new build is not behind; and, while there is time, whether the live one is there to compare with. */
const isReady = ({ scratch, live, furthest }: LockedPair, last: boolean): boolean => {
  if (scratch.state === 'stopped') return true
  if (scratch.ordinal < furthest) return false
  return last || live?.state !== 'running' || live.ordinal === scratch.ordinal
}

const swapOne = async (
  client: pg.ClientBase,
  { projection, scratch, live }: Pair,
  scratchSchema: string,
): Promise<SwapReport> => {
  const schema = schemaOf(projection)
  const { rows } = await client.query(`select 1 from pg_namespace where nspname = $1`, [schema])
  const stands = rows.length > 0
  const comparable = stands && live?.state === 'running' && live.ordinal === scratch.ordinal
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
  return { projection, swapped: true, differences }
}
