import type pg from 'pg'
import { StartRefused } from '../event-store/errors.ts'
import type { EventStore } from '../event-store/port.ts'
import { COMMANDS_SCHEMA, COMMAND_INDEX, postgresRoleCheckpoints } from './role-checkpoints.ts'

/**
 * A store that holds nothing, beside an index of commands that has read a log, lost that log or is another one. Nothing
 * is opened on it: a new log would take the place of the one that is missed (PROTOCOL 15).
 * @throws StartRefused
 */
export const refuseLostLog = async (
  pool: Pick<pg.Pool, 'query'>,
  store: Pick<EventStore, 'head'>,
): Promise<void> => {
  if (await store.head()) return
  const { rows } = await pool.query(
    `select 1 where to_regclass('${COMMANDS_SCHEMA}.checkpoints') is not null`,
  )
  if (rows.length === 0) return
  const read = await postgresRoleCheckpoints(pool).read(COMMAND_INDEX)
  if (read) throw lostLog(read.eventId)
}

const lostLog = (eventId: string): StartRefused =>
  new StartRefused(
    'LOG_LOST',
    { eventId },
    {
      en: `The log is empty, but its read models have read it up to event ${eventId}: the server lost it, or is another one. Restore the log, or name the right server.`,
      fr: `Le journal est vide, mais ses tables de lecture l’ont lu jusqu’à l’événement ${eventId} : le serveur l’a perdu, ou en est un autre. Restaurez le journal, ou désignez le bon serveur.`,
    },
  )
