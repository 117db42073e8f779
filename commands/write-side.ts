import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { PersonalKey } from '../domain/organisation/person.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import type { Log } from '../event-store/log.ts'
import type { ContextCommands } from './definition.ts'
import { followLog } from './follower.ts'
import { createCommandHandler } from './handler.ts'
import type { CommandHandler } from './handler.ts'
import {
  PostgresCommandIndex,
  createCommandTables,
  startCommandIndexReader,
} from './postgres-command-index.ts'
import { closePeriod } from './reactions/close-period.ts'
import { reactionCommands } from './reactions/commands.ts'
import { postingHistory } from './reactions/posting-history.ts'
import { postgresReactionStore } from './reactions/reaction-store.ts'
import type { Reaction } from './reactions/reaction.ts'
import { startReactions } from './reactions/reactions.ts'
import type { ReactionStatus } from './reactions/reactions.ts'
import { unfinishedClaims } from './reactions/unfinished-claims.ts'
import { createAuditRecorder } from './refusals.ts'
import type { AuditRecorder } from './refusals.ts'
import { createRegistry } from './registry.ts'
import type { Registry } from './registry.ts'
import { Answers } from './registrar/answers.ts'
import { numberRequests } from './registrar/invoice-requests.ts'
import { invoiceNumbering } from './registrar/numbering.ts'
import { startRegistrars } from './registrar/registrars.ts'
import type { RegistrarStatus } from './registrar/registrars.ts'
import { postgresRoleCheckpoints } from './role-checkpoints.ts'
import { postgresRoleLocks } from './role-lock.ts'
import { Streams } from './streams.ts'
import { createWatermarks } from './watermarks.ts'
import type { Watermarks, WriteWatermark } from './watermarks.ts'

export interface WriteSideOptions {
  readonly log: Log
  /** Database of the read models and of the write side's own tables: their pool, and a URL for role locks. */
  readonly pool: pg.Pool
  readonly databaseUrl: string
  readonly contexts: readonly ContextCommands[]
  /** The instant of knowledge: the real clock, or a sandbox's. */
  readonly now: () => string
  readonly hmac: (kind: string, text: string) => string
  readonly personalKeys: (personId: string) => Promise<readonly PersonalKey[]>
  readonly onRecorded?: (events: readonly DomainEvent[]) => Promise<void>
  readonly writeWatermark?: WriteWatermark
  /** Whether this process numbers documents, and answers events. Both by default. */
  readonly registrars?: boolean
  readonly reactions?: boolean
  /** Those of the product, unless a test says otherwise. */
  readonly reactionsToRun?: readonly Reaction[]
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
  registrars(): readonly RegistrarStatus[]
  reactions(): readonly ReactionStatus[]
  /** Ends what runs, in the order that loses nothing: refusals are written last. */
  stop(): Promise<void>
}

const FORGET_MS = 3_600_000

/**
 * Opens the write side. Resolves when commands may be decided: the index has read what the log held (PROTOCOL 13).
 */
export const openWriteSide = async (options: WriteSideOptions): Promise<WriteSide> => {
  const { log, pool, now, onFault } = options
  await createCommandTables(pool)
  const locks = postgresRoleLocks(options.databaseUrl)
  const stopping = new AbortController()
  const index = new PostgresCommandIndex(pool)
  const reader = startCommandIndexReader(index, { log, pool, locks, ...(onFault && { onFault }) })
  const streams = new Streams(log)
  const answers = new Answers()
  const audit = createAuditRecorder({ log, now, processId: randomUUID() })
  const watermarks = createWatermarks(options.writeWatermark ?? (() => Promise.resolve()))
  const registry = createRegistry([...options.contexts, reactionCommands])
  const following = followLog({ log, streams, answers, numbering: invoiceNumbering }, stopping.signal)
  following.catch((error: unknown) => onFault?.(error))
  await reader.ready()
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
    ...(options.onRecorded && { onRecorded: options.onRecorded }),
  })
  const shared = { log, locks, answers, watermarks, now, ...(onFault && { onFault }) }
  const checkpoints = postgresRoleCheckpoints(pool)
  const registrars =
    options.registrars === false
      ? undefined
      : startRegistrars({ ...shared, numbering: invoiceNumbering, checkpoints })
  const reactions =
    options.reactions === false
      ? undefined
      : startReactions(
          {
            ...shared,
            handler,
            store: postgresReactionStore(pool),
            history: postingHistory(log),
            now: () => new Date().toISOString(),
          },
          options.reactionsToRun ?? [closePeriod, unfinishedClaims()],
        )
  const forgetting = setInterval(() => void index.forgetOld().catch(() => undefined), FORGET_MS)
  forgetting.unref()

  return {
    handler,
    registry,
    streams,
    audit,
    watermarks,
    registrars: () => registrars?.status() ?? [],
    reactions: () => reactions?.status() ?? [],
    stop: async () => {
      clearInterval(forgetting)
      await reactions?.stop()
      await registrars?.stop()
      stopping.abort()
      await following.catch(() => undefined)
      await watermarks.written()
      await audit.stop().catch((error: unknown) => onFault?.(error))
      await reader.stop()
    },
  }
}
