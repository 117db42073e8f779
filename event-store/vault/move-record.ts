import pg from 'pg'
import type { Queryable } from '../checkpoints.ts'
import { StartRefused } from '../errors.ts'

/** An event that a store must hold to be the log: every unfinished copy lacks it. */
export interface Milestone {
  readonly stream: string
  readonly revision: number
  readonly eventId: string
}

export const milestoneOf = ({
  stream,
  revision,
  id,
}: {
  readonly stream: string
  readonly revision: number
  readonly id: string
}): Milestone => ({ stream, revision, eventId: id })

/** What is known of the last move of the log. */
export interface Move {
  /** Where it began, and the one place where it can be given up. */
  readonly source: string
  readonly target: string
  readonly milestone: Milestone
  /** The `LogMoved` that shut the source; absent before that, and when the log is open again. */
  readonly movedEventId?: string
  /** The one place that may be opened again; absent until that is decided. */
  readonly reopensAt?: string
}

/**
 * What is known of a move outside of the stores it is made between (docs/log-move.md). It lies in the vault: whoever
 * opens a store as the log needs the vault of that log, wherever the store is.
 */
export interface MoveRecord {
  read(): Promise<Move | undefined>
  /**
   * Notes what the log holds and no other copy does: before a copy goes on, and when the log is open again, for copies
   * that were never finished. What was noted before gives way.
   */
  note(move: Omit<Move, 'reopensAt'>): Promise<void>
  /**
   * Decides where the log is opened again. False where that was decided for another place, or the move is no longer
   * under way: nobody then opens anything.
   */
  decide(movedEventId: string, place: string): Promise<boolean>
}

interface Row {
  readonly source: string
  readonly target: string
  readonly stream: string
  readonly revision: number
  readonly event_id: string
  readonly moved_event_id: string | null
  readonly reopens_at: string | null
}

export const readMove = async (vault: Queryable): Promise<Move | undefined> => {
  const { rows } = await vault.query<Row>(
    'select source, target, stream, revision, event_id, moved_event_id, reopens_at from vault.move',
  )
  const [row] = rows
  return row && moveOf(row)
}

const MOVE_LOCK = 0x474c_0004

/**
 * Takes the record for one who moves the log: he is alone with it until he closes it or dies. What he writes goes over
 * the session that holds the lock, so that who lost it, and was replaced, writes nothing more.
 * @throws StartRefused `LOG_COPY_RUNNING`
 */
export const takeMoveRecord = async (
  connectionString: string,
): Promise<MoveRecord & { close(): Promise<void> }> => {
  const client = new pg.Client({
    connectionString,
    application_name: 'grandlivre move',
    options: '-c synchronous_commit=on',
    keepAlive: true,
  })
  client.on('error', () => undefined)
  await client.connect()
  const close = (): Promise<void> => client.end().catch(() => undefined)
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
    MOVE_LOCK,
  ])
  if (rows[0]?.taken) return { ...recordOn(client), close }
  await close()
  throw copyRunning()
}

const copyRunning = (): StartRefused =>
  new StartRefused(
    'LOG_COPY_RUNNING',
    {},
    {
      en: 'This log is being copied by another program: wait for it, or stop it.',
      fr: 'Un autre programme copie déjà ce journal : attendez-le, ou arrêtez-le.',
    },
  )

const recordOn = (vault: Queryable): MoveRecord => ({
  read: () => readMove(vault),
  async note({ source, target, milestone, movedEventId }) {
    await vault.query(
      `insert into vault.move as m (source, target, stream, revision, event_id, moved_event_id)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (one) do update set source = excluded.source, target = excluded.target, stream = excluded.stream,
         revision = excluded.revision, event_id = excluded.event_id, moved_event_id = excluded.moved_event_id,
         reopens_at = case when m.moved_event_id = excluded.moved_event_id then m.reopens_at end`,
      [source, target, milestone.stream, milestone.revision, milestone.eventId, movedEventId ?? null],
    )
  },
  async decide(movedEventId, place) {
    const { rowCount } = await vault.query(
      `update vault.move set reopens_at = $2
       where moved_event_id = $1 and (reopens_at is null or reopens_at = $2)`,
      [movedEventId, place],
    )
    return rowCount === 1
  },
})

const moveOf = (row: Row): Move => ({
  source: row.source,
  target: row.target,
  milestone: { stream: row.stream, revision: row.revision, eventId: row.event_id },
  ...(row.moved_event_id !== null && { movedEventId: row.moved_event_id }),
  ...(row.reopens_at !== null && { reopensAt: row.reopens_at }),
})
