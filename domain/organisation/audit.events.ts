import { z } from 'zod'
import { defineEvent } from '../shared/events.ts'
import { Purpose } from '../shared/protected.ts'
import { Instant, Uuid, text } from '../shared/values.ts'

/**
 * Refusals and sensitive reads, counted per (actor, command, code, subject, minute) into one event (PROTOCOL 18).
 * Stream `processAudit-<yyyy-mm-dd>.<processId>`. Never a payload.
 */
const Counted = {
  actor: Uuid,
  /** The minute counted, its seconds zero. */
  minute: Instant,
  count: z.int().min(1),
  /** Stream the attempt was about, where there is one. */
  subject: text(200).optional(),
}

export const CommandsRefused = defineEvent(
  'organisation.CommandsRefused',
  z.strictObject({ ...Counted, command: text(80), code: text(60), firstCommandIds: z.array(Uuid).max(10) }),
)
export const SensitiveReadsMade = defineEvent(
  'organisation.SensitiveReadsMade',
  z.strictObject({
    ...Counted,
    query: text(80),
    purpose: Purpose.optional(),
    /** Streams or persons first read in that minute. */
    firstSubjects: z.array(text(200)).max(10),
  }),
)
export const SignInsRefused = defineEvent(
  'organisation.SignInsRefused',
  z.strictObject({
    minute: Instant,
    count: z.int().min(1),
    code: text(60),
    /** HMAC of the login tried: tells attempts on one account apart without naming a person. */
    loginDigest: text(64),
  }),
)

export const auditEvents = [CommandsRefused, SensitiveReadsMade, SignInsRefused] as const
