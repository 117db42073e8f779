import type { Position } from './port.ts'

/**
 * Time in the log (PROTOCOL 10). `recordedAt` is the instant of knowledge, stamped by the program that appends; every
 * "as of" stands on its running maximum. One machine resumed in 2062 would blind them all for ever, so an append is
 * checked against the log and against the database server's clock, once, before it is encoded. While its bytes are on
 * their way, and sent again, younger events may be recorded before it: so an event of the log may lie further back.
 */

/** How far an append may lie before the log's running maximum, and from the server's clock. */
const TOLERANCE_MS = 2_000
/** How far it may lie after the running maximum: what is further off was a clock, or a log asleep for a month. */
const FORWARD_MS = 31 * 24 * 60 * 60 * 1_000

/**
 * - `stale`: the machine's clock is right, the append merely waited: encode it again with a new instant
 * - `offServer`: the machine's clock and the database server's differ
 * - `behindLog`, `aheadOfLog`: too far from what the log holds; an operator confirms (`organisation.ClockConfirmed`)
 */
export type ClockReason = 'stale' | 'offServer' | 'behindLog' | 'aheadOfLog'

/** An append whose `recordedAt` nobody should believe. Nothing was stored. */
export class ClockRefused extends Error {
  readonly code = 'CLOCK_REFUSED'
  readonly reason: ClockReason
  readonly recordedAt: string
  /** What it was compared with: the log's running maximum, or the server's clock. */
  readonly against: string
  constructor(reason: ClockReason, recordedAt: string, against: string) {
    super(`recorded at ${recordedAt}, ${SENTENCE[reason]} ${against}`)
    this.name = 'ClockRefused'
    this.reason = reason
    this.recordedAt = recordedAt
    this.against = against
  }
}

const SENTENCE: Record<ClockReason, string> = {
  stale: "which waited too long: the server's clock says",
  offServer: "but the database server's clock says",
  behindLog: 'before what the log already holds:',
  aheadOfLog: 'more than 31 days after the last event of the log:',
}

/** Where instants come from. A simulated clock is for sandboxes; a real one is held against the server's. */
export type ClockSource =
  | { readonly kind: 'simulated' }
  | {
      readonly kind: 'real'
      /** The database server's clock, in milliseconds since 1970. */
      readonly serverNow: () => Promise<number>
      /** This machine's clock; `Date.now` outside of tests. */
      readonly localNow?: () => number
    }

/** The running maximum of `recordedAt` as far as this program has seen the log, and the checks against it. */
export class LogClock {
  private readonly source: ClockSource
  private known = ''
  /** Where an operator last confirmed a time: what lies before it in the log moves nothing any more. */
  private confirmedAt: Position = ''

  constructor(source: ClockSource) {
    this.source = source
  }

  /** The running maximum; '' while the log is empty. */
  get maximum(): string {
    return this.known
  }

  /** An event of the log was seen, there. */
  observe(recordedAt: string, position: Position): void {
    if (recordedAt > this.known && position > this.confirmedAt) this.known = recordedAt
  }

  /** An operator's confirmation was read, there: time goes on from the instant it names. */
  confirm(from: string, position: Position): void {
    if (position <= this.confirmedAt) return
    this.known = from
    this.confirmedAt = position
  }

  /** @throws ClockRefused `offServer` or `stale` */
  async checkServer(recordedAt: string): Promise<void> {
    if (this.source.kind === 'simulated') return
    const server = await this.source.serverNow()
    if (Math.abs(Date.parse(recordedAt) - server) <= TOLERANCE_MS) return
    const local = (this.source.localNow ?? Date.now)()
    const reason = Math.abs(local - server) <= TOLERANCE_MS ? 'stale' : 'offServer'
    throw new ClockRefused(reason, recordedAt, new Date(server).toISOString())
  }

  /**
   * Why the log would not take an event of this instant, or undefined when it would.
   * @param underWayMs of an event that is recorded already: how long it may have been on its way
   */
  refusal(recordedAt: string, underWayMs = 0): ClockRefused | undefined {
    if (this.known === '') return undefined
    const ahead = Date.parse(recordedAt) - Date.parse(this.known)
    if (ahead < -(TOLERANCE_MS + underWayMs)) return new ClockRefused('behindLog', recordedAt, this.known)
    if (ahead > FORWARD_MS && this.source.kind === 'real')
      return new ClockRefused('aheadOfLog', recordedAt, this.known)
    return undefined
  }
}
