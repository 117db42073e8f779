import type streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerWritableStream } from '@grpc/grpc-js'
import type { Position } from './log.ts'
import type { Serving } from './serving.ts'

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>
export type ReadOptions = streams.ReadReq.Options

export const positionOf = (options: streams.ReadReq.Options.AllOptions): Position | 'start' | 'end' => {
  if (options.hasStart()) return 'start'
  if (options.hasEnd()) return 'end'
  const position = options.getPosition()!
  return { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) }
}

/** Writes one message, not before the client has taken what was written before it. */
export const send = async (serving: Serving, call: ReadCall, message: streams.ReadResp): Promise<void> => {
  if (serving.faults.holdsUp) await serving.faults.passage()
  if (call.cancelled || !serving.alive) return
  if (message.hasEvent()) serving.eventsSent++
  if (call.write(message)) return
  await new Promise<void>(resolve => {
    const done = () => {
      for (const name of ['drain', 'close', 'cancelled']) call.off(name, done)
      resolve()
    }
    for (const name of ['drain', 'close', 'cancelled']) call.on(name, done)
  })
}
