import { setImmediate as nextTurn } from 'node:timers/promises'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerErrorResponse, handleClientStreamingCall } from '@grpc/grpc-js'
import type { Expected } from './append-rules.ts'
import { sizeOnDisk, type Outcome } from './log.ts'
import { store, writeRefusal, type Serving } from './serving.ts'
import { errors, expectedOf, nameExpected, nothing, positioned, proposedOf, streamNameOf } from './wire.ts'

const wrongVersion = (expected: Expected, current: bigint | undefined): streams.AppendResp => {
  const details = new streams.AppendResp.WrongExpectedVersion()
  if (current === undefined) details.setCurrentNoStream(nothing())
  else details.setCurrentRevision(String(current))
  if (typeof expected === 'bigint') details.setExpectedRevision(String(expected))
  else nameExpected(details, expected, nothing())
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
      // A call that is broken off ends, too, and only then is cancelled: what has arrived may be a part.
      await nextTurn()
      if (call.cancelled) return
      await serving.faults.passage()
      const refused = writeRefusal(serving, call)
      if (refused) return callback(refused)
      try {
        const request = assembled(messages, serving.maxAppendBytes)
        const outcome = await store(serving, call, request)
        if (outcome?.result === 'deleted') callback(errors.streamDeleted(request.stream))
        if (outcome?.result === 'wrong version')
          callback(null, wrongVersion(request.expected, outcome.current))
        if (outcome?.result === 'success') callback(null, appended(outcome))
      } catch (error) {
        callback(error instanceof Error && 'code' in error ? (error as ServerErrorResponse) : errors.thrown())
      }
    }
  }
