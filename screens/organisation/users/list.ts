import { defineList } from '../../lists/declaration.ts'
import { flag, instant, text } from '../../shapes/shapes.tsx'
import { words as organisation } from '../words.ts'
import { roles, userKind, userState, words } from './words.ts'

export default defineList({
  path: '/api/organisation/users',
  title: organisation.users,
  key: 'userId',
  open: ({ userId }) => `/organisation/users/${userId}`,
  live: 'users',
  sort: 'registeredAt',
  sorts: ['registeredAt'],
  columns: [
    { field: 'name', label: words.name, as: text, width: 150 },
    { field: 'login', label: words.login, as: text, width: 130 },
    { field: 'roles', label: words.roles, as: roles, width: 164 },
    { field: 'active', label: words.state, as: userState, width: 80 },
    { field: 'secondFactor', label: words.secondFactor, as: flag, width: 96, spare: 1 },
    { field: 'invitedUntil', label: words.invitedUntil, as: instant, width: 116, spare: 2 },
    { field: 'kind', label: words.kind, as: userKind, width: 84, spare: 3 },
    { field: 'registeredAt', label: words.registeredAt, as: instant, width: 116, spare: 4 },
  ],
  filters: [
    { field: 'kind', label: words.kind, as: userKind },
    { field: 'active', label: words.state, as: userState },
  ],
  create: {
    to: '/organisation/users/new',
    label: organisation.newUser,
    command: 'organisation.registerUser',
  },
  empty: words.empty,
})
