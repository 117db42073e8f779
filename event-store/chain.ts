import { hash } from 'node:crypto'
import { beginMetadata, byteLength, endMetadata, endsWithHash, splitHash, withHash } from './metadata.ts'
import type { Unhashed } from './metadata.ts'
import type { NewEvent, StoredEvent } from './port.ts'
import { uuidv5 } from './uuid.ts'

/**
 * Every stream is a chain: each event's hash covers the one before it and all that is stored of the event itself
 * (PROTOCOL 2), and an event's id is a digest of its content (PROTOCOL 3), so that equal ids mean equal bytes.
 */

/** First line of everything that is hashed. Another algorithm would be another version here. */
export const HASH_VERSION = 'grandlivre.1'

const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** The prevHash of a stream's first event: bound to the log, so that no stream can be moved to another. */
export const firstPrevHash = (logId: string, stream: string): string =>
  sha256(`${HASH_VERSION}\n${logId}\n${stream}`)

interface Content {
  readonly stream: string
  readonly revision: number
  readonly type: string
  /** Metadata text without `hash`. */
  readonly unhashed: string
  readonly data: string
}

/** The last lines of both digests. */
const stored = (e: Content): string => `${byteLength(e.unhashed)}\n${e.unhashed}\n${e.data}`

/** The id of an event: uuidv5 of its command's id and the digest of everything stored except id and hash. */
export const eventId = (commandId: string, e: Content, texts = stored(e)): string =>
  uuidv5(commandId, sha256(`${HASH_VERSION}\n${e.stream}\n${e.revision}\n${e.type}\n${texts}`))

/** The hash of an event: SHA-256 over the lines that PROTOCOL 2 lists, joined by line feeds. */
export const eventHash = (id: string, prevHash: string, e: Content, texts = stored(e)): string =>
  sha256(`${HASH_VERSION}\n${e.stream}\n${e.revision}\n${id}\n${e.type}\n${prevHash}\n${texts}`)

/** An event on its way into a chain. Events of one command may share one `metadata` object. */
export interface Link {
  readonly type: string
  readonly data: string
  readonly parsed?: object
  readonly metadata: Omit<Unhashed, 'prevHash'>
}

export interface Chained {
  readonly events: readonly NewEvent[]
  /** Hash of the last event: what the next append expects. */
  readonly hash: string
}

/** Chains events behind `prevHash`, the first of them at `revision`. */
export const chain = (
  stream: string,
  revision: number,
  prevHash: string,
  links: readonly Link[],
): Chained => {
  let previous = prevHash
  let shared: Link['metadata'] | undefined
  let begun = ''
  const events = links.map(({ type, data, parsed, metadata }, i): NewEvent => {
    if (metadata !== shared) begun = beginMetadata(metadata)
    shared = metadata
    const unhashed = endMetadata(begun, previous)
    const content = { stream, revision: revision + i, type, unhashed, data }
    const texts = stored(content)
    const id = eventId(metadata.commandId, content, texts)
    const own = eventHash(id, previous, content, texts)
    previous = own
    return { id, type, data, metadata: withHash(unhashed, own), ...(parsed && { parsed }) }
  })
  return { events, hash: previous }
}

/** What is wrong with a chain at its first bad event. */
export interface ChainFault {
  readonly stream: string
  readonly revision: number
  readonly eventId: string
  readonly fault: 'revision' | 'metadata' | 'prevHash' | 'hash' | 'id'
}

/** State of a chain's check behind an event: what the next one must name. */
export interface ChainState {
  readonly revision: number
  readonly hash: string
}

const field = (unhashed: string, key: string): string | undefined => {
  const value = (JSON.parse(unhashed) as Record<string, unknown>)[key]
  return typeof value === 'string' ? value : undefined
}

/** Whether an event's id is the digest of its content. */
export const isOwnId = (event: Omit<StoredEvent, 'position'>): boolean => {
  const { unhashed } = splitHash(event.metadata)
  const commandId = field(unhashed, 'commandId')
  return commandId !== undefined && eventId(commandId, { ...event, unhashed }) === event.id
}

/** Checks one event behind the state before it (`revision` -1 and the stream's first prevHash at the start). */
export const verifyEvent = (before: ChainState, event: StoredEvent): ChainState | ChainFault => {
  const bad = (fault: ChainFault['fault']): ChainFault => ({
    stream: event.stream,
    revision: event.revision,
    eventId: event.id,
    fault,
  })
  if (event.revision !== before.revision + 1) return bad('revision')
  if (!endsWithHash(event.metadata)) return bad('metadata')
  const { unhashed, hash } = splitHash(event.metadata)
  if (!unhashed.endsWith(`"prevHash":"${before.hash}"}`)) return bad('prevHash')
  const content = { ...event, unhashed }
  if (eventHash(event.id, before.hash, content) !== hash) return bad('hash')
  if (!isOwnId(event)) return bad('id')
  return { revision: event.revision, hash }
}
