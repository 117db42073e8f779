import { verify } from '../../../replay/verify.ts'
import type { Verification } from '../../../replay/verify.ts'
import type { Subject } from '../../../replay/check.ts'

/** A verification takes as long as the log is: it runs beside, and its result is asked for. One at a time. */

export interface VerificationState {
  readonly state: 'none' | 'running' | 'done' | 'failed'
  readonly startedAt?: string
  readonly endedAt?: string
  /** Events read so far. */
  readonly events?: number
  readonly result?: Verification
}

export class VerificationJob {
  private current: VerificationState = { state: 'none' }
  private readonly stopping = new AbortController()
  private running: Promise<void> = Promise.resolve()

  get state(): VerificationState {
    return this.current
  }

  /** Begins a verification unless one is under way; `failed` hears why one could not be ended. */
  start(subject: Subject, failed: (error: unknown) => void): VerificationState {
    if (this.current.state === 'running') return this.current
    const startedAt = new Date().toISOString()
    this.current = { state: 'running', startedAt, events: 0 }
    this.running = this.run(subject, startedAt).catch((error: unknown) => {
      this.current = { state: 'failed', startedAt, endedAt: new Date().toISOString() }
      if (!this.stopping.signal.aborted) failed(error)
    })
    return this.current
  }

  /** Ends what runs; resolves when it has left everything in order. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  private async run(subject: Subject, startedAt: string): Promise<void> {
    const result = await verify(subject, {
      signal: this.stopping.signal,
      onProgress: events => {
        this.current = { state: 'running', startedAt, events }
      },
    })
    const endedAt = new Date().toISOString()
    this.current = { state: 'done', startedAt, endedAt, events: result.events, result }
  }
}
