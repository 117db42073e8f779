import type pg from 'pg'
import { CHANNEL } from './names.ts'

/** How long a reader waits at most before it looks for itself: what a lost notification can cost. */
const POLL_MS = 2_000
const RECONNECT_MS_MIN = 50
const RECONNECT_MS_MAX = 5_000

/** Who wants to know more than that it rang. */
export interface BellListener {
  /** Whether a session of the database is this process's own writer: what it appended was told already. */
  isOwn(processId: number): boolean
  /** The log may hold what this process does not know of. */
  doubt(): void
}

const NOBODY: BellListener = { isOwn: () => false, doubt: () => undefined }

/**
 * Tells readers that the log has grown. It is a hint: a reader learns what is new by reading, looks by itself now
 * and then, and loses nothing when the connection is lost.
 */
export class Bell {
  private readonly connect: () => Promise<pg.Client>
  private readonly pollMs: number
  private readonly listener: BellListener
  private next = Promise.withResolvers<undefined>()
  private poll: NodeJS.Timeout | undefined
  private client: pg.Client | undefined
  private started: Promise<void> | undefined
  private closed = false
  private reconnect: NodeJS.Timeout | undefined
  /** How often it rang. Read it before looking at the log, and wait for it to change. */
  count = 0

  constructor(connect: () => Promise<pg.Client>, pollMs = POLL_MS, listener = NOBODY) {
    this.connect = connect
    this.pollMs = pollMs
    this.listener = listener
  }

  ring(): void {
    this.count++
    const { resolve } = this.next
    this.next = Promise.withResolvers()
    resolve(undefined)
  }

  /** Rings for what this process did not append itself, or cannot tell. */
  ringInDoubt(): void {
    this.listener.doubt()
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
    this.started ??= this.listen(RECONNECT_MS_MIN)
    return this.started
  }

  async close(): Promise<void> {
    this.closed = true
    clearInterval(this.poll)
    clearTimeout(this.reconnect)
    this.ring()
    await this.started
    await this.client?.end().catch(() => undefined)
  }

  private async listen(delayMs: number): Promise<void> {
    const again = (ms: number) => {
      if (this.closed) return
      this.reconnect = setTimeout(() => void this.listen(Math.min(ms * 2, RECONNECT_MS_MAX)), ms)
    }
    try {
      const client = await this.connect()
      client.on('notification', ({ processId }) => {
        if (!this.listener.isOwn(processId)) this.ringInDoubt()
      })
      let lost = false
      client.on('error', () => {
        if (lost) return
        lost = true
        this.client = undefined
        void client.end().catch(() => undefined)
        again(RECONNECT_MS_MIN)
      })
      this.client = client
      await client.query(`listen ${CHANNEL}`)
      // What was appended while nobody listened.
      this.ringInDoubt()
    } catch {
      if (this.client === undefined) again(delayMs)
    }
  }
}
