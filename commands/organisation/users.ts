import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { grantBeyond } from '../../domain/organisation/granting.ts'
import { decide, user, type UserRejection } from '../../domain/organisation/user.ts'
import {
  Grant,
  UserInvitationWithdrawn,
  UserInvited,
  UserLeft,
  UserRegistered,
  UserSecondFactorSet,
  UserTokenIssued,
} from '../../domain/organisation/user.events.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import { Uuid } from '../../domain/shared/values.ts'
import { claimKey } from '../claims.ts'
import { clearText } from '../clear-text.ts'
import { defineCommand, step, type CommandContext, type FactReader } from '../definition.ts'
import { repeatFacts } from './registration.ts'

/** Rights are handed out, and accounts kept, only where one administers. */
export type GrantRejection =
  | { readonly code: 'GRANT_BEYOND_OWN'; readonly role: string; readonly entityId: string }
  | { readonly code: 'USER_BEYOND_OWN'; readonly role: string; readonly entityId: string }

/** A user belongs to no legal entity; days are counted where the house is. */
export const HOUSE_TIME_ZONE = 'Europe/Paris'

const grantFacts = async (
  { userId, grants }: { readonly userId: string; readonly grants: readonly Grant[] },
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<GrantRejection, undefined>> => {
  const known = await read.state(user, userId)
  const before = known.status === 'active' ? known.grants : []
  const beyond = grantBeyond(context.grants, { before, after: grants })
  return beyond === undefined ? E.right(undefined) : E.left({ code: 'GRANT_BEYOND_OWN', ...beyond })
}

/**
 * Who keeps somebody's account could act as that person: he must administer wherever that person has rights. One's own
 * account is one's own.
 */
export const accountFacts = async (
  { userId }: { readonly userId: string },
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<GrantRejection, undefined>> => {
  if (userId === context.actor) return E.right(undefined)
  const known = await read.state(user, userId)
  if (known.status !== 'active') return E.right(undefined)
  const beyond = grantBeyond(context.grants, { before: [], after: known.grants })
  return beyond === undefined ? E.right(undefined) : E.left({ code: 'USER_BEYOND_OWN', ...beyond })
}

const grants = z.array(Grant).max(50)

const registerUser = defineCommand({
  name: 'organisation.registerUser',
  summary: { fr: 'Enregistrer un utilisateur', en: 'Register a user' },
  input: z.strictObject({
    userId: Uuid,
    kind: UserRegistered.data.shape.kind,
    ...clearText(UserRegistered.data.shape.person).omit({ personId: true }).shape,
    grants,
  }),
  roles: ['administrator'],
  facts: async (input, read, context): Promise<E.Either<GrantRejection | UserRejection, undefined>> => {
    const beyond = await grantFacts(input, read, context)
    return E.isLeft(beyond) ? beyond : repeatFacts(input, read)
  },
  steps: ({ userId, kind, login, name, grants: given }, _, context) => [
    claimKey(context, { kind: 'login', parts: [login], ownerStream: streamOf(user, userId) }),
    step({
      aggregate: user,
      id: userId,
      decide: decide.register({ userId, kind, person: { personId: userId, login, name }, grants: given }),
    }),
  ],
})

const changeGrants = defineCommand({
  name: 'organisation.changeGrants',
  summary: { fr: "Changer les droits d'un utilisateur", en: 'Change the rights of a user' },
  input: z.strictObject({ userId: Uuid, grants }),
  roles: ['administrator'],
  facts: grantFacts,
  steps: ({ userId, grants: given }, _, { actor }) => [
    step({ aggregate: user, id: userId, decide: decide.changeGrants(given, actor) }),
  ],
})

/**
 * Names the credential that opens the account: no secret passes here. This event comes first, as it says who may; the
 * vault is given the hash under this id after it, and until then the credential opens nothing.
 */
const setPassword = defineCommand({
  name: 'organisation.setPassword',
  summary: { fr: "Changer le mot de passe d'un utilisateur", en: 'Set the password of a user' },
  input: z.strictObject({ userId: Uuid, credentialId: Uuid }),
  roles: ['administrator'],
  own: ({ userId }) => userId,
  facts: accountFacts,
  steps: ({ userId, credentialId }) => [
    step({ aggregate: user, id: userId, decide: decide.setPassword(credentialId) }),
  ],
})

/** As with a password, the event comes first; the vault is given the token's digest under this id after it. */
const issueToken = defineCommand({
  name: 'organisation.issueToken',
  summary: { fr: 'Émettre un jeton', en: 'Issue a token' },
  input: UserTokenIssued.data,
  roles: ['administrator'],
  facts: accountFacts,
  steps: (input, _, { recordedAt }) => [
    step({ aggregate: user, id: input.userId, decide: decide.issueToken(input, recordedAt) }),
  ],
})

const revokeToken = defineCommand({
  name: 'organisation.revokeToken',
  summary: { fr: 'Révoquer un jeton', en: 'Revoke a token' },
  input: z.strictObject({ userId: Uuid, tokenId: Uuid }),
  roles: ['administrator'],
  own: ({ userId }) => userId,
  facts: accountFacts,
  steps: ({ userId, tokenId }) => [
    step({ aggregate: user, id: userId, decide: decide.revokeToken(tokenId) }),
  ],
})

/** As with a token, the event comes first; the vault is given the digest of the link's secret after it. */
const inviteUser = defineCommand({
  name: 'organisation.inviteUser',
  summary: { fr: 'Inviter un utilisateur par un lien', en: 'Invite a user by a link' },
  input: UserInvited.data,
  roles: ['administrator'],
  facts: accountFacts,
  steps: (input, _, { recordedAt }) => [
    step({ aggregate: user, id: input.userId, decide: decide.invite(input, recordedAt) }),
  ],
})

/** Sent for who opened the link: knowing its secret is what makes it their own act. */
const acceptInvitation = defineCommand({
  name: 'organisation.acceptInvitation',
  summary: { fr: 'Choisir son mot de passe par une invitation', en: 'Choose a password by an invitation' },
  input: z.strictObject({ userId: Uuid, invitationId: Uuid, credentialId: Uuid }),
  roles: [],
  own: ({ userId }) => userId,
  steps: ({ userId, ...accepted }, _, { recordedAt }) => [
    step({ aggregate: user, id: userId, decide: decide.acceptInvitation(accepted, recordedAt) }),
  ],
})

const withdrawInvitation = defineCommand({
  name: 'organisation.withdrawInvitation',
  summary: { fr: 'Retirer une invitation', en: 'Withdraw an invitation' },
  input: UserInvitationWithdrawn.data,
  roles: ['administrator'],
  facts: accountFacts,
  steps: ({ userId, invitationId }) => [
    step({ aggregate: user, id: userId, decide: decide.withdrawInvitation(invitationId) }),
  ],
})

/** One's own act, once a code has shown that the secret in the vault is in one's hands. */
const setSecondFactor = defineCommand({
  name: 'organisation.setSecondFactor',
  summary: { fr: 'Poser son second facteur', en: 'Set one’s second factor' },
  input: UserSecondFactorSet.data,
  roles: [],
  own: ({ userId }) => userId,
  steps: ({ userId, factorId }) => [
    step({ aggregate: user, id: userId, decide: decide.setSecondFactor(factorId) }),
  ],
})

const resetSecondFactor = defineCommand({
  name: 'organisation.resetSecondFactor',
  summary: { fr: "Lever le second facteur d'un utilisateur", en: 'Reset the second factor of a user' },
  input: z.strictObject({ userId: Uuid }),
  roles: ['administrator'],
  facts: accountFacts,
  steps: ({ userId }, _, { actor }) => [
    step({ aggregate: user, id: userId, decide: decide.resetSecondFactor(actor) }),
  ],
})

const userLeaves = defineCommand({
  name: 'organisation.userLeaves',
  summary: { fr: "Noter le départ d'un utilisateur", en: 'Write down that a user leaves' },
  input: UserLeft.data,
  roles: ['administrator'],
  facts: accountFacts,
  steps: ({ userId, leftOn }, _, { actor, dayIn }) => [
    step({
      aggregate: user,
      id: userId,
      decide: decide.leave(leftOn, { actor, today: dayIn(HOUSE_TIME_ZONE) }),
    }),
  ],
})

export const userCommands = [
  registerUser,
  changeGrants,
  setPassword,
  issueToken,
  revokeToken,
  inviteUser,
  acceptInvitation,
  withdrawInvitation,
  setSecondFactor,
  resetSecondFactor,
  userLeaves,
]
