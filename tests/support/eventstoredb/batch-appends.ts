import shared from '@eventstore/db-client/generated/shared_pb.js'
import rpcStatus from '@eventstore/db-client/generated/status_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerDuplexStream, handleBidiStreamingCall } from '@grpc/grpc-js'
import any from 'google-protobuf/google/protobuf/any_pb.js'
import type { Expected } from './append-rules.ts'
import type { Proposed } from './journal.ts'
import { sizeOnDisk, type Outcome } from './log.ts'
import { keepTrack, standingOf, store, type Serving } from './serving.ts'
import {
  errors,
  expectedOf,
  googleNothing,
  identifierOf,
  nameExpected,
  positioned,
  proposedOf,
  streamNameOf,
} from './wire.ts'

/** An append of which not everything has arrived. */
type Pending = {
  readonly stream: string
  readonly expected: Expected
  readonly events: Proposed[]
  bytes: number
  readonly timer: NodeJS.Timeout
}

type Call = ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>

/** The longest the real server waits for the rest of an append, whatever deadline the client names. */
const WRITE_TIMEOUT_MS = 2_000

const failure = (
  name: string,
  details: { serializeBinary(): Uint8Array },
  message = name,
): rpcStatus.Status => {
  const packed = new any.Any()
  packed.pack(details.serializeBinary(), name)
  return new rpcStatus.Status().setMessage(message).setDetails(packed)
}

const failures = {
  accessDenied: () => failure('event_store.client.AccessDenied', new shared.AccessDenied()),
  timeout: () => failure('event_store.client.Timeout', new shared.Timeout()),
  badRequest: (message: string) =>
    failure('event_store.client.BadRequest', new shared.BadRequest().setMessage(message), message),
  notReady: () => failure('google.protobuf.Empty', googleNothing(), 'Server Is Not Ready'),
  maxAppendSize: (max: number) =>
    failure(
      'event_store.client.MaximumAppendSizeExceeded',
      new shared.MaximumAppendSizeExceeded().setMaxappendsize(max),
    ),
  streamDeleted: (stream: string) =>
    failure(
      'event_store.client.StreamDeleted',
      new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream)),
    ),
  wrongVersion: (expected: Expected, current: bigint | undefined) => {
    const details = new shared.WrongExpectedVersion()
    if (current === undefined) details.setCurrentNoStream(googleNothing())
    else details.setCurrentStreamRevision(String(current))
    if (typeof expected === 'bigint') details.setExpectedStreamPosition(String(expected))
    else nameExpected(details, expected, googleNothing())
    return failure('event_store.client.WrongExpectedVersion', details)
  },
} as const

const resultOf = (
  { stream, expected }: Pending,
  outcome: Outcome,
): rpcStatus.Status | streams.BatchAppendResp.Success => {
  if (outcome.result === 'deleted') return failures.streamDeleted(stream)
  if (outcome.result === 'wrong version') return failures.wrongVersion(expected, outcome.current)
  const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(outcome.revision))
  return outcome.position
    ? success.setPosition(positioned(new shared.AllStreamPosition(), outcome.position))
    : success.setNoPosition(googleNothing())
}

/** The appends of a whole client, on one long call: each request names the append it belongs to. */
class BatchAppends {
  readonly #serving: Serving
  readonly #call: Call
  readonly #pending = new Map<string, Pending>()

  constructor(serving: Serving, call: Call) {
    this.#serving = serving
    this.#call = call
    call.on('data', (request: streams.BatchAppendReq) => void this.#arrive(request))
    keepTrack(serving, call)
    call.on('end', () => call.end())
    call.on('close', () => this.#forgetAll())
    call.on('cancelled', () => this.#forgetAll())
  }

  async #arrive(request: streams.BatchAppendReq): Promise<void> {
    if (this.#serving.faults.holdsUp) await this.#serving.faults.passage()
    if (!this.#serving.alive) return
    const id = request.getCorrelationId()!.getString()
    const options = request.getOptions()
    if (options && !this.#open(id, options)) return
    const pending = this.#pending.get(id)
    if (!pending) return
    try {
      for (const message of request.getProposedMessagesList()) {
        const event = proposedOf(message)
        pending.events.push(event)
        pending.bytes += sizeOnDisk(event)
      }
    } catch (error) {
      // The append stays pending, as on the real server: its timeout is a second answer to the same request.
      return this.#answer(id, pending.stream, failures.badRequest(String(error)))
    }
    if (pending.bytes > this.#serving.maxAppendBytes) {
      this.#forget(id, pending)
      return this.#answer(id, pending.stream, failures.maxAppendSize(this.#serving.maxAppendBytes))
    }
    if (request.getIsFinal()) await this.#finish(id, pending)
  }

  /** Takes up a new append, unless it is refused or its deadline, a time of the client's clock, is past. */
  #open(id: string, options: streams.BatchAppendReq.Options): boolean {
    const stream = streamNameOf(options.getStreamIdentifier())
    if (standingOf(this.#serving, this.#call) === 'anonymous') {
      this.#answer(id, stream, failures.accessDenied())
      return false
    }
    const deadline = options.getDeadline()?.toDate().getTime() ?? Infinity
    const timeoutMs = Math.min(deadline - this.#serving.faults.now(), WRITE_TIMEOUT_MS)
    if (timeoutMs <= 0) {
      this.#answer(id, stream, failures.timeout())
      return false
    }
    const timer = setTimeout(() => {
      this.#pending.delete(id)
      this.#answer(id, stream, failures.timeout())
    }, timeoutMs)
    this.#pending.set(id, { stream, expected: expectedOf(options), events: [], bytes: 0, timer })
    return true
  }

  async #finish(id: string, pending: Pending): Promise<void> {
    this.#forget(id, pending)
    const { leader, isNotReady } = this.#serving.faults
    // The real server cannot say this in an answer to one append: it ends the call of all of them.
    if (leader) return void this.#call.emit('error', errors.notLeader(leader.host, leader.port))
    if (isNotReady) return this.#answer(id, pending.stream, failures.notReady())
    const outcome = await store(this.#serving, this.#call, pending)
    if (outcome) this.#answer(id, pending.stream, resultOf(pending, outcome))
  }

  #answer(id: string, stream: string, result: rpcStatus.Status | streams.BatchAppendResp.Success): void {
    const response = new streams.BatchAppendResp()
      .setCorrelationId(new shared.UUID().setString(id))
      .setStreamIdentifier(identifierOf(stream))
    if (result instanceof rpcStatus.Status) response.setError(result)
    else response.setSuccess(result)
    if (!this.#call.cancelled) this.#call.write(response)
  }

  #forget(id: string, { timer }: Pending): void {
    clearTimeout(timer)
    this.#pending.delete(id)
  }

  #forgetAll(): void {
    for (const [id, pending] of this.#pending) this.#forget(id, pending)
  }
}

export const batchAppend =
  (serving: Serving): handleBidiStreamingCall<streams.BatchAppendReq, streams.BatchAppendResp> =>
  call => {
    if (standingOf(serving, call) === 'wrong') call.emit('error', errors.unauthenticated())
    else new BatchAppends(serving, call)
  }
