/** What the last event of a stream must be for an append to take place. */
export type Expected = 'any' | 'no_stream' | 'stream_exists' | bigint

/** The revision of an event that ends its stream for ever, and the `$tb` of one that is deleted for now. */
export const END_OF_STREAM = 2n ** 63n - 1n

/** What the rule must know of the stream an append is meant for. */
export type StreamView = {
  /** Of its last event; -1 where there is none. */
  readonly current: bigint
  readonly softDeleted: boolean
  /** Whether a stream of metadata stands beside it, which makes a stream without events exist. */
  readonly hasMetadata: boolean
  readonly idAt: (revision: bigint) => string | undefined
  /** The revision of an event appended to this stream since the server started. */
  readonly recent: (id: string) => bigint | undefined
}

export type Verdict =
  | { readonly verdict: 'append' | 'wrong version' | 'deleted' }
  /** Everything is stored already; `revision` is that of the last event. */
  | { readonly verdict: 'repeated'; readonly revision: bigint }

const asRevision = (expected: 'no_stream' | bigint): bigint => (expected === 'no_stream' ? -1n : expected)

/** Whether an append takes place, is a repetition, or must not be: EventStoreDB's rule of idempotence. */
export const judge = (stream: StreamView, expected: Expected, ids: readonly string[]): Verdict => {
  if (stream.current === END_OF_STREAM) return { verdict: 'deleted' }
  if (expected === 'stream_exists') {
    if (stream.softDeleted) return { verdict: 'deleted' }
    if (stream.current < 0n && !stream.hasMetadata) return { verdict: 'wrong version' }
  }
  if (expected === 'any' || expected === 'stream_exists') return judgeByMemory(stream, ids)
  const revision = asRevision(expected)
  if (revision === stream.current) return { verdict: 'append' }
  if (revision > stream.current || ids.length === 0) return { verdict: 'wrong version' }
  return judgeByPlace(stream, revision, ids)
}

/** Without a place to compare at, a repetition is known only by what this run of the server remembers. */
const judgeByMemory = (stream: StreamView, ids: readonly string[]): Verdict => {
  const known = ids.map(stream.recent)
  const last = known.at(-1)
  if (known[0] === undefined) return { verdict: 'append' }
  return last === undefined || known.includes(undefined)
    ? { verdict: 'wrong version' }
    : { verdict: 'repeated', revision: last }
}

/** An expectation in the past: the ids from there on decide, never the payload. */
const judgeByPlace = (stream: StreamView, revision: bigint, ids: readonly string[]): Verdict => {
  const same = ids.map((id, i) => stream.idAt(revision + 1n + BigInt(i)) === id)
  if (same.every(Boolean)) return { verdict: 'repeated', revision: revision + BigInt(ids.length) }
  return !same[0] && revision === -1n && stream.softDeleted
    ? { verdict: 'append' }
    : { verdict: 'wrong version' }
}
