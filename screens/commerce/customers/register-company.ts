import { defineForm, typedIn, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { text } from '../../shapes/shapes.tsx'
import { words as commerce } from '../words.ts'
import { companyFields, companyIn, termFields, termsIn, USUAL } from './fields.ts'
import { words } from './words.ts'

/** A company that buys. */
export default defineForm({
  command: 'commerce.registerCustomer',
  title: commerce.newCustomer,
  submit: words.register,
  fields: [{ name: 'code', label: commerce.code, as: text }, ...companyFields, ...termFields],
  begin: () => ({ customerId: newId(), 'party.address.country': 'FR', ...USUAL }),
  input: values => {
    const typed = typedIn(values)
    const terms = termsIn(values)
    const needed = whole({ customerId: typed('customerId'), code: typed('code'), party: companyIn(values) })
    return needed && terms && { ...needed, ...terms }
  },
  opens: ({ customerId }) => `/commerce/customers/${customerId}`,
  done: (_, { code }) => [words.isRegistered, { code }],
})
