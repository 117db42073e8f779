import type { Codec } from '../../event-store/codec.ts'
import { readMetadata } from '../../event-store/foreign.ts'
import type { Metadata } from '../../event-store/metadata.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import type { RecordedEvent } from '../definition.ts'

/**
 * A stored event as projections see it. Metadata and data are decoded once, at their first use: in a rebuild most
 * projections ask neither of most events. What cannot be decoded throws there, inside the fold that asked, and so
 * stops exactly the projections that need it.
 */
class LazyEvent implements RecordedEvent {
  readonly type: string
  readonly stream: string
  readonly revision: number
  readonly id: string
  readonly ordinal: number
  private readonly codec: Codec
  private readonly stored: StoredEvent
  private decoded: { readonly data: unknown } | undefined
  private read: Metadata | undefined

  constructor(codec: Codec, stored: StoredEvent, ordinal: number) {
    this.type = stored.type
    this.stream = stored.stream
    this.revision = stored.revision
    this.id = stored.id
    this.ordinal = ordinal
    this.codec = codec
    this.stored = stored
  }
  private get metadata(): Metadata {
    return (this.read ??= readMetadata(this.stored))
  }
  get data(): unknown {
    return (this.decoded ??= this.codec.decodeStored(this.stored, this.metadata.schemaVersion)).data
  }
  /** Whether the stored text holds this anywhere. */
  mentions(text: string): boolean {
    return this.stored.data.includes(text)
  }
  get recordedAt(): string {
    return this.metadata.recordedAt
  }
  get actor(): string {
    return this.metadata.actor
  }
  get permission(): string | undefined {
    return this.metadata.permission
  }
  get reason(): string | undefined {
    return this.metadata.reason
  }
  get origin(): string {
    return this.metadata.origin
  }
  get commandId(): string {
    return this.metadata.commandId
  }
  get inputHash(): string | undefined {
    return this.metadata.inputHash
  }
  get correlationId(): string {
    return this.metadata.$correlationId
  }
  get causationId(): string | undefined {
    return this.metadata.$causationId
  }
}

/** @param ordinal the event's place in the log, counted from 1 */
export const recorded = (codec: Codec, stored: StoredEvent, ordinal: number): RecordedEvent =>
  new LazyEvent(codec, stored, ordinal)

/** Whether an event may hold protected fields: most say no by their text, before anything is decoded or walked. */
export const mayHoldProtected = (event: RecordedEvent): boolean =>
  !(event instanceof LazyEvent) || event.mentions('"$protected"')

/**
 * Gives an event what a stage found. In place: a copy of each event would cost more than its fold, and a stage says
 * the same of an event whenever it is asked.
 */
export const enrich = (event: RecordedEvent, more: object): RecordedEvent => Object.assign(event, more)

/** The same event with other data: the rest is read through to the original. */
export const withData = (event: RecordedEvent, data: unknown): RecordedEvent =>
  Object.create(event, { data: { value: data } }) as RecordedEvent
