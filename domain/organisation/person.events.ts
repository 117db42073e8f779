import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { Purpose } from '../shared/protected.ts'
import { Day, Uuid, text } from '../shared/values.ts'

/** Stream `person-<personId>`: what was decided on a natural person's data. */

/** Exactly these keys are destroyed, at once and again at every start and restore (PROTOCOL 28). */
export const PersonErased = defineEvent(
  'organisation.PersonErased',
  z.strictObject({
    personId: Uuid,
    keyIds: z.array(Uuid).min(1).max(100),
    purposes: z.array(Purpose).min(1),
    /** What was asked for too and refused, with the day its retention ends. */
    kept: z.array(z.strictObject({ purpose: Purpose, until: Day })).max(10),
    /** Who holds copies that left the system and must be told (PROTOCOL 30). */
    copies: z.array(z.strictObject({ recipient: text(200), what: text(200) })).max(1000),
    explanation: text(500),
  }),
)

/** Personal data left the system: an erasure lists who holds copies (PROTOCOL 30). */
export const PersonalDataExported = defineEvent(
  'organisation.PersonalDataExported',
  z.strictObject({
    personId: Uuid,
    purposes: z.array(Purpose).min(1),
    recipient: text(200),
    what: text(200),
  }),
)

export const personEvents = [PersonErased, PersonalDataExported] as const
export type PersonEvent = EventOf<typeof personEvents>
