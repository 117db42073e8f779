import { addressFields, addressIn } from '../../forms/address.ts'
import { defineForm, typedIn, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { text } from '../../shapes/shapes.tsx'
import { words as commerce } from '../words.ts'
import { termFields, termsIn, USUAL } from './fields.ts'
import { words } from './words.ts'

/** A natural person who buys: what is typed is kept under a key of their own, and can be erased. */
export default defineForm({
  command: 'commerce.registerCustomer',
  title: commerce.newPerson,
  submit: words.register,
  fields: [
    { name: 'code', label: commerce.code, as: text },
    { name: 'party.name', label: words.personName, as: text },
    ...addressFields('party'),
    ...termFields,
  ],
  begin: () => ({ customerId: newId(), personId: newId(), 'party.country': 'FR', ...USUAL }),
  input: values => {
    const typed = typedIn(values)
    const person = whole({
      kind: 'person' as const,
      personId: typed('personId'),
      name: typed('party.name'),
    })
    const address = addressIn(values, 'party')
    const terms = termsIn(values)
    const needed = whole({
      customerId: typed('customerId'),
      code: typed('code'),
      party: person && address && { ...person, ...address },
    })
    return needed && terms && { ...needed, ...terms }
  },
  opens: ({ customerId }) => `/commerce/customers/${customerId}`,
  done: (_, { code }) => [words.isRegistered, { code }],
})
