import { legalEntity } from '../../frame/entity.tsx'
import { defineList } from '../../lists/declaration.ts'
import { amount, count, day, flag, instant, month, text } from '../../shapes/shapes.tsx'
import { words } from '../words.ts'

export default defineList({
  path: '/api/ledger/entries',
  title: words.entries,
  key: 'ordinal',
  open: ({ ordinal }) => `/ledger/entries/${ordinal}`,
  live: 'ledger',
  searchable: true,
  perEntity: true,
  sort: '-postedOn',
  sorts: ['postedOn', 'number', 'total', 'ordinal'],
  columns: [
    { field: 'documentReference', label: words.reference, as: text, width: 150 },
    { field: 'postedOn', label: words.postedOn, as: day, width: 90 },
    { field: 'journal', label: words.journal, as: text, width: 64 },
    { field: 'number', label: words.number, as: count, width: 56 },
    { field: 'label', label: words.label, as: text, width: 320 },
    { field: 'moved', label: words.moved, as: flag, width: 70, hidden: true },
    { field: 'rule', label: words.rule, as: text, width: 120, hidden: true },
    { field: 'currency', label: words.currency, as: text, width: 60, hidden: true },
    { field: 'recordedAt', label: words.recordedAt, as: instant, width: 130, spare: 1 },
    { field: 'total', label: words.amount, as: amount, width: 110, sum: true },
  ],
  filters: [
    { field: 'journal', label: words.journal, as: text },
    { field: 'documentReference', label: words.reference, as: text },
    { field: 'fiscalYear', label: words.year, as: text },
  ],
  ranges: [
    { field: 'postedOn', label: words.postedOn, as: day },
    { field: 'total', label: words.amount, as: amount },
  ],
  groups: [
    { field: 'journal', label: words.journal, as: text },
    { field: 'postedOnMonth', label: words.postedMonth, as: month },
    { field: 'fiscalYear', label: words.year, as: text },
    { field: 'entityId', label: words.entity, as: legalEntity },
  ],
  empty: words.noEntries,
})
