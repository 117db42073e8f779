import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { identityPart, keyId, keyText, uniqueKey } from '../../domain/organisation/unique-key.ts'
import { decide, user, type UserRejection } from '../../domain/organisation/user.ts'
import { Grant, UserIdentityLinked, UserRegistered } from '../../domain/organisation/user.events.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import { Uuid } from '../../domain/shared/values.ts'
import { claimKey } from '../claims.ts'
import { clearText } from '../clear-text.ts'
import { defineCommand, step, type AnyStep, type CommandContext, type FactReader } from '../definition.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'

/**
 * People whom an identity provider vouches for. They are known by issuer and subject, whose claim comes first: a name or
 * an address that somebody gives himself there opens nobody's account.
 */

const grants = z.array(Grant).max(50)
const Subject = clearText(UserIdentityLinked.data.shape.person).omit({ personId: true }).shape
const Identity = z.strictObject({ userId: Uuid, issuer: UserIdentityLinked.data.shape.issuer, ...Subject })
type Identity = z.output<typeof Identity>

const claimIdentity = (context: CommandContext, { userId, issuer, subject }: Identity): AnyStep =>
  claimKey(context, {
    kind: 'identity',
    parts: [identityPart(issuer, subject)],
    ownerStream: streamOf(user, userId),
  })

const linkOf = ({ userId, issuer, subject }: Identity, rightsFrom: 'groups' | 'administrators') => ({
  userId,
  issuer,
  person: { personId: userId, subject },
  rightsFrom,
})

const registerProviderUser = defineCommand({
  name: 'organisation.registerProviderUser',
  summary: { fr: 'Enregistrer un utilisateur d’un fournisseur', en: 'Register a user of a provider' },
  input: z.strictObject({
    ...Identity.shape,
    ...clearText(UserRegistered.data.shape.person).omit({ personId: true }).shape,
    grants,
  }),
  roles: [],
  actors: [SYSTEM_ACTORS.identityProvider],
  steps: ({ login, name, grants: given, ...identity }, _, context) => {
    const { userId } = identity
    const person = { personId: userId, login, name }
    const registration = { userId, kind: 'human', person, grants: given } as const
    return [
      claimIdentity(context, identity),
      claimKey(context, { kind: 'login', parts: [login], ownerStream: streamOf(user, userId) }),
      step({
        aggregate: user,
        id: userId,
        decide: decide.registerLinked(registration, linkOf(identity, 'groups')),
      }),
    ]
  },
})

/** Whether it is linked already, known by the claim: what a linked account says of its subject is protected. */
const linkFacts = async (
  { userId, issuer, subject }: Identity,
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<UserRejection, { readonly linked: boolean }>> => {
  const digest = context.digest(keyText('identity', identityPart(issuer, subject)))
  const [key, known] = await Promise.all([
    read.state(uniqueKey, keyId('identity', digest)),
    read.state(user, userId),
  ])
  const present = known.status === 'active' ? known.identity : undefined
  const linked =
    present !== undefined && key.status === 'claimed' && key.ownerStream === streamOf(user, userId)
  return linked || present === undefined
    ? E.right({ linked })
    : E.left({ code: 'IDENTITY_LINKED', issuer: present.issuer })
}

/** One's own act, sent once the provider has vouched for who is signed in here already. */
const linkIdentity = defineCommand({
  name: 'organisation.linkIdentity',
  summary: {
    fr: 'Lier son compte à un fournisseur d’identité',
    en: 'Link one’s account to an identity provider',
  },
  input: Identity,
  roles: [],
  own: ({ userId }) => userId,
  facts: linkFacts,
  steps: (identity, { linked }, context) =>
    linked
      ? []
      : [
          claimIdentity(context, identity),
          step({
            aggregate: user,
            id: identity.userId,
            decide: decide.linkIdentity(linkOf(identity, 'administrators')),
          }),
        ],
})

const grantFromGroups = defineCommand({
  name: 'organisation.grantFromGroups',
  summary: { fr: 'Donner les droits que disent les groupes', en: 'Give the rights that groups say' },
  input: z.strictObject({ userId: Uuid, grants }),
  roles: [],
  actors: [SYSTEM_ACTORS.identityProvider],
  steps: ({ userId, grants: given }) => [
    step({ aggregate: user, id: userId, decide: decide.grantFromGroups(given) }),
  ],
})

export const identityCommands = [registerProviderUser, linkIdentity, grantFromGroups]
