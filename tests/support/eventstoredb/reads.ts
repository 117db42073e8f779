import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerErrorResponse, handleServerStreamingCall } from '@grpc/grpc-js'
import { positionOf, send, type ReadCall, type ReadOptions } from './delivery.ts'
import type { Log, LogEvent } from './log.ts'
import { keepTrack, refusalOf, type Serving } from './serving.ts'
import { subscribe } from './subscriptions.ts'
import { errors, eventMessage, identifierOf, streamNameOf } from './wire.ts'

const { BACKWARDS } = streams.ReadReq.Options.ReadDirection

/** Forwards the event at the position is the first; backwards a position lies before its event, which is left out. */
const chooseOfAll = (log: Log, options: ReadOptions, count: number): readonly LogEvent[] => {
  const from = positionOf(options.getAll()!)
  if (typeof from === 'object' && !log.isReadable(from)) throw errors.invalidPosition()
  const index = from === 'start' ? 0 : from === 'end' ? log.all.length : log.indexOf(from)
  return options.getReadDirection() === BACKWARDS
    ? log.all.slice(Math.max(0, index - count), index).toReversed()
    : log.all.slice(index, index + count)
}

/** The events of a stream from a revision on, which is inclusive both ways; undefined where there is no stream. */
const chooseOfStream = (log: Log, options: ReadOptions): readonly LogEvent[] | undefined => {
  const from = options.getStream()!
  const name = streamNameOf(from.getStreamIdentifier())
  if (log.isTombstoned(name)) throw errors.streamDeleted(name)
  const stored = log.stream(name)
  if (stored.length === 0 || log.isSoftDeleted(name)) return undefined
  const first = log.truncatedBefore(name)
  const visible = stored.filter(event => event.revision >= first)
  const revision = BigInt(from.getRevision())
  if (options.getReadDirection() !== BACKWARDS) {
    if (from.hasEnd()) return []
    return from.hasStart() ? visible : visible.filter(event => event.revision >= revision)
  }
  if (from.hasStart()) return visible.slice(0, 1)
  return (from.hasEnd() ? visible : visible.filter(event => event.revision <= revision)).toReversed()
}

const readPage = async (serving: Serving, call: ReadCall, options: ReadOptions): Promise<void> => {
  const count = Number(options.getCount())
  const events = options.hasAll()
    ? chooseOfAll(serving.log, options, count)
    : chooseOfStream(serving.log, options)
  if (events === undefined) {
    const identifier = identifierOf(streamNameOf(options.getStream()!.getStreamIdentifier()))
    const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier)
    await send(serving, call, new streams.ReadResp().setStreamNotFound(notFound))
  }
  for (const event of events?.slice(0, count) ?? []) {
    if (call.cancelled || !serving.alive) return
    await send(serving, call, eventMessage(event))
  }
  call.end()
}

/** Reads and subscriptions, of a stream or of everything: one method, told apart by its options. */
export const read =
  (serving: Serving): handleServerStreamingCall<streams.ReadReq, streams.ReadResp> =>
  call => {
    keepTrack(serving, call)
    const answer = async (): Promise<void> => {
      await serving.faults.passage()
      const refused = refusalOf(serving, call)
      if (refused) throw refused
      const options = call.request.getOptions()!
      await (options.hasSubscription() ? subscribe : readPage)(serving, call, options)
    }
    answer().catch((error: ServerErrorResponse) => call.emit('error', error))
  }
