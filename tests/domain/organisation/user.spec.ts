import { describe, expect, it } from 'vitest'
import { decide, user } from '../../../domain/organisation/user.ts'
import type { Grant, UserEvent } from '../../../domain/organisation/user.events.ts'
import { specFor } from '../../support/spec.ts'

const given = specFor(user)
const userId = '01932f0c-0000-7000-8000-000000000001'
const admin = '01932f0c-0000-7000-8000-000000000002'
const entityId = '01932f0c-0000-7000-8000-0000000000e1'
const credentialId = '01932f0c-0000-7000-8000-0000000000c1'
const tokenId = '01932f0c-0000-7000-8000-0000000000b1'
const commandId = '01932f0c-0000-7000-8000-00000000000c'
const now = '2026-11-22T10:00:00.000Z'

const sales: Grant = { role: 'sales', entityId }
const registration: Extract<UserEvent, { type: 'organisation.UserRegistered' }>['data'] = {
  userId,
  kind: 'human',
  person: { personId: userId, login: 'nancy', name: 'Nancy Davolio' },
  grants: [sales],
}
const registered: UserEvent = { type: 'organisation.UserRegistered', data: registration }
const hidden = (filler: string) => ({
  $protected: `v1.01932f0c-0000-7000-8000-0000000000ff.${filler.repeat(16)}.${filler.repeat(24)}`,
})
const stored: UserEvent = {
  type: 'organisation.UserRegistered',
  data: { ...registration, person: { personId: userId, login: hidden('A'), name: hidden('B') } },
}
const program: UserEvent = { type: 'organisation.UserRegistered', data: { ...registration, kind: 'program' } }
const left: UserEvent = { type: 'organisation.UserLeft', data: { userId, leftOn: '2026-11-20' } }
const abandoned: UserEvent = { type: 'organisation.UserRegistrationAbandoned', data: { userId, commandId } }

describe('registering', () => {
  it('records who it is and what he may', () => given().when(decide.register(registration)).then(registered))
  it('adds nothing when heard twice', () => {
    given(registered).when(decide.register(registration)).thenNothing()
    given(stored).when(decide.register(registration)).thenNothing()
  })
  it('refuses another registration under the same id', () =>
    given(registered)
      .when(decide.register({ ...registration, kind: 'program' }))
      .thenRejects({ code: 'USER_EXISTS', userId }))
  it('names the user himself as the person', () =>
    given()
      .when(decide.register({ ...registration, person: { ...registration.person, personId: admin } }))
      .thenRejects({ code: 'USER_IS_NOT_ITS_PERSON', userId, personId: admin }))
  it('refuses a right given twice', () =>
    given()
      .when(decide.register({ ...registration, grants: [sales, sales] }))
      .thenRejects({ code: 'GRANT_TWICE', role: 'sales', entityId }))
})

describe('rights', () => {
  const billing: Grant = { role: 'billing', entityId: 'all' }
  const changed: UserEvent = { type: 'organisation.UserGrantsChanged', data: { userId, grants: [billing] } }
  it('are replaced as a whole, once', () => {
    given(registered)
      .when(decide.changeGrants([billing], admin))
      .then(changed)
    given(registered, changed)
      .when(decide.changeGrants([billing], admin))
      .thenNothing()
  })
  it('are not one’s own to change', () =>
    given(registered)
      .when(decide.changeGrants([billing], userId))
      .thenRejects({ code: 'OWN_GRANTS' }))
  it('are not given twice', () =>
    given(registered)
      .when(decide.changeGrants([billing, billing], admin))
      .thenRejects({ code: 'GRANT_TWICE', role: 'billing', entityId: 'all' }))
})

describe('the password', () => {
  const set: UserEvent = { type: 'organisation.UserPasswordSet', data: { userId, credentialId } }
  it('is named by its credential alone, once', () => {
    given(registered).when(decide.setPassword(credentialId)).then(set)
    given(registered, set).when(decide.setPassword(credentialId)).thenNothing()
  })
  it('is nothing that a program has', () =>
    given(program).when(decide.setPassword(credentialId)).thenRejects({ code: 'PROGRAM_HAS_NO_PASSWORD' }))
})

