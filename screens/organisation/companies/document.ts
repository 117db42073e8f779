import { defineDocument, part } from '../../documents/declaration.ts'
import { count, day, text } from '../../shapes/shapes.tsx'
import { companyEvents } from '../event-words.ts'
import { words as organisation } from '../words.ts'
import { companyActions } from './actions.ts'
import { CompanyBody } from './body.tsx'
import { numberedAll, regime, words } from './words.ts'

/** Rows of these parts are written once. */
const writtenOnce = (): boolean => true

export default defineDocument({
  path: '/api/organisation/legal-entities/{id}',
  story: '/api/organisation/legal-entities/{id}/story',
  kind: organisation.company,
  name: ({ name }) => name,
  list: '/organisation/companies',
  live: 'entities',
  facts: [
    { field: 'code', label: words.code, as: text },
    { field: 'legalForm', label: words.legalForm, as: text },
    { field: 'capital', label: words.capital, as: text },
    { field: 'registration', label: words.registration, as: text },
    { field: 'siren', label: words.siren, as: text },
    { field: 'siret', label: words.siret, as: text },
    { field: 'vatNumber', label: words.vatNumber, as: text },
    { field: 'currency', label: words.currency, as: text },
    { field: 'timeZone', label: words.timeZone, as: text },
    { field: 'paymentTermDays', label: words.terms, as: count },
    { field: 'iban', label: words.iban, as: text },
  ],
  parts: [
    part({
      path: '/api/organisation/legal-entities/{id}/series',
      title: words.seriesList,
      key: 'series',
      writtenOnce,
      columns: [
        { field: 'series', label: words.series, as: text, width: 80 },
        { field: 'documents', label: words.documents, as: numberedAll, width: 160 },
        { field: 'journal', label: words.journal, as: text, width: 80 },
        { field: 'pattern', label: words.pattern, as: text, width: 200 },
      ],
    }),
    part({
      path: '/api/organisation/legal-entities/{id}/vat-regimes',
      title: words.regimes,
      key: 'fromDay',
      writtenOnce,
      columns: [
        { field: 'fromDay', label: words.from, as: day, width: 120 },
        { field: 'services', label: words.services, as: regime, width: 200 },
      ],
    }),
  ],
  actions: companyActions,
  events: companyEvents,
  Body: CompanyBody,
})
