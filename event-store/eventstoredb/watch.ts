import type { EventStoreDBClient } from '@eventstore/db-client'
import { Line } from '../live/line.ts'
import { StreamDamaged } from '../port.ts'
import type { Danger, Position } from '../port.ts'
import { asked } from './client.ts'
import { dangerOf, metadataStreamOf, streamConcerned } from './dangers.ts'
import { typeOf } from './failures.ts'
import { fromPosition, toPosition } from './positions.ts'
import type { Recorded, Records } from './records.ts'
import { LOOKED_AT_MOST, followDestruction } from './subscriptions.ts'

export interface WatchListener {
  /** Something was done to a stream that a log must not suffer. */
  readonly endangered: (danger: Danger) => void
  /** The link to the server was lost: it may be another that answers next. */
  readonly lost: () => void
}

/**
 * Watches what is done to streams on the server itself: the server filters, so that it costs nothing while nothing
 * happens, and 2 million records a second while it looks through a log that was there before.
 *
 * What a server says of how far it has looked does not cover its newest records, so these are read.
 */
export class Watch {
  private readonly client: EventStoreDBClient
  private readonly records: Records
  private readonly listener: WatchListener
  private readonly line: Line
  /** By stream, the newest word on it; without a danger where that was taken back. */
  private readonly found = new Map<string, { readonly at: Position; readonly danger: Danger | undefined }>()
  private reached: Position | undefined
  /** The oldest of the newest records, which were read: who has looked as far has looked at all. */
  private read: Position | undefined
  private readonly whole = Promise.withResolvers<void>()
  private complete = false

  constructor(client: EventStoreDBClient, records: Records, listener: WatchListener) {
    this.client = client
    this.records = records
    this.listener = listener
    this.line = new Line(lost => this.open(lost))
  }

  start(): Promise<void> {
    return this.line.start()
  }

  close(): Promise<void> {
    return this.line.close()
  }

  /** Resolves once all that the log held was looked at. */
  lookedAtAll(): Promise<void> {
    return this.whole.promise
  }

  dangers(): Danger[] {
    return [...this.found.values()].flatMap(({ danger }) => danger ?? [])
  }

  /** What was done to a stream, as far as it is known. */
  damageTo(stream: string): StreamDamaged | undefined {
    const danger = this.found.get(stream)?.danger
    return danger && new StreamDamaged(stream, danger.sentence.en)
  }

  /** What became of a stream that the server does not find. */
  async destroyed(stream: string): Promise<StreamDamaged | undefined> {
    if (!this.complete) await this.look(stream)
    return this.damageTo(stream)
  }

  private async open(lost: () => void): Promise<() => Promise<unknown>> {
    if (!this.complete) await this.readNewest()
    const from = this.reached === undefined ? undefined : fromPosition(this.reached)
    return followDestruction(this.client, from, {
      found: ({ event }) => {
        if (!event) return
        const position = toPosition(event.position)
        this.consider(event, position)
        this.advance(position)
      },
      reached: point => {
        this.advance(toPosition(point))
      },
      lost: error => {
        if (typeOf(error) === 'unknown') this.beginAgain()
        this.listener.lost()
        lost()
      },
    })
  }

  private async readNewest(): Promise<void> {
    const newest = await asked(this.records.all('backwards', 'end', 2 * LOOKED_AT_MOST))
    for (const { own, position } of newest.toReversed()) if (own) this.consider(own, position)
    this.read = newest.at(-1)?.position
    if (newest.length < 2 * LOOKED_AT_MOST) this.finish()
  }

  private advance(position: Position): void {
    this.reached = position
    if (this.read !== undefined && position >= this.read) this.finish()
  }

  /** A place that this server does not know: it is another than before. */
  private beginAgain(): void {
    this.reached = undefined
    this.complete = false
    this.found.clear()
  }

  private finish(): void {
    this.complete = true
    this.whole.resolve()
  }

  private async look(stream: string): Promise<void> {
    const metadata = await asked(
      this.records.stream(metadataStreamOf(stream), 'backwards', undefined, 1),
    ).catch((error: unknown): Recorded[] => {
      if (typeOf(error) === 'stream-not-found') return []
      throw error
    })
    const [event] = metadata
    if (event?.position) this.consider(event, toPosition(event.position))
  }

  private consider(event: Recorded, position: Position): void {
    const stream = streamConcerned(event)
    if (stream === undefined) return
    const before = this.found.get(stream)
    if (before && before.at >= position) return
    const danger = dangerOf(stream, event)
    this.found.set(stream, { at: position, danger })
    if (danger) this.listener.endangered(danger)
  }
}