describe('tokens', () => {
  const token = { userId, tokenId, label: 'nightly export', expiresAt: '2027-01-01T00:00:00.000Z' }
  const issued: UserEvent = { type: 'organisation.UserTokenIssued', data: token }
  const revoked: UserEvent = { type: 'organisation.UserTokenRevoked', data: { userId, tokenId } }
  it('are issued once', () => {
    given(program).when(decide.issueToken(token, now)).then(issued)
    given(program, issued).when(decide.issueToken(token, now)).thenNothing()
    given(program, issued)
      .when(decide.issueToken({ ...token, expiresAt: '2028-01-01T00:00:00.000Z' }, now))
      .thenRejects({ code: 'TOKEN_EXISTS', tokenId })
  })
  it('end in the future', () =>
    given(program)
      .when(decide.issueToken({ ...token, expiresAt: now }, now))
      .thenRejects({ code: 'TOKEN_EXPIRES_IN_PAST', expiresAt: now, now }))
  it('are revoked once', () => {
    given(program, issued).when(decide.revokeToken(tokenId)).then(revoked)
    given(program, issued, revoked).when(decide.revokeToken(tokenId)).thenNothing()
    given(program).when(decide.revokeToken(tokenId)).thenRejects({ code: 'TOKEN_NOT_FOUND', tokenId })
  })
})

describe('invitations', () => {
  const [first, second] = ['01932f0c-0000-7000-8000-0000000000d1', '01932f0c-0000-7000-8000-0000000000d2']
  const expiresAt = '2026-11-25T10:00:00.000Z'
  const data = { userId, invitationId: first, expiresAt }
  const invited: UserEvent = { type: 'organisation.UserInvited', data }
  const again: UserEvent = { type: 'organisation.UserInvited', data: { ...data, invitationId: second } }
  const accepted: UserEvent = {
    type: 'organisation.UserInvitationAccepted',
    data: { userId, invitationId: first },
  }
  const set: UserEvent = { type: 'organisation.UserPasswordSet', data: { userId, credentialId } }
  const accept = { invitationId: first, credentialId }

  it('are made once, for a person, until an instant to come', () => {
    given(registered).when(decide.invite(data, now)).then(invited)
    given(registered, invited).when(decide.invite(data, now)).thenNothing()
    given(program).when(decide.invite(data, now)).thenRejects({ code: 'PROGRAM_HAS_NO_PASSWORD' })
    given(registered)
      .when(decide.invite({ ...data, expiresAt: now }, now))
      .thenRejects({ code: 'INVITATION_EXPIRES_IN_PAST', expiresAt: now, now })
  })
  it('set a password once, in time, and only the newest of them', () => {
    const over = { code: 'INVITATION_OVER' } as const
    given(registered, invited).when(decide.acceptInvitation(accept, now)).then(accepted, set)
    given(registered, invited, accepted, set).when(decide.acceptInvitation(accept, now)).thenNothing()
    given(registered, invited, accepted, set)
      .when(decide.acceptInvitation({ ...accept, credentialId: tokenId }, now))
      .thenRejects(over)
    given(registered, invited).when(decide.acceptInvitation(accept, expiresAt)).thenRejects(over)
    given(registered, invited, again).when(decide.acceptInvitation(accept, now)).thenRejects(over)
    given(registered).when(decide.acceptInvitation(accept, now)).thenRejects(over)
  })
  it('are withdrawn, unless another one stands', () => {
    given(registered, invited)
      .when(decide.withdrawInvitation(first))
      .then({ type: 'organisation.UserInvitationWithdrawn', data: { userId, invitationId: first } })
    given(registered).when(decide.withdrawInvitation(first)).thenNothing()
    given(registered, again).when(decide.withdrawInvitation(first)).thenRejects({ code: 'INVITATION_OVER' })
  })
  it('end with the departure', () =>
    given(registered, invited, left)
      .when(decide.acceptInvitation(accept, now))
      .thenRejects({ code: 'USER_LEFT', leftOn: '2026-11-20' }))
})

describe('the second factor', () => {
  const factorId = '01932f0c-0000-7000-8000-0000000000d3'
  const set: UserEvent = { type: 'organisation.UserSecondFactorSet', data: { userId, factorId } }
  const reset: UserEvent = { type: 'organisation.UserSecondFactorReset', data: { userId, factorId } }
  it('is named by its id alone, once', () => {
    given(registered).when(decide.setSecondFactor(factorId)).then(set)
    given(registered, set).when(decide.setSecondFactor(factorId)).thenNothing()
    given(program).when(decide.setSecondFactor(factorId)).thenRejects({ code: 'PROGRAM_HAS_NO_PASSWORD' })
  })
  it('is reset by somebody else, where there is one', () => {
    given(registered, set).when(decide.resetSecondFactor(admin)).then(reset)
    given(registered, set, reset).when(decide.resetSecondFactor(admin)).thenNothing()
    given(registered, set).when(decide.resetSecondFactor(userId)).thenRejects({ code: 'OWN_SECOND_FACTOR' })
  })
})

