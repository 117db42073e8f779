import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { about, personal } from '../shared/protected.ts'
import { Day, Instant, Uuid, text } from '../shared/values.ts'

/**
 * Stream `user-<userId>`. The user's id is the person's id. Passwords, tokens and other secrets are in the vault, never
 * here.
 */

export const Role = z.enum([
  'sales',
  'billing',
  'accountant',
  'chiefAccountant',
  'auditor',
  'analyst',
  'administrator',
])
export type Role = z.output<typeof Role>

/** A role in one legal entity, or in all of them. */
export const Grant = z.strictObject({ role: Role, entityId: z.union([Uuid, z.literal('all')]) })
export type Grant = z.output<typeof Grant>

const Person = about('account', { login: personal(254), name: personal(200) })

export const UserRegistered = defineEvent(
  'organisation.UserRegistered',
  z.strictObject({
    userId: Uuid,
    kind: z.enum(['human', 'program']),
    person: Person,
    grants: z.array(Grant).max(50),
  }),
)
export const UserGrantsChanged = defineEvent(
  'organisation.UserGrantsChanged',
  z.strictObject({ userId: Uuid, grants: z.array(Grant).max(50) }),
)
/** That a credential was set, and which one: its hash is in the vault under this id. */
export const UserPasswordSet = defineEvent(
  'organisation.UserPasswordSet',
  z.strictObject({ userId: Uuid, credentialId: Uuid }),
)
export const UserTokenIssued = defineEvent(
  'organisation.UserTokenIssued',
  z.strictObject({ userId: Uuid, tokenId: Uuid, label: text(60), expiresAt: Instant }),
)
export const UserTokenRevoked = defineEvent(
  'organisation.UserTokenRevoked',
  z.strictObject({ userId: Uuid, tokenId: Uuid }),
)
/**
 * A link was made by which the user sets a password, until an instant. The digest of its secret is in the vault under
 * this id; an earlier link opens nothing any more.
 */
export const UserInvited = defineEvent(
  'organisation.UserInvited',
  z.strictObject({ userId: Uuid, invitationId: Uuid, expiresAt: Instant }),
)
/** The link was used, for the only time: the password that was set by it stands in the event behind this one. */
export const UserInvitationAccepted = defineEvent(
  'organisation.UserInvitationAccepted',
  z.strictObject({ userId: Uuid, invitationId: Uuid }),
)
export const UserInvitationWithdrawn = defineEvent(
  'organisation.UserInvitationWithdrawn',
  z.strictObject({ userId: Uuid, invitationId: Uuid }),
)
/** That a second factor stands beside the password, and which one: its secret is in the vault under this id. */
export const UserSecondFactorSet = defineEvent(
  'organisation.UserSecondFactorSet',
  z.strictObject({ userId: Uuid, factorId: Uuid }),
)
/** The second factor counts no more: its secret is destroyed. */
export const UserSecondFactorReset = defineEvent(
  'organisation.UserSecondFactorReset',
  z.strictObject({ userId: Uuid, factorId: Uuid }),
)
/**
 * The user signs in through an identity provider as well: there he is this subject, whose claim is the key `identity`.
 * `rightsFrom` says whether the provider's groups give his rights, or administrators do.
 */
export const UserIdentityLinked = defineEvent(
  'organisation.UserIdentityLinked',
  z.strictObject({
    userId: Uuid,
    issuer: text(300),
    person: about('account', { subject: personal(255) }),
    rightsFrom: z.enum(['groups', 'administrators']),
  }),
)
/**
 * The user signs in through the identity provider no more. `keyStream` is the stream of the key `identity` that this
 * frees, `commandId` the command that had claimed it. Rights are the administrators' to give from here on.
 */
export const UserIdentityUnlinked = defineEvent(
  'organisation.UserIdentityUnlinked',
  z.strictObject({ userId: Uuid, issuer: text(300), keyStream: text(200), commandId: Uuid }),
)
/**
 * The command that had claimed an identity for this user never came back, or came too late. It links nothing any more;
 * its key is free again (PROTOCOL 16). `commandId` is the command that had claimed.
 */
export const UserIdentityLinkAbandoned = defineEvent(
  'organisation.UserIdentityLinkAbandoned',
  z.strictObject({ userId: Uuid, commandId: Uuid }),
)
/** The account no longer opens; what the person did stays. The retention of the account's data begins. */
export const UserLeft = defineEvent('organisation.UserLeft', z.strictObject({ userId: Uuid, leftOn: Day }))

/**
 * The command that had claimed the key of this user never came back. Nothing begins on this stream any more; its
 * key is free again (PROTOCOL 16). `commandId` is the command that had claimed.
 */
export const UserRegistrationAbandoned = defineEvent(
  'organisation.UserRegistrationAbandoned',
  z.strictObject({ userId: Uuid, commandId: Uuid }),
)

export const userEvents = [
  UserRegistered,
  UserGrantsChanged,
  UserPasswordSet,
  UserTokenIssued,
  UserTokenRevoked,
  UserInvited,
  UserInvitationAccepted,
  UserInvitationWithdrawn,
  UserSecondFactorSet,
  UserSecondFactorReset,
  UserIdentityLinked,
  UserIdentityUnlinked,
  UserIdentityLinkAbandoned,
  UserLeft,
  UserRegistrationAbandoned,
] as const
export type UserEvent = EventOf<typeof userEvents>
