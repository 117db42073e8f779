import { isForeign } from '../foreign.ts'
import { StreamDamaged } from '../port.ts'
import type { Danger, Position, StoredEvent } from '../port.ts'
import { asked } from './client.ts'
import { dangerOf, destroys, foreignIn, metadataStreamOf, streamConcerned } from './dangers.ts'
import { typeOf } from './failures.ts'
import { Look } from './look.ts'
import type { Nodes } from './nodes.ts'
import { toPosition } from './positions.ts'
import type { Recorded, Records } from './records.ts'
import { LOOKED_AT_MOST, metadataOfStreams, typesOfTheServer } from './subscriptions.ts'

export interface WatchListener {
  /** Something was done to a stream that a log must not suffer. */
  readonly endangered: (danger: Danger) => void
  /** The link to the server was lost: it may be another that answers next. */
  readonly lost: () => void
}

/** Records that are read at the log's end: more than a server may keep to itself of how far it has looked. */
const NEWEST = 2 * LOOKED_AT_MOST

/** The type of what a server's projections write beside every event. */
const LINK = '$>'

/**
 * Watches what is done to streams on the server itself: the server filters, so that it costs nothing while nothing
 * happens, and 2 million records a second while it looks through a log that was there before.
 *
 * What a server says of how far it has looked does not cover its newest records, or covers one of them too early, so
 * these are read.
 */
export class Watch {
  private readonly records: Records
  private readonly listener: WatchListener
  private readonly looks: readonly Look[]
  /**
   * The newest word on a stream, by the stream it stands in: what a stream's metadata say is taken back by others, what
   * stands in the stream itself is not. Without a danger where it was taken back.
   */
  private readonly found = new Map<string, { readonly at: Position; readonly danger: Danger | undefined }>()
  /** Whether all that the log held was looked at, and nothing was missed since. */
  private complete = false
  /** Whether links of the server's projections are among its newest records. */
  projects = false
  /** How often a link was lost: what was looked at before says nothing of what happened meanwhile. */
  private losses = 0
  private lossesCaughtUp = 0

  constructor(nodes: Nodes, records: Records, listener: WatchListener) {
    this.records = records
    this.listener = listener
    const told = {
      found: (event: Recorded, position: Position) => {
        this.consider(event, position)
      },
      opened: () => {
        this.catchUp()
      },
      lost: () => {
        this.losses++
        this.complete = false
        listener.lost()
      },
    }
    this.looks = [metadataOfStreams, typesOfTheServer].map(wanted => new Look(nodes, wanted, told))
  }

  async start(): Promise<void> {
    await Promise.all(this.looks.map(look => look.start()))
  }

  async close(): Promise<void> {
    await Promise.all(this.looks.map(look => look.close()))
  }

  /** Resolves once all that the log holds at this moment was looked at. @throws StoreUnavailable */
  async lookAtAll(): Promise<void> {
    const { losses } = this
    const oldest = await this.readNewest()
    if (oldest !== undefined) await Promise.all(this.looks.map(look => look.past(oldest)))
    if (losses === this.losses) this.complete = true
  }

  /** As far as was looked. */
  dangers(): Danger[] {
    return [...this.found.values()].flatMap(({ danger }) => danger ?? [])
  }

  /** What was done to a stream, as far as it is known. */
  damageTo(stream: string): StreamDamaged | undefined {
    const danger = this.found.get(stream)?.danger ?? this.found.get(metadataStreamOf(stream))?.danger
    return danger && destroys(danger) ? new StreamDamaged(stream, danger.sentence.en) : undefined
  }

  /** What became of a stream of which the server shows no events, or fewer than were asked for. */
  async destroyed(stream: string): Promise<StreamDamaged | undefined> {
    if (!this.complete) await this.look(stream)
    return this.damageTo(stream)
  }

  /**
   * Whoever reads the log comes upon a record that nobody of ours wrote, and that the server's filters do not know: of a
   * stream that is told once.
   */
  meet(event: StoredEvent): void {
    if (this.found.has(event.stream)) return
    this.note(event.stream, event.position, foreignIn(event.stream, event))
  }

  /** Looks at what happened while a link was lost. Where that fails, who asks for a stream looks for himself. */
  private catchUp(): void {
    if (this.lossesCaughtUp === this.losses) return
    this.lossesCaughtUp = this.losses
    this.lookAtAll().catch(() => undefined)
  }

  /** @returns the oldest of the newest records, where others lie before it */
  private async readNewest(): Promise<Position | undefined> {
    const newest = await asked(this.records.all('backwards', 'end', NEWEST))
    this.projects = newest.some(({ own }) => own?.type === LINK)
    for (const { own, event, position } of newest.toReversed()) {
      if (own) this.consider(own, position)
      else if (isForeign(event)) this.meet(event)
    }
    return newest.length < NEWEST ? undefined : newest.at(-1)?.position
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
    const before = this.found.get(event.streamId)
    if (before && before.at >= position) return
    this.note(event.streamId, position, dangerOf(stream, event))
  }

  private note(streamId: string, at: Position, danger: Danger | undefined): void {
    this.found.set(streamId, { at, danger })
    if (danger) this.listener.endangered(danger)
  }
}
