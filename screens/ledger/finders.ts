import { defineFinder } from '../frame/finder.ts'

export default [
  defineFinder({
    path: '/api/ledger/entries',
    area: 'ledger',
    amount: 'total',
    found: ({ ordinal, journal, number, documentReference, label, postedOn }, { day }) => ({
      id: `entry-${ordinal}`,
      label: `${journal} ${number} · ${documentReference}`,
      description: `${day(postedOn)} · ${label}`,
      to: `/ledger/entries/${ordinal}`,
    }),
  }),
  defineFinder({
    path: '/api/ledger/manual-entries',
    area: 'ledger',
    found: ({ entryId, documentReference, label, debit }, { amount }) => ({
      id: entryId,
      label: documentReference,
      description: `${label} · ${amount(debit)}`,
      to: `/ledger/manual-entries/${entryId}`,
    }),
  }),
  defineFinder({
    path: '/api/ledger/accounts',
    area: 'ledger',
    // Each legal entity has a chart of its own: one account of a number is opened, for the entity that is chosen.
    found: ({ account, label }) => ({
      id: account,
      label: account,
      description: label,
      to: `/ledger/accounts/${account}`,
    }),
  }),
]
