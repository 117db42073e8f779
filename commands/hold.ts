import type pg from 'pg'
import { LOG_STREAM, LogResumed } from '../domain/organisation/log.events.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import type { Log } from '../event-store/log.ts'
import { StoreUnavailable } from '../event-store/port.ts'
import {
  COMMAND_INDEX,
  COMMANDS_SCHEMA,
  postgresRoleCheckpoints,
  readRoleCheckpoint,
} from './role-checkpoints.ts'

/**
 * A log that was copied, restored or replaced under its read side is appended to by nobody until an operator has
 * decided (PROTOCOL 15): what was promised since the copy may be missing from it. It shows where the index of commands
 * finds another event than the one it had read; the decision is `organisation.LogResumed`.
 */
export interface Hold {
  readonly active: () => boolean
  /** The log, which refuses appends while held, but for what is said of the log itself. */
  readonly log: Log
  /** Told of what commands record: the operator's decision ends the hold, in every process. */
  recorded(events: readonly DomainEvent[]): Promise<void>
  stop(): void
}

/** Nothing was appended: the log waits for an operator. */
export class LogHeld extends StoreUnavailable {
  constructor() {
    super('the log is not the one that was read before: an operator must decide that it goes on')
    this.name = 'LogHeld'
  }
}

const TABLE = `${COMMANDS_SCHEMA}.hold`
/** How often a held process looks whether another one was told. */
const LOOK_MS = 1_000

/** Looks at the log before anything reads on; call it before the index's reader starts. */
export const openHold = async (pool: pg.Pool, log: Log): Promise<Hold> => {
  await pool.query(
    `create table if not exists ${TABLE} (one boolean primary key default true check (one), since timestamptz not null default now())`,
  )
  const { stored, believed } = await readRoleCheckpoint(
    postgresRoleCheckpoints(pool),
    log.store,
    COMMAND_INDEX,
  )
  if (stored && !believed) await pool.query(`insert into ${TABLE} default values on conflict do nothing`)
  const isHeld = async (): Promise<boolean> => (await pool.query(`select 1 from ${TABLE}`)).rowCount === 1
  let held = await isHeld()
  const look = setInterval(() => {
    if (held) void isHeld().then(now => (held = now), ignore)
  }, LOOK_MS)
  look.unref()

  const append: Log['append'] = request =>
    held && request.stream !== LOG_STREAM ? Promise.reject(new LogHeld()) : log.append(request)
  return {
    active: () => held,
    log: Object.create(log, { append: { value: append } }) as Log,
    recorded: async events => {
      if (!held || !events.some(event => event.type === LogResumed.type)) return
      await pool.query(`delete from ${TABLE}`)
      held = false
    },
    stop: () => {
      clearInterval(look)
    },
  }
}

/** A look that found no database is made again a moment later. */
const ignore = (): void => undefined
