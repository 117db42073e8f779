import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { eventAtPlace } from '../../event-store/checkpoints.ts'
import type { Codec } from '../../event-store/codec.ts'
import { LogEndangered } from '../../event-store/errors.ts'
import type { Sentence } from '../../event-store/errors.ts'
import { StoreUnavailable } from '../../event-store/port.ts'
import type { EventStore } from '../../event-store/port.ts'
import type { Projection, Reveal } from '../definition.ts'
import { schemaOf } from '../definition.ts'
import { applyPiece, pieceOf } from './batch.ts'
import { notice, readCheckpoint, setState } from './checkpoints.ts'
import type { Checkpoint } from './checkpoints.ts'
import { connect, isConnectionLoss } from './connections.ts'
import { createEngineSchema } from './engine-schema.ts'
import { RoleLocks, projectionRole } from './locks.ts'
import { RebuildRunning, rebuild } from './rebuild.ts'
import type { MakeViews } from './rebuild.ts'
import { RunningProjection } from './running-projection.ts'

export interface RunnerOptions {
  readonly databaseUrl: string
  readonly store: EventStore
  readonly codec: Codec
  readonly projections: readonly Projection[]
  /** Clear text of protected fields, for the projection that reads them. */
  readonly reveal?: Reveal
  /** Views over the projections, made anew with every swap. */
  readonly makeViews?: MakeViews
  /** At most so long does a burst of appends wait to be applied together. */
  readonly coalesceMs?: number
  readonly batchSize?: number
  /** How often it tries to take over projections that another process runs. */
  readonly takeOverMs?: number
  /** Told of what the loop survives: a lost connection, a build that failed. */
  readonly onError?: (error: unknown) => void
}

const COALESCE_MS = 5
/** At most so long do read models rest after a batch: as long as it took, so that commands have half of the machine. */
const REST_MS_MAX = 5
const BATCH = 1_000
const TAKE_OVER_MS = 1_000
const RETRY_MS_MIN = 100
const RETRY_MS_MAX = 5_000

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal }).catch(() => undefined)

/**
 * Runs projections: one unfiltered reader of the log feeds all whose lock this process holds. Missing versions are
 * built beside, a checkpoint that the log does not confirm is built anew, and a projection that cannot go on stops.
 */
export class ProjectionRunner {
  private readonly options: RunnerOptions
  private readonly closing = new AbortController()
  private readonly locks: RoleLocks
  private readonly active = new Map<Projection, RunningProjection>()
  private readonly stopped = new Set<Projection>()
  private readonly building = new Set<Projection>()
  private readonly builds = new Set<Promise<void>>()
  /** Projections that were just found to have read another log than this one. */
  private readonly strangers = new Set<string>()
  private restart = new AbortController()
  private done: Promise<void> | undefined
  /** Ordinal of the last event read: the head of the log when caught up. */
  private headOrdinal = 0

  constructor(options: RunnerOptions) {
    this.options = options
    this.locks = new RoleLocks(options.databaseUrl, () => {
      this.active.clear()
      this.restart.abort()
    })
  }

  /** Begins, and goes on until `close`. */
  start(): void {
    this.done ??= this.run()
  }

  /** Ends after the batch in hand. */
  async close(): Promise<void> {
    this.closing.abort()
    this.restart.abort()
    await this.done
    await Promise.all(this.builds)
    await this.locks.close()
  }

  /** Ordinal of the last event seen. */
  get head(): number {
    return this.headOrdinal
  }

  /** Tries again to run a projection that stopped: after its cause was mended. */
  retry(name: string): void {
    for (const projection of this.stopped) if (projection.name === name) this.stopped.delete(projection)
    this.restart.abort()
  }

  private async run(): Promise<void> {
    let retryMs = RETRY_MS_MIN
    while (!this.closing.signal.aborted) {
      let client: pg.Client | undefined
      try {
        client = await connect(this.options.databaseUrl, 'writer', { pipeline: true, byKey: true })
        await createEngineSchema(client)
        while (!this.closing.signal.aborted) {
          this.restart = new AbortController()
          await this.enlist(client)
          retryMs = RETRY_MS_MIN
          await this.feed(client)
        }
      } catch (error) {
        this.options.onError?.(error)
        this.active.clear()
        await pause(retryMs, this.closing.signal)
        retryMs = Math.min(retryMs * 2, RETRY_MS_MAX)
      } finally {
        await client?.end().catch(() => undefined)
      }
    }
  }

  /** Takes over what nobody runs: believes its checkpoint, or builds it. */
  private async enlist(client: pg.Client): Promise<void> {
    const missing: Projection[] = []
    this.strangers.clear()
    for (const projection of this.idle()) {
      if (!(await this.locks.tryTake(projectionRole(projection)))) continue
      const checkpoint = await this.believed(client, projection)
      if (checkpoint) await this.activate(client, projection, checkpoint)
      else missing.push(projection)
    }
    if (this.strangers.size > 0) this.options.onError?.(new LogEndangered(notInLog([...this.strangers])))
    if (missing.length > 0) this.beginBuild(missing)
  }

