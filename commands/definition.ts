import type * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision, Rejection } from '../domain/shared/aggregate.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import type { PersonalKey } from '../domain/organisation/person.ts'
import type { Personal } from '../domain/shared/protected.ts'
import type { RecordedEvent } from '../event-store/log.ts'
import type { Grant, Role } from '../domain/organisation/user.events.ts'

/** A sentence for a person, in both languages of the product. */
export interface Sentence {
  readonly fr: string
  readonly en: string
}

/** What a decision may know besides its input: all of it given, none of it read from a clock. */
export interface CommandContext {
  readonly commandId: string
  /** The user or system actor, a UUID. */
  readonly actor: string
  /** The rights the actor has now. */
  readonly grants: readonly Grant[]
  /** The instant of knowledge that the events will carry. */
  readonly recordedAt: string
  /** The day of `recordedAt` in a time zone. */
  readonly dayIn: (timeZone: string) => string
  /**
   * HMAC-SHA-256, hex, under the log-wide secret: what the stream of a unique key is named by (PROTOCOL 16, 29).
   * The id of such a stream is `<kind>.<digest>`.
   */
  readonly digest: (text: string) => string
}

/** Reads the present state of streams while facts are gathered. */
export interface FactReader {
  /** State of an aggregate, folded from its stream. */
  state<S, Ev extends DomainEvent>(aggregate: Aggregate<S, Ev>, id: string): Promise<S>
  /** One stored event that immutable facts are read from (an issued invoice), by stream and revision. */
  event(stream: string, revision: number): Promise<RecordedEvent>
  /** The number an invoice or credit note was given, or undefined while its registrar has not answered. */
  issued(requestEventId: string): Promise<DomainEvent | undefined>
  /** The answer to the first request for a number in a stream: `invoice-<invoiceId>` gives the issued invoice. */
  answered(stream: string): Promise<DomainEvent | undefined>
  /** Requests of an entity that no registrar has answered yet, by series, each with its instant (PROTOCOL 25). */
  unanswered(entityId: string): Promise<readonly UnansweredRequest[]>
  /** Keys that protect what is kept of a natural person, from the vault; those destroyed are left out. */
  personalKeys(personId: string): Promise<readonly PersonalKey[]>
  /** A personal field as clear text, for the key that is made of it; undefined where it was erased. */
  reveal(field: string, value: Personal): Promise<string | undefined>
}

/** A request for a number that still waits for its registrar. */
export interface UnansweredRequest {
  readonly series: string
  readonly stream: string
  readonly recordedAt: string
  /** Zone in which `recordedAt` is a day. */
  readonly timeZone: string
}

/** One append: the decision on one stream, at its exact revision. */
export interface Step<S = unknown, Ev extends DomainEvent = DomainEvent> {
  readonly aggregate: Aggregate<S, Ev>
  readonly id: string
  readonly decide: Decision<S, Ev>
}

/**
 * Steps run in order, each on a stream of its own; the claim comes first. A later step may be a function of what the
 * steps before stored: after a crash it goes on from the stored claim, never from a new decision (PROTOCOL 16).
 */
export type Steps = readonly (AnyStep | ((stored: readonly DomainEvent[]) => AnyStep))[]

/** A step whose state type is its own business. */
export interface AnyStep {
  readonly aggregate: Aggregate<never, never>
  readonly id: string
  readonly decide: (state: never) => E.Either<Rejection, readonly DomainEvent[]>
}

/** Hides the state type of a step. The one place where the types of many aggregates meet. */
export const step = <S, Ev extends DomainEvent>(s: Step<S, Ev>): AnyStep => s as unknown as AnyStep

/**
 * Two duties that one person may not do on the same thing. The handler refuses the command when its actor is the
 * author of an event of the target stream for which `conflictsWith` holds.
 */
export interface Separation<I> {
  readonly duty: Sentence
  /** The commands whose doing is the other duty: what the matrix of rights shows. */
  readonly from: readonly string[]
  readonly conflictsWith: (event: DomainEvent, input: I) => boolean
  /** Only the newest such event counts (who locked last), or any of them (who ever drafted). */
  readonly counts: 'newest' | 'any'
}

/**
 * The legal entity of a command: named by its input, or by the document that the input names, which may not be there, or
 * may belong to none. It is known before the facts are gathered, so that what is refused tells nothing to those without right in it.
 */
export type NamedEntity = string | Promise<E.Either<Rejection, string | undefined>>

/** What a context declares of one command. */
export interface CommandDeclaration<Schema extends z.ZodType, F> {
  /** `context.verbNoun`. */
  readonly name: `${string}.${string}`
  readonly summary: Sentence
  /** Wire shape; decoded before anything else. Codecs and plain schemas only: it is encoded again to be digested. */
  readonly input: Schema
  /** Who may: any of these roles, in the legal entity that `entity` names. */
  readonly roles: readonly Role[]
  /** Of those roles, the ones that may with this input, where it says whose affair it is. */
  readonly rolesFor?: (input: z.output<Schema>) => readonly Role[]
  /** Only these system actors, whatever the roles: the command completes what another one began. */
  readonly actors?: readonly string[]
  /** The user whose own record the input is about: that user needs none of the roles. */
  readonly own?: (input: z.output<Schema>) => string
  /** The legal entity that the rights are asked in; absent for what belongs to no entity. */
  readonly entity?: (input: z.output<Schema>, read: FactReader) => NamedEntity
  readonly separation?: Separation<z.output<Schema>>
  /** What the decision needs from other streams: read, never decided, and only for those who may send the command. */
  readonly facts?: (
    input: z.output<Schema>,
    read: FactReader,
    context: CommandContext,
  ) => Promise<E.Either<Rejection, F>>
  readonly steps: (input: z.output<Schema>, facts: F, context: CommandContext) => Steps
}

/** One command: the whole of the write surface is a list of these. Its types of input and facts are its own. */
export interface CommandDefinition {
  readonly name: `${string}.${string}`
  readonly summary: Sentence
  readonly input: z.ZodType
  readonly roles: readonly Role[]
  readonly rolesFor?: (input: never) => readonly Role[]
  readonly actors?: readonly string[]
  readonly own?: (input: never) => string
  readonly entity?: (input: never, read: FactReader) => NamedEntity
  readonly separation?: Separation<never>
  readonly facts?: (
    input: never,
    read: FactReader,
    context: CommandContext,
  ) => Promise<E.Either<Rejection, unknown>>
  readonly steps: (input: never, facts: never, context: CommandContext) => Steps
}

/** Declares a command; keeps the types of input and facts together, and hides them from the registry. */
export const defineCommand = <Schema extends z.ZodType, F = undefined>(
  declaration: CommandDeclaration<Schema, F>,
): CommandDefinition => declaration

/**
 * What a rejection says to a person, and the fields of the input that it is about, by their names or paths: none where
 * it is about how things stand.
 */
export interface RefusalSentence extends Sentence {
  readonly fields: readonly string[]
}

/** What a rejection says to a person, by code; `line` counts the line of the input that it names by its id. */
export type Sentences = Readonly<Record<string, (rejection: never, line?: number) => RefusalSentence>>

/** Declares the sentences of a union of rejections: none may be missing, each sees its own data. */
export const sentencesFor = <R extends Rejection>(sentences: {
  readonly [C in R['code']]: (rejection: Extract<R, { readonly code: C }>, line?: number) => RefusalSentence
}): Sentences => sentences

/** What `commands/<context>/index.ts` exports under the name of its context. */
export interface ContextCommands {
  readonly commands: readonly CommandDefinition[]
  readonly sentences: Sentences
}
