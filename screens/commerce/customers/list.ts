import { defineList } from '../../lists/declaration.ts'
import { count, instant, text } from '../../shapes/shapes.tsx'
import type { Shape } from '../../shapes/shape.ts'
import { words as commerce } from '../words.ts'
import { customerKind, words } from './words.ts'

/** The name of a person is there until it is forgotten. */
const nameOrNone: Shape = { ...text, tell: value => (typeof value === 'string' ? value : '—') }

export default defineList({
  path: '/api/commerce/customers',
  title: commerce.customers,
  key: 'customerId',
  open: ({ customerId }) => `/commerce/customers/${customerId}`,
  live: 'customers',
  searchable: true,
  sort: 'code',
  sorts: ['code', 'name', 'country', 'registeredAt', 'changedAt'],
  columns: [
    { field: 'code', label: commerce.code, as: text, width: 90 },
    { field: 'name', label: commerce.name, as: nameOrNone, width: 260 },
    { field: 'city', label: words.city, as: text, width: 150 },
    { field: 'country', label: words.country, as: text, width: 60 },
    { field: 'siren', label: words.siren, as: text, width: 100, spare: 3 },
    { field: 'vatNumber', label: words.vatNumber, as: text, width: 140, spare: 2 },
    { field: 'kind', label: words.kind, as: customerKind, width: 100, spare: 1 },
    { field: 'currency', label: commerce.currency, as: text, width: 60, hidden: true },
    { field: 'paymentTermDays', label: words.terms, as: count, width: 90, hidden: true },
    { field: 'registeredAt', label: words.registeredAt, as: instant, width: 130, hidden: true },
  ],
  filters: [
    { field: 'kind', label: words.kind, as: customerKind },
    { field: 'country', label: words.country, as: text },
  ],
  groups: [
    { field: 'country', label: words.country, as: text },
    { field: 'kind', label: words.kind, as: customerKind },
  ],
  empty: words.empty,
})
