import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { Uuid, text } from '../shared/values.ts'

/**
 * A key that must be unique (PROTOCOL 16). Stream `uniqueKey-<kind>.<HMAC of the key>`: the key itself, which may be
 * personal, is in no name. Claimed and Released alternate at exact revisions.
 */
export const KeyKind = z.enum([
  'login',
  'customerCode',
  'productCode',
  'orderNumber',
  'bankReference',
  'legalEntityCode',
])
export type KeyKind = z.output<typeof KeyKind>

export const KeyClaimed = defineEvent(
  'organisation.KeyClaimed',
  z.strictObject({ kind: KeyKind, ownerStream: text(200), commandId: Uuid }),
)
export const KeyReleased = defineEvent(
  'organisation.KeyReleased',
  z.strictObject({ kind: KeyKind, ownerStream: text(200), commandId: Uuid }),
)

export const claimEvents = [KeyClaimed, KeyReleased] as const
export type ClaimEvent = EventOf<typeof claimEvents>
