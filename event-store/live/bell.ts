import { Line } from './line.ts'

/** How long a reader waits at most before it looks for itself: what a lost notification can cost. */
const POLL_MS = 2_000

/**
 * Opens what tells of appends to the log: calls `heard` at each, and `lost` when it tells no more.
 * @returns how to hang up
 */
export type Listen = (heard: () => void, lost: () => void) => Promise<() => Promise<unknown>>

export interface BellOptions {
  readonly pollMs?: number
  /** Told that the log may hold what this process does not know of. */
  readonly doubt?: () => void
}

/**
 * Tells readers that the log has grown. It is a hint: a reader learns what is new by reading, looks by itself now
 * and then, and loses nothing when the line is lost.
 */
export class Bell {
  private readonly line: Line
  private readonly pollMs: number
  private readonly doubt: () => void
  private next = Promise.withResolvers<undefined>()
  private poll: NodeJS.Timeout | undefined
  /** How often it rang. Read it before looking at the log, and wait for it to change. */
  count = 0

  constructor(listen: Listen, { pollMs = POLL_MS, doubt = () => undefined }: BellOptions = {}) {
    this.pollMs = pollMs
    this.doubt = doubt
    const heard = (): void => {
      this.ringInDoubt()
    }
    this.line = new Line(async lost => {
      const hangUp = await listen(heard, lost)
      // What was appended while nobody listened.
      heard()
      return hangUp
    })
  }

  ring(): void {
    this.count++
    const { resolve } = this.next
    this.next = Promise.withResolvers()
    resolve(undefined)
  }

  /** Rings for what this process did not append itself, or cannot tell. */
  ringInDoubt(): void {
    this.doubt()
    this.ring()
  }

  /** Resolves once it has rung since `count` was read. All who wait share one promise. */
  since(count: number): Promise<undefined> {
    return this.count === count ? this.next.promise : Promise.resolve(undefined)
  }

  /** Begins to listen. Where the server cannot be reached it goes on trying, and readers poll meanwhile. */
  start(): Promise<void> {
    this.poll ??= setInterval(() => {
      this.ringInDoubt()
    }, this.pollMs)
    return this.line.start()
  }

  async close(): Promise<void> {
    clearInterval(this.poll)
    const closed = this.line.close()
    this.ring()
    await closed
  }
}
