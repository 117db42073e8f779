import { END_OF_STREAM, judge, type Expected, type StreamView } from './append-rules.ts'
import type { Entry, Journal, Proposed } from './journal.ts'

/** A place in the log. An event is found by both: events of one append share their commit. */
export type Position = { readonly commit: bigint; readonly prepare: bigint }

export type LogEvent = Proposed & {
  readonly stream: string
  readonly revision: bigint
  /** Ticks of 100 ns since 1970. */
  readonly created: bigint
  readonly position: Position
}

export type Outcome =
  | { readonly result: 'success'; readonly revision: bigint; readonly position: Position | undefined }
  | { readonly result: 'wrong version'; readonly current: bigint | undefined }
  | { readonly result: 'deleted' }

/** Bytes a record takes beside its contents: any number does, it keeps positions apart. */
const RECORD_OVERHEAD = 77n
/** Below the millisecond, where the client cuts off. */
const TICKS_BELOW_MS = 6_789n

export const metastreamOf = (stream: string): string => `$$${stream}`

/** How an event counts towards the limit of an append. */
export const sizeOnDisk = ({ type, data, metadata }: Proposed): number =>
  data.length + metadata.length + 2 * type.length

export const comparePositions = (a: Position, b: Position): number =>
  Number(a.commit === b.commit ? a.prepare - b.prepare : a.commit - b.commit)

/**
 * All events in their order, by stream and by position. Nothing is ever scavenged: `$tb` hides events from their
 * stream, `$maxAge` and `$maxCount` are stored and have no effect.
 */
export class Log {
  readonly all: LogEvent[] = []
  readonly #streams = new Map<string, LogEvent[]>()
  /** Ids appended since the server started, by stream; the real server forgets them when it restarts, too. */
  readonly #recent = new Map<string, bigint>()
  readonly #listeners = new Set<(events: readonly LogEvent[]) => void>()
  readonly #journal: Journal
  readonly #now: () => number
  #end = 0n

  constructor(journal: Journal, now: () => number) {
    this.#journal = journal
    this.#now = now
    for (const entry of journal.entries) this.#apply(entry)
  }

  stream(name: string): readonly LogEvent[] {
    return this.#streams.get(name) ?? []
  }

  isTombstoned(name: string): boolean {
    return this.stream(name).at(-1)?.revision === END_OF_STREAM
  }

  isSoftDeleted(name: string): boolean {
    return this.truncatedBefore(name) === END_OF_STREAM
  }

  /**
   * The first revision of a stream that may be read: the last record beside it says so where it is JSON, whatever its
   * type. Read as text: JSON numbers do not hold the greatest.
   */
  truncatedBefore(name: string): bigint {
    const metadata = this.stream(metastreamOf(name)).at(-1)
    const found =
      metadata?.json === true ? /"\$tb"\s*:\s*(\d+)/.exec(Buffer.from(metadata.data).toString()) : undefined
    return BigInt(found?.[1] ?? 0)
  }

  append(name: string, expected: Expected, events: readonly Proposed[]): Outcome {
    const verdict = this.#judge(
      name,
      expected,
      events.map(e => e.id),
    )
    if (verdict.verdict === 'repeated') return this.#success(name, verdict.revision)
    if (verdict.verdict !== 'append') return this.#refusal(name, verdict.verdict)
    if (events.length === 0) return { result: 'success', revision: 0n, position: undefined }
    const first = BigInt(this.stream(name).length)
    if (this.isSoftDeleted(name)) this.#truncate(name, first)
    return this.#commit(name, first, events)
  }

  /** Hides the events of a stream; the next append goes on with its numbering. */
  softDelete(name: string, expected: Expected): Outcome {
    const { verdict } = this.#judge(name, expected, [])
    if (verdict !== 'append') return this.#refusal(name, verdict)
    return this.#truncate(name, END_OF_STREAM)
  }

  /** Ends a stream for ever. */
  tombstone(name: string, expected: Expected): Outcome {
    const { verdict } = this.#judge(name, expected, [])
    if (verdict !== 'append') return this.#refusal(name, verdict)
    return this.#commit(name, END_OF_STREAM, [proposed('$streamDeleted', {})])
  }

  /** Index in `all` of the first event at a position or behind it. */
  indexOf(position: Position): number {
    let [low, high] = [0, this.all.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (comparePositions(this.all[middle]!.position, position) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Whether an event lies there, or nothing yet: behind the end, reading finds nothing and is no error. */
  isReadable(position: Position): boolean {
    const event = this.all[this.indexOf(position)]
    return event === undefined || comparePositions(event.position, position) === 0
  }

  /** Calls back with the events of each append, until the returned function is called. */
  onAppended(listener: (events: readonly LogEvent[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #judge(name: string, expected: Expected, ids: readonly string[]) {
    const stored = this.stream(name)
    const view: StreamView = {
      current: stored.at(-1)?.revision ?? -1n,
      softDeleted: this.isSoftDeleted(name),
      hasMetadata: this.stream(metastreamOf(name)).length > 0,
      idAt: revision => stored[Number(revision)]?.id,
      recent: id => this.#recent.get(`${name}/${id}`),
    }
    return judge(view, expected, ids)
  }

  #refusal(name: string, verdict: 'wrong version' | 'deleted' | 'repeated'): Outcome {
    if (verdict === 'deleted') return { result: 'deleted' }
    return { result: 'wrong version', current: this.stream(name).at(-1)?.revision }
  }

  #success(name: string, revision: bigint): Outcome {
    const event = this.stream(name).findLast(e => e.revision === revision)
    return { result: 'success', revision, position: event?.position }
  }

  #truncate(name: string, before: bigint): Outcome {
    const metadata = proposed('$metadata', `{"$tb":${before}}`)
    const meta = metastreamOf(name)
    return this.#commit(meta, BigInt(this.stream(meta).length), [metadata])
  }

  #commit(stream: string, revision: bigint, events: readonly Proposed[]): Outcome {
    const created = BigInt(this.#now()) * 10_000n + TICKS_BELOW_MS
    const entry = { stream, revision, created, events }
    this.#journal.add(entry)
    const added = this.#apply(entry)
    for (const { id, revision: at } of added) this.#recent.set(`${stream}/${id}`, at)
    for (const listener of this.#listeners) listener(added)
    return this.#success(stream, added.at(-1)!.revision)
  }

  #apply({ stream, revision, created, events }: Entry): readonly LogEvent[] {
    const prepares = events.map(event => {
      const at = this.#end
      this.#end += RECORD_OVERHEAD + BigInt(sizeOnDisk(event))
      return at
    })
    const commit = this.#end
    this.#end += RECORD_OVERHEAD
    const added = events.map((event, i) => ({
      ...event,
      stream,
      revision: revision + BigInt(i),
      created,
      position: { commit, prepare: prepares[i]! },
    }))
    this.all.push(...added)
    const stored = this.#streams.get(stream)
    if (stored) stored.push(...added)
    else this.#streams.set(stream, [...added])
    return added
  }
}

/** An event that the server itself writes. */
export const proposed = (type: string, data: object | string): Proposed => ({
  id: crypto.randomUUID(),
  type,
  json: true,
  data: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)),
  metadata: Buffer.alloc(0),
})
