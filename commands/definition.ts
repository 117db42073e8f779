import type * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision, Rejection } from '../domain/shared/aggregate.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import type { Role } from '../domain/organisation/user.events.ts'

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
  /** The instant of knowledge that the events will carry. */
  readonly recordedAt: string
  /** The day of `recordedAt` in a time zone. */
  readonly dayIn: (timeZone: string) => string
}

/** Reads the present state of streams while facts are gathered. */
export interface FactReader {
  /** State of an aggregate, folded from its stream. */
  state<S, Ev extends DomainEvent>(aggregate: Aggregate<S, Ev>, id: string): Promise<S>
  /** One stored event that immutable facts are read from (an issued invoice), by stream and revision. */
  event(stream: string, revision: number): Promise<DomainEvent>
}

/** One append: the decision on one stream, at its exact revision. */
export interface Step<S = unknown, Ev extends DomainEvent = DomainEvent> {
  readonly aggregate: Aggregate<S, Ev>
  readonly id: string
  readonly decide: Decision<S, Ev>
}

/**
 * Steps run in order; the claim comes first. A later step may be a function of what the steps before stored: after a
 * crash it goes on from the stored claim, never from a new decision (PROTOCOL 16).
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
  readonly conflictsWith: (event: DomainEvent, input: I) => boolean
  /** Only the newest such event counts (who locked last), or any of them (who ever drafted). */
  readonly counts: 'newest' | 'any'
}

/** One command: the whole of the write surface is a list of these. */
export interface CommandDefinition<Schema extends z.ZodType = z.ZodType, F = unknown> {
  /** `context.verbNoun`. */
  readonly name: `${string}.${string}`
  readonly summary: Sentence
  /** Wire shape; decoded before anything else. */
  readonly input: Schema
  /** Who may: any of these roles, in the legal entity that `entity` names. */
  readonly roles: readonly Role[]
  /** The legal entity that the rights are asked in; absent for what belongs to no entity. */
  readonly entity?: (input: z.output<Schema>, facts: F) => string
  readonly separation?: Separation<z.output<Schema>>
  /** What the decision needs from other streams: read, never decided. */
  readonly facts?: (
    input: z.output<Schema>,
    read: FactReader,
    context: CommandContext,
  ) => Promise<E.Either<Rejection, F>>
  readonly steps: (input: z.output<Schema>, facts: F, context: CommandContext) => Steps
}

/** Declares a command; keeps the types of input and facts together. */
export const defineCommand = <Schema extends z.ZodType, F = undefined>(
  definition: CommandDefinition<Schema, F>,
): CommandDefinition<Schema, F> => definition
