import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { same } from '../shared/same.ts'
import { impossible, type Day, type Instant, type Uuid } from '../shared/values.ts'
import {
  userEvents,
  type Grant,
  type UserEvent,
  type UserIdentityLinked,
  type UserInvited,
  type UserRegistered,
  type UserTokenIssued,
} from './user.events.ts'

type Registration = z.output<typeof UserRegistered.data>
type TokenIssue = z.output<typeof UserTokenIssued.data>
type Invitation = z.output<typeof UserInvited.data>
type Identity = z.output<typeof UserIdentityLinked.data>

/** Who somebody is at an identity provider; the subject is protected. */
export type LinkedIdentity = Pick<Identity, 'issuer' | 'rightsFrom'> & Pick<Identity['person'], 'subject'>

/** The claim of an identity: the stream of its key, and the command that claimed. */
export interface IdentityClaim {
  readonly keyStream: string
  readonly commandId: Uuid
}

export interface KnownUser {
  readonly status: 'active' | 'left'
  readonly registered: Registration
  readonly grants: readonly Grant[]
  /** The credential whose hash in the vault opens the account; undefined while no password was set. */
  readonly credentialId: Uuid | undefined
  /** Tokens ever issued, by id. */
  readonly tokens: ReadonlyMap<string, { readonly expiresAt: Instant; readonly revoked: boolean }>
  /** The one link that may still set a password. */
  readonly invitation: Omit<Invitation, 'userId'> | undefined
  /** The second factor whose secret in the vault is asked for beside the password. */
  readonly factorId: Uuid | undefined
  /** Who he is at an identity provider, and whether the groups there give his rights. */
  readonly identity: LinkedIdentity | undefined
  /** Commands whose claims of an identity for him were ended: they link nothing any more. */
  readonly endedClaims: ReadonlySet<string>
  readonly leftOn: Day | undefined
}
export type User = { readonly status: 'none' } | { readonly status: 'abandoned' } | KnownUser

export type UserRejection =
  | { readonly code: 'USER_NOT_FOUND' }
  | { readonly code: 'USER_EXISTS'; readonly userId: string }
  | { readonly code: 'USER_ABANDONED' }
  | { readonly code: 'USER_LEFT'; readonly leftOn: Day }
  | { readonly code: 'USER_IS_NOT_ITS_PERSON'; readonly userId: string; readonly personId: string }
  | { readonly code: 'GRANT_TWICE'; readonly role: string; readonly entityId: string }
  | { readonly code: 'OWN_GRANTS' }
  | { readonly code: 'OWN_DEPARTURE' }
  | { readonly code: 'PROGRAM_HAS_NO_PASSWORD' }
  | { readonly code: 'TOKEN_EXPIRES_IN_PAST'; readonly expiresAt: Instant; readonly now: Instant }
  | { readonly code: 'TOKEN_EXISTS'; readonly tokenId: string }
  | { readonly code: 'TOKEN_NOT_FOUND'; readonly tokenId: string }
  | { readonly code: 'INVITATION_EXPIRES_IN_PAST'; readonly expiresAt: Instant; readonly now: Instant }
  | { readonly code: 'INVITATION_OVER' }
  | { readonly code: 'OWN_SECOND_FACTOR' }
  | { readonly code: 'IDENTITY_LINKED'; readonly issuer: string }
  | { readonly code: 'IDENTITY_LINK_ENDED' }
  | { readonly code: 'ONLY_SIGN_IN' }
  | { readonly code: 'RIGHTS_NOT_FROM_GROUPS' }
  | { readonly code: 'DEPARTURE_IN_FUTURE'; readonly leftOn: Day; readonly today: Day }

type UserDecision = Decision<User, UserEvent, UserRejection>

/** Decisions on an account that opens. */
const active = (
  decision: (user: KnownUser, userId: Uuid) => E.Either<UserRejection, readonly UserEvent[]>,
): UserDecision => {
  return user => {
    if (user.status === 'none' || user.status === 'abandoned') return E.left({ code: 'USER_NOT_FOUND' })
    if (user.leftOn !== undefined) return E.left({ code: 'USER_LEFT', leftOn: user.leftOn })
    return decision(user, user.registered.userId)
  }
}

const grantTwice = (grants: readonly Grant[]): UserRejection | undefined => {
  const twice = grants.find(
    (grant, index) => grants.findIndex(g => g.role === grant.role && g.entityId === grant.entityId) < index,
  )
  return twice === undefined ? undefined : { code: 'GRANT_TWICE', role: twice.role, entityId: twice.entityId }
}

