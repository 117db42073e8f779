import { streamOf } from '../domain/shared/aggregate.ts'
import type { Aggregate } from '../domain/shared/aggregate.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import type { AppendResult, Log, RecordedEvent } from '../event-store/log.ts'
import { hashOf } from '../event-store/metadata.ts'
import { personalWalk } from '../event-store/personal-fields.ts'
import type { PersonalWalk } from '../event-store/personal-fields.ts'
import type { Expected, StoredEvent } from '../event-store/port.ts'
import { Lru } from './lru.ts'

/** What a command recorded in one stream, as its events there say. */
export interface RecordedHere {
  readonly inputHash: string | undefined
  readonly first: number
  readonly count: number
}

/** An aggregate as of the last event of its stream that was read. */
export interface Folded<S> {
  readonly state: S
  /** -1 for a stream that does not exist. */
  readonly revision: number
  readonly expected: Expected
  /** By command id: whether a command was done is found in the stream itself (PROTOCOL 3). */
  readonly commands: ReadonlyMap<string, RecordedHere>
}

/** A state to fold on from, stored beside the log for streams too long to fold whole each time (PROTOCOL 14). */
export interface SnapshotSource {
  /** Believed: its event was read back, and the command index has reached it. */
  find(
    aggregate: AnyAggregate,
    stream: string,
  ): Promise<{ readonly state: unknown; readonly revision: number; readonly expected: Expected } | undefined>
  /** A fold of so many events up to `last`; whether it is worth keeping is the source's to say. */
  offer(aggregate: AnyAggregate, state: unknown, last: StoredEvent, folded: number): void
}

/** Reads aggregates as they stand. */
export interface StreamReader {
  read<S, Ev extends DomainEvent>(aggregate: Aggregate<S, Ev>, id: string): Promise<Folded<S>>
}

export type AnyAggregate = Aggregate<unknown, DomainEvent>

/** Replaced as a whole when its stream grows: who decided on it keeps what it saw. */
interface Entry extends Folded<unknown> {
  readonly aggregate: AnyAggregate
  readonly commands: Map<string, RecordedHere>
}

const CACHED_STREAMS = 10_000

const note = (
  commands: Map<string, RecordedHere>,
  e: { commandId: string; inputHash: string | undefined; revision: number },
) => {
  const known = commands.get(e.commandId)
  commands.set(
    e.commandId,
    known ? { ...known, count: known.count + 1 } : { inputHash: e.inputHash, first: e.revision, count: 1 },
  )
}

/**
 * Reads aggregates, and remembers them folded. What is remembered is a hint: an append behind a stale state meets a
 * conflict, and its command reads again. Appends by other processes are noticed by `observe`.
 */
export class Streams {
  private readonly log: Log
  private readonly snapshots: SnapshotSource | undefined
  private readonly cache = new Lru<Entry>(CACHED_STREAMS)
  /** By type of event, whether one holds a clear text of a person: no state may keep it. */
  private readonly walks: ReadonlyMap<string, PersonalWalk>

  constructor(log: Log, snapshots?: SnapshotSource) {
    this.log = log
    this.snapshots = snapshots
    this.walks = new Map(
      log.codec.definitions.flatMap(({ type, data }) => {
        const walk = personalWalk(data)
        return walk ? [[type, walk] as const] : []
      }),
    )
  }

  /** The state of an aggregate; `fresh` reads the stream whatever is remembered. */
  async read<S, Ev extends DomainEvent>(
    aggregate: Aggregate<S, Ev>,
    id: string,
    fresh = false,
  ): Promise<Folded<S>> {
    const any = aggregate as unknown as AnyAggregate
    const stream = streamOf(aggregate, id)
    const known = fresh ? undefined : this.cache.get(stream)
    if (known?.aggregate === any) return known as Folded<S>
    const read = await this.fold(any, stream)
    // A slower read never replaces what is newer.
    const now = this.cache.peek(stream)
    if (!now || now.aggregate !== any || now.revision < read.revision) this.cache.set(stream, read)
    return read as Folded<S>
  }

  /** Events that a command recorded in a stream, read back. */
  async recorded(
    stream: string,
    { first, count }: { first: number; count: number },
  ): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = []
    if (count === 0) return events
    for await (const stored of this.log.store.readStream(stream, { from: first, limit: count }))
      events.push(this.log.decode(stored))
    return events
  }

  /** The same streams, read from the log whatever is remembered. */
  fresh(): StreamReader {
    return { read: (aggregate, id) => this.read(aggregate, id, true) }
  }

  /** Own events were appended behind the state read: the state moves with them. */
  appended(
    stream: string,
    events: readonly DomainEvent[],
    by: { commandId: string; inputHash: string | undefined },
    result: AppendResult,
  ): void {
    const entry = this.cache.peek(stream)
    if (
      !entry ||
      entry.revision !== result.revision - events.length ||
      events.some(event => this.holdsClearText(event))
    ) {
      this.cache.delete(stream)
      return
    }
    let { state, revision } = entry
    for (const event of events) {
      state = entry.aggregate.evolve(state, event)
      revision++
      note(entry.commands, { ...by, revision })
    }
    this.cache.set(stream, { ...entry, state, revision, expected: result.next })
  }

  /** An event of the log passed by: whatever lay before it is stale. */
  observe(event: StoredEvent): void {
    const entry = this.cache.peek(event.stream)
    if (!entry || entry.revision >= event.revision) return
    this.cache.delete(event.stream)
  }

  forget(stream: string): void {
    this.cache.delete(stream)
  }

  private holdsClearText({ type, data }: DomainEvent): boolean {
    let found = false
    this.walks.get(type)?.(data, clear => {
      found = true
      return clear
    })
    return found
  }

  private async fold(aggregate: AnyAggregate, stream: string): Promise<Entry> {
    const snapshot = await this.snapshots?.find(aggregate, stream)
    const commands = new Map<string, RecordedHere>()
    let state = snapshot ? snapshot.state : aggregate.initial
    let revision = snapshot?.revision ?? -1
    let expected: Expected = snapshot?.expected ?? 'noStream'
    let last: StoredEvent | undefined
    let folded = 0
    for await (const stored of this.log.store.readStream(stream, { from: revision + 1 })) {
      const event = this.log.decode(stored)
      const { commandId, inputHash } = event.metadata
      state = aggregate.evolve(state, event)
      revision = event.revision
      expected = { revision, hash: hashOf(stored.metadata) }
      note(commands, { commandId, inputHash, revision })
      last = stored
      folded++
    }
    if (last) this.snapshots?.offer(aggregate, state, last, folded)
    return { aggregate, state, revision, expected, commands }
  }
}
