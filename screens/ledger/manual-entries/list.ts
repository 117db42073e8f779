import { defineList } from '../../lists/declaration.ts'
import { amount, day, instant, text } from '../../shapes/shapes.tsx'
import { words as ledger } from '../words.ts'
import { manualEntryState, words } from './words.ts'

export default defineList({
  path: '/api/ledger/manual-entries',
  title: ledger.manualEntries,
  key: 'entryId',
  open: ({ entryId }) => `/ledger/manual-entries/${entryId}`,
  live: 'manual_entries',
  searchable: true,
  perEntity: true,
  sort: '-accountingDate',
  sorts: ['accountingDate', 'changedAt'],
  columns: [
    { field: 'documentReference', label: words.documentReference, as: text, width: 120 },
    { field: 'accountingDate', label: words.accountingDate, as: day, width: 104 },
    { field: 'journal', label: words.journal, as: text, width: 64 },
    { field: 'label', label: words.label, as: text, width: 200 },
    { field: 'state', label: words.state, as: manualEntryState, width: 116 },
    { field: 'documentDate', label: words.documentDate, as: day, width: 110, hidden: true },
    { field: 'changedAt', label: words.changedAt, as: instant, width: 116, spare: 1 },
    { field: 'debit', label: words.debit, as: amount, width: 96, sum: true },
    { field: 'credit', label: words.credit, as: amount, width: 96, sum: true },
  ],
  filters: [
    { field: 'state', label: words.state, as: manualEntryState },
    { field: 'journal', label: words.journal, as: text },
  ],
  ranges: [{ field: 'accountingDate', label: words.accountingDate, as: day }],
  create: {
    to: '/ledger/manual-entries/new',
    label: ledger.newManualEntry,
    command: 'ledger.draftManualEntry',
  },
  empty: words.empty,
})
