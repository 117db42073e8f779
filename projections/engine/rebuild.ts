import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Sentence } from '../../event-store/errors.ts'
import type { Projection } from '../definition.ts'
import { schemaOf } from '../definition.ts'
import { applyPiece, failureOf, pieceOf } from './batch.ts'
import { putCheckpoint, readCheckpoint } from './checkpoints.ts'
import type { Checkpoint } from './checkpoints.ts'
import { connect, withConnection } from './connections.ts'
import { createEngineSchema } from './engine-schema.ts'
import { fillAsFarAsPossible } from './fill.ts'
import type { FillOptions, FilledWithin } from './fill.ts'
import type { CannotApply } from './folding.ts'
import { projectionRole } from './locks.ts'
import { RunningProjection } from './running-projection.ts'
import { swap } from './swap.ts'
import type { SwapReport } from './swap.ts'
import { quote } from './tables.ts'

/** Makes the views that lie over the projections, in the transaction of a swap. */
export type MakeViews = (client: pg.ClientBase) => Promise<void>

export interface RebuildProgress {
  readonly phase: 'filling' | 'filled' | 'catchingUp' | 'swapping' | 'swapped'
  /** Events read so far, and how many there are at least, where a live version knows. */
  readonly events: number
  readonly total: number | undefined
}

export interface RebuildOptions extends Omit<FillOptions, 'onProgress'> {
  readonly projections: readonly Projection[]
  readonly makeViews?: MakeViews
  readonly onProgress?: (progress: RebuildProgress) => void
}

export interface RebuildReport {
  readonly projections: readonly (SwapReport & { readonly failure: CannotApply | undefined })[]
  readonly events: number
}

/** Somebody else rebuilds the same projection. */
export class RebuildRunning extends Error {
  constructor(projection: string) {
    super(`projection ${projection} is being rebuilt already`)
    this.name = 'RebuildRunning'
  }
}

/** Live rows went on faster than the new ones came after them, as often as it was tried. What stood stands. */
export class RebuildOvertaken extends Error {
  readonly sentence: Sentence
  constructor(projections: readonly Projection[]) {
    const names = projections.map(({ name }) => name).join(', ')
    super(`live rows stayed ahead of their rebuild: ${names}`)
    this.name = 'RebuildOvertaken'
    this.sentence = {
      en: `The live rows stayed ahead of the new ones ${SWAPS_MAX} times, and were left as they are: ${names}. Rebuild them when less is recorded.`,
      fr: `Les lignes en service sont restées en avance sur les nouvelles ${SWAPS_MAX} fois, et sont laissées en l’état : ${names}. Refaites-les quand moins d’événements arrivent.`,
    }
  }
}

const scratchSchema = (projection: Projection): string => `${schemaOf(projection)}_scratch`
/** Swaps that may lose the race against a live runner; the last one no longer waits for rows to compare with. */
const SWAPS_MAX = 200
const SWAP_PAUSE_MS = 5

/**
 * Builds projections anew from the log beside the live ones and puts them in their place: readers go on being
 * served, and see the old rows or the new ones, never a mixture. Killed or cancelled at any moment, the live version
 * stands as it was; what is left of the attempt is dropped by the next one.
 * @throws RebuildRunning, RebuildOvertaken, or what `signal` was aborted with
 */
