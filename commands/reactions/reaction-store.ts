import type pg from 'pg'
import { eventAtPlace, standing } from '../../event-store/checkpoints.ts'
import type { Checkpoint, Places } from '../../event-store/checkpoints.ts'
import type { Log } from '../../event-store/log.ts'
import type { EventStore } from '../../event-store/port.ts'
import { LOG_STREAM, LogOpened } from '../../domain/organisation/log.events.ts'
import type { Sentence } from '../definition.ts'
import { COMMANDS_SCHEMA } from '../role-checkpoints.ts'
import type { Reaction } from './reaction.ts'
import { ReactionStopped } from './reaction-stopped.ts'

/** Where a reaction is, and its state there. */
export interface ReactionProgress {
  readonly checkpoint: Checkpoint
  readonly state: unknown
}

/** What a reaction could not do by itself: somebody has to look. */
export interface Task {
  /** Derived from reaction, cause and command: the same failure is one task. */
  readonly id: string
  readonly reaction: string
  readonly command: string
  readonly causeEventId: string
  readonly code: string
  readonly sentence: Sentence
}

export interface ReactionStore {
  /** @throws ReactionStopped where the checkpoint is missing or of another log */
  begin(log: Log, reaction: Reaction): Promise<ReactionProgress>
  /** Compare-and-set, with the state. */
  move(name: string, from: Checkpoint, to: Checkpoint, state: unknown): Promise<boolean>
  addTask(task: Task): Promise<void>
}

interface Row {
  readonly position: string
  readonly event_id: string
  readonly state: string
}

const TABLE = `${COMMANDS_SCHEMA}.reaction`

export const postgresReactionStore = (pool: Pick<pg.Pool, 'query'>): ReactionStore => ({
  begin: async (log, reaction) => {
    const { rows } = await pool.query<Row>(`select position, event_id, state from ${TABLE} where name = $1`, [
      reaction.name,
    ])
    const [row] = rows
    if (!row) throw new ReactionStopped('CHECKPOINT_MISSING', reaction.name)
    const checkpoint = { position: row.position, eventId: row.event_id }
    if ((await standing(log.store, checkpoint)) !== 'matches')
      throw new ReactionStopped('CHECKPOINT_DIFFERS', reaction.name)
    return { checkpoint, state: reaction.decode(JSON.parse(row.state)) }
  },
  move: async (name, from, to, state) => {
    const { rowCount } = await pool.query(
      `update ${TABLE} set position = $4, event_id = $5, state = $6
       where name = $1 and position = $2 and event_id = $3`,
      [name, from.position, from.eventId, to.position, to.eventId, JSON.stringify(state)],
    )
    return rowCount === 1
  },
  addTask: async ({ id, reaction, command, causeEventId, code, sentence }) => {
    await pool.query(
      `insert into ${COMMANDS_SCHEMA}.task (id, reaction, command, cause_event_id, code, fr, en)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [id, reaction, command, causeEventId, code, sentence.fr, sentence.en],
    )
  },
})

/**
 * A log that holds nothing but its opening is new: every reaction begins there. Called before the first command is
 * decided, whichever process will run them; a later start without a checkpoint is one that was lost.
 */
export const beginReactions = async (
  pool: Pick<pg.Pool, 'query'>,
  log: Log,
  reactions: readonly Reaction[],
): Promise<void> => {
  const head = await log.store.head()
  if (head?.type !== LogOpened.type) return
  for (const reaction of reactions)
    await pool.query(
      `insert into ${TABLE} (name, position, event_id, state) values ($1, $2, $3, $4) on conflict do nothing`,
      [reaction.name, head.position, head.id, JSON.stringify(reaction.encode(reaction.initial()))],
    )
}

/** How far reactions have read the log, whichever process runs them. */
export const checkpointsOfReactions = async (
  pool: Pick<pg.Pool, 'query'>,
  reactions: readonly Reaction[],
): Promise<readonly Checkpoint[]> => {
  const found = await Promise.all(reactions.map(({ name }) => checkpointOf(pool, name)))
  return found.filter(checkpoint => checkpoint !== undefined)
}

/**
 * An operator has said that the log goes on (`organisation.LogResumed`, the last event of `log-main`): reactions that
 * did not know where they had stopped begin behind that word, with an empty state. What lay before it and was not
 * answered stays so.
 */
export const resumeReactions = async (
  pool: Pick<pg.Pool, 'query'>,
  log: Log,
  reactions: readonly Reaction[],
): Promise<void> => {
  const said = await log.lastEvent(LOG_STREAM)
  if (!said) return
  for (const reaction of reactions) {
    const stored = await checkpointOf(pool, reaction.name)
    if ((await standing(log.store, stored)) === 'matches') continue
    await pool.query(
      `insert into ${TABLE} (name, position, event_id, state) values ($1, $2, $3, $4)
       on conflict (name) do update set position = excluded.position, event_id = excluded.event_id, state = excluded.state`,
      [reaction.name, said.position, said.id, JSON.stringify(reaction.encode(reaction.initial()))],
    )
  }
}

/**
 * The log was copied to another store: where reactions stopped is said in its positions, so that they go on behind the
 * same events and do nothing again. One that did not know where it was in the first store stays so.
 */
export const carryOverReactions = async (
  pool: Pick<pg.Pool, 'query'>,
  from: Places,
  to: Pick<EventStore, 'readStream'>,
): Promise<void> => {
  const { rows } = await pool.query<Checkpoint & { readonly name: string }>(
    `select name, position, event_id as "eventId" from ${TABLE}`,
  )
  for (const { name, position, eventId } of rows) {
    const event = await eventAtPlace(from, position)
    if (event?.id !== eventId) continue
    for await (const copy of to.readStream(event.stream, { from: event.revision, limit: 1 }))
      await pool.query(
        `update ${TABLE} set position = $4 where name = $1 and position = $2 and event_id = $3`,
        [name, position, eventId, copy.position],
      )
  }
}

const checkpointOf = async (pool: Pick<pg.Pool, 'query'>, name: string): Promise<Checkpoint | undefined> => {
  const { rows } = await pool.query<Checkpoint>(
    `select position, event_id as "eventId" from ${TABLE} where name = $1`,
    [name],
  )
  return rows[0]
}
