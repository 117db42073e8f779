import { defineForm, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { text } from '../../shapes/shapes.tsx'
import { userEvents } from '../event-words.ts'
import { words as organisation } from '../words.ts'
import { grantLines, grantsOf } from './grants.ts'
import { userKind, words } from './words.ts'

/** An account without a role can do nothing: it is made by taking roles away, never by leaving them out. */
const someOf = <T>(grants: readonly T[] | undefined) => (grants?.length ? [...grants] : undefined)

export default defineForm({
  command: 'organisation.registerUser',
  title: organisation.newUser,
  submit: words.register,
  fields: [
    { name: 'kind', label: words.kind, as: userKind },
    { name: 'name', label: words.name, as: text },
    { name: 'login', label: words.login, as: text },
  ],
  lines: grantLines,
  begin: () => ({ userId: newId(), kind: 'human', grants: [grantLines.empty?.()] }),
  input: values =>
    whole({
      userId: values['userId'] as string,
      kind: values['kind'] as 'human' | 'program' | undefined,
      login: (values['login'] as string | undefined) || undefined,
      name: (values['name'] as string | undefined) || undefined,
      grants: someOf(grantsOf(values)),
    }),
  events: userEvents,
  opens: ({ userId }) => `/organisation/users/${userId}`,
  done: () => [words.isRegistered, {}],
})