describe('an identity at a provider', () => {
  const identity = {
    userId,
    issuer: 'https://identity.example.org',
    person: { personId: userId, subject: 'f:42' },
    rightsFrom: 'administrators',
  } as const
  const linked: UserEvent = { type: 'organisation.UserIdentityLinked', data: identity }
  const fromGroups = { ...identity, rightsFrom: 'groups' } as const
  const vouchedFor: UserEvent = { type: 'organisation.UserIdentityLinked', data: fromGroups }
  const billing: Grant = { role: 'billing', entityId: 'all' }

  const claim = '01932f0c-0000-7000-8000-0000000000cc'
  const otherClaim = '01932f0c-0000-7000-8000-0000000000cd'
  const { issuer, rightsFrom } = identity
  // As a state holds it: the codec of these tests hides nothing.
  const seen = { issuer, rightsFrom, subject: identity.person.subject }
  const ended = { keyStream: 'uniqueKey-identity.5f', commandId: claim }
  const unlinked: UserEvent = {
    type: 'organisation.UserIdentityUnlinked',
    data: { userId, issuer, ...ended },
  }
  const givenUp: UserEvent = {
    type: 'organisation.UserIdentityLinkAbandoned',
    data: { userId, commandId: claim },
  }

  it('is linked to a person, one at most', () => {
    given(registered).when(decide.linkIdentity(identity, claim)).then(linked)
    given(registered, linked)
      .when(decide.linkIdentity(identity, claim))
      .thenRejects({ code: 'IDENTITY_LINKED', issuer })
    given(program).when(decide.linkIdentity(identity, claim)).thenRejects({ code: 'PROGRAM_HAS_NO_PASSWORD' })
  })
  it('is not linked from a claim that was ended, or that nobody knows', () => {
    for (const past of [
      [registered, givenUp],
      [registered, linked, unlinked],
    ])
      given(...past)
        .when(decide.linkIdentity(identity, claim))
        .thenRejects({ code: 'IDENTITY_LINK_ENDED' })
    given(registered)
      .when(decide.linkIdentity(identity, undefined))
      .thenRejects({ code: 'IDENTITY_LINK_ENDED' })
    given(registered, linked, unlinked).when(decide.linkIdentity(identity, otherClaim)).then(linked)
  })
  it('is unlinked once, and as it was seen', () => {
    given(registered, linked)
      .when(decide.unlinkIdentity({ linked: seen, ...ended }, admin))
      .then(unlinked)
    given(registered, linked, unlinked)
      .when(decide.unlinkIdentity({ linked: seen, ...ended }, admin))
      .thenNothing()
    given(registered, linked)
      .when(decide.unlinkIdentity({ linked: { ...seen, issuer: 'https://other.org' }, ...ended }, admin))
      .thenRejects({ code: 'IDENTITY_LINK_ENDED' })
  })
  it('is unlinked by its holder only where a password opens the account', () => {
    const passwordSet: UserEvent = {
      type: 'organisation.UserPasswordSet',
      data: { userId, credentialId: otherClaim },
    }
    const own = decide.unlinkIdentity({ linked: seen, ...ended }, userId)
    given(registered, linked).when(own).thenRejects({ code: 'ONLY_SIGN_IN' })
    given(registered, linked, passwordSet).when(own).then(unlinked)
  })
  it('claimed and never linked is given up once, unless another was linked since', () => {
    given(registered).when(decide.abandonIdentityLink(claim, undefined)).then(givenUp)
    given(registered, givenUp).when(decide.abandonIdentityLink(claim, undefined)).thenNothing()
    given(registered, linked).when(decide.abandonIdentityLink(claim, seen)).then(givenUp)
    given(registered, linked)
      .when(decide.abandonIdentityLink(claim, undefined))
      .thenRejects({ code: 'IDENTITY_LINKED', issuer })
    given(registered, left).when(decide.abandonIdentityLink(claim, undefined)).thenNothing()
  })
  it('comes with the registration of whom the provider vouches for, once', () => {
    given().when(decide.registerLinked(registration, fromGroups)).then(registered, vouchedFor)
    given(registered, vouchedFor).when(decide.registerLinked(registration, fromGroups)).thenNothing()
    given(abandoned)
      .when(decide.registerLinked(registration, fromGroups))
      .thenRejects({ code: 'USER_ABANDONED' })
  })
  it('gives the rights that its groups say, to those alone whose rights are theirs to say', () => {
    const changed: UserEvent = { type: 'organisation.UserGrantsChanged', data: { userId, grants: [billing] } }
    given(registered, vouchedFor)
      .when(decide.grantFromGroups([billing]))
      .then(changed)
    given(registered, vouchedFor, changed)
      .when(decide.grantFromGroups([billing]))
      .thenNothing()
    given(registered, vouchedFor)
      .when(decide.grantFromGroups([billing, billing]))
      .thenRejects({ code: 'GRANT_TWICE', role: 'billing', entityId: 'all' })
    for (const past of [[registered], [registered, linked]])
      given(...past)
        .when(decide.grantFromGroups([billing]))
        .thenRejects({ code: 'RIGHTS_NOT_FROM_GROUPS' })
  })
})

