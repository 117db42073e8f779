import { Buffer } from 'node:buffer'
import { isOwnId } from './chain.ts'
import { endsWithHash } from './metadata.ts'
import { EventTooLarge, InvalidAppend, MAX_BYTES_PER_APPEND, MAX_EVENTS_PER_APPEND } from './port.ts'
import type { Expected, NewEvent } from './port.ts'

/** `category-id`: the category in camelCase without '-', the id of letters, digits and `- . _`. */
const STREAM = /^[a-z][A-Za-z]*-[A-Za-z0-9._-]{1,180}$/
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const TYPE = /^[a-z][A-Za-z]*\.[A-Z][A-Za-z0-9]*$/
const HASH = /^[0-9a-f]{64}$/

/** The last revision a stream can have: what 32 signed bits hold. */
const MAX_REVISION = 2 ** 31 - 1

/**
 * What every store refuses before it asks its server anything (PROTOCOL 6).
 * @returns the bytes of the append
 * @throws InvalidAppend, EventTooLarge
 */
export const checkAppend = (stream: string, expected: Expected, events: readonly NewEvent[]): number => {
  const invalid = (what: string): never => {
    throw new InvalidAppend(`append to ${stream}: ${what}`)
  }
  if (!STREAM.test(stream)) invalid('a stream is named category-id')
  if (expected !== 'noStream') {
    const { revision, hash } = expected
    if (!Number.isInteger(revision) || revision < 0 || revision > MAX_REVISION)
      invalid(`no revision: ${revision}`)
    if (!HASH.test(hash)) invalid(`no hash: ${hash}`)
  }
  if (events.length === 0) invalid('no events')
  for (const event of events) {
    const fault = faultOf(event)
    if (fault !== undefined) invalid(fault)
  }
  if (new Set(events.map(e => e.id)).size !== events.length) invalid('an id twice')
  const bytes = events.reduce((sum, e) => sum + Buffer.byteLength(e.data) + Buffer.byteLength(e.metadata), 0)
  if (events.length > MAX_EVENTS_PER_APPEND || bytes > MAX_BYTES_PER_APPEND)
    throw new EventTooLarge(stream, events.length, bytes)
  return bytes
}

/**
 * For a store whose server compares ids alone and takes the same id in two streams: an id must be the digest of its own
 * event (PROTOCOL 3), so that equal ids mean equal bytes.
 * @throws InvalidAppend
 */
export const checkIds = (stream: string, expected: Expected, events: readonly NewEvent[]): void => {
  const first = expected === 'noStream' ? 0 : expected.revision + 1
  events.forEach((event, i) => {
    if (!isOwnId({ ...event, stream, revision: first + i }))
      throw new InvalidAppend(`append to ${stream}: the id ${event.id} is not made from its event`)
  })
}

const faultOf = ({ id, type, data, metadata }: NewEvent): string | undefined => {
  if (!ID.test(id)) return `no UUID in lower case: ${id}`
  if (!TYPE.test(type)) return `no event type: ${type}`
  if (!endsWithHash(metadata)) return 'metadata does not end with its hash'
  // What is not well-formed, or holds a NUL, would not come back byte for byte.
  return storable(data) && storable(metadata) ? undefined : 'a text holds a lone surrogate or a NUL'
}

const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
