import pg from 'pg'
import { collaboration } from '../commands/collaboration/index.ts'
import { commerce } from '../commands/commerce/index.ts'
import { invoicing } from '../commands/invoicing/index.ts'
import { ledger } from '../commands/ledger/index.ts'
import { holdUnlessRead } from '../commands/hold.ts'
import { refuseLostLog } from '../commands/lost-log.ts'
import { organisation } from '../commands/organisation/index.ts'
import { refuseUnfinishedCopy, refuseUnlessOpenHere } from '../commands/moving/open-here.ts'
import { bePresent } from '../commands/moving/presence.ts'
import type { Presence } from '../commands/moving/presence.ts'
import { openWriteSide } from '../commands/write-side.ts'
import type { WriteSide } from '../commands/write-side.ts'
import { eventDefinitions } from '../domain/events.ts'
import { PersonErased } from '../domain/organisation/person.events.ts'
import type { PersonalKey } from '../domain/organisation/person.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import { createCodec } from '../event-store/codec.ts'
import type { EventStoreDb } from '../event-store/eventstoredb/eventstoredb-store.ts'
import { createLog, openLog } from '../event-store/log.ts'
import type { Log, LogOptions } from '../event-store/log.ts'
import type { EventStore } from '../event-store/port.ts'
import { postgresClock } from '../event-store/postgres/server-clock.ts'
import { endAccess } from '../event-store/vault/end-access.ts'
import { lastUseOfKeys } from '../event-store/vault/key-use.ts'
import { readMove } from '../event-store/vault/move-record.ts'
import { reconcileVault } from '../event-store/vault/reconcile.ts'
import { fieldRevealer } from '../event-store/vault/reveal-field.ts'
import { openVault } from '../event-store/vault/vault.ts'
import type { Vault } from '../event-store/vault/vault.ts'
import { projections } from '../projections/all.ts'
import { makeAnalyticsViews } from '../projections/analytics/views.ts'
import { forgetUnconfirmed, placesRead } from '../projections/engine/checkpoints.ts'
import { ProgramRegister } from '../projections/engine/programs.ts'
import { ProjectionRunner } from '../projections/engine/runner.ts'
import { ProjectionWatch } from '../projections/engine/watch.ts'
import { publishWatermarks } from '../projections/engine/watermarks.ts'
import { refuseInTheOpen } from './in-the-open.ts'
import { openStore } from './open-store.ts'
import type { LogPlace } from './open-store.ts'
import type { Role } from './roles.ts'
import { sandboxClock } from './sandbox-clock.ts'
import type { SandboxClock } from './sandbox-clock.ts'

export interface ProgramOptions extends LogPlace {
  /** File of mode 0600 with the vault's master key. */
  readonly masterKeyFile: string
  /** Opens an empty log as this; absent: an empty log is refused. */
  readonly create?: {
    readonly kind: 'production' | 'sandbox'
    readonly name: string
    /** Instant of the first event; the machine's time when absent. For a sandbox that begins in the past. */
    readonly at?: string
  }
  readonly roles: readonly Role[]
  /** Whether a sandbox's time goes with the machine's, or stands still until somebody advances it. */
  readonly sandboxTime: 'machine' | 'still'
  /** How long projections let events gather, in milliseconds: longer where much is recorded and nobody watches. */
  readonly gatherMs?: number
  /** Told of what the background work survives. */
  readonly onFault: (error: unknown) => void
}

/** The whole program on one log: what the API, the command line and the importers drive. */
export interface Program {
  readonly log: Log
  readonly vault: Vault
  readonly writeSide: WriteSide
  readonly readModels: pg.Pool
  readonly databaseUrl: string
  /** The server of the log, where it is another than the read models'. */
  readonly logServer: EventStoreDb['server'] | undefined
  readonly watch: ProjectionWatch
  readonly clock: SandboxClock
  /** Resolves, with the place where it goes on, once the log was moved: this program records nothing more. */
  readonly moved: Promise<string>
  /** Resolves once another log answers than the one that was read before: this program records nothing more. */
  readonly replaced: Promise<void>
  /** Ordinal of the log's last event, as far as this process knows. */
  readonly logEnd: () => number
  /** Undo: background work first, connections last. */
  close(): Promise<void>
}

/**
 * Opens everything on one database, in the order that what comes later needs: log, vault, index of commands, then
 * what runs beside. Which store the log is on, `open-store.ts` chooses.
 */
