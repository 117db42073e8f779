import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerErrorResponse, handleClientStreamingCall, handleUnaryCall } from '@grpc/grpc-js'
import type { Expected } from './append-rules.ts'
import { sizeOnDisk, type Outcome, type Position } from './log.ts'
import { refusalOf, store, type AnyCall, type Serving } from './serving.ts'
import { errors, expectedOf, nothing, positioned, proposedOf, streamNameOf } from './wire.ts'

/** Why this node takes no append, delete or tombstone from anybody. */
const writeRefusal = (serving: Serving, call: AnyCall): ServerErrorResponse | undefined => {
  const { leader, refusal } = serving.faults
  if (!serving.alive) return errors.shuttingDown()
  if (leader) return errors.notLeader(leader.host, leader.port)
  return refusal === undefined ? refusalOf(serving, call) : errors.unavailable(refusal)
}

const wrongVersion = (expected: Expected, current: bigint | undefined): streams.AppendResp => {
  const details = new streams.AppendResp.WrongExpectedVersion()
  if (current === undefined) details.setCurrentNoStream(nothing())
  else details.setCurrentRevision(String(current))
  if (expected === 'any') details.setExpectedAny(nothing())
  else if (expected === 'no_stream') details.setExpectedNoStream(nothing())
  else if (expected === 'stream_exists') details.setExpectedStreamExists(nothing())
  else details.setExpectedRevision(String(expected))
  return new streams.AppendResp().setWrongExpectedVersion(details)
}

const appended = ({ revision, position }: Outcome & { result: 'success' }): streams.AppendResp => {
  const success = new streams.AppendResp.Success().setCurrentRevision(String(revision))
  if (position) success.setPosition(positioned(new streams.AppendResp.Position(), position))
  else success.setNoPosition(nothing())
  return new streams.AppendResp().setSuccess(success)
}

/** The options, then the events one by one; anything wrong with them ends the call. */
const assembled = (messages: readonly streams.AppendReq[], maxBytes: number) => {
  const header = messages[0]!.getOptions()!
  const events = messages.slice(1).map(message => proposedOf(message.getProposedMessage()!))
  const bytes = events.reduce((sum, event) => sum + sizeOnDisk(event), 0)
  if (bytes > maxBytes) throw errors.maxAppendSize(maxBytes)
  return { stream: streamNameOf(header.getStreamIdentifier()), expected: expectedOf(header), events }
}

/** The append of one call: what clients use with credentials of their own, and with older servers. */
export const append =
  (serving: Serving): handleClientStreamingCall<streams.AppendReq, streams.AppendResp> =>
  (call, callback) => {
    const messages: streams.AppendReq[] = []
    call.on('data', (message: streams.AppendReq) => messages.push(message))
    call.on('error', () => undefined)
    call.on('end', () => void answer())

    const answer = async (): Promise<void> => {
      await serving.faults.passage()
      const refused = writeRefusal(serving, call)
      if (refused) return callback(refused)
      try {
        const request = assembled(messages, serving.maxAppendBytes)
        const outcome = store(serving, call, request)
        if (outcome?.result === 'deleted') callback(errors.streamDeleted(request.stream))
        if (outcome?.result === 'wrong version')
          callback(null, wrongVersion(request.expected, outcome.current))
        if (outcome?.result === 'success') callback(null, appended(outcome))
      } catch (error) {
        callback(error instanceof Error && 'code' in error ? (error as ServerErrorResponse) : errors.thrown())
      }
    }
  }

type DeleteReq = streams.DeleteReq | streams.TombstoneReq

const unaryDelete =
  (serving: Serving, how: 'softDelete' | 'tombstone') =>
  async (request: DeleteReq, call: AnyCall): Promise<Position> => {
    await serving.faults.passage()
    const refused = writeRefusal(serving, call)
    if (refused) throw refused
    const options = request.getOptions()!
    const [stream, expected] = [streamNameOf(options.getStreamIdentifier()), expectedOf(options)]
    const outcome = serving.log[how](stream, expected)
    if (outcome.result === 'deleted') throw errors.streamDeleted(stream)
    if (outcome.result === 'wrong version')
      throw errors.wrongVersion('Delete', stream, expected, outcome.current)
    return outcome.position!
  }

/** A soft delete: the stream is not found until the next append goes on with its numbering. */
export const softDelete = (serving: Serving): handleUnaryCall<streams.DeleteReq, streams.DeleteResp> => {
  const remove = unaryDelete(serving, 'softDelete')
  return (call, callback) => {
    remove(call.request, call).then(
      position =>
        callback(
          null,
          new streams.DeleteResp().setPosition(positioned(new streams.DeleteResp.Position(), position)),
        ),
      (error: ServerErrorResponse) => callback(error),
    )
  }
}

/** The end of a stream for ever. */
export const tombstone = (serving: Serving): handleUnaryCall<streams.TombstoneReq, streams.TombstoneResp> => {
  const remove = unaryDelete(serving, 'tombstone')
  return (call, callback) => {
    remove(call.request, call).then(
      position =>
        callback(
          null,
          new streams.TombstoneResp().setPosition(positioned(new streams.TombstoneResp.Position(), position)),
        ),
      (error: ServerErrorResponse) => callback(error),
    )
  }
}
