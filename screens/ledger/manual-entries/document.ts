import { defineDocument } from '../../documents/declaration.ts'
import { amount, day, instant, text } from '../../shapes/shapes.tsx'
import { ledgerEvents } from '../event-words.ts'
import { journals } from '../references.ts'
import { words as ledger } from '../words.ts'
import { manualEntryActions } from './actions.ts'
import { ManualEntryBody } from './body.tsx'
import { manualEntryState, words } from './words.ts'

export default defineDocument({
  path: '/api/ledger/manual-entries/{id}',
  story: '/api/ledger/manual-entries/{id}/story',
  kind: ledger.manualEntry,
  name: ({ documentReference }) => documentReference,
  list: '/ledger/manual-entries',
  live: 'manual_entries',
  state: { field: 'state', label: words.state, as: manualEntryState },
  amounts: [
    { field: 'debit', label: words.debit, as: amount },
    { field: 'credit', label: words.credit, as: amount },
  ],
  facts: [
    { field: 'label', label: words.label, as: text },
    { field: 'journal', label: words.journal, as: journals },
    { field: 'accountingDate', label: words.accountingDate, as: day },
    { field: 'documentDate', label: words.documentDate, as: day },
    { field: 'changedAt', label: words.changedAt, as: instant },
  ],
  actions: manualEntryActions,
  events: ledgerEvents,
  Body: ManualEntryBody,
})
