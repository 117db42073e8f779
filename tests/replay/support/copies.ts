import { chain, firstPrevHash } from '../../../event-store/chain.ts'
import { decodeMetadata, hashOf } from '../../../event-store/metadata.ts'
import type { EventStore, StoredEvent } from '../../../event-store/port.ts'
import { createCodec } from '../../../event-store/codec.ts'
import { eventDefinitions } from '../../../domain/events.ts'
import { projections } from '../../../projections/all.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { verify } from '../../../replay/verify.ts'
import type { Verification, VerifyOptions } from '../../../replay/verify.ts'
import { openTestLog } from '../../support/open-log.ts'
import type { OpenedLog } from '../../support/open-log.ts'
import { wholeLog } from '../../support/test-events.ts'
import { OPENED_AT, openTrade, playTwoMonths } from './trade.ts'
import type { TwoMonths } from './trade.ts'

export const codec = createCodec(eventDefinitions)

/** A log on PostgreSQL with its read models, played once by commands. */
export interface Original extends TwoMonths, OpenedLog {
  readonly events: readonly StoredEvent[]
  /** Verifies the log and the read models as they are stored. */
  verifyStored(options?: VerifyOptions): Promise<Verification>
}

export const playOriginal = async (): Promise<Original> => {
  const opened = await openTestLog({ openedAt: OPENED_AT })
  const { log, vault, store, databaseUrl } = opened
  const trade = await openTrade(opened)
  const played = await playTwoMonths(trade, opened).finally(() => trade.stop())
  const reveal = (fields: Parameters<typeof vault.reveal>[1]) => vault.reveal(log.id, fields)
  const readModels = { databaseUrl, projections, reveal }
  await rebuild({ ...readModels, store, codec })
  return {
    ...played,
    ...opened,
    events: await wholeLog(store),
    verifyStored: options => verify({ store, codec, vault, readModels }, options),
  }
}

const unused = (): never => {
  throw new Error('a replay reads, and does nothing else')
}

/** A log that can only be read: what a replay needs, and whatever somebody did to it. */
export const logOf = (events: readonly StoredEvent[]): EventStore => ({
  append: unused,
  subscribe: unused,
  async *readStream(stream, { limit = Infinity } = {}) {
    yield* await Promise.resolve(events.filter(event => event.stream === stream).slice(0, limit))
  },
  async *readAll({ batchSize = 500 } = {}) {
    for (let i = 0; i < events.length; i += batchSize) {
      const batch = events.slice(i, i + batchSize)
      const position = await Promise.resolve(batch.at(-1)?.position ?? '')
      yield { events: batch, position, caughtUp: i + batchSize >= events.length }
    }
  },
  head: () => Promise.resolve(events.at(-1)),
  isPosition: text => /^\d+$/.test(text),
  eventAt: position => Promise.resolve(events.find(event => event.position === position)),
  dangers: () => Promise.resolve([]),
  knownDangers: () => [],
  close: () => Promise.resolve(),
})

/** The event of a type that comes `nth` (from 0) in the log. */
export const find = (events: readonly StoredEvent[], type: string, nth = 0): StoredEvent => {
  const found = events.filter(event => event.type === type)[nth]
  if (!found) throw new Error(`no ${type}`)
  return found
}

/** The log with one event changed in place, its hashes left as they were. */
export const altered = (
  events: readonly StoredEvent[],
  at: StoredEvent,
  change: Partial<StoredEvent>,
): readonly StoredEvent[] => events.map(event => (event === at ? { ...event, ...change } : event))

/** The log with an event in front of another one, its stream as it was. */
export const movedBefore = (
  events: readonly StoredEvent[],
  moved: StoredEvent,
  before: StoredEvent,
): readonly StoredEvent[] =>
  events.filter(event => event !== moved).flatMap(event => (event === before ? [moved, event] : [event]))

type Data = Record<string, unknown>

/**
 * The log with the data of an event changed, and its stream rewritten from there on with right hashes and ids: what a
 * forger does who knows the format.
 */
export const forged = (
  events: readonly StoredEvent[],
  at: StoredEvent,
  change: (data: Data) => Data,
): readonly StoredEvent[] => {
  const { logId } = JSON.parse(find(events, 'organisation.LogOpened').data) as { logId: string }
  const stream = events.filter(event => event.stream === at.stream)
  const before = stream.find(({ revision }) => revision === at.revision - 1)
  const rest = stream.filter(({ revision }) => revision >= at.revision)
  const links = rest.map(event => {
    const { hash: _, prevHash: __, ...metadata } = decodeMetadata(event.metadata)
    const data = event === at ? JSON.stringify(change(JSON.parse(event.data) as Data)) : event.data
    return { type: event.type, data, metadata }
  })
  const prevHash = before ? hashOf(before.metadata) : firstPrevHash(logId, at.stream)
  const rewritten = chain(at.stream, at.revision, prevHash, links).events
  return events.map(event => ({ ...event, ...rewritten[rest.indexOf(event)] }))
}

/** The log with a stream as another log would hold it: right in itself, but not here. */
export const transplanted = (
  events: readonly StoredEvent[],
  stream: string,
  otherLogId: string,
): readonly StoredEvent[] => {
  const mine = events.filter(event => event.stream === stream)
  const links = mine.map(({ type, data, metadata }) => {
    const { hash: _, prevHash: __, ...rest } = decodeMetadata(metadata)
    return { type, data, metadata: rest }
  })
  const foreign = chain(stream, 0, firstPrevHash(otherLogId, stream), links).events
  return events.map(event => ({ ...event, ...foreign[mine.indexOf(event)] }))
}
