import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { Uuid, text } from '../shared/values.ts'

/**
 * A key that must be unique (PROTOCOL 16). Stream `uniqueKey-<kind>.<HMAC of the key>`: the key itself, which may be
 * personal, is in no name. Claimed and Released alternate at exact revisions.
 */
export const KEY_KINDS = [
  'login',
  'identity',
  'customerCode',
  'productCode',
  'orderNumber',
  'bankReference',
  'legalEntityCode',
] as const
export type KeyKind = (typeof KEY_KINDS)[number]
/** Open on disk, so that a new kind of key is no new version. */
export const KeyKind = z.string().regex(/^[a-z][A-Za-z]{0,29}$/)

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
