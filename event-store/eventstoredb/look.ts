import { Line } from '../live/line.ts'
import { StoreUnavailable } from '../port.ts'
import type { Position } from '../port.ts'
import { typeOf } from './failures.ts'
import type { Nodes } from './nodes.ts'
import { fromPosition, toPosition } from './positions.ts'
import type { Recorded } from './records.ts'
import { follow } from './subscriptions.ts'
import type { Wanted } from './subscriptions.ts'

export interface LookListener {
  readonly found: (event: Recorded, position: Position) => void
  /** It goes on from the last record that was found, or begins. */
  readonly opened: () => void
  readonly lost: () => void
}

interface Waiting {
  readonly position: Position
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** Looks through the log for what one of the server's filters lets through, and then at what comes. */
export class Look {
  private readonly nodes: Nodes
  private readonly wanted: Wanted
  private readonly listener: LookListener
  private readonly line: Line
  private readonly waiting = new Set<Waiting>()
  /** How far was looked, as the server says: at the log's end it may say so of a record that it sends only later. */
  private reached: Position | undefined
  /** The last record that was found. Whatever lies before it was sent, so that it goes on from there. */
  private received: Position | undefined

  constructor(nodes: Nodes, wanted: Wanted, listener: LookListener) {
    this.nodes = nodes
    this.wanted = wanted
    this.listener = listener
    this.line = new Line(lost => this.open(lost))
  }

  start(): Promise<void> {
    return this.line.start()
  }

  async close(): Promise<void> {
    this.giveUp('the log is closed')
    await this.line.close()
  }

  /** Resolves once all up to a position was looked at. @throws StoreUnavailable where that can be no more */
  past(position: Position): Promise<void> {
    if (this.reached !== undefined && this.reached >= position) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.waiting.add({ position, resolve, reject })
    })
  }

  private async open(lost: () => void): Promise<() => Promise<unknown>> {
    this.reached = this.received
    const client = this.nodes.reading
    const from = this.received === undefined ? undefined : fromPosition(this.received)
    const hangUp = await follow(client, this.wanted, from, {
      found: ({ event }) => {
        if (!event) return
        const position = toPosition(event.position)
        this.listener.found(event, position)
        this.received = position
        this.advance(position)
      },
      reached: point => {
        this.advance(toPosition(point))
      },
      lost: error => {
        if (typeOf(error) === 'unknown') this.beginAnew()
        this.nodes.subscriptionLost(client)
        this.listener.lost()
        lost()
      },
    })
    this.listener.opened()
    return hangUp
  }

  private advance(position: Position): void {
    this.reached = position
    for (const waiting of this.waiting) {
      if (waiting.position > position) continue
      this.waiting.delete(waiting)
      waiting.resolve()
    }
  }

  /** The server does not know the place, or is another than before. */
  private beginAnew(): void {
    this.received = undefined
    this.giveUp('the server was looked through in vain: it does not know the place that was reached')
  }

  private giveUp(why: string): void {
    for (const { reject } of this.waiting) reject(new StoreUnavailable(why))
    this.waiting.clear()
  }
}
