import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import { Metadata, status, type ServerErrorResponse } from '@grpc/grpc-js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import type { Expected } from './append-rules.ts'
import type { Proposed } from './journal.ts'
import type { LogEvent, Position } from './log.ts'

export const streamNameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString()

export const identifierOf = (stream: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream))

/** How a request to append, delete or tombstone says what it expects; batch appends name the exact case otherwise. */
export const expectedOf = (options: {
  hasAny(): boolean
  hasNoStream(): boolean
  hasStreamExists(): boolean
  getRevision?(): string
  getStreamPosition?(): string
}): Expected => {
  if (options.hasAny()) return 'any'
  if (options.hasNoStream()) return 'no_stream'
  if (options.hasStreamExists()) return 'stream_exists'
  return BigInt(options.getRevision?.() ?? options.getStreamPosition?.() ?? 0)
}

/** The other way round, in the refusal; a revision has another name in each of its messages. */
export const nameExpected = <Empty>(
  details: {
    setExpectedAny(value: Empty): unknown
    setExpectedNoStream(value: Empty): unknown
    setExpectedStreamExists(value: Empty): unknown
  },
  expected: Exclude<Expected, bigint>,
  nothing: Empty,
): void => {
  if (expected === 'any') details.setExpectedAny(nothing)
  else if (expected === 'no_stream') details.setExpectedNoStream(nothing)
  else details.setExpectedStreamExists(nothing)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** @throws where the id is no UUID or the type is empty, as the real server does. */
export const proposedOf = (
  message: streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage,
): Proposed => {
  const id = message.getId()?.getString() ?? ''
  if (!UUID.test(id)) throw new Error(`Unrecognized Guid format: '${id}'`)
  const properties = message.getMetadataMap()
  const type = properties.get('type') ?? ''
  if (type === '') throw new Error("Event type can't be empty")
  return {
    id: id.toLowerCase(),
    type,
    json: properties.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }
}

/** Sets a position on any of the messages that carry one: each service has a class of its own. */
export const positioned = <
  M extends { setCommitPosition(value: string): unknown; setPreparePosition(value: string): unknown },
>(
  message: M,
  { commit, prepare }: Position,
): M => {
  message.setCommitPosition(String(commit))
  message.setPreparePosition(String(prepare))
  return message
}

export const eventMessage = (event: LogEvent): streams.ReadResp => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setData(event.data)
    .setCustomMetadata(event.metadata)
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('created', String(event.created))
    .set('content-type', event.json ? 'application/json' : 'application/octet-stream')
  const read = new streams.ReadResp.ReadEvent()
    .setEvent(positioned(recorded, event.position))
    .setCommitPosition(String(event.position.commit))
  return new streams.ReadResp().setEvent(read)
}

const wireError = (
  code: status,
  details: string,
  properties: Readonly<Record<string, string>> = {},
): ServerErrorResponse => {
  const metadata = new Metadata()
  for (const [key, value] of Object.entries(properties)) metadata.set(key, value)
  return Object.assign(new Error(details), { code, details, metadata })
}

const expectedVersionNumber = (expected: Expected): string => {
  if (typeof expected === 'bigint') return String(expected)
  return { no_stream: '-1', any: '-2', stream_exists: '-4' }[expected]
}

/** The errors of the real server, word for word: the client reads their code and their metadata. */
export const errors = {
  accessDenied: () => wireError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  unauthenticated: () => wireError(status.UNAUTHENTICATED, 'Bad gRPC response. HTTP status code: 401'),
  notLeader: (host: string, port: number) =>
    wireError(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    }),
  notReady: () => wireError(status.UNAVAILABLE, 'Server Is Not Ready'),
  streamDeleted: (stream: string) =>
    wireError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': stream,
    }),
  wrongVersion: (stream: string, expected: Expected, actual: bigint | undefined) =>
    wireError(status.FAILED_PRECONDITION, 'Delete failed due to WrongExpectedVersion.', {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': expectedVersionNumber(expected),
      'actual-version': actual === undefined ? '' : String(actual),
    }),
  maxAppendSize: (max: number) =>
    wireError(status.INVALID_ARGUMENT, `Maximum Append Size of ${max} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(max),
    }),
  thrown: () => wireError(status.UNKNOWN, 'Exception was thrown by handler.'),
  shuttingDown: () => wireError(status.INTERNAL, 'Received RST_STREAM with code 2 (Internal server error)'),
  invalidPosition: () => wireError(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition'),
  tooSlow: () =>
    wireError(
      status.ABORTED,
      'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
    ),
} as const

export const nothing = (): shared.Empty => new shared.Empty()
export const googleNothing = (): empty.Empty => new empty.Empty()
