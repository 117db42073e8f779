import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { KeyClaimed } from '../../domain/organisation/claim.events.ts'
import {
  decide as decideKey,
  identityPart,
  keyId,
  keyText,
  uniqueKey,
  type UniqueKey,
} from '../../domain/organisation/unique-key.ts'
import { decide, user, type LinkedIdentity, type UserRejection } from '../../domain/organisation/user.ts'
import { Grant, UserIdentityLinked, UserRegistered } from '../../domain/organisation/user.events.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import { Uuid } from '../../domain/shared/values.ts'
import { claimKey } from '../claims.ts'
import { clearText } from '../clear-text.ts'
import { defineCommand, step, type AnyStep, type CommandContext, type FactReader } from '../definition.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'
import { repeatFacts } from './registration.ts'
import { accountFacts, type GrantRejection } from './users.ts'

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
  facts: (input, read) => repeatFacts({ ...input, kind: 'human' }, read),
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

/** The key of an identity, as it stands. */
const keyOf = async (
  { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
  read: FactReader,
  context: CommandContext,
): Promise<{ readonly id: string; readonly key: UniqueKey }> => {
  const id = keyId('identity', context.digest(keyText('identity', identityPart(issuer, subject))))
  return { id, key: await read.state(uniqueKey, id) }
}

/** The identity of an account that opens, or undefined where it has none. */
const identityOf = async (read: FactReader, userId: string): Promise<LinkedIdentity | undefined> => {
  const known = await read.state(user, userId)
  return known.status === 'active' ? known.identity : undefined
}

const isOwn = (key: UniqueKey, userId: string): key is Extract<UniqueKey, { status: 'claimed' }> =>
  key.status === 'claimed' && key.ownerStream === streamOf(user, userId)

interface LinkFacts {
  /** Whether it is linked already. */
  readonly linked: boolean
  /** The command that claimed the key for this user before. */
  readonly claimedBy: string | undefined
}

const linkFacts = async (
  identity: Identity,
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<UserRejection, LinkFacts>> => {
  const { userId, issuer, subject } = identity
  const [{ key }, present] = await Promise.all([keyOf(identity, read, context), identityOf(read, userId)])
  const claimedBy = isOwn(key, userId) ? key.commandId : undefined
  if (present === undefined) return E.right({ linked: false, claimedBy })
  const linked = present.issuer === issuer && (await read.reveal('subject', present.subject)) === subject
  return linked ? E.right({ linked, claimedBy }) : E.left({ code: 'IDENTITY_LINKED', issuer: present.issuer })
}

/** The command whose claim a link goes on from: its own, or that of one that was cut off behind it. */
const claimedIn = (stored: readonly DomainEvent[], before: string | undefined): string | undefined => {
  const claimed = stored.find(({ type }) => type === KeyClaimed.type)
  return claimed ? (claimed.data as z.output<typeof KeyClaimed.data>).commandId : before
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
  steps: (identity, { linked, claimedBy }, context) =>
    linked
      ? []
      : [
          claimIdentity(context, identity),
          stored =>
            step({
              aggregate: user,
              id: identity.userId,
              decide: decide.linkIdentity(linkOf(identity, 'administrators'), claimedIn(stored, claimedBy)),
            }),
        ],
})

interface UnlinkFacts {
  readonly linked: LinkedIdentity
  readonly keyId: string
  /** The command that claimed the key. */
  readonly claimedBy: string
}

/** What there is to end; nothing where no identity is linked. */
const unlinkFacts = async (
  { userId }: { readonly userId: string },
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<GrantRejection, UnlinkFacts | undefined>> => {
  const beyond = await accountFacts({ userId }, read, context)
  if (E.isLeft(beyond)) return beyond
  const linked = await identityOf(read, userId)
  const subject = linked && (await read.reveal('subject', linked.subject))
  // Whose account opens was not forgotten: the subject is there.
  if (linked === undefined || subject === undefined) return E.right(undefined)
  const { id, key } = await keyOf({ issuer: linked.issuer, subject }, read, context)
  return E.right(isOwn(key, userId) ? { linked, keyId: id, claimedBy: key.commandId } : undefined)
}

/** The end of the link first, then its key (PROTOCOL 16). */
const unlinkIdentity = defineCommand({
  name: 'organisation.unlinkIdentity',
  summary: {
    fr: 'Rompre le lien d’un compte à un fournisseur d’identité',
    en: 'End the link of an account to an identity provider',
  },
  input: z.strictObject({ userId: Uuid }),
  roles: ['administrator'],
  own: ({ userId }) => userId,
  facts: unlinkFacts,
  steps: ({ userId }, facts, { actor, commandId }) => {
    if (facts === undefined) return []
    const { linked, keyId: id, claimedBy } = facts
    const ended = { linked, keyStream: streamOf(uniqueKey, id), commandId: claimedBy }
    const ownerStream = streamOf(user, userId)
    const release = decideKey.release({ kind: 'identity', ownerStream, commandId })
    return [
      step({ aggregate: user, id: userId, decide: decide.unlinkIdentity(ended, actor) }),
      step({ aggregate: uniqueKey, id, decide: release }),
    ]
  },
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

export const identityCommands = [registerProviderUser, linkIdentity, unlinkIdentity, grantFromGroups]
