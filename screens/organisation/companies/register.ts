import { defineForm, typedIn, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { text } from '../../shapes/shapes.tsx'
import { words as organisation } from '../words.ts'
import { identityFields, identityIn } from './fields.ts'
import { words } from './words.ts'

/** A legal entity with books of its own. */
export default defineForm({
  command: 'organisation.registerLegalEntity',
  title: organisation.newCompany,
  submit: words.register,
  fields: [
    { name: 'code', label: words.code, as: text },
    ...identityFields,
    { name: 'currency', label: words.currency, as: text },
    { name: 'timeZone', label: words.timeZone, as: text },
  ],
  begin: () => ({
    entityId: newId(),
    'address.country': 'FR',
    currency: 'EUR',
    timeZone: 'Europe/Paris',
  }),
  input: values => {
    const typed = typedIn(values)
    const identity = identityIn(values)
    const needed = whole({
      entityId: values['entityId'] as string,
      code: typed('code'),
      currency: typed('currency'),
      timeZone: typed('timeZone'),
    })
    return needed && identity && { ...needed, ...identity }
  },
  opens: ({ entityId }) => `/organisation/companies/${entityId}`,
  done: (_, { code }) => [words.isRegistered, { code }],
})
