import type { RecordedEvent } from '../../event-store/log.ts'
import { MAX_EVENTS_PER_APPEND } from '../../event-store/port.ts'

/** Lines weigh most in an answer; the entry and the content each have their own. */
const BYTES_PER_LINE = 900
const BYTES_PER_ANSWER = 4_000
/** Well under the limit of an append, as the weight is an estimate. */
const BYTES_MAX = 600 * 1024

interface Content {
  readonly content?: { readonly lines: readonly unknown[] }
  readonly entryLines?: readonly unknown[]
}

const weight = ({ data }: RecordedEvent): number => {
  const { content, entryLines } = data as Content
  return BYTES_PER_ANSWER + BYTES_PER_LINE * ((content?.lines.length ?? 0) + (entryLines?.length ?? 0))
}

/** Requests cut into appends, in their order, each expected to stay within the bytes and events of one. */
export const cutByBytes = (requests: readonly RecordedEvent[]): RecordedEvent[][] => {
  const cuts: RecordedEvent[][] = []
  let bytes = Infinity
  for (const request of requests) {
    const more = weight(request)
    const current = cuts.at(-1)
    if (current && bytes + more <= BYTES_MAX && current.length < MAX_EVENTS_PER_APPEND) {
      current.push(request)
      bytes += more
    } else {
      cuts.push([request])
      bytes = more
    }
  }
  return cuts
}
