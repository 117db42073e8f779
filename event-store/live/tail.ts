import type { Batch, Position, StoredEvent } from '../port.ts'

/** What is kept of the log's end: enough for readers that keep up, and never much memory. */
const EVENTS_MAX = 2_000
const CHARACTERS_MAX = 4 * 1024 * 1024

/** Reads the page behind a position. */
type ReadPage = (after: Position) => Promise<Batch>

const lengthOf = ({ data, metadata }: StoredEvent): number => data.length + metadata.length

/** What is kept: the events that stand directly behind `from`, up to `last`. */
interface Kept {
  readonly from: Position
  readonly last: Position
}

/**
 * The newest events of the log, shared by all live readers of this process: one read serves them all, and what this
 * process appended itself is not read at all where the store can tell that nothing stands between. Order is final
 * (PROTOCOL 31), so events that stand directly behind the last one known are the next ones for ever. Where another
 * process wrote between, the log is read; who is behind what is kept reads the log by himself.
 */
export class Tail {
  private readonly readPage: ReadPage
  private events: StoredEvent[] = []
  private characters = 0
  /** Undefined until a reader has met the end. */
  private kept: Kept | undefined
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
    if (this.kept && position <= this.kept.last) return
    this.events = []
    this.characters = 0
    this.kept = { from: position, last: position }
    this.doubt()
  }

  /** This process appended, and was told that these events stand directly behind `after`. */
  appended(after: Position, events: readonly StoredEvent[]): void {
    if (!this.kept) return
    if (after > this.kept.last) this.doubt()
    else this.add(events)
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
    const first = this.indexBehind(position)
    const some = this.events.slice(first, first + batchSize)
    const events = prefixes ? some.filter(e => prefixes.some(prefix => e.stream.startsWith(prefix))) : some
    const reached = some.at(-1)?.position ?? position
    return { events, position: reached, caughtUp: first + some.length === this.events.length }
  }

  private covers(position: Position): boolean {
    return this.kept !== undefined && position >= this.kept.from && position <= this.kept.last
  }

  /** Index of the first event kept behind a position. */
  private indexBehind(position: Position): number {
    let low = 0
    let high = this.events.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.events[middle] as StoredEvent).position <= position) low = middle + 1
      else high = middle
    }
    return low
  }

  /** One read, however many wait for it. */
  private fill(): Promise<void> {
    this.filling ??= this.read().finally(() => {
      this.filling = undefined
    })
    return this.filling
  }

  private async read(): Promise<void> {
    const { doubts, kept } = this
    if (!kept) return
    const page = await this.readPage(kept.last)
    this.add(page.events)
    if (page.caughtUp) this.settled = doubts
  }

  /** Events that follow one another; those known already are passed over. */
  private add(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (!this.kept || event.position <= this.kept.last) continue
      this.events.push(event)
      this.characters += lengthOf(event)
      this.kept = { ...this.kept, last: event.position }
    }
    this.trim()
  }

  private trim(): void {
    if (!this.kept || (this.events.length <= EVENTS_MAX && this.characters <= CHARACTERS_MAX)) return
    let drop = 0
    // Half of it goes at a time, so that not every append moves what is kept.
    while (
      this.events.length - drop > EVENTS_MAX / 2 ||
      (this.characters > CHARACTERS_MAX / 2 && drop < this.events.length)
    )
      this.characters -= lengthOf(this.events[drop++] as StoredEvent)
    const dropped = this.events.splice(0, drop)
    this.kept = { ...this.kept, from: dropped.at(-1)?.position ?? this.kept.from }
  }
}
