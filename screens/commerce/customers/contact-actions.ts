import type { Answer, Row } from '../../api/client.ts'
import { action } from '../../documents/declaration.ts'
import { given, typedIn, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { text } from '../../shapes/shapes.tsx'
import { words } from './words.ts'

/** People at a customer. */

type Customer = Answer<'/api/commerce/customers/{id}'>
type Contact = Row<'/api/commerce/customers/{id}/contacts'>

export const addContact = action<Customer, 'commerce.setCustomerContact'>(({ kind }) => kind === 'company', {
  command: 'commerce.setCustomerContact',
  title: words.addContact,
  submit: words.addContact,
  fields: [
    { name: 'contact.name', label: words.contactName, as: text },
    { name: 'contact.role', label: words.role, as: text, optional: true },
    { name: 'contact.email', label: words.email, as: text, optional: true },
    { name: 'contact.phone', label: words.phone, as: text, optional: true },
  ],
  begin: () => ({ personId: newId() }),
  input: (values, { customerId }) => {
    const typed = typedIn(values)
    const person = whole({ personId: typed('personId'), name: typed('contact.name') })
    const reached = {
      role: typed('contact.role'),
      email: typed('contact.email'),
      phone: typed('contact.phone'),
    }
    return person && { customerId, contact: { ...person, ...given(reached) } }
  },
  done: () => [words.contactSet, {}],
})

export const removeContact = action<Contact, 'commerce.removeCustomerContact'>(() => true, {
  command: 'commerce.removeCustomerContact',
  title: words.removeContact,
  submit: words.removeContact,
  note: words.removeHint,
  fields: [],
  begin: () => ({}),
  input: (_, { customerId, personId }) => ({ customerId, personId }),
  done: () => [words.contactRemoved, {}],
})
