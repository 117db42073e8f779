import { randomUUID } from 'node:crypto'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import { END_OF_STREAM } from './append-rules.ts'
import type { Log, LogEvent } from './log.ts'
import { positionOf, send, type ReadCall, type ReadOptions } from './delivery.ts'
import type { Serving } from './serving.ts'
import { errors, eventMessage, positioned, streamNameOf } from './wire.ts'

/** A filter scans so many events, times the interval the client asks for, between two checkpoints. */
const CHECKPOINT_UNIT = 32

type Matcher = (event: LogEvent) => boolean

const filterMatcher = (filter: streams.ReadReq.Options.FilterOptions): Matcher => {
  const onStream = filter.getStreamIdentifier()
  const expression = onStream ?? filter.getEventType()!
  const subject = (event: LogEvent): string => (onStream ? event.stream : event.type)
  const prefixes = expression.getPrefixList()
  if (prefixes.length > 0) return event => prefixes.some(prefix => subject(event).startsWith(prefix))
  const regex = new RegExp(expression.getRegex())
  return event => regex.test(subject(event))
}

/** Which events a subscription delivers, and from which index in the log it has to look. */
const plan = (log: Log, options: ReadOptions): { matches: Matcher; next: number } => {
  if (options.hasStream()) return planOfStream(log, options.getStream()!)
  const from = positionOf(options.getAll()!)
  const matches = options.hasFilter() ? filterMatcher(options.getFilter()!) : () => true
  if (from === 'start') return { matches, next: 0 }
  if (from === 'end') return { matches, next: log.all.length }
  if (!log.isReadable(from)) throw errors.invalidPosition()
  const { commit, prepare } = from
  return { matches, next: log.indexOf({ commit, prepare: prepare + 1n }) }
}

const planOfStream = (log: Log, from: streams.ReadReq.Options.StreamOptions) => {
  const name = streamNameOf(from.getStreamIdentifier())
  if (log.isTombstoned(name)) throw errors.streamDeleted(name)
  const after = from.hasRevision() ? BigInt(from.getRevision()) : -1n
  const matches = ({ stream, revision }: LogEvent): boolean =>
    stream === name && revision > after && revision >= log.truncatedBefore(name) && revision < END_OF_STREAM
  return { matches, next: from.hasEnd() ? log.all.length : 0 }
}

/**
 * Follows the log from a place on. While it catches up, the client sets the pace; once it is live, a backlog above
 * the buffer ends it. On the real server that is a race between an append and the network: here whatever lags by
 * more than the buffer has lost it.
 */
class Subscription {
  readonly #serving: Serving
  readonly #call: ReadCall
  readonly #matches: Matcher
  readonly #checkpointEvery: number
  #next: number
  #scanned = 0
  #live = false
  /** Matching events stored and not yet written, while live. */
  #backlog = 0
  #dropped = false
  #wake = (): void => undefined

  constructor(serving: Serving, call: ReadCall, options: ReadOptions) {
    this.#serving = serving
    this.#call = call
    const { matches, next } = plan(serving.log, options)
    this.#matches = matches
    this.#next = next
    const interval = options.getFilter()?.getCheckpointintervalmultiplier() ?? Infinity
    this.#checkpointEvery = CHECKPOINT_UNIT * interval
  }

  async run(): Promise<void> {
    const unwatch = this.#serving.log.onAppended(events => this.#appended(events))
    const stop = () => this.#wake()
    this.#call.once('cancelled', stop)
    this.#call.once('close', stop)
    const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())
    await this.#send(new streams.ReadResp().setConfirmation(confirmation))
    if (this.#serving.checkpointsRunAhead) await this.#sendCheckpoint(this.#serving.log.all.at(-1)!)
    while (!this.#over) {
      await this.#deliver()
      if (this.#live) await this.#grown()
      else await this.#goLive()
    }
    unwatch()
  }

  get #over(): boolean {
    return this.#call.cancelled || this.#dropped || !this.#serving.alive
  }

  async #deliver(): Promise<void> {
    const { all } = this.#serving.log
    while (this.#next < all.length && !this.#over) {
      const event = all[this.#next++]!
      if (this.#matches(event)) {
        await this.#serving.faults.delivery
        this.#backlog--
        await this.#send(eventMessage(event))
      }
      if (++this.#scanned % this.#checkpointEvery === 0) await this.#sendCheckpoint(event)
    }
  }

  #sendCheckpoint({ position }: LogEvent): Promise<void> {
    const checkpoint = positioned(new streams.ReadResp.Checkpoint(), position)
    return this.#send(new streams.ReadResp().setCheckpoint(checkpoint))
  }

  async #goLive(): Promise<void> {
    if (this.#next < this.#serving.log.all.length) return
    this.#live = true
    this.#backlog = 0
    await this.#send(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()))
  }

  #appended(events: readonly LogEvent[]): void {
    this.#backlog += events.filter(this.#matches).length
    if (this.#live && this.#backlog > this.#serving.liveBuffer) this.#overflow()
    this.#wake()
  }

  #overflow(): void {
    if (this.#serving.sendsFellBehind) {
      this.#live = false
      void this.#send(new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind()))
    } else if (!this.#dropped) {
      this.#dropped = true
      this.#call.emit('error', errors.tooSlow())
    }
  }

  async #grown(): Promise<void> {
    if (this.#next < this.#serving.log.all.length || this.#over) return
    await new Promise<void>(resolve => {
      this.#wake = resolve
    })
  }

  #send(message: streams.ReadResp): Promise<void> {
    return this.#dropped ? Promise.resolve() : send(this.#serving, this.#call, message)
  }
}

export const subscribe = (serving: Serving, call: ReadCall, options: ReadOptions): Promise<void> =>
  new Subscription(serving, call, options).run()
