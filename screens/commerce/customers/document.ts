import { defineDocument } from '../../documents/declaration.ts'
import { invoicingEvents } from '../../invoicing/event-words.ts'
import { count, instant, text } from '../../shapes/shapes.tsx'
import { commerceEvents } from '../event-words.ts'
import { changeCompany } from './change-company.ts'
import { addContact } from './contact-actions.ts'
import { customers } from '../references.ts'
import { words as commerce } from '../words.ts'
import { CustomerBody } from './body.tsx'
import { customerKind, words } from './words.ts'

export default defineDocument({
  path: '/api/commerce/customers/{id}',
  story: '/api/commerce/customers/{id}/story',
  kind: commerce.customer,
  name: ({ name, code }) => name ?? code,
  list: '/commerce/customers',
  live: 'customers',
  facts: [
    { field: 'code', label: commerce.code, as: text },
    // Of a natural person the list alone tells the name, and that it was read is written down.
    { field: 'customerId', label: commerce.name, as: customers },
    { field: 'kind', label: words.kind, as: customerKind },
    { field: 'postcode', label: words.postcode, as: text },
    { field: 'city', label: words.city, as: text },
    { field: 'country', label: words.country, as: text },
    { field: 'siren', label: words.siren, as: text },
    { field: 'vatNumber', label: words.vatNumber, as: text },
    { field: 'currency', label: commerce.currency, as: text },
    { field: 'paymentTermDays', label: words.terms, as: count },
    { field: 'registeredAt', label: words.registeredAt, as: instant },
  ],
  actions: [changeCompany, addContact],
  events: { ...commerceEvents, ...invoicingEvents },
  Body: CustomerBody,
})