export const openProgram = async (options: ProgramOptions): Promise<Program> => {
  const undo: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step().catch(options.onFault)
  }
  const owned = <T>(thing: T, end: (thing: T) => Promise<unknown>): T => {
    undo.push(() => end(thing))
    return thing
  }
  try {
    return { ...(await assemble(options, owned)), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Own = <T>(thing: T, end: (thing: T) => Promise<unknown>) => T

const assemble = async (options: ProgramOptions, own: Own): Promise<Omit<Program, 'close'>> => {
  const { databaseUrl, onFault } = options
  // A new log has no event yet that says what it is.
  refuseInTheOpen(options.create?.kind, options.eventStoreUrl)
  const presence = own(await bePresent(databaseUrl), p => p.leave())
  const { store, logServer, replaced } = await openStore(options, onFault)
  own(store, s => s.close())
  const vault = own(
    await openVault({ connectionString: databaseUrl, masterKeyFile: options.masterKeyFile }),
    v => v.close(),
  )
  const pool = own(poolOf(databaseUrl, onFault), p => p.end())
  await refuseLostLog(pool, store)
  const move = () => readMove(vault.pool)
  // No log begins where another one is to be copied to.
  if (!(await store.head())) await refuseUnfinishedCopy(store, move)
  const { log, clock } = await openedLog(options, store, vault, pool)
  refuseInTheOpen(log.kind, options.eventStoreUrl)
  await refuseUnlessOpenHere(log, move)
  await reconcileVault(vault, log)
  own(await ProgramRegister.open(databaseUrl, projections), r => r.close())
  await holdUnlessRead(pool, store, await placesRead(pool, projections))
  await forgetUnconfirmed(pool)
  const runner = options.roles.includes('projections')
    ? own(readSide(options, log, vault), r => r.close())
    : undefined
  runner?.start()
  const watch = own(await ProjectionWatch.open(databaseUrl), w => w.close())
  const write = own(await writeSide({ options, log, vault, pool, clock, presence }), w => w.stop())
  return {
    log,
    vault,
    readModels: pool,
    databaseUrl,
    logServer,
    watch,
    clock,
    moved: write.moved,
    replaced: Promise.race([replaced, write.replaced]),
    // Where no projection runs here, what other processes announce is the newest that is known.
    logEnd: () => runner?.head ?? watch.newest,
    writeSide: write,
  }
}

const POOL_MAX = 12

const poolOf = (connectionString: string, onFault: (error: unknown) => void): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max: POOL_MAX, application_name: 'grandlivre' })
  pool.on('error', onFault)
  return pool
}

/** Opens what a store holds as a log, with the clock that its first event calls for. */
export const openedLog = async (
  { create, sandboxTime, deadlines }: Pick<ProgramOptions, 'create' | 'sandboxTime' | 'deadlines'>,
  store: EventStore,
  vault: Vault,
  pool: pg.Pool,
): Promise<{ readonly log: Log; readonly clock: SandboxClock }> => {
  const base = {
    store,
    codec: createCodec(eventDefinitions),
    protection: vault,
    ...(deadlines?.retryMs !== undefined && { retryMs: deadlines.retryMs }),
  }
  const simulated: LogOptions = { ...base, clock: { kind: 'simulated' } }
  const real: LogOptions = { ...base, clock: { kind: 'real', serverNow: postgresClock(pool) } }
  if (create) {
    const recordedAt = create.at ?? new Date().toISOString()
    await createLog(create.kind === 'sandbox' ? simulated : real, { ...create, recordedAt })
  }
  // What the log is stands in its first event: only a sandbox may have another clock than the machine's.
  const opened = await openLog(real)
  if (opened.kind === 'production') return { log: opened, clock: sandboxClock('machine', () => '') }
  const log = await openLog(simulated)
  return { log, clock: sandboxClock(sandboxTime, () => log.clock.maximum) }
}

interface WriteSources {
  readonly options: ProgramOptions
  readonly log: Log
  readonly vault: Vault
  readonly pool: pg.Pool
  readonly clock: SandboxClock
  readonly presence: Presence
}

const writeSide = async ({
  options,
  log,
  vault,
  pool,
  clock,
  presence,
}: WriteSources): Promise<WriteSide> => {
  const reacting = options.roles.includes('reactions')
  return openWriteSide({
    log,
    pool,
    databaseUrl: options.databaseUrl,
    presence,
    contexts: [organisation, commerce, invoicing, ledger, collaboration],
    now: () => clock.now(),
    hmac: (kind, text) => vault.hmac(kind, text),
    personalKeys: personId => keysInUse(vault, log, personId),
    reveal: fieldRevealer(vault, log.id),
    onRecorded: async events => {
      await destroyErasedKeys(vault, events)
      await endAccess(vault, events)
    },
    writeWatermarks: watermarks => publishWatermarks(pool, watermarks),
    registrars: reacting,
    reactions: reacting,
    onFault: options.onFault,
  })
}

/** A person's keys that are not destroyed, each with the newest event that holds a field under it. */
const keysInUse = async (vault: Vault, { store }: Log, personId: string): Promise<PersonalKey[]> => {
  const keys = (await vault.keysOf(personId)).filter(key => !key.erased)
  const lastUse = await lastUseOfKeys(
    store,
    keys.map(key => key.keyId),
  )
  return keys.flatMap(({ keyId, purpose }) => {
    const lastUsedAt = lastUse.get(keyId)
    return lastUsedAt === undefined ? [] : [{ keyId, purpose, lastUsedAt }]
  })
}

/** An erasure that is in the log is carried out before it is answered (PROTOCOL 28). */
const destroyErasedKeys = async (vault: Vault, events: readonly DomainEvent[]): Promise<void> => {
  const keyIds = events
    .filter(event => event.type === PersonErased.type)
    .flatMap(event => (event.data as { readonly keyIds: readonly string[] }).keyIds)
  if (keyIds.length > 0) await vault.erase(keyIds)
}

const readSide = (
  { databaseUrl, gatherMs, onFault }: ProgramOptions,
  { id, store, codec }: Log,
  vault: Vault,
): ProjectionRunner =>
  new ProjectionRunner({
    databaseUrl,
    store,
    codec,
    projections,
    reveal: fields => vault.reveal(id, fields),
    makeViews: makeAnalyticsViews,
    ...(gatherMs !== undefined && { coalesceMs: gatherMs }),
    onError: onFault,
  })
