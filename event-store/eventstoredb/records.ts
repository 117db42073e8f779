import { BACKWARDS, END, FORWARDS, START as FIRST } from '@eventstore/db-client'
import type { AllStreamResolvedEvent, RecordedEvent } from '@eventstore/db-client'
import type { Access } from './access.ts'
import { everythingOf } from './client.ts'
import type { Call } from './client.ts'
import type { Nodes } from './nodes.ts'
import { toPosition } from './positions.ts'
import type { Point } from './positions.ts'
import type { Position, ReadStreamOptions, StoredEvent } from '../port.ts'

export type Direction = NonNullable<ReadStreamOptions['direction']>
export type Recorded = RecordedEvent

/** A record of the server's log: an event of ours, or one of its own. */
export type LogRecord = { readonly position: Position } & (
  | { readonly event: StoredEvent; readonly own?: undefined }
  | { readonly event?: undefined; readonly own: Recorded }
)

const toRecord = (event: Recorded & { readonly position: Point }): LogRecord => {
  const position = toPosition(event.position)
  return isSystem(event) ? { position, own: event } : { position, event: toEvent(event, position) }
}

/** The texts as they were sent: T is what JSON.stringify makes of what JSON.parse reads (PROTOCOL 1). */
export const toEvent = (event: Recorded, position: Position): StoredEvent => ({
  stream: event.streamId,
  revision: Number(event.revision),
  position,
  id: event.id,
  type: event.type,
  data: JSON.stringify(event.data),
  metadata: JSON.stringify(event.metadata ?? {}),
})

type Mark = Pick<Recorded, 'streamId' | 'type' | 'revision'>

/** The revision by which the server marks that a stream was ended for ever: nobody else can write there. */
const ENDED_AT = 2n ** 63n - 1n

export const isTombstone = ({ type, revision }: Mark): boolean =>
  type === '$streamDeleted' && revision === ENDED_AT

/**
 * A record of the server's own: of a stream in '$', or the mark that a stream was ended. Whatever else stands in a stream
 * of ours was written by somebody, also where its type begins as the server's do.
 */
export const isSystem = (record: Mark): boolean => record.streamId.startsWith('$') || isTombstone(record)

export interface RecordsParts {
  readonly nodes: Nodes
  readonly access: Access
  /** Ends what is under way. */
  readonly closing: AbortSignal
  readonly answerMsMax: number
}

/** Reads a bounded number of records, and always to the end of the call. @throws what the client throws */
export class Records {
  private readonly nodes: Nodes
  private readonly access: Access
  private readonly closing: AbortSignal
  private readonly answerMsMax: number

  constructor({ nodes, access, closing, answerMsMax }: RecordsParts) {
    this.nodes = nodes
    this.access = access
    this.closing = closing
    this.answerMsMax = answerMsMax
  }

  /** Of the whole log: forwards with the record at the point, backwards with what lies before it. */
  async all(
    direction: Direction,
    from: Point | typeof FIRST | typeof END,
    maxCount: number,
  ): Promise<LogRecord[]> {
    const call = this.nodes.reading.readAll({
      direction: directions[direction],
      fromPosition: from,
      maxCount,
    })
    return this.everythingOf(call as Call<AllStreamResolvedEvent>, ({ event }) => event && toRecord(event))
  }

  /** Of one stream, the revision included in both directions; from its first, or last backwards, where there is none. */
  async stream(
    name: string,
    direction: Direction,
    from: number | undefined,
    maxCount: number,
  ): Promise<Recorded[]> {
    const outermost = direction === 'forwards' ? FIRST : END
    const fromRevision = from === undefined ? outermost : BigInt(from)
    const call = this.nodes.reading.readStream(name, {
      direction: directions[direction],
      fromRevision,
      maxCount,
    })
    return this.everythingOf(call as Call<{ event?: Recorded }>, ({ event }) => event)
  }

  private everythingOf<E, T>(call: Call<E>, take: (event: E) => T | undefined): Promise<T[]> {
    const { closing: signal, answerMsMax } = this
    return this.access.watch('read', everythingOf(call, { signal, answerMsMax, take }))
  }
}

const directions = { forwards: FORWARDS, backwards: BACKWARDS } as const
