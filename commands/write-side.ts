import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { PersonalKey } from '../domain/organisation/person.ts'
import { LogResumed } from '../domain/organisation/log.events.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import { LogEndangered } from '../event-store/errors.ts'
import { ForeignRecord } from '../event-store/foreign.ts'
import type { Log } from '../event-store/log.ts'
import { openSnapshots } from '../event-store/snapshots.ts'
import type { ContextCommands, FactReader } from './definition.ts'
import { followLog } from './follower.ts'
import { createCommandHandler } from './handler.ts'
import { openHold } from './hold.ts'
import type { HeldBecause, Hold } from './hold.ts'
import type { CommandHandler } from './handler.ts'
import type { Presence } from './moving/presence.ts'
import { heldSentences } from './outcome.ts'
import {
  PostgresCommandIndex,
  createCommandTables,
  startCommandIndexReader,
} from './postgres-command-index.ts'
import { closePeriod } from './reactions/close-period.ts'
import { reactionCommands } from './reactions/commands.ts'
import { postingHistory } from './reactions/posting-history.ts'
import {
  beginReactions,
  checkpointsOfReactions,
  postgresReactionStore,
  resumeReactions,
} from './reactions/reaction-store.ts'
import type { Reaction } from './reactions/reaction.ts'
import { startReactions } from './reactions/reactions.ts'
import type { ReactionStatus, Reactions } from './reactions/reactions.ts'
import { unfinishedClaims } from './reactions/unfinished-claims.ts'
import { createAuditRecorder } from './refusals.ts'
import type { AuditRecorder } from './refusals.ts'
import { createRegistry } from './registry.ts'
import type { Registry } from './registry.ts'
import { Answers } from './registrar/answers.ts'
import { numberRequests } from './registrar/invoice-requests.ts'
import { invoiceNumbering } from './registrar/numbering.ts'
import { startRegistrars } from './registrar/registrars.ts'
import type { RegistrarStatus, Registrars } from './registrar/registrars.ts'
import { postgresRoleCheckpoints } from './role-checkpoints.ts'
import { postgresRoleLocks } from './role-lock.ts'
import type { RoleLocks } from './role-lock.ts'
import { snapshotSource } from './snapshots.ts'
import { Streams } from './streams.ts'
import { createWatermarks } from './watermarks.ts'
import type { Watermarks, WriteWatermarks } from './watermarks.ts'

export interface WriteSideOptions {
  readonly log: Log
  /** Database of the read models and of the write side's own tables: their pool, and a URL for role locks. */
  readonly pool: pg.Pool
  readonly databaseUrl: string
  readonly contexts: readonly ContextCommands[]
  /** Says to whoever moves the log that this process works on it. */
  readonly presence?: Presence
  /** The instant of knowledge: the real clock, or a sandbox's. */
  readonly now: () => string
  readonly hmac: (kind: string, text: string) => string
  readonly personalKeys: (personId: string) => Promise<readonly PersonalKey[]>
  readonly reveal: FactReader['reveal']
  readonly onRecorded?: (events: readonly DomainEvent[]) => Promise<void>
  readonly writeWatermarks?: WriteWatermarks
  /** Whether this process numbers documents, and answers events. Both by default. */
  readonly registrars?: boolean
  readonly reactions?: boolean
  /** How long a caller waits for a number. */
  readonly answerMsMax?: number
  /** Those of the product, unless a test says otherwise. */
  readonly reactionsToRun?: readonly Reaction[]
  /** How often reactions look whether time made something due. */
  readonly lookMs?: number
  /** Something ended that should have gone on. */
  readonly onFault?: (error: unknown) => void
}

/** The write side of one process: commands in, numbers and reactions behind them. */
export interface WriteSide {
  readonly handler: CommandHandler
  readonly registry: Registry
  /** Aggregates as this process remembers them: what sign-in reads accounts from. */
  readonly streams: Streams
  readonly audit: AuditRecorder
  readonly watermarks: Watermarks
  /** Why nothing is appended for the moment, or any more; undefined where it is. */
  held(): HeldBecause | undefined
  /** Resolves, with the place where it goes on, once the log was moved: nothing is appended here from then on. */
  readonly moved: Promise<string>
  /** Resolves once it shows that the log was replaced while this process worked on it. */
  readonly replaced: Promise<void>
  registrars(): readonly RegistrarStatus[]
  reactions(): readonly ReactionStatus[]
  /** Ends what runs, in the order that loses nothing: refusals are written last. */
  stop(): Promise<void>
}

const FORGET_MS = 3_600_000

const reactionsOf = ({
  reactionsToRun = [closePeriod, unfinishedClaims()],
}: WriteSideOptions): readonly Reaction[] => reactionsToRun

/** Makes the tables where there are none, and looks whether the log may be appended to, before anything reads it. */
const holdOf = async (options: WriteSideOptions): Promise<Hold> => {
  const { pool, log, presence } = options
  await createCommandTables(pool)
  return openHold(pool, log, {
    presence,
    reactions: await checkpointsOfReactions(pool, reactionsOf(options)),
  })
}

const machineNow = (): string => new Date().toISOString()

/**
 * Opens the write side. Resolves when commands may be decided: the index has read what the log held (PROTOCOL 13).
 */