export const decide = {
  register:
    (data: Registration): UserDecision =>
    user => {
      if (user.status === 'abandoned') return E.left({ code: 'USER_ABANDONED' })
      const { userId, person, grants } = data
      if (user.status !== 'none')
        return same(data, user.registered, 'same') ? E.right([]) : E.left({ code: 'USER_EXISTS', userId })
      if (person.personId !== userId)
        return E.left({ code: 'USER_IS_NOT_ITS_PERSON', userId, personId: person.personId })
      const problem = grantTwice(grants)
      return problem === undefined
        ? E.right([{ type: 'organisation.UserRegistered', data }])
        : E.left(problem)
    },

  /** A user whom an identity provider vouches for: registered and linked at once. */
  registerLinked:
    (data: Registration, identity: Identity): UserDecision =>
    user =>
      E.map((events: readonly UserEvent[]) =>
        events.length === 0
          ? events
          : [...events, { type: 'organisation.UserIdentityLinked' as const, data: identity }],
      )(decide.register(data)(user)),

  /**
   * Whoever signs in as this subject is this user, from now on: one identity each.
   * @param claimedBy the command whose claim this goes on from; one that was ended links nothing, as its key is free
   */
  linkIdentity: (data: Identity, claimedBy: Uuid | undefined): UserDecision =>
    active(user => {
      if (user.registered.kind === 'program') return E.left({ code: 'PROGRAM_HAS_NO_PASSWORD' })
      if (user.identity !== undefined)
        return E.left({ code: 'IDENTITY_LINKED', issuer: user.identity.issuer })
      return claimedBy === undefined || user.endedClaims.has(claimedBy)
        ? E.left({ code: 'IDENTITY_LINK_ENDED' })
        : E.right([{ type: 'organisation.UserIdentityLinked', data }])
    }),

  /**
   * Ends the link, before its key is freed. Nobody shuts himself out: without a password it is an administrator's act.
   * @param linked the identity whose claim this is; another one, linked meanwhile, is not ended
   */
  unlinkIdentity: (
    { linked, ...claim }: IdentityClaim & { readonly linked: LinkedIdentity },
    actor: Uuid,
  ): UserDecision =>
    active((user, userId) => {
      if (user.identity === undefined) return E.right([])
      if (!same(user.identity, linked, 'different')) return E.left({ code: 'IDENTITY_LINK_ENDED' })
      if (actor === userId && user.credentialId === undefined) return E.left({ code: 'ONLY_SIGN_IN' })
      const { issuer } = linked
      return E.right([{ type: 'organisation.UserIdentityUnlinked', data: { userId, issuer, ...claim } }])
    }),

  /**
   * Ends a claim that no link came behind, before its key is freed: the command that was paused finds it ended.
   * @param seen his identity when the claim was found unfinished; one that was linked since may be this claim's
   */
  abandonIdentityLink:
    (commandId: Uuid, seen: LinkedIdentity | undefined): UserDecision =>
    user => {
      if (user.status !== 'active' || user.endedClaims.has(commandId)) return E.right([])
      const { identity, registered } = user
      if (identity !== undefined && !same(identity, seen, 'different'))
        return E.left({ code: 'IDENTITY_LINKED', issuer: identity.issuer })
      const data = { userId: registered.userId, commandId }
      return E.right([{ type: 'organisation.UserIdentityLinkAbandoned', data }])
    },

  /** Rights as the provider's groups say them now; not of those whose rights administrators give. */
  grantFromGroups: (grants: readonly Grant[]): UserDecision =>
    active((user, userId) => {
      if (user.identity?.rightsFrom !== 'groups') return E.left({ code: 'RIGHTS_NOT_FROM_GROUPS' })
      const problem = grantTwice(grants)
      if (problem !== undefined) return E.left(problem)
      return same(grants, user.grants, 'different')
        ? E.right([])
        : E.right([{ type: 'organisation.UserGrantsChanged', data: { userId, grants: [...grants] } }])
    }),

  /** Replaces all grants. Nobody changes his own: the last administrator cannot lock himself out. */
  changeGrants: (grants: readonly Grant[], actor: Uuid): UserDecision =>
    active((user, userId) => {
      if (actor === userId) return E.left({ code: 'OWN_GRANTS' })
      const problem = grantTwice(grants)
      if (problem !== undefined) return E.left(problem)
      return same(grants, user.grants, 'different')
        ? E.right([])
        : E.right([{ type: 'organisation.UserGrantsChanged', data: { userId, grants: [...grants] } }])
    }),

  /** Says which credential of the vault opens the account from now on. */
  setPassword: (credentialId: Uuid): UserDecision =>
    active((user, userId) => {
      if (user.registered.kind === 'program') return E.left({ code: 'PROGRAM_HAS_NO_PASSWORD' })
      return user.credentialId === credentialId
        ? E.right([])
        : E.right([{ type: 'organisation.UserPasswordSet', data: { userId, credentialId } }])
    }),

  issueToken: (data: TokenIssue, now: Instant): UserDecision =>
    active(user => {
      const { tokenId, expiresAt } = data
      const known = user.tokens.get(tokenId)
      if (known !== undefined)
        return known.expiresAt === expiresAt ? E.right([]) : E.left({ code: 'TOKEN_EXISTS', tokenId })
      return expiresAt > now
        ? E.right([{ type: 'organisation.UserTokenIssued', data }])
        : E.left({ code: 'TOKEN_EXPIRES_IN_PAST', expiresAt, now })
    }),

  revokeToken: (tokenId: Uuid): UserDecision =>
    active((user, userId) => {
      const token = user.tokens.get(tokenId)
      if (token === undefined) return E.left({ code: 'TOKEN_NOT_FOUND', tokenId })
      return token.revoked
        ? E.right([])
        : E.right([{ type: 'organisation.UserTokenRevoked', data: { userId, tokenId } }])
    }),

  /** Makes the link by which a person sets a password, and ends the one made before. */
  invite: (data: Invitation, now: Instant): UserDecision =>
    active(user => {
      const { invitationId, expiresAt } = data
      if (user.registered.kind === 'program') return E.left({ code: 'PROGRAM_HAS_NO_PASSWORD' })
      if (user.invitation?.invitationId === invitationId) return E.right([])
      return expiresAt > now
        ? E.right([{ type: 'organisation.UserInvited', data }])
        : E.left({ code: 'INVITATION_EXPIRES_IN_PAST', expiresAt, now })
    }),

  /** Sets a password by the link: once, and in time. */
  acceptInvitation: (
    { invitationId, credentialId }: { readonly invitationId: Uuid; readonly credentialId: Uuid },
    now: Instant,
  ): UserDecision =>
    active((user, userId) => {
      if (user.credentialId === credentialId) return E.right([])
      const { invitation } = user
      if (invitation?.invitationId !== invitationId || invitation.expiresAt <= now)
        return E.left({ code: 'INVITATION_OVER' })
      return E.right([
        { type: 'organisation.UserInvitationAccepted', data: { userId, invitationId } },
        { type: 'organisation.UserPasswordSet', data: { userId, credentialId } },
      ])
    }),

  withdrawInvitation: (invitationId: Uuid): UserDecision =>
    active((user, userId) => {
      if (user.invitation === undefined) return E.right([])
      return user.invitation.invitationId === invitationId
        ? E.right([{ type: 'organisation.UserInvitationWithdrawn', data: { userId, invitationId } }])
        : E.left({ code: 'INVITATION_OVER' })
    }),

  /** Says which second factor of the vault is asked for from now on. */
  setSecondFactor: (factorId: Uuid): UserDecision =>
    active((user, userId) => {
      if (user.registered.kind === 'program') return E.left({ code: 'PROGRAM_HAS_NO_PASSWORD' })
      return user.factorId === factorId
        ? E.right([])
        : E.right([{ type: 'organisation.UserSecondFactorSet', data: { userId, factorId } }])
    }),

  /** Takes the second factor away from who lost it. Nobody takes away his own: an open session must not suffice. */
  resetSecondFactor: (actor: Uuid): UserDecision =>
    active((user, userId) => {
      if (actor === userId) return E.left({ code: 'OWN_SECOND_FACTOR' })
      return user.factorId === undefined
        ? E.right([])
        : E.right([{ type: 'organisation.UserSecondFactorReset', data: { userId, factorId: user.factorId } }])
    }),

  /** The account no longer opens, by password or token. Nobody sees himself out. */
  leave:
    (leftOn: Day, { actor, today }: { readonly actor: Uuid; readonly today: Day }): UserDecision =>
    user => {
      if (user.status === 'left') return E.right([])
      return active((_, userId) => {
        if (actor === userId) return E.left({ code: 'OWN_DEPARTURE' })
        return leftOn <= today
          ? E.right([{ type: 'organisation.UserLeft', data: { userId, leftOn } }])
          : E.left({ code: 'DEPARTURE_IN_FUTURE', leftOn, today })
      })(user)
    },

  /** Ends a registration that never came after its claim on the login, so that the login can be released. */
  abandon:
    (data: { readonly userId: Uuid; readonly commandId: Uuid }): UserDecision =>
    user => {
      switch (user.status) {
        case 'none':
          return E.right([{ type: 'organisation.UserRegistrationAbandoned', data }])
        case 'abandoned':
          return E.right([])
        case 'active':
        case 'left':
          return E.left({ code: 'USER_EXISTS', userId: data.userId })
      }
    },
}