export const rebuild = async (options: RebuildOptions): Promise<RebuildReport> => {
  const client = await connect(options.databaseUrl, 'rebuild control', { pipeline: true })
  try {
    await createEngineSchema(client)
    for (const projection of options.projections) await lock(client, projection)
    await clear(client, options.projections)
    const filled = await fillScratch(client, options)
    const report = await putInPlace(client, options, filled)
    return { projections: report, events: Math.max(0, ...filled.map(f => f.ordinal)) }
  } catch (error) {
    await withConnection(options.databaseUrl, 'rebuild end', end => clear(end, options.projections)).catch(
      () => undefined,
    )
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

const lock = async (client: pg.Client, projection: Projection): Promise<void> => {
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(hashtextextended($1, 0)) as taken`,
    [`grandlivre rebuild ${projectionRole(projection)}`],
  )
  if (!rows[0]?.taken) throw new RebuildRunning(projection.name)
}

/** Drops what an earlier attempt left. */
const clear = async (client: pg.Client, projections: readonly Projection[]): Promise<void> => {
  for (const projection of projections) {
    await client.query(`drop schema if exists ${quote(scratchSchema(projection))} cascade`)
    await client.query(`drop schema if exists ${quote(`${schemaOf(projection)}_old`)} cascade`)
    await client.query(
      `delete from engine.checkpoint where projection = $1 and version = $2 and build = 'scratch'`,
      [projection.name, projection.version],
    )
  }
}

const fillScratch = async (client: pg.Client, options: RebuildOptions): Promise<readonly FilledWithin[]> => {
  const live = await Promise.all(options.projections.map(p => readCheckpoint(client, p, 'live')))
  const total = live.reduce<number | undefined>(
    (most, c) => (c ? Math.max(most ?? 0, c.ordinal) : most),
    undefined,
  )
  const tell = (phase: RebuildProgress['phase']) => (events: number) =>
    options.onProgress?.({ phase, events, total })
  const filled = await fillAsFarAsPossible(options.projections, scratchSchema, {
    ...options,
    onProgress: tell('filling'),
  })
  for (const { projection, failure, ...end } of filled) {
    const checkpoint = {
      ...end,
      projection: projection.name,
      version: projection.version,
      state: failure ? 'stopped' : 'running',
      failure: failure && failureOf(failure),
    } as const
    await putCheckpoint(client, 'scratch', checkpoint)
  }
  tell('filled')(Math.max(0, ...filled.map(f => f.ordinal)))
  return filled
}

/** Catches up and swaps until no live runner is ahead. */
const putInPlace = async (
  client: pg.Client,
  options: RebuildOptions,
  filled: readonly FilledWithin[],
): Promise<RebuildReport['projections']> => {
  const failures = new Map(filled.map(f => [f.projection, f.failure]))
  const keep = await promising(client, filled)
  const whole = keep.filter(p => failures.get(p) === undefined)
  for (let attempt = 1; attempt <= SWAPS_MAX; attempt++) {
    options.signal?.throwIfAborted()
    const events = await catchUp(client, options, whole)
    options.onProgress?.({ phase: 'swapping', events, total: events })
    const { store, makeViews } = options
    const last = attempt === SWAPS_MAX
    const reports = await swap(client, keep, { store, scratchSchema, makeViews, last })
    if (reports) {
      options.onProgress?.({ phase: 'swapped', events, total: events })
      const dropped = filled.filter(f => !keep.includes(f.projection))
      const unchanged = dropped.map(f => ({
        projection: f.projection,
        swapped: false,
        differences: undefined,
        ofAnotherLog: false,
      }))
      await clear(client, options.projections)
      return [...reports, ...unchanged].map(r => ({ ...r, failure: failures.get(r.projection) }))
    }
    await delay(SWAP_PAUSE_MS)
  }
  throw new RebuildOvertaken(keep)
}

/** What is worth putting in place: a build that stopped early only where there is nothing better. */
const promising = async (
  client: pg.Client,
  filled: readonly FilledWithin[],
): Promise<readonly Projection[]> => {
  const keep: Projection[] = []
  for (const { projection, failure } of filled) {
    const live = await readCheckpoint(client, projection, 'live')
    if (!failure || !live || live.state === 'rebuilding') keep.push(projection)
  }
  return keep
}

/** Brings the new builds to the present end of the log as a live runner does. Gives the ordinal reached. */
const catchUp = async (
  client: pg.Client,
  options: RebuildOptions,
  projections: readonly Projection[],
): Promise<number> => {
  const runners: RunningProjection[] = []
  for (const projection of projections) {
    const checkpoint = (await readCheckpoint(client, projection, 'scratch')) as Checkpoint
    const at = { build: 'scratch', schema: scratchSchema(projection) } as const
    runners.push(new RunningProjection(projection, checkpoint, at, options.reveal))
  }
  const start = runners[0]?.checkpoint
  if (!start) return 0
  let { ordinal } = start
  const after = start.position === undefined ? {} : { after: start.position }
  for await (const batch of options.store.readAll(after)) {
    const piece = pieceOf(options.codec, batch.events, ordinal)
    ordinal += batch.events.length
    options.onProgress?.({ phase: 'catchingUp', events: ordinal, total: undefined })
    await applyPiece(client, runners, piece)
  }
  return ordinal
}
