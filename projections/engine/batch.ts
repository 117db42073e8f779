import type pg from 'pg'
import type { Codec } from '../../event-store/codec.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import { schemaOf } from '../definition.ts'
import { CheckpointMoved, moveCheckpoints, notice, setState } from './checkpoints.ts'
import type { Failure, Move } from './checkpoints.ts'
import { isConnectionLoss } from './connections.ts'
import { CannotApply } from './folding.ts'
import { recorded } from './recorded.ts'
import type { ChangedKeys, Piece, RunningProjection } from './running-projection.ts'

export const CHANGES_CHANNEL = 'grandlivre_changes'
/** PostgreSQL takes notifications below 8,000 bytes. */
const NOTIFICATION_BYTES_MAX = 7_900

/** A piece of the log as projections take it. `before` is the ordinal of the event before its first. */
export const pieceOf = (codec: Codec, events: readonly StoredEvent[], before: number): Piece => ({
  events: events.map((event, i) => recorded(codec, event, before + i + 1)),
  positions: events.map(event => event.position),
})

/** What one commit changed: how far the projections are, and which rows. No keys: too many to list. */
export interface Change {
  readonly ordinal: number
  readonly position: string
  /** By `name_vN`. */
  readonly projections: Readonly<Record<string, ChangedKeys | null>>
}

export type Outcome = 'applied' | 'moved' | 'stopped'

const announce = async (client: pg.ClientBase, change: Change): Promise<void> => {
  let payload = JSON.stringify(change)
  if (Buffer.byteLength(payload) > NOTIFICATION_BYTES_MAX) {
    const projections = Object.fromEntries(Object.keys(change.projections).map(name => [name, null]))
    payload = JSON.stringify({ ...change, projections })
  }
  await client.query({
    name: 'engine.announce',
    text: `select pg_notify($1, $2)`,
    values: [CHANGES_CHANNEL, payload],
  })
}

/** Waits for all, also when one fails, and then tells the first failure in their order: the cause of the others. */
const allDone = async <T>(work: readonly Promise<T>[]): Promise<T[]> => {
  const results = await Promise.allSettled(work)
  return results.map(result => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}

/**
 * Rows and checkpoint of these projections in one transaction, which is sent in one piece: a read model is as young
 * as its round trips are few. A statement that fails takes those behind it with it, the commit too.
 */
const applyTogether = async (
  client: pg.ClientBase,
  runners: readonly RunningProjection[],
  piece: Piece,
): Promise<void> => {
  const build = runners[0]?.build ?? 'live'
  const changes: Record<string, ChangedKeys> = {}
  const moves = await allDone(
    runners.map(async runner => {
      const rest = runner.rest(piece)
      changes[schemaOf(runner.projection)] = await runner.fold(client, rest.events)
      return runner.moveTo(rest)
    }),
  )
  const { ordinal, position } = (moves[0] as Move).to
  const writes = runners.flatMap(runner => runner.writes())
  await allDone<unknown>([
    client.query('begin'),
    ...writes.map(write => client.query(write)),
    moveCheckpoints(client, build, moves),
    ...(build === 'live' ? [announce(client, { ordinal, position, projections: changes })] : []),
    client.query('commit'),
  ])
  runners.forEach((runner, i) => runner.committed(moves[i] as Move))
}

export const failureOf = (error: CannotApply): Failure => ({
  ordinal: error.event.ordinal,
  eventId: error.event.id,
  type: error.event.type,
  stream: error.event.stream,
  message: error.message,
})

/**
 * One projection by itself, after a batch failed: applies what it can, and stops before the first event it cannot
 * apply, saying which and why. It never skips.
 */
const applyAlone = async (
  client: pg.ClientBase,
  runner: RunningProjection,
  piece: Piece,
): Promise<Outcome> => {
  const rest = runner.rest(piece)
  if (rest.events.length === 0) return 'applied'
  try {
    await applyTogether(client, [runner], rest)
    return 'applied'
  } catch (error) {
    runner.resume()
    if (error instanceof CheckpointMoved) return 'moved'
    if (isConnectionLoss(error)) throw error
    const failed =
      error instanceof CannotApply ? rest.events.findIndex(e => e.ordinal === error.event.ordinal) : -1
    const before = failed >= 0 ? failed : Math.floor(rest.events.length / 2)
    if (before > 0) return applyParts(client, runner, rest, before)
    const [event] = rest.events as [Piece['events'][number]]
    const cause = error instanceof CannotApply ? error : new CannotApply(runner.projection.name, event, error)
    if (runner.build === 'scratch') throw cause
    const failure = failureOf(cause)
    await setState(client, runner.projection, 'stopped', failure)
    await notice(client, runner.projection, 'PROJECTION_STOPPED', failure)
    return 'stopped'
  }
}

const applyParts = async (
  client: pg.ClientBase,
  runner: RunningProjection,
  piece: Piece,
  at: number,
): Promise<Outcome> => {
  for (const [from, to] of [
    [0, at],
    [at, piece.events.length],
  ] as const) {
    const part = { events: piece.events.slice(from, to), positions: piece.positions.slice(from, to) }
    const outcome = await applyAlone(client, runner, part)
    if (outcome !== 'applied') return outcome
  }
  return 'applied'
}

/**
 * Brings projections forward by a piece of the log: together in one transaction; where that fails, each by itself,
 * so that one that cannot go on holds up no other.
 * @throws what says that the connection was lost; CannotApply of a projection that is being rebuilt
 */
export const applyPiece = async (
  client: pg.ClientBase,
  runners: readonly RunningProjection[],
  piece: Piece,
): Promise<ReadonlyMap<RunningProjection, Outcome>> => {
  const behind = runners.filter(runner => runner.rest(piece).events.length > 0)
  if (behind.length === 0) return new Map()
  try {
    await applyTogether(client, behind, piece)
    return new Map(behind.map(runner => [runner, 'applied']))
  } catch (error) {
    for (const runner of behind) runner.resume()
    if (isConnectionLoss(error)) throw error
    const outcomes = new Map<RunningProjection, Outcome>()
    for (const runner of behind) outcomes.set(runner, await applyAlone(client, runner, piece))
    return outcomes
  }
}