describe('leaving', () => {
  const facts = { actor: admin, today: '2026-11-22' }
  it('closes the account, once', () => {
    given(registered).when(decide.leave('2026-11-20', facts)).then(left)
    given(registered, left).when(decide.leave('2026-11-20', facts)).thenNothing()
  })
  it('is written down by somebody else, when it happened', () => {
    given(registered)
      .when(decide.leave('2026-11-20', { ...facts, actor: userId }))
      .thenRejects({ code: 'OWN_DEPARTURE' })
    given(registered)
      .when(decide.leave('2026-11-23', facts))
      .thenRejects({ code: 'DEPARTURE_IN_FUTURE', leftOn: '2026-11-23', today: '2026-11-22' })
  })
  it('leaves nothing to change', () => {
    const rejection = { code: 'USER_LEFT', leftOn: '2026-11-20' } as const
    given(registered, left).when(decide.changeGrants([], admin)).thenRejects(rejection)
    given(registered, left).when(decide.setPassword(credentialId)).thenRejects(rejection)
    given(registered, left).when(decide.revokeToken(tokenId)).thenRejects(rejection)
  })
})

it('what does not exist is not found', () => {
  for (const past of [[], [abandoned]]) {
    given(...past)
      .when(decide.setPassword(credentialId))
      .thenRejects({ code: 'USER_NOT_FOUND' })
    given(...past)
      .when(decide.leave('2026-11-20', { actor: admin, today: '2026-11-22' }))
      .thenRejects({ code: 'USER_NOT_FOUND' })
  }
})

describe('PROTOCOL 16: a registration that never came', () => {
  it('is ended at no-stream, once, and cannot come any more', () => {
    given().when(decide.abandon({ userId, commandId })).then(abandoned)
    given(abandoned).when(decide.abandon({ userId, commandId })).thenNothing()
    given(abandoned).when(decide.register(registration)).thenRejects({ code: 'USER_ABANDONED' })
  })
  it('is not ended where it came after all', () => {
    for (const past of [[registered], [registered, left]])
      given(...past)
        .when(decide.abandon({ userId, commandId }))
        .thenRejects({ code: 'USER_EXISTS', userId })
  })
})

it('a history that cannot have happened stops the program', () => {
  expect(() => given(registered, registered).state()).toThrow('impossible')
  expect(() => given(left).state()).toThrow('impossible')
  expect(() => given(registered, abandoned).state()).toThrow('impossible')
  const revoked: UserEvent = { type: 'organisation.UserTokenRevoked', data: { userId, tokenId } }
  expect(() => given(registered, revoked).state()).toThrow('impossible')
  const accepted: UserEvent = {
    type: 'organisation.UserInvitationAccepted',
    data: { userId, invitationId: tokenId },
  }
  expect(() => given(registered, accepted).state()).toThrow('impossible')
  const reset: UserEvent = {
    type: 'organisation.UserSecondFactorReset',
    data: { userId, factorId: tokenId },
  }
  expect(() => given(registered, reset).state()).toThrow('impossible')
})
