import type { Batch, NewEvent, Position, StoredEvent } from '../port.ts'
import { fromPosition, toPosition } from './positions.ts'

/** What is kept of the log's end: enough for readers that keep up, and never much memory. */
const EVENTS_MAX = 2_000
const CHARACTERS_MAX = 4 * 1024 * 1024

/** Events of one flush as the writer knows them, behind position `top`. */
export interface Flushed {
  readonly top: number
  readonly events: readonly (NewEvent & { readonly stream: string; readonly revision: number })[]
}

/** Reads the page behind a position. */
type ReadPage = (after: Position) => Promise<Batch>

const lengthOf = ({ data, metadata }: StoredEvent): number => data.length + metadata.length

/**
 * The newest events of the log, shared by all live readers of this process: one read serves them all, and what this
 * process appended itself is not read at all. Positions are dense and given under one lock, so events that stand
 * directly behind the last one known are the next ones for ever (PROTOCOL 31). Where another process wrote between,
 * the log is read; who is behind what is kept reads the log by himself.
 */
export class Tail {
  private readonly readPage: ReadPage
  private events: StoredEvent[] = []
  private characters = 0
  /** Position of the last event kept; undefined until a reader has met the end. */
  private last: number | undefined
  /** Grows whenever the log may hold more than is known here. */
  private doubts = 1
  private settled = 0
  private filling: Promise<void> | undefined

  constructor(readPage: ReadPage) {
    this.readPage = readPage
  }

  /** Somebody else may have appended. */
  doubt(): void {
    this.doubts++
  }

  /** A reader met the end of the log, there. What is kept begins here where it does not reach so far. */
  meet(position: Position): void {
    const at = fromPosition(position)
    if (this.last !== undefined && at <= this.last) return
    this.forget()
    this.last = at
    this.doubt()
  }

  /** This process appended, and was told so. */
  flushed({ top, events }: Flushed): void {
    if (this.last === undefined || events.length === 0) return
    if (top + events.length <= this.last) return
    if (top > this.last) this.doubt()
    else this.add(events.map((event, i) => ({ ...event, position: toPosition(top + 1 + i) })))
  }

  /**
   * What lies behind a position, as far as the log is known now; undefined where that is not kept.
   * @throws StoreUnavailable
   */
  async after(
    position: Position,
    batchSize: number,
    prefixes?: readonly string[],
  ): Promise<Batch | undefined> {
    if (this.covers(position) && this.settled !== this.doubts) await this.fill()
    if (!this.covers(position)) return undefined
    const last = this.last ?? 0
    const first = this.events.length - (last - fromPosition(position))
    const some = this.events.slice(first, first + batchSize)
    const events = prefixes ? some.filter(e => prefixes.some(prefix => e.stream.startsWith(prefix))) : some
    const reached = some.at(-1)?.position ?? position
    return { events, position: reached, caughtUp: first + some.length === this.events.length }
  }

  private covers(position: Position): boolean {
    if (this.last === undefined) return false
    const at = fromPosition(position)
    return at <= this.last && at >= this.last - this.events.length
  }

  /** One read, however many wait for it. */
  private fill(): Promise<void> {
    this.filling ??= this.read().finally(() => {
      this.filling = undefined
    })
    return this.filling
  }

  private async read(): Promise<void> {
    const { doubts } = this
    const page = await this.readPage(toPosition(this.last ?? 0))
    this.add(page.events)
    if (page.caughtUp) this.settled = doubts
  }

  /** Events that follow one another; those known already are passed over. */
  private add(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const at = fromPosition(event.position)
      if (at <= (this.last ?? 0)) continue
      // Never in a log of ours; what is kept is found by counting.
      if (at !== (this.last ?? 0) + 1) this.forget()
      this.events.push(event)
      this.characters += lengthOf(event)
      this.last = at
    }
    this.trim()
  }

  private forget(): void {
    this.events = []
    this.characters = 0
  }

  private trim(): void {
    if (this.events.length <= EVENTS_MAX && this.characters <= CHARACTERS_MAX) return
    let drop = 0
    // Half of it goes at a time, so that not every append moves what is kept.
    while (
      this.events.length - drop > EVENTS_MAX / 2 ||
      (this.characters > CHARACTERS_MAX / 2 && drop < this.events.length)
    )
      this.characters -= lengthOf(this.events[drop++] as StoredEvent)
    this.events.splice(0, drop)
  }
}
