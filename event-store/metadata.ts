import { Buffer } from 'node:buffer'

/**
 * What is stored beside an event's data: a flat object of strings (PROTOCOL 1). The order of the keys is the order
 * of this list, absent keys are left out, and `hash` is always the last: whoever knows the text without it can make
 * the hash, and whoever has the text can take it off again by length alone.
 */
export const METADATA_KEYS = [
  '$correlationId',
  '$causationId',
  'commandId',
  'inputHash',
  'actor',
  'permission',
  'reason',
  'origin',
  'recordedAt',
  'schemaVersion',
  'prevHash',
  'hash',
] as const

export const ORIGINS = ['screen', 'api', 'import', 'job', 'demo', 'cli'] as const
export type Origin = (typeof ORIGINS)[number]

/** Metadata as stored, decoded. */
export interface Metadata {
  readonly $correlationId: string
  /** Id of the event that caused the command; absent where a person did. */
  readonly $causationId?: string | undefined
  readonly commandId: string
  /** Digest of the command's input, an HMAC where the input is personal (PROTOCOL 29). */
  readonly inputHash?: string | undefined
  readonly actor: string
  readonly permission?: string | undefined
  /** A code; free text goes into data. */
  readonly reason?: string | undefined
  readonly origin: Origin
  readonly recordedAt: string
  readonly schemaVersion: number
  readonly prevHash: string
  readonly hash: string
}

/** Everything but `hash`, which depends on the text of the rest. */
export type Unhashed = Omit<Metadata, 'hash'>

/** The bytes of `,"hash":"<64 digits>"}`. */
const HASH_TAIL = 75
const HASH_DIGITS = 64

/** The metadata's text up to `prevHash`: the same for all events of a command. */
export const beginMetadata = (m: Omit<Unhashed, 'prevHash'>): string =>
  JSON.stringify({
    $correlationId: m.$correlationId,
    $causationId: m.$causationId,
    commandId: m.commandId,
    inputHash: m.inputHash,
    actor: m.actor,
    permission: m.permission,
    reason: m.reason,
    origin: m.origin,
    recordedAt: m.recordedAt,
    schemaVersion: String(m.schemaVersion),
  }).slice(0, -1)

/** The metadata's text without `hash`: what enters the event's id and its hash. */
export const endMetadata = (begun: string, prevHash: string): string => `${begun},"prevHash":"${prevHash}"}`

export const withHash = (unhashed: string, hash: string): string =>
  `${unhashed.slice(0, -1)},"hash":"${hash}"}`

const TAIL = /,"hash":"[0-9a-f]{64}"\}$/

/** Whether a text ends as metadata must, with its hash. */
export const endsWithHash = (metadata: string): boolean => TAIL.test(metadata.slice(-HASH_TAIL))

/** Takes the hash off a stored metadata text. Meaningful only where `endsWithHash` holds. */
export const splitHash = (metadata: string): { unhashed: string; hash: string } => ({
  unhashed: `${metadata.slice(0, -HASH_TAIL)}}`,
  hash: hashOf(metadata),
})

/** The hash a metadata text ends with. */
export const hashOf = (metadata: string): string => metadata.slice(-HASH_DIGITS - 2, -2)

/** The hash of the event before in the stream, which a metadata text names in front of its own. */
export const prevHashOf = (metadata: string): string =>
  metadata.slice(-HASH_TAIL - HASH_DIGITS - 1, -HASH_TAIL - 1)

const isOrigin = (value: string): value is Origin => (ORIGINS as readonly string[]).includes(value)

const REQUIRED: ReadonlySet<string> = new Set([
  '$correlationId',
  'commandId',
  'actor',
  'origin',
  'recordedAt',
  'schemaVersion',
  'prevHash',
  'hash',
])
/** The declared keys, and whether each must be there. */
const KEYS: ReadonlyMap<string, boolean> = new Map(METADATA_KEYS.map(key => [key, REQUIRED.has(key)]))

/**
 * Reads a stored metadata text, strictly: a flat object of strings under the declared keys.
 * @throws MetadataInvalid
 */
export const decodeMetadata = (text: string): Metadata => {
  const raw = JSON.parse(text) as Record<string, unknown>
  let required = 0
  for (const key in raw) {
    const needed = KEYS.get(key)
    if (needed === undefined) throw new MetadataInvalid(`unknown key ${key}`)
    if (typeof raw[key] !== 'string') throw new MetadataInvalid(`${key} is not a string`)
    if (needed) required++
  }
  if (required < REQUIRED.size)
    throw new MetadataInvalid(`${[...REQUIRED].filter(key => raw[key] === undefined).join(', ')} is missing`)
  const { origin, schemaVersion } = raw as { origin: string; schemaVersion: string }
  if (!isOrigin(origin)) throw new MetadataInvalid(`origin is ${origin}`)
  if (!/^[1-9]\d{0,5}$/.test(schemaVersion)) throw new MetadataInvalid(`schemaVersion is ${schemaVersion}`)
  // In place: what was parsed belongs to nobody else, and a copy of each event's metadata would cost its parse again.
  raw['schemaVersion'] = Number(schemaVersion)
  return raw as unknown as Metadata
}

/** A metadata text that no codec of ours wrote. */
export class MetadataInvalid extends Error {
  constructor(message: string) {
    super(`metadata: ${message}`)
    this.name = 'MetadataInvalid'
  }
}

export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8')
