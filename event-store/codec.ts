import { z } from 'zod'
import type { DomainEvent, EventDefinition } from '../domain/shared/events.ts'
import type { Purpose } from '../domain/shared/protected.ts'
import { compileDecoder, compileEncoder } from './compiled-codec.ts'
import { personalWalk } from './personal-fields.ts'
import type { PersonalWalk, ReplacePersonal } from './personal-fields.ts'
import type { NewEvent } from './port.ts'

export interface PersonAndPurpose {
  readonly personId: string
  readonly purpose: Purpose
}

/** An event that its schema accepts, on its way to the log. */
export interface Prepared {
  readonly type: string
  readonly schemaVersion: number
  /** Whose keys `data` will ask for: those of the fields still in clear. */
  readonly persons: readonly PersonAndPurpose[]
  /**
   * The stored form of the data: JSON.parse of its text gives the same.
   * @param protect gives the protected form of a clear personal field
   */
  readonly plain: (protect: ReplacePersonal) => object
  /** JSON text T of the stored form, with `JSON.stringify(JSON.parse(T)) === T`. */
  data(protect: ReplacePersonal): string
}

/**
 * The one place where domain events become text and come back (PROTOCOL 1, 8). A text is written in the order of
 * its schema; absent keys are left out; a clear personal field never reaches it.
 */
export interface Codec {
  readonly definitions: readonly EventDefinition[]
  /**
   * Checks an event and brings it to its stored form, all but the personal fields still in clear.
   * @throws UnknownEvent, EventNotEncodable
   */
  prepare(event: DomainEvent): Prepared
  /**
   * Reads a stored text by its schema, strictly, and brings older versions up to the newest.
   * @throws UnknownEvent, EventNotDecodable
   */
  decode(type: string, schemaVersion: number, data: string): DomainEvent
  /**
   * Reads an event of the log. Where this process has just written it, its text is not parsed again, and all who ask
   * share one reading: what is decoded is nobody's to change.
   */
  decodeStored(event: Pick<NewEvent, 'type' | 'data' | 'parsed'>, schemaVersion: number): DomainEvent
  /** The same, by zod alone: what the law compares `decode` with. */
  decodeByZod(type: string, schemaVersion: number, data: string): DomainEvent
}

/** A type, or a version of it, that this program does not know. */
export class UnknownEvent extends Error {
  readonly type: string
  readonly schemaVersion: number | undefined
  constructor(type: string, schemaVersion?: number) {
    super(
      schemaVersion === undefined
        ? `unknown event ${type}`
        : `unknown version ${schemaVersion} of event ${type}`,
    )
    this.name = 'UnknownEvent'
    this.type = type
    this.schemaVersion = schemaVersion
  }
}

type Issues = z.core.$ZodIssue[]

const sentence = (issues: Issues): string => issues.map(i => `${i.path.join('.')}: ${i.message}`).join('; ')

/** A decision made an event that its own schema refuses: an amount above its bound, a text too long. */
export class EventNotEncodable extends Error {
  readonly type: string
  readonly issues: Issues
  constructor(type: string, issues: Issues) {
    super(`${type} cannot be stored: ${sentence(issues)}`)
    this.name = 'EventNotEncodable'
    this.type = type
    this.issues = issues
  }
}

/** A stored text that its schema refuses. */
export class EventNotDecodable extends Error {
  readonly type: string
  constructor(type: string, reason: string) {
    super(`stored ${type} cannot be read: ${reason}`)
    this.name = 'EventNotDecodable'
    this.type = type
  }
}

type Read = (plain: unknown) => unknown

interface Entry {
  readonly definition: EventDefinition
  readonly write: (value: unknown) => unknown
  readonly walk: PersonalWalk | undefined
  readonly fast: ReadonlyMap<number, Read>
  readonly strict: ReadonlyMap<number, Read>
}

/** Reads version `v` with its own schema and applies the upcasters from there to the newest. */
const reader = (definition: EventDefinition, read: Read, version: number): Read => {
  const upcasts: ((data: never) => unknown)[] = []
  for (let v = version; v < definition.schemaVersion; v++) {
    const older = definition.older[v]
    if (!older) throw new Error(`${definition.type}: no upcaster from version ${v}`)
    upcasts.push(older.upcast)
  }
  return upcasts.length === 0 ? read : plain => upcasts.reduce((data, up) => up(data as never), read(plain))
}

const entryOf = (definition: EventDefinition): Entry => {
  const schemas = new Map<number, z.ZodType>([[definition.schemaVersion, definition.data]])
  for (const [v, older] of Object.entries(definition.older)) schemas.set(Number(v), older.data)
  const by = (make: (schema: z.ZodType) => Read) =>
    new Map([...schemas].map(([v, schema]) => [v, reader(definition, make(schema), v)]))
  return {
    definition,
    write: compileEncoder(definition.data),
    walk: personalWalk(definition.data),
    fast: by(compileDecoder),
    strict: by(schema => plain => z.decode(schema, plain)),
  }
}

const personsIn = (walk: PersonalWalk, plain: unknown): readonly PersonAndPurpose[] => {
  const persons = new Map<string, PersonAndPurpose>()
  walk(plain, (clear, { personId, purpose }) => {
    persons.set(`${personId} ${purpose}`, { personId, purpose })
    return clear
  })
  return [...persons.values()]
}

/** @throws where two definitions share a type, or a personal field lies outside its group */
export const createCodec = (definitions: readonly EventDefinition[]): Codec => {
  const entries = new Map<string, Entry>()
  for (const definition of definitions) {
    if (entries.has(definition.type)) throw new Error(`${definition.type} is declared twice`)
    entries.set(definition.type, entryOf(definition))
  }
  const entry = (type: string): Entry => {
    const found = entries.get(type)
    if (!found) throw new UnknownEvent(type)
    return found
  }
  const plainOf = ({ write }: Entry, event: DomainEvent): unknown => {
    try {
      return write(event.data)
    } catch (error) {
      throw error instanceof z.ZodError ? new EventNotEncodable(event.type, error.issues) : error
    }
  }
  const decodeBy =
    (which: 'fast' | 'strict') =>
    (type: string, schemaVersion: number, data: string | object): DomainEvent => {
      const read = entry(type)[which].get(schemaVersion)
      if (!read) throw new UnknownEvent(type, schemaVersion)
      try {
        return { type, data: read(typeof data === 'string' ? JSON.parse(data) : data) }
      } catch (error) {
        throw new EventNotDecodable(
          type,
          error instanceof z.ZodError ? sentence(error.issues) : String(error),
        )
      }
    }
  const decode = decodeBy('fast')
  /** By the parsed form, which all copies of an event share. */
  const shared = new WeakMap<object, DomainEvent>()
  return {
    definitions,
    prepare(event) {
      const found = entry(event.type)
      const { definition, walk } = found
      const written = plainOf(found, event) as object
      const persons = walk ? personsIn(walk, written) : []
      // Where nothing stands in clear there is nothing to replace.
      const plain = (protect: ReplacePersonal): object =>
        walk && persons.length > 0 ? (walk(written, protect) as object) : written
      return {
        type: event.type,
        schemaVersion: definition.schemaVersion,
        persons,
        plain,
        data: protect => JSON.stringify(plain(protect)),
      }
    },
    decode,
    decodeStored({ type, data, parsed }, schemaVersion) {
      if (parsed === undefined) return decode(type, schemaVersion, data)
      const known = shared.get(parsed)
      if (known) return known
      const event = decode(type, schemaVersion, parsed)
      shared.set(parsed, event)
      return event
    },
    decodeByZod: decodeBy('strict'),
  }
}
