import type pg from 'pg'
import { LOG_STREAM, LogMoved, LogResumed } from '../domain/organisation/log.events.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import type { Log } from '../event-store/log.ts'
import { StoreUnavailable } from '../event-store/port.ts'
import type { StoredEvent } from '../event-store/port.ts'
import { movedTo, targetOf } from './moving/open-here.ts'
import type { Presence } from './moving/presence.ts'
import {
  COMMAND_INDEX,
  COMMANDS_SCHEMA,
  postgresRoleCheckpoints,
  readRoleCheckpoint,
} from './role-checkpoints.ts'

/**
 * What keeps this process from appending.
 * - `replaced`: the log was restored or replaced under its read side: what was promised since may be missing from it.
 *   It shows where the index of commands finds another event than the one it had read, and ends by an operator's
 *   decision, `organisation.LogResumed`, in every process (PROTOCOL 15).
 * - `moved`: the log goes on elsewhere. It never ends (PROTOCOL 12).
 * - `absent`: this process lost the session by which it is known to work on the log, and a move may have ended meanwhile.
 */
export type HeldBecause = 'replaced' | 'moved' | 'absent'

/** Nothing was appended. */
export class LogHeld extends StoreUnavailable {
  readonly reason: HeldBecause
  constructor(reason: HeldBecause) {
    super(WHY[reason])
    this.name = 'LogHeld'
    this.reason = reason
  }
}

const WHY: Readonly<Record<HeldBecause, string>> = {
  replaced: 'the log is not the one that was read before: an operator must decide that it goes on',
  moved: 'the log was moved: it goes on elsewhere',
  absent: 'the session that says that this program works on the log is lost for the moment',
}

export interface Hold {
  readonly active: () => HeldBecause | undefined
  /** The log, which refuses appends while held, but for what is said of the log itself. */
  readonly log: Log
  /** Told of what commands record: the operator's decision ends the hold, in every process. */
  recorded(events: readonly DomainEvent[]): Promise<void>
  /** Looks whether the log was moved; whoever follows the log from there on tells what comes. */
  look(): Promise<void>
  /** The index of commands finds another event than the one it had read; durable before this resolves. */
  readonly beReplaced: () => Promise<void>
  see(event: StoredEvent): void
  /** Resolves, with the place where it goes on, once the log is known to be moved. */
  readonly moved: Promise<string>
  /** Resolves once it shows, after it was opened, that the log was replaced: what is remembered of it holds no more. */
  readonly replaced: Promise<void>
  stop(): void
}

const TABLE = `${COMMANDS_SCHEMA}.hold`
/** How often a process looks whether another one found the log replaced, or was told that it goes on. */
const LOOK_MS = 1_000

/** Looks at the log before anything reads on; call it before the index's reader starts. */
export const openHold = async (pool: pg.Pool, log: Log, presence?: Presence): Promise<Hold> => {
  const replaced = await openReplacedHold(pool, log)
  const moved = Promise.withResolvers<string>()
  let isMoved = false
  const leave = (target: string | undefined): void => {
    if (target === undefined) return
    isMoved = true
    moved.resolve(target)
  }
  const look = async (): Promise<void> => {
    leave(await movedTo(log))
  }
  presence?.onReturn(look)
  const active = (): HeldBecause | undefined => {
    if (isMoved) return 'moved'
    if (presence && !presence.isHere()) return 'absent'
    return replaced.active() ? 'replaced' : undefined
  }
  const append: Log['append'] = request => {
    const reason = active()
    const free = reason === undefined || (reason === 'replaced' && request.stream === LOG_STREAM)
    return free ? log.append(request) : Promise.reject(new LogHeld(reason))
  }
  return {
    active,
    log: Object.create(log, { append: { value: append } }) as Log,
    recorded: replaced.recorded,
    look,
    beReplaced: replaced.begin,
    see: event => {
      if (event.stream === LOG_STREAM && event.type === LogMoved.type) leave(targetOf(log.decode(event)))
    },
    moved: moved.promise,
    replaced: replaced.begun,
    stop: replaced.stop,
  }
}

const openReplacedHold = async (pool: pg.Pool, log: Log) => {
  await pool.query(
    `create table if not exists ${TABLE} (one boolean primary key default true check (one), since timestamptz not null default now())`,
  )
  const { stored, believed } = await readRoleCheckpoint(
    postgresRoleCheckpoints(pool),
    log.store,
    COMMAND_INDEX,
  )
  const insert = (): Promise<unknown> =>
    pool.query(`insert into ${TABLE} default values on conflict do nothing`)
  if (stored && !believed) await insert()
  const isHeld = async (): Promise<boolean> => (await pool.query(`select 1 from ${TABLE}`)).rowCount === 1
  const begun = Promise.withResolvers<undefined>()
  let held = await isHeld()
  let decisions = 0
  let looking: Promise<void> | undefined
  const hear = (now: boolean): void => {
    if (now && !held) begun.resolve(undefined)
    held = now
  }
  const look = async (): Promise<void> => {
    const before = decisions
    const now = await isHeld()
    // What was read before this process heard the decision says nothing of what came after it.
    if (before === decisions) hear(now)
  }
  const timer = setInterval(() => {
    looking ??= look()
      .catch(ignore)
      .finally(() => {
        looking = undefined
      })
  }, LOOK_MS)
  timer.unref()
  return {
    active: () => held,
    begun: begun.promise,
    begin: async (): Promise<void> => {
      await insert()
      hear(true)
    },
    recorded: async (events: readonly DomainEvent[]): Promise<void> => {
      if (!held || !events.some(event => event.type === LogResumed.type)) return
      await pool.query(`delete from ${TABLE}`)
      decisions++
      held = false
    },
    stop: () => {
      clearInterval(timer)
    },
  }
}

/** A look that found no database is made again a moment later. */
const ignore = (): void => undefined
