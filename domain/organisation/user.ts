import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { same } from '../shared/same.ts'
import { impossible, type Day, type Instant, type Uuid } from '../shared/values.ts'
import {
  userEvents,
  type Grant,
  type UserEvent,
  type UserRegistered,
  type UserTokenIssued,
} from './user.events.ts'

type Registration = z.output<typeof UserRegistered.data>
type TokenIssue = z.output<typeof UserTokenIssued.data>

export interface KnownUser {
  readonly status: 'active' | 'left'
  readonly registered: Registration
  readonly grants: readonly Grant[]
  /** The credential whose hash in the vault opens the account; undefined while no password was set. */
  readonly credentialId: Uuid | undefined
  /** Tokens ever issued, by id. */
  readonly tokens: ReadonlyMap<string, { readonly expiresAt: Instant; readonly revoked: boolean }>
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
    case 'organisation.UserTokenRevoked': {
      const { tokenId } = event.data
      const token = user.tokens.get(tokenId) ?? impossible(`${event.type} of no token`)
      return { ...user, tokens: new Map(user.tokens).set(tokenId, { ...token, revoked: true }) }
    }
    case 'organisation.UserLeft':
      return { ...user, status: 'left', leftOn: event.data.leftOn }
  }
}

const evolve = (user: User, event: UserEvent): User => {
  switch (event.type) {
    case 'organisation.UserRegistered':
      if (user.status !== 'none') return impossible(`${event.type} on ${user.status}`)
      return {
        status: 'active',
        registered: event.data,
        grants: event.data.grants,
        credentialId: undefined,
        tokens: new Map(),
        leftOn: undefined,
      }
    case 'organisation.UserRegistrationAbandoned':
      return user.status === 'none' ? { status: 'abandoned' } : impossible(`${event.type} on ${user.status}`)
    case 'organisation.UserGrantsChanged':
    case 'organisation.UserPasswordSet':
    case 'organisation.UserTokenIssued':
    case 'organisation.UserTokenRevoked':
    case 'organisation.UserLeft':
      return user.status === 'active'
        ? evolveActive(user, event)
        : impossible(`${event.type} on ${user.status}`)
  }
}

export const user: Aggregate<User, UserEvent> = {
  category: 'user',
  events: userEvents,
  initial: { status: 'none' },
  evolve,
}
