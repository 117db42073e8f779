const RETRY_MS_MIN = 50
const RETRY_MS_MAX = 5_000

/** Opens something that may be lost later, and then calls `lost`. @returns how to hang up */
export type Open = (lost: () => void) => Promise<() => Promise<unknown>>

/** Something kept open on a server: opened again, ever less eagerly while it cannot be, when it is lost. */
export class Line {
  private readonly open: Open
  private hangUp: (() => Promise<unknown>) | undefined
  private started: Promise<void> | undefined
  private opening: Promise<void> | undefined
  private retry: NodeJS.Timeout | undefined
  private closed = false

  constructor(open: Open) {
    this.open = open
  }

  /** Resolves when it was opened, or could not be for the first time; it goes on trying then. */
  start(): Promise<void> {
    this.started ??= this.keepOpen(RETRY_MS_MIN)
    return this.started
  }

  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.retry)
    await this.opening
    await this.hangUp?.()
  }

  private keepOpen(retryMs: number): Promise<void> {
    this.opening = this.tryToOpen(retryMs)
    return this.opening
  }

  private async tryToOpen(retryMs: number): Promise<void> {
    let lost = false
    const lose = (ms: number): void => {
      if (lost) return
      lost = true
      this.hangUp = undefined
      if (this.closed) return
      this.retry = setTimeout(() => void this.keepOpen(Math.min(ms * 2, RETRY_MS_MAX)), ms)
    }
    try {
      const hangUp = await this.open(() => {
        lose(RETRY_MS_MIN)
      })
      if (!lost) this.hangUp = hangUp
    } catch {
      lose(retryMs)
    }
  }
}
