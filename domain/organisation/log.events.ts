import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
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

export const logEvents = [LogOpened, ClockConfirmed, LogResumed] as const
export type LogEvent = EventOf<typeof logEvents>

export const LOG_STREAM = 'log-main'
