import { defineDocument } from '../../documents/declaration.ts'
import { day, flag, instant, text } from '../../shapes/shapes.tsx'
import { userEvents } from '../event-words.ts'
import { words as organisation } from '../words.ts'
import { UserAccess } from './access.tsx'
import { userActions } from './actions.ts'
import { rightsFrom, userKind, userState, words } from './words.ts'

export default defineDocument({
  path: '/api/organisation/users/{id}',
  story: '/api/organisation/users/{id}/story',
  kind: organisation.user,
  name: ({ name, login }) => name ?? login ?? undefined,
  list: '/organisation/users',
  live: 'users',
  state: { field: 'active', label: words.state, as: userState },
  facts: [
    { field: 'login', label: words.login, as: text },
    { field: 'kind', label: words.kind, as: userKind },
    { field: 'secondFactor', label: words.secondFactor, as: flag },
    { field: 'invitedUntil', label: words.invitedUntil, as: instant },
    { field: 'issuer', label: words.issuer, as: text },
    { field: 'rightsFrom', label: words.rightsFrom, as: rightsFrom },
    { field: 'registeredAt', label: words.registeredAt, as: instant },
    { field: 'leftOn', label: words.leftOn, as: day },
  ],
  actions: userActions,
  events: userEvents,
  Body: UserAccess,
})