export const openWriteSide = async (given: WriteSideOptions): Promise<WriteSide> => {
  const { pool, now, onFault } = given
  const hold = await holdOf(given)
  const { log } = hold
  const options = { ...given, log }
  await beginReactions(pool, log, reactionsOf(options))
  const locks = postgresRoleLocks(options.databaseUrl)
  const index = new PostgresCommandIndex(pool)
  const snapshots = await openSnapshots({
    pool,
    store: log.store,
    commandIndexPosition: () => index.reached(log.store),
  })
  const streams = new Streams(log, snapshotSource(snapshots, onFault))
  const answers = new Answers()
  const audit = createAuditRecorder({ log, now, processId: randomUUID(), onFault })
  const watermarks = createWatermarks(options.writeWatermarks ?? (() => Promise.resolve()))
  const registry = createRegistry([...options.contexts, reactionCommands])
  const reading = startReading(options, { index, locks, hold, streams, answers })
  await reading.ready()
  const handler = createCommandHandler({
    registry,
    log,
    streams,
    index,
    answers,
    requests: numberRequests(log, invoiceNumbering),
    refusals: audit,
    now,
    hmac: options.hmac,
    personalKeys: options.personalKeys,
    reveal: options.reveal,
    onRecorded: whenRecorded(options, hold),
    ...(options.answerMsMax !== undefined && { answerMsMax: options.answerMsMax }),
  })
  const roles = startRoles(options, { locks, answers, watermarks, handler })
  const forgetting = setInterval(() => void index.forgetOld().catch(() => undefined), FORGET_MS)
  forgetting.unref()

  return {
    handler,
    registry,
    streams,
    audit,
    watermarks,
    held: hold.active,
    moved: hold.moved,
    replaced: hold.replaced,
    registrars: () => roles.registrars?.status() ?? [],
    reactions: () => roles.reactions?.status() ?? [],
    stop: async () => {
      clearInterval(forgetting)
      hold.stop()
      await roles.reactions?.stop()
      await roles.registrars?.stop()
      await watermarks.written()
      await audit.stop().catch((error: unknown) => onFault?.(error))
      await reading.stop()
    },
  }
}

/** What a command's events mean to the write side itself, before anybody else hears of them. */
const whenRecorded =
  (options: WriteSideOptions, hold: Hold) =>
  async (events: readonly DomainEvent[], repeated: boolean): Promise<void> => {
    // An old decision sent again decides nothing about a log that was replaced since.
    if (!repeated) await hold.recorded(events)
    if (!repeated && events.some(event => event.type === LogResumed.type))
      await resumeReactions(options.pool, options.log, reactionsOf(options))
    await options.onRecorded?.(events)
  }

/**
 * What every process reads of the log, whatever its roles: into the index of commands, which is the first to find another
 * log than the one that was read, and what it remembers itself. Where the index cannot be ready nothing goes on.
 */
const startReading = (
  { log, pool, onFault }: WriteSideOptions,
  {
    index,
    locks,
    ...followers
  }: {
    readonly index: PostgresCommandIndex
    readonly locks: RoleLocks
    readonly hold: Hold
    readonly streams: Streams
    readonly answers: Answers
  },
): { ready(): Promise<void>; stop(): Promise<void> } => {
  const { hold } = followers
  void hold.replaced.then(() => onFault?.(new LogEndangered(heldSentences.replaced)))
  const reader = startCommandIndexReader(index, { log, pool, locks, onReplaced: hold.beReplaced })
  const stopping = new AbortController()
  const following = followLog({ ...followers, log, numbering: invoiceNumbering, onFault }, stopping.signal)
  following.catch((error: unknown) => onFault?.(error))
  const stop = async (): Promise<void> => {
    stopping.abort()
    await following.catch(() => undefined)
    await reader.stop()
  }
  return {
    ready: async () => {
      try {
        await reader.ready()
      } catch (error) {
        hold.stop()
        await stop()
        throw error
      }
      reader.ended.catch((error: unknown) => onFault?.(indexStands(error)))
    },
    stop,
  }
}

/** Commands are still found in the streams that they wrote to; no other process can start. */
const indexStands = (error: unknown): LogEndangered => {
  const reason = error instanceof Error ? error.message : String(error)
  const { en, fr } = error instanceof ForeignRecord ? error.sentence : { en: reason, fr: reason }
  return new LogEndangered({
    en: `The index of commands goes no further, and no program starts on this log. ${en}`,
    fr: `L’index des commandes n’avance plus, et aucun programme ne démarre sur ce journal. ${fr}`,
  })
}

/** The roles that this process plays besides handling commands. */
const startRoles = (
  options: WriteSideOptions,
  parts: {
    readonly locks: RoleLocks
    readonly answers: Answers
    readonly watermarks: Watermarks
    readonly handler: CommandHandler
  },
): { readonly registrars: Registrars | undefined; readonly reactions: Reactions | undefined } => {
  const { log, pool, now, onFault } = options
  const shared = { ...parts, log, ...(onFault && { onFault }) }
  const registrars =
    options.registrars === false
      ? undefined
      : startRegistrars({
          ...shared,
          now,
          numbering: invoiceNumbering,
          checkpoints: postgresRoleCheckpoints(pool),
        })
  const reactions =
    options.reactions === false
      ? undefined
      : startReactions(
          {
            ...shared,
            store: postgresReactionStore(pool),
            history: postingHistory(log),
            now: machineNow,
            ...(options.lookMs !== undefined && { lookMs: options.lookMs }),
          },
          reactionsOf(options),
        )
  return { registrars, reactions }
}
