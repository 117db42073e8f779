import { setTimeout as delay } from 'node:timers/promises'
import type { Checkpoint } from '../../event-store/checkpoints.ts'
import type { RoleCheckpoints } from '../role-checkpoints.ts'

/** What a new term reads again at most. */
const WRITE_EVERY_MS = 1_000

/**
 * Writes a registrar's checkpoint beside its work: the newest place, one write at a time. A checkpoint that is behind
 * costs reading again and nothing else; one that is ahead of the register is never handed to it.
 */
export class CheckpointWriter {
  private readonly checkpoints: RoleCheckpoints
  private readonly name: string
  private readonly everyMs: number
  private stored: Checkpoint | undefined
  private newest: Checkpoint | undefined
  private writing: Promise<void> | undefined
  private readonly ending = new AbortController()
  /** True when another registrar moved the checkpoint: this one is no longer the only one. */
  lost = false

  constructor(
    checkpoints: RoleCheckpoints,
    name: string,
    stored: Checkpoint | undefined,
    everyMs = WRITE_EVERY_MS,
  ) {
    this.checkpoints = checkpoints
    this.name = name
    this.stored = stored
    this.everyMs = everyMs
  }

  write(checkpoint: Checkpoint): void {
    this.newest = checkpoint
    this.writing ??= this.run().finally(() => {
      this.writing = undefined
    })
  }

  /** Writes what is left, without haste any more. */
  async end(): Promise<void> {
    this.ending.abort()
    await this.writing
  }

  private async run(): Promise<void> {
    while (this.newest !== undefined && !this.lost) {
      if (this.everyMs > 0)
        await delay(this.everyMs, undefined, { signal: this.ending.signal }).catch(() => undefined)
      const to = this.newest
      this.newest = undefined
      try {
        if (await this.checkpoints.move(this.name, this.stored, to)) this.stored = to
        else this.lost = true
      } catch {
        // The database is away: the next term starts from the older checkpoint.
        this.lost = true
      }
    }
  }
}
