import { z } from 'zod'
import { defineEvent, type DomainEvent, type EventOf } from '../shared/events.ts'
import { Instant, Sha256, Uuid, text } from '../shared/values.ts'

/** Stream `log-main`: what is said of the log as a whole. The first event of every log is `LogOpened`. */
export const LogOpened = defineEvent(
  'organisation.LogOpened',
  z.strictObject({
    logId: Uuid,
    kind: z.enum(['production', 'sandbox']),
    name: text(60),
    /**
     * HMAC of the log's id under the log's secret in the vault. Start compares: with another secret every unique key
     * would be free again and every repeated command a new one.
     */
    secretCheck: Sha256,
  }),
)

/** An operator vouches for a clock that jumped (PROTOCOL 10): appends recorded from `from` on are accepted again. */
export const ClockConfirmed = defineEvent(
  'organisation.ClockConfirmed',
  z.strictObject({ from: Instant, previousMaximum: Instant, explanation: text(500) }),
)

/** An operator decided to go on with a log that the checkpoints did not match (PROTOCOL 15). */
export const LogResumed = defineEvent(
  'organisation.LogResumed',
  z.strictObject({
    /** The last event of the log the decision was taken on. */
    headEventId: Uuid,
    headHash: Sha256,
    explanation: text(500),
  }),
)

/**
 * The log moves to another store (PROTOCOL 12): here it is shut, and who reads this appends no more. What stands behind
 * it in the log was appended by programs that had not read it yet, and moves along.
 */
export const LogMoved = defineEvent(
  'organisation.LogMoved',
  z.strictObject({
    /** Where to, as the operator named it, without credentials. */
    target: text(300),
    /** The last event of the log when the move was decided. */
    headEventId: Uuid,
    headHash: Sha256,
    explanation: text(500).optional(),
  }),
)

/**
 * A log that was shut is open again, at one place alone: where it was moved to, every event before this one having been
 * compared with its source, or where it was, the move having been given up.
 */
export const LogReopened = defineEvent(
  'organisation.LogReopened',
  z.strictObject({
    /** The place, named as `LogMoved` names one. */
    place: text(300),
    /** The `LogMoved` it answers. */
    movedEventId: Uuid,
    /** How many events stand before this one, and the last of them. */
    events: z.int().min(1),
    lastEventId: Uuid,
    /** SHA-256 over the hashes of these events, in the order of the log, each followed by a line feed. */
    digest: Sha256,
    explanation: text(500).optional(),
  }),
)

export const logEvents = [LogOpened, ClockConfirmed, LogResumed, LogMoved, LogReopened] as const
export type LogEvent = EventOf<typeof logEvents>

export const LOG_STREAM = 'log-main'

/** Where a `LogMoved` says that the log goes on; undefined for any other event. */
export const targetOf = ({ type, data }: DomainEvent): string | undefined =>
  type === LogMoved.type ? (data as { readonly target: string }).target : undefined
