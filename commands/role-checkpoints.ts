import type pg from 'pg'
import { checkpointsIn, standing } from '../event-store/checkpoints.ts'
import type { Checkpoint, Places } from '../event-store/checkpoints.ts'

/** Checkpoints of registrars and reactions, by the name of the role. */
export interface RoleCheckpoints {
  read(name: string): Promise<Checkpoint | undefined>
  /** Compare-and-set: false when another process has moved it since. */
  move(name: string, from: Checkpoint | undefined, to: Checkpoint): Promise<boolean>
}

export const COMMANDS_SCHEMA = 'commands'
/** The role that reads the log into the index of commands. */
export const COMMAND_INDEX = 'command index'
export const commandCheckpoints = checkpointsIn(COMMANDS_SCHEMA)

export const postgresRoleCheckpoints = (pool: Pick<pg.Pool, 'query'>): RoleCheckpoints => ({
  read: name => commandCheckpoints.read(pool, name),
  move: (name, from, to) => commandCheckpoints.move(pool, name, from, to),
})

/** What is stored, and whether the log agrees: only then may a reader start there (PROTOCOL 15). */
export const readRoleCheckpoint = async (
  checkpoints: RoleCheckpoints,
  store: Places,
  name: string,
): Promise<{ readonly stored: Checkpoint | undefined; readonly believed: Checkpoint | undefined }> => {
  const stored = await checkpoints.read(name)
  const believed = (await standing(store, stored)) === 'matches' ? stored : undefined
  return { stored, believed }
}

/** The roles of the write side that had read another log than this one: its index of commands, its registrars. */
export const rolesOfAnotherLog = async (
  pool: Pick<pg.Pool, 'query'>,
  store: Places,
): Promise<readonly string[]> => {
  const { rows } = await pool.query<Checkpoint & { readonly name: string }>(
    `select name, position, event_id as "eventId" from ${COMMANDS_SCHEMA}.checkpoints`,
  )
  const strangers: string[] = []
  for (const { name, ...checkpoint } of rows)
    if ((await standing(store, checkpoint)) === 'differs') strangers.push(name)
  return strangers
}

/**
 * Forgets how far registrars among them had read another log: they begin at the start of this one, as they do wherever a
 * checkpoint is not confirmed. The index of commands forgets its own together with what it indexed.
 */
export const forgetRegistrars = async (
  pool: Pick<pg.Pool, 'query'>,
  roles: readonly string[],
): Promise<void> => {
  for (const name of roles) if (name !== COMMAND_INDEX) await commandCheckpoints.remove(pool, name)
}
