import { dayIn } from '../domain/shared/days.ts'
import type { PersonalKey } from '../domain/organisation/person.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import type { Log } from '../event-store/log.ts'
import type { Origin } from '../event-store/metadata.ts'
import type { Actor } from './authorisation.ts'
import type { CommandIndex } from './command-index.ts'
import type { CommandContext, FactReader } from './definition.ts'
import type { Outcome } from './outcome.ts'
import type { Asked, Verdict } from './plan.ts'
import type { RefusalCounter } from './refusals.ts'
import type { Registry } from './registry.ts'
import type { Answers } from './registrar/answers.ts'
import type { NumberRequests } from './registrar/requests.ts'
import type { Streams } from './streams.ts'

export interface CommandRequest {
  /** `context.verbNoun`. */
  readonly name: string
  /** As it came over the wire. */
  readonly input: unknown
  /** Idempotency key; may be missing from a preview alone. */
  readonly key?: string | undefined
  readonly actor: Actor
  readonly origin: Origin
  /** The first command of the chain; the command itself when absent. */
  readonly correlationId?: string | undefined
  /** The event that a reaction answers. */
  readonly causationId?: string | undefined
  readonly dryRun?: boolean | undefined
  /** If-Match: the revision of the first step's stream that the caller saw; -1 for none. */
  readonly expectedRevision?: number | undefined
}

export interface CommandHandler {
  handle(request: CommandRequest): Promise<Outcome>
}

export interface HandlerDeps {
  readonly registry: Registry
  readonly log: Log
  readonly streams: Streams
  readonly index: CommandIndex
  readonly answers: Answers
  readonly requests: NumberRequests
  readonly refusals: RefusalCounter
  /** The instant of knowledge: ISO 8601, UTC, milliseconds. */
  readonly now: () => string
  /** The vault's HMAC: `kind` keeps digests of different things apart. */
  readonly hmac: (kind: string, text: string) => string
  readonly personalKeys: (personId: string) => Promise<readonly PersonalKey[]>
  readonly reveal: FactReader['reveal']
  /**
   * What must follow at once outside the log (keys destroyed after an erasure), before the answer; `repeated` where the
   * command was sent again.
   */
  readonly onRecorded?: (events: readonly DomainEvent[], repeated: boolean) => Promise<void>
  /** How long a caller waits for a number. */
  readonly answerMsMax?: number
}

/** A command accepted for execution: valid, keyed, and sent by somebody who may send it somewhere. */
export interface Run extends Asked {
  readonly request: CommandRequest
  readonly inputHash: string | undefined
}

export type Decide = (run: Run, context: CommandContext) => Promise<Verdict>

/** What the decision of a run may know, as of now. */
export const contextOf = (deps: HandlerDeps, { commandId, actor }: Run): CommandContext => {
  const recordedAt = deps.now()
  return {
    commandId,
    actor: actor.userId,
    grants: actor.grants,
    recordedAt,
    dayIn: timeZone => dayIn(timeZone, recordedAt),
    digest: text => deps.hmac('uniqueKey', text),
  }
}