  private idle(): readonly Projection[] {
    return this.options.projections.filter(
      p => !this.active.has(p) && !this.stopped.has(p) && !this.building.has(p),
    )
  }

  /** A checkpoint is believed only after reading its event back (PROTOCOL 15). */
  private async believed(client: pg.Client, projection: Projection): Promise<Checkpoint | undefined> {
    const checkpoint = await readCheckpoint(client, projection, 'live')
    if (!checkpoint || checkpoint.state === 'rebuilding') return undefined
    if (checkpoint.position === undefined) return checkpoint
    const event = await eventAtPlace(this.options.store, checkpoint.position)
    if (event?.id === checkpoint.eventId) return checkpoint
    this.strangers.add(projection.name)
    await setState(client, projection, 'rebuilding')
    await notice(client, projection, 'CHECKPOINT_NOT_IN_LOG', {
      ordinal: checkpoint.ordinal,
      eventId: checkpoint.eventId,
      found: event?.id ?? null,
    })
    return undefined
  }

  private async activate(client: pg.Client, projection: Projection, checkpoint: Checkpoint): Promise<void> {
    if (checkpoint.state === 'stopped') await setState(client, projection, 'running')
    const at = { build: 'live', schema: schemaOf(projection) } as const
    this.active.set(projection, new RunningProjection(projection, checkpoint, at, this.options.reveal))
  }

  private beginBuild(missing: readonly Projection[]): void {
    const build = this.build(missing).finally(() => this.builds.delete(build))
    this.builds.add(build)
  }

  private async build(missing: readonly Projection[]): Promise<void> {
    for (const projection of missing) this.building.add(projection)
    try {
      const report = await rebuild({ ...this.options, projections: missing, signal: this.closing.signal })
      for (const { projection, failure } of report.projections) if (failure) this.stopped.add(projection)
    } catch (error) {
      // Another process may be at it, or one that ends just now: nothing went wrong, it is looked at again.
      const elsewhere = error instanceof RebuildRunning
      if (!elsewhere && !this.closing.signal.aborted) this.options.onError?.(error)
      await pause(elsewhere ? TAKE_OVER_MS : RETRY_MS_MAX, this.closing.signal)
    } finally {
      for (const projection of missing) this.building.delete(projection)
      this.restart.abort()
    }
  }

  /** Feeds the active projections until they have to be enlisted again. */
  private async feed(client: pg.Client): Promise<void> {
    const signal = AbortSignal.any([this.restart.signal, this.closing.signal])
    const timer = setInterval(() => void this.tryTakeOver(), this.options.takeOverMs ?? TAKE_OVER_MS)
    try {
      const start = this.furthestBehind()
      if (!start) {
        await new Promise<void>(resolve => {
          if (signal.aborted) resolve()
          else signal.addEventListener('abort', () => resolve(), { once: true })
        })
        return
      }
      await this.follow(client, start, signal)
    } finally {
      clearInterval(timer)
    }
  }

  private async follow(client: pg.Client, start: Checkpoint, signal: AbortSignal): Promise<void> {
    const { store, codec, batchSize = BATCH, coalesceMs = COALESCE_MS } = this.options
    let ordinal = start.ordinal
    const after = start.position === undefined ? {} : { after: start.position }
    for await (const batch of store.subscribe({ ...after, batchSize, coalesceMs, signal })) {
      if (signal.aborted) return
      if (batch.events.length === 0) continue
      const began = performance.now()
      const piece = pieceOf(codec, batch.events, ordinal)
      ordinal += batch.events.length
      this.headOrdinal = Math.max(this.headOrdinal, ordinal)
      for (const [runner, outcome] of await applyPiece(client, [...this.active.values()], piece)) {
        if (outcome === 'applied') continue
        this.active.delete(runner.projection)
        if (outcome === 'stopped') this.stopped.add(runner.projection)
        else this.restart.abort()
      }
      if (this.active.size === 0) return
      const took = performance.now() - began
      if (batch.caughtUp && 2 * took > coalesceMs) await pause(Math.min(took, REST_MS_MAX), signal)
    }
  }

  private furthestBehind(): Checkpoint | undefined {
    return [...this.active.values()]
      .map(runner => runner.checkpoint)
      .reduce<Checkpoint | undefined>(
        (least, c) => (!least || c.ordinal < least.ordinal ? c : least),
        undefined,
      )
  }

  private async tryTakeOver(): Promise<void> {
    try {
      for (const projection of this.idle())
        if (
          !this.locks.holds(projectionRole(projection)) &&
          (await this.locks.tryTake(projectionRole(projection)))
        )
          this.restart.abort()
    } catch (error) {
      if (!isConnectionLoss(error) && !(error instanceof StoreUnavailable)) this.options.onError?.(error)
    }
  }
}

const notInLog = (names: readonly string[]): Sentence => ({
  en: `What these read models had read is not in the log, which lost its end or is another one; they are built anew: ${names.join(', ')}.`,
  fr: `Ce que ces tables de lecture avaient lu n’est pas dans le journal, qui a perdu sa fin ou en est un autre ; elles sont reconstruites : ${names.join(', ')}.`,
})
