import { MaxAppendSizeExceededError, WrongExpectedVersionError } from '@eventstore/db-client'
import type { AppendResult } from '@eventstore/db-client'
import { checkAppend, checkIds } from '../append-check.ts'
import { EventTooLarge, StoreUnavailable, StreamDamaged, WrongExpectedRevision } from '../port.ts'
import type { Appended, EventStore, Expected, NewEvent, Position } from '../port.ts'
import type { Appender } from './appender.ts'
import { typeOf } from './failures.ts'
import type { Heads } from './heads.ts'
import { toPosition } from './positions.ts'
import type { Reader } from './reader.ts'
import type { SameLog } from '../same-log.ts'
import type { Watch } from './watch.ts'

interface Parts {
  readonly appender: Appender
  readonly reader: Reader
  readonly heads: Heads
  readonly watch: Watch
  readonly same: SameLog
}

/**
 * Appends, in the port's words. The server knows revisions and ids, not hashes: the event that the append stands behind
 * is checked before, which is not too early, as an event at a revision never changes (PROTOCOL 31).
 */
export class Appends {
  private readonly parts: Parts
  private readonly underWay = new Set<Promise<Appended>>()
  private closed = false

  constructor(parts: Parts) {
    this.parts = parts
  }

  readonly append: EventStore['append'] = async (stream, expected, events) => {
    const bytes = checkAppend(stream, expected, events)
    checkIds(stream, expected, events)
    if (this.closed) throw new StoreUnavailable('the log is closed')
    const appending = this.appendChecked(stream, expected, events, bytes)
    this.underWay.add(appending)
    try {
      return await appending
    } finally {
      this.underWay.delete(appending)
    }
  }

  /** Waits for what was asked before. */
  async close(): Promise<void> {
    this.closed = true
    await Promise.allSettled(this.underWay)
    await this.parts.appender.close()
  }

  private async appendChecked(
    stream: string,
    expected: Expected,
    events: readonly NewEvent[],
    bytes: number,
  ): Promise<Appended> {
    const { appender, reader, heads, watch, same } = this.parts
    await same.confirm()
    const damage = watch.damageTo(stream)
    if (damage) throw damage
    await checkHead(reader, stream, expected)
    const learn = heads.learner()
    const result = await appender.append(stream, expected, events, bytes).catch((error: unknown) => {
      throw refusalOf(error, stream, expected, { events: events.length, bytes })
    })
    const appended = await outcomeOf(reader, stream, lastRevision(expected, events), result)
    const { id, metadata } = events.at(-1) as NewEvent
    learn({ stream, revision: appended.revision, metadata })
    same.know({ position: appended.position, id })
    return appended
  }
}

const lastRevision = (expected: Expected, events: readonly NewEvent[]): number =>
  (expected === 'noStream' ? -1 : expected.revision) + events.length

const checkHead = async (reader: Reader, stream: string, expected: Expected): Promise<void> => {
  if (expected === 'noStream') return
  const hash = await reader.hashAt(stream, expected.revision)
  // Where there is no event there, the server says so better.
  if (hash === undefined || hash === expected.hash) return
  throw new WrongExpectedRevision(stream, expected.revision, await currentRevision(reader, stream))
}

const currentRevision = async (reader: Reader, stream: string): Promise<number | 'noStream'> => {
  for await (const last of reader.readStream(stream, { direction: 'backwards', limit: 1 }))
    return last.revision
  return 'noStream'
}

const outcomeOf = async (
  reader: Reader,
  stream: string,
  revision: number,
  { nextExpectedRevision, position }: AppendResult,
): Promise<Appended> => {
  // A stream that was deleted goes on with its numbering, under events that say another.
  if (nextExpectedRevision !== BigInt(revision))
    throw new StreamDamaged(stream, `revision ${revision} was appended as ${nextExpectedRevision}`)
  return { revision, position: position ? toPosition(position) : await positionOf(reader, stream, revision) }
}

const positionOf = async (reader: Reader, stream: string, revision: number): Promise<Position> => {
  for await (const event of reader.readStream(stream, { from: revision, limit: 1 })) return event.position
  throw new StoreUnavailable(`stream ${stream}: revision ${revision} was acknowledged and is not there yet`)
}

const refusalOf = (
  error: unknown,
  stream: string,
  expected: Expected,
  size: { readonly events: number; readonly bytes: number },
): unknown => {
  if (error instanceof WrongExpectedVersionError) {
    const actual = error.actualVersion === 'no_stream' ? 'noStream' : Number(error.actualVersion)
    return new WrongExpectedRevision(stream, expected === 'noStream' ? expected : expected.revision, actual)
  }
  if (error instanceof MaxAppendSizeExceededError) return new EventTooLarge(stream, size.events, size.bytes)
  if (typeOf(error) === 'stream-deleted') return new StreamDamaged(stream, 'was ended for ever on the server')
  return error
}
