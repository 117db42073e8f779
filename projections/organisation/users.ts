import {
  UserGrantsChanged,
  UserIdentityLinked,
  UserIdentityUnlinked,
  UserInvitationAccepted,
  UserInvitationWithdrawn,
  UserInvited,
  UserLeft,
  UserPasswordSet,
  UserRegistered,
  UserSecondFactorReset,
  UserSecondFactorSet,
  UserTokenIssued,
  UserTokenRevoked,
} from '../../domain/organisation/user.events.ts'
import { column, table } from '../definition.ts'
import type { Projection } from '../definition.ts'
import { present } from '../shared.ts'

interface GrantValue {
  readonly role: string
  readonly entityId: string
}

const NOT_INVITED = { invitation_id: null, invited_until: null } as const

interface OfUser {
  readonly data: { readonly userId: string }
}
const ofUser = ({ data }: OfUser) => [{ user_id: data.userId }]

export const userTable = table({
  name: 'user',
  comment: 'Accounts of people and programs; names and logins stand in the person table',
  columns: {
    user_id: column.uuid('Identifier of the user, which is the person’s'),
    kind: column.oneOf(['human', 'program'], 'Who it is'),
    active: column.boolean('False once the user left'),
    grants: column.json<readonly GrantValue[]>('Roles, each in one legal entity or in all'),
    roles: column.texts('Roles in any entity, each once'),
    credential_id: column.optional(column.uuid('Password in the vault')),
    invitation_id: column.optional(column.uuid('Link that may still set a password')),
    invited_until: column.optional(column.instant('When that link ends')),
    second_factor: column.boolean('Whether a second factor is asked for beside the password'),
    issuer: column.optional(column.text('Identity provider through which they sign in as well')),
    rights_from: column.oneOf(['administrators', 'groups'], 'Who says their rights'),
    registered_at: column.instant('Instant of registration'),
    left_on: column.optional(column.date('Day of departure')),
  },
  key: ['user_id'],
  history: true,
  on: on => {
    const granted = (grants: readonly GrantValue[]) => ({
      grants: grants.map(({ role, entityId }) => ({ role, entityId })),
      roles: [...new Set(grants.map(g => g.role))],
    })
    return [
      on(UserRegistered, ofUser, (_, { data, recordedAt }) => ({
        user_id: data.userId,
        kind: data.kind,
        active: true,
        ...granted(data.grants),
        credential_id: null,
        ...NOT_INVITED,
        second_factor: false,
        issuer: null,
        rights_from: 'administrators' as const,
        registered_at: recordedAt,
        left_on: null,
      })),
      on(UserGrantsChanged, ofUser, (row, e) => ({ ...present(row), ...granted(e.data.grants) })),
      on(UserPasswordSet, ofUser, (row, e) => ({ ...present(row), credential_id: e.data.credentialId })),
      on(UserInvited, ofUser, (row, { data }) => ({
        ...present(row),
        invitation_id: data.invitationId,
        invited_until: data.expiresAt,
      })),
      on(UserInvitationAccepted, ofUser, row => ({ ...present(row), ...NOT_INVITED })),
      on(UserInvitationWithdrawn, ofUser, row => ({ ...present(row), ...NOT_INVITED })),
      on(UserSecondFactorSet, ofUser, row => ({ ...present(row), second_factor: true })),
      on(UserSecondFactorReset, ofUser, row => ({ ...present(row), second_factor: false })),
      on(UserIdentityLinked, ofUser, (row, { data }) => ({
        ...present(row),
        issuer: data.issuer,
        rights_from: data.rightsFrom,
      })),
      on(UserIdentityUnlinked, ofUser, row => ({
        ...present(row),
        issuer: null,
        rights_from: 'administrators' as const,
      })),
      on(UserLeft, ofUser, (row, e) => ({
        ...present(row),
        ...NOT_INVITED,
        active: false,
        left_on: e.data.leftOn,
      })),
    ]
  },
})

export const userTokenTable = table({
  name: 'user_token',
  comment: 'Tokens of programs; their digests are in the vault',
  columns: {
    token_id: column.uuid('Identifier of the token'),
    user_id: column.uuid('Whose it is'),
    label: column.text('What it is for'),
    expires_at: column.instant('When it ends'),
    revoked_at: column.optional(column.instant('When it was revoked')),
  },
  key: ['token_id'],
  indexes: [{ columns: ['user_id'] }],
  on: on => [
    on(
      UserTokenIssued,
      e => [{ token_id: e.data.tokenId }],
      (_, { data }) => ({
        token_id: data.tokenId,
        user_id: data.userId,
        label: data.label,
        expires_at: data.expiresAt,
        revoked_at: null,
      }),
    ),
    on(
      UserTokenRevoked,
      e => [{ token_id: e.data.tokenId }],
      (row, e) => ({ ...present(row), revoked_at: e.recordedAt }),
    ),
  ],
})

export const users: Projection = {
  name: 'users',
  version: 2,
  comment: 'Users, their roles and tokens',
  tables: [userTable, userTokenTable],
}
