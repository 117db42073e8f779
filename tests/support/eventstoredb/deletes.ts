import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerErrorResponse, handleUnaryCall } from '@grpc/grpc-js'
import type { Position } from './log.ts'
import { writeRefusal, type AnyCall, type Serving } from './serving.ts'
import { errors, expectedOf, positioned, streamNameOf } from './wire.ts'

type How = 'softDelete' | 'tombstone'
type Request = streams.DeleteReq | streams.TombstoneReq

const carryOut = async (
  serving: Serving,
  how: How,
  call: AnyCall & { request: Request },
): Promise<Position> => {
  await serving.faults.passage()
  const refused = writeRefusal(serving, call)
  if (refused) throw refused
  const options = call.request.getOptions()!
  const [stream, expected] = [streamNameOf(options.getStreamIdentifier()), expectedOf(options)]
  const outcome = serving.log[how](stream, expected)
  if (outcome.result === 'deleted') throw errors.streamDeleted(stream)
  if (outcome.result === 'wrong version') throw errors.wrongVersion(stream, expected, outcome.current)
  return outcome.position!
}

const deletion =
  <Req extends Request, Resp>(
    serving: Serving,
    how: How,
    answer: (at: Position) => Resp,
  ): handleUnaryCall<Req, Resp> =>
  (call, callback) => {
    carryOut(serving, how, call).then(
      at => callback(null, answer(at)),
      (error: ServerErrorResponse) => callback(error),
    )
  }

/** The stream is not found until the next append, which goes on with its numbering. */
export const softDelete = (serving: Serving) =>
  deletion<streams.DeleteReq, streams.DeleteResp>(serving, 'softDelete', at =>
    new streams.DeleteResp().setPosition(positioned(new streams.DeleteResp.Position(), at)),
  )

/** The end of a stream for ever. */
export const tombstone = (serving: Serving) =>
  deletion<streams.TombstoneReq, streams.TombstoneResp>(serving, 'tombstone', at =>
    new streams.TombstoneResp().setPosition(positioned(new streams.TombstoneResp.Position(), at)),
  )
