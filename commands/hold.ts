import type pg from 'pg'
import { LOG_STREAM, LogMoved, LogResumed, targetOf } from '../domain/organisation/log.events.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import { allStand } from '../event-store/checkpoints.ts'
import type { Checkpoint, Places } from '../event-store/checkpoints.ts'
import type { Log } from '../event-store/log.ts'
import { StoreUnavailable } from '../event-store/port.ts'
import type { StoredEvent } from '../event-store/port.ts'
import { movedTo } from './moving/open-here.ts'
import type { Presence } from './moving/presence.ts'
import { createCommandTables } from './postgres-command-index.ts'
import { COMMANDS_SCHEMA, forgetRegistrars, rolesOfAnotherLog } from './role-checkpoints.ts'

/**
 * What keeps this process from appending.
 * - `replaced`: the log was restored or replaced under its read side: what was promised since may be missing from it.
 *   It shows where whoever reads the log (the index of commands, a registrar, a reaction, a projection) finds another
 *   event than the one it had read, or none, and ends by an operator's decision, `organisation.LogResumed`, in every
 *   process (PROTOCOL 15).
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

/**
 * Holds the log, for every process, where it is not the one that was read: whoever finds that out by itself goes on from
 * elsewhere, and nothing would tell of it later. Call it before readers with these checkpoints begin.
 */
export const holdUnlessRead = async (
  pool: pg.Pool,
  store: Places,
  checkpoints: readonly Checkpoint[],
): Promise<void> => {
  if (await allStand(store, checkpoints)) return
  await createCommandTables(pool)
  await createTable(pool)
  await insert(pool)
}

const createTable = (pool: pg.Pool): Promise<unknown> =>
  pool.query(
    `create table if not exists ${TABLE} (one boolean primary key default true check (one), since timestamptz not null default now())`,
  )

const insert = (pool: pg.Pool): Promise<unknown> =>
  pool.query(`insert into ${TABLE} default values on conflict do nothing`)

/** What a hold is opened with besides the log. */
export interface HoldSources {
  readonly presence?: Presence | undefined
  /** How far reactions have read. */
  readonly reactions: readonly Checkpoint[]
}

/** Looks at the log before anything reads on; call it before the index's reader starts. */
export const openHold = async (
  pool: pg.Pool,
  log: Log,
  { presence, reactions }: HoldSources,
): Promise<Hold> => {
  const replaced = await openReplacedHold(pool, log, reactions)
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

const openReplacedHold = async (pool: pg.Pool, log: Log, reactions: readonly Checkpoint[]) => {
  await createTable(pool)
  const strangers = await rolesOfAnotherLog(pool, log.store)
  if (strangers.length > 0 || !(await allStand(log.store, reactions))) await insert(pool)
  // Once the hold is kept: where no registrar runs for long, what one had read would hold the log again after the
  // decision.
  await forgetRegistrars(pool, strangers)
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
      await insert(pool)
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