type LaterEvent = Exclude<
  UserEvent,
  { type: 'organisation.UserRegistered' | 'organisation.UserRegistrationAbandoned' }
>

/** The user behind an event that ends what he held. */
const held = (holds: boolean, { type }: LaterEvent, after: KnownUser): KnownUser =>
  holds ? after : impossible(`${type} of what is not held`)

const withoutToken = (user: KnownUser, tokenId: string): KnownUser => {
  const token = user.tokens.get(tokenId) ?? impossible('a token revoked that was not issued')
  return { ...user, tokens: new Map(user.tokens).set(tokenId, { ...token, revoked: true }) }
}

const evolveActive = (user: KnownUser, event: LaterEvent): KnownUser => {
  switch (event.type) {
    case 'organisation.UserGrantsChanged':
      return { ...user, grants: event.data.grants }
    case 'organisation.UserPasswordSet':
      return { ...user, credentialId: event.data.credentialId }
    case 'organisation.UserTokenIssued': {
      const { tokenId, expiresAt } = event.data
      return { ...user, tokens: new Map(user.tokens).set(tokenId, { expiresAt, revoked: false }) }
    }
    case 'organisation.UserTokenRevoked':
      return withoutToken(user, event.data.tokenId)
    case 'organisation.UserInvited': {
      const { invitationId, expiresAt } = event.data
      return { ...user, invitation: { invitationId, expiresAt } }
    }
    case 'organisation.UserInvitationAccepted':
    case 'organisation.UserInvitationWithdrawn':
      return held(user.invitation?.invitationId === event.data.invitationId, event, {
        ...user,
        invitation: undefined,
      })
    case 'organisation.UserSecondFactorSet':
      return { ...user, factorId: event.data.factorId }
    case 'organisation.UserSecondFactorReset':
      return held(user.factorId === event.data.factorId, event, { ...user, factorId: undefined })
    case 'organisation.UserIdentityLinked': {
      const { issuer, rightsFrom, person } = event.data
      return { ...user, identity: { issuer, rightsFrom, subject: person.subject } }
    }
    case 'organisation.UserIdentityUnlinked':
      return held(user.identity !== undefined, event, {
        ...user,
        identity: undefined,
        endedClaims: new Set(user.endedClaims).add(event.data.commandId),
      })
    case 'organisation.UserIdentityLinkAbandoned':
      return { ...user, endedClaims: new Set(user.endedClaims).add(event.data.commandId) }
    case 'organisation.UserLeft':
      return { ...user, status: 'left', leftOn: event.data.leftOn }
  }
}

const registered = (registration: Registration): KnownUser => ({
  status: 'active',
  registered: registration,
  grants: registration.grants,
  credentialId: undefined,
  tokens: new Map(),
  invitation: undefined,
  factorId: undefined,
  identity: undefined,
  endedClaims: new Set(),
  leftOn: undefined,
})

const evolve = (user: User, event: UserEvent): User => {
  const { type } = event
  if (type === 'organisation.UserRegistered')
    return user.status === 'none' ? registered(event.data) : impossible(`${type} on ${user.status}`)
  if (type === 'organisation.UserRegistrationAbandoned')
    return user.status === 'none' ? { status: 'abandoned' } : impossible(`${type} on ${user.status}`)
  return user.status === 'active' ? evolveActive(user, event) : impossible(`${type} on ${user.status}`)
}

export const user: Aggregate<User, UserEvent> = {
  category: 'user',
  events: userEvents,
  initial: { status: 'none' },
  evolve,
}
