import { NO_STREAM, jsonEvent } from '@eventstore/db-client'
import type {
  AppendResult,
  Credentials,
  EventStoreDBClient,
  JSONEventData,
  JSONType,
} from '@eventstore/db-client'
import { StoreUnavailable } from '../port.ts'
import type { Expected, NewEvent } from '../port.ts'
import type { Access } from './access.ts'
import { takeBatchLane } from './batch-lane.ts'
import { asked, endClient } from './client.ts'
import { APPEND_DEADLINE_MS } from './deadline.ts'
import { Patience } from './patience.ts'

/** How long an append may take, from when it was asked for. Then its outcome is unknown. */
export const APPEND_MS_MAX = 5_000
const IN_FLIGHT_BYTES_MAX = 1024 * 1024
/**
 * The client's stream of batches takes so many messages without waiting. What the client queues behind them it rejects
 * with nobody listening when the link dies, which ends the process: so there are never more.
 */
const BATCHES_IN_FLIGHT_MAX = 15
const CALLS_IN_FLIGHT_MAX = 64

export interface AppenderParts {
  readonly connect: () => EventStoreDBClient
  /** For calls of their own, which is what makes the client append outside of its stream of batches. */
  readonly credentials: Credentials | undefined
  readonly access: Access
  readonly appendMsMax: number
  /** Told that the link may be lost, and of what. */
  readonly lost: (error: StoreUnavailable) => void
}

interface Append {
  readonly stream: string
  readonly expected: Expected
  readonly events: readonly NewEvent[]
  readonly bytes: number
}

interface Waiting extends Append {
  readonly answer: (result: AppendResult) => void
  readonly refuse: (error: unknown) => void
  readonly patience: Patience
  /** Rejects once the answer has been waited for long enough. */
  readonly silence: PromiseWithResolvers<never>
}

const utf8 = new TextEncoder()

/** Data goes as the value that its text stands for, metadata as its bytes: the client writes both as they were. */
const toClientEvent = ({ id, type, data, metadata }: NewEvent): JSONEventData =>
  jsonEvent({ id, type, data: JSON.parse(data) as JSONType, metadata: utf8.encode(metadata) })

/**
 * Sends appends, a bounded number and amount at a time, in the order they were asked for. After anything that may have
 * left the client with a state of its own it is replaced, once nothing waits for its answer any more.
 */
export class Appender {
  private readonly connect: () => EventStoreDBClient
  private readonly credentials: Credentials
  private readonly access: Access
  private readonly appendMsMax: number
  private readonly lost: AppenderParts['lost']
  private readonly leaveBatchLane = takeBatchLane()
  private queue: Waiting[] = []
  private readonly inFlight = new Set<Waiting>()
  private client: EventStoreDBClient | undefined
  private faulty = false
  private replacing = false
  private closed = false
  private readonly idle = Promise.withResolvers<void>()

  constructor({ connect, credentials, access, appendMsMax, lost }: AppenderParts) {
    this.connect = connect
    this.credentials = credentials ?? { username: '', password: '' }
    this.access = access
    this.appendMsMax = appendMsMax
    this.lost = lost
  }

  /** @throws what the client throws of a refusal, StoreUnavailable where the outcome is unknown */
  append(
    stream: string,
    expected: Expected,
    events: readonly NewEvent[],
    bytes: number,
  ): Promise<AppendResult> {
    if (this.closed) return Promise.reject(new StoreUnavailable('the log is closed'))
    return new Promise((answer, refuse) => {
      const patience = new Patience(this.appendMsMax, () => {
        this.giveUp(waiting)
      })
      const silence = Promise.withResolvers<never>()
      const waiting: Waiting = { stream, expected, events, bytes, answer, refuse, patience, silence }
      this.queue.push(waiting)
      this.send()
    })
  }

  /** Waits for what was asked before, then lets the connection go. */
  async close(): Promise<void> {
    this.closed = true
    this.settleIdle()
    await this.idle.promise
    if (this.client) await endClient(this.client)
    this.leaveBatchLane?.()
  }

  private send(): void {
    while (!this.faulty && this.fits(this.queue[0])) {
      const next = this.queue.shift() as Waiting
      this.inFlight.add(next)
      void this.ask(next)
    }
  }

  private fits(next: Waiting | undefined): boolean {
    if (!next) return false
    if (this.inFlight.size === 0) return true
    const most = this.leaveBatchLane ? BATCHES_IN_FLIGHT_MAX : CALLS_IN_FLIGHT_MAX
    let bytes = next.bytes
    for (const other of this.inFlight) bytes += other.bytes
    return this.inFlight.size < most && bytes <= IN_FLIGHT_BYTES_MAX
  }

  private async ask(waiting: Waiting): Promise<void> {
    try {
      const result = await this.access.watch('append', asked(this.answerTo(waiting)))
      this.settle(waiting, () => {
        waiting.answer(result)
      })
    } catch (error) {
      if (error instanceof StoreUnavailable) this.fault(error)
      this.settle(waiting, () => {
        waiting.refuse(error)
      })
    }
  }

  /** What comes after the append was given up is heard by nobody. */
  private answerTo(waiting: Waiting): Promise<AppendResult> {
    return Promise.race([this.call(waiting), waiting.silence.promise])
  }

  private async call({ stream, expected, events }: Append): Promise<AppendResult> {
    this.client ??= this.connect()
    return this.client.appendToStream(stream, events.map(toClientEvent), {
      expectedRevision: expected === 'noStream' ? NO_STREAM : BigInt(expected.revision),
      deadline: APPEND_DEADLINE_MS,
      ...(!this.leaveBatchLane && { credentials: this.credentials }),
    })
  }

  private giveUp(waiting: Waiting): void {
    const silent = new StoreUnavailable(`EventStoreDB did not answer an append within ${this.appendMsMax} ms`)
    if (this.inFlight.has(waiting)) {
      waiting.silence.reject(silent)
      return
    }
    this.queue = this.queue.filter(other => other !== waiting)
    this.settle(waiting, () => {
      waiting.refuse(silent)
    })
  }

  /** Gives an append its outcome. */
  private settle(waiting: Waiting, tell: () => void): void {
    waiting.patience.end()
    this.inFlight.delete(waiting)
    tell()
    if (this.faulty) this.replaceClient()
    this.send()
    this.settleIdle()
  }

  private fault(error: StoreUnavailable): void {
    this.faulty = true
    this.lost(error)
  }

  /** Nothing is sent meanwhile: a client is never disposed of while another append of this process waits. */
  private replaceClient(): void {
    if (this.replacing || this.inFlight.size > 0) return
    this.replacing = true
    const old = this.client
    this.client = undefined
    const ended = old ? endClient(old) : Promise.resolve()
    void ended.then(() => {
      this.replacing = false
      this.faulty = false
      this.send()
      this.settleIdle()
    })
  }

  private settleIdle(): void {
    if (this.closed && this.queue.length === 0 && this.inFlight.size === 0 && !this.replacing)
      this.idle.resolve()
  }
}
