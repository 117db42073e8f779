import { defineList } from '../../lists/declaration.ts'
import { text } from '../../shapes/shapes.tsx'
import { words as organisation } from '../words.ts'
import { words } from './words.ts'

export default defineList({
  path: '/api/organisation/legal-entities',
  title: organisation.companies,
  key: 'entityId',
  open: ({ entityId }) => `/organisation/companies/${entityId}`,
  live: 'entities',
  sort: 'code',
  sorts: ['code', 'name'],
  columns: [
    { field: 'code', label: words.code, as: text, width: 90 },
    { field: 'name', label: words.name, as: text, width: 280 },
    { field: 'legalForm', label: words.legalForm, as: text, width: 120 },
    { field: 'siren', label: words.siren, as: text, width: 110 },
    { field: 'vatNumber', label: words.vatNumber, as: text, width: 150 },
    { field: 'currency', label: words.currency, as: text, width: 90, spare: 1 },
  ],
  create: {
    to: '/organisation/companies/new',
    label: organisation.newCompany,
    command: 'organisation.registerLegalEntity',
  },
  empty: words.empty,
})
