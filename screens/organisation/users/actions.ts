import type { Answer } from '../../api/client.ts'
import { action } from '../../documents/declaration.ts'
import { whole } from '../../forms/declaration.ts'
import { day } from '../../shapes/shapes.tsx'
import { grantLines, grantsOf } from './grants.ts'
import { words } from './words.ts'

type User = Answer<'/api/organisation/users/{id}'>

const active = (user: User): boolean => user.active

const changeGrants = action(active, {
  command: 'organisation.changeGrants',
  title: words.changeGrants,
  submit: words.changeGrants,
  fields: [],
  lines: grantLines,
  begin: (_, { grants }) => ({ grants }),
  input: (values, { userId }) => whole({ userId, grants: grantsOf(values) }),
  done: () => [words.grantsChanged, {}],
})

const withdraw = action((user: User) => active(user) && user.invitationId !== null, {
  command: 'organisation.withdrawInvitation',
  title: words.withdraw,
  submit: words.withdraw,
  fields: [],
  begin: () => ({}),
  input: (_, { userId, invitationId }) => whole({ userId, invitationId: invitationId ?? undefined }),
  done: () => [words.withdrawn, {}],
})

const resetFactor = action((user: User) => active(user) && user.secondFactor, {
  command: 'organisation.resetSecondFactor',
  title: words.resetFactor,
  submit: words.resetFactor,
  fields: [],
  begin: () => ({}),
  input: (_, { userId }) => ({ userId }),
  done: () => [words.factorReset, {}],
})

const unlink = action((user: User) => active(user) && user.issuer !== null, {
  command: 'organisation.unlinkIdentity',
  title: words.unlink,
  submit: words.unlink,
  fields: [],
  begin: () => ({}),
  input: (_, { userId }) => ({ userId }),
  done: () => [words.unlinked, {}],
})

const leave = action(active, {
  command: 'organisation.userLeaves',
  title: words.leave,
  submit: words.leave,
  fields: [{ name: 'leftOn', label: words.leftOn, as: day }],
  begin: ({ today }) => ({ leftOn: today }),
  input: (values, { userId }) => whole({ userId, leftOn: values['leftOn'] as string | undefined }),
  done: () => [words.hasLeft, {}],
})

export const userActions = [changeGrants, withdraw, resetFactor, unlink, leave]
