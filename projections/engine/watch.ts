import type pg from 'pg'
import type { Position } from '../../event-store/port.ts'
import type { Projection } from '../definition.ts'
import { schemaOf } from '../definition.ts'
import { CHANGES_CHANNEL } from './batch.ts'
import type { Change } from './batch.ts'
import { readAllCheckpoints } from './checkpoints.ts'
import type { Checkpoint } from './checkpoints.ts'
import { connect } from './connections.ts'

/** How often somebody who waits looks by himself: what a lost notification costs. */
const POLL_MS = 250
const RECONNECT_MS = 200

/** What to wait for: projections that must be at least there. */
export interface Awaited {
  readonly projections: readonly Pick<Projection, 'name' | 'version'>[]
  readonly position?: Position
  readonly ordinal?: number
}

export type WaitOutcome =
  | { readonly reached: true }
  /** `behind`: those that are not there; `stopped`: those of them that will not get there by themselves. */
  | { readonly reached: false; readonly behind: readonly string[]; readonly stopped: readonly string[] }

type Progress = Pick<Checkpoint, 'ordinal' | 'position' | 'state' | 'failure'>

/**
 * Follows how far the projections are, whichever process runs them: for reading one's own writes, for live screens,
 * for metrics. It listens, and looks by itself as long as somebody waits.
 */
export class ProjectionWatch {
  private readonly databaseUrl: string
  private readonly progress = new Map<string, Progress>()
  private readonly listeners = new Set<(change: Change) => void>()
  private readonly checks = new Set<() => void>()
  private client: pg.Client | undefined
  private poll: NodeJS.Timeout | undefined
  private looking: Promise<void> | undefined
  private closed = false

  private constructor(databaseUrl: string) {
    this.databaseUrl = databaseUrl
  }

  static async open(databaseUrl: string): Promise<ProjectionWatch> {
    const watch = new ProjectionWatch(databaseUrl)
    await watch.listen()
    return watch
  }

  /** Calls back at every commit of a projection until the returned function is called. */
  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** How far each projection is, by `name_vN`. */
  async current(): Promise<ReadonlyMap<string, Progress>> {
    await this.refresh()
    return this.progress
  }

  /** The newest event that any projection has reached, as far as this process has heard; 0 on an empty log. */
  get newest(): number {
    return Math.max(0, ...this.progress.values().map(({ ordinal }) => ordinal))
  }

  /** Waits until projections have reached an event; gives up after `timeoutMs`, or at once where one has stopped. */
  async waitFor(awaited: Awaited, timeoutMs: number): Promise<WaitOutcome> {
    const names = awaited.projections.map(schemaOf)
    const behind = () => names.filter(name => !reached(this.progress.get(name), awaited))
    const stopped = () => behind().filter(name => this.progress.get(name)?.state === 'stopped')
    // Of what runs, notifications tell, and the poll mends one that was lost; a stop is never announced.
    const unsure = names.some(name => this.progress.get(name)?.state !== 'running')
    if (unsure) await this.refresh().catch(() => undefined)
    if (behind().length > 0 && stopped().length === 0)
      await this.until(() => behind().length === 0 || stopped().length > 0, timeoutMs)
    return behind().length === 0
      ? { reached: true }
      : { reached: false, behind: behind(), stopped: stopped() }
  }

  async close(): Promise<void> {
    this.closed = true
    clearInterval(this.poll)
    for (const check of this.checks) check()
    await this.client?.end().catch(() => undefined)
  }

  private until(done: () => boolean, timeoutMs: number): Promise<void> {
    return new Promise(resolve => {
      const finish = () => {
        clearTimeout(timer)
        this.checks.delete(check)
        if (this.checks.size === 0) clearInterval(this.poll)
        resolve()
      }
      const check = () => {
        if (done() || this.closed) finish()
      }
      const timer = setTimeout(finish, timeoutMs)
      if (this.checks.size === 0)
        this.poll = setInterval(() => void this.refresh().catch(() => undefined), POLL_MS)
      this.checks.add(check)
    })
  }

  /** Looks at the checkpoints; who asks while somebody looks gets the same answer. */
  private refresh(): Promise<void> {
    this.looking ??= this.look().finally(() => {
      this.looking = undefined
    })
    return this.looking
  }

  private async look(): Promise<void> {
    if (!this.client) return
    const checkpoints = await readAllCheckpoints(this.client)
    for (const c of checkpoints) this.progress.set(schemaOf({ name: c.projection, version: c.version }), c)
    for (const check of this.checks) check()
  }

  private heard(payload: string): void {
    const change = JSON.parse(payload) as Change
    for (const name of Object.keys(change.projections))
      this.progress.set(name, {
        ordinal: change.ordinal,
        position: change.position,
        state: 'running',
        failure: undefined,
      })
    for (const check of this.checks) check()
    for (const listener of this.listeners) listener(change)
  }

  private async listen(): Promise<void> {
    const client = await connect(this.databaseUrl, 'watch')
    client.on('notification', message => {
      if (message.payload) this.heard(message.payload)
    })
    client.on('end', () => {
      this.client = undefined
      if (!this.closed) this.listenAgain()
    })
    this.client = client
    await client.query(`listen ${CHANGES_CHANNEL}`)
  }

  private listenAgain(): void {
    setTimeout(() => {
      if (!this.closed) this.listen().catch(() => this.listenAgain())
    }, RECONNECT_MS)
  }
}

const reached = (progress: Progress | undefined, { position, ordinal }: Awaited): boolean => {
  // The place of what is rebuilt because the log does not confirm it may be another store's.
  if (!progress || progress.state === 'rebuilding') return false
  if (ordinal !== undefined && progress.ordinal < ordinal) return false
  return position === undefined || (progress.position !== undefined && progress.position >= position)
}
