import { defineList } from '../../lists/declaration.ts'
import { flag, text } from '../../shapes/shapes.tsx'
import { words as ledger } from '../words.ts'
import { closeAccount } from './close-account.ts'
import { accountState, auxiliary, openedBy, words } from './words.ts'

export default defineList({
  path: '/api/ledger/accounts',
  title: ledger.chart,
  key: 'account',
  open: ({ account, entityId }) => `/ledger/accounts/${account}?entityId=${entityId}`,
  live: 'chart',
  searchable: true,
  perEntity: true,
  sort: 'account',
  sorts: ['account'],
  columns: [
    { field: 'account', label: words.account, as: text, width: 110 },
    { field: 'label', label: words.label, as: text, width: 360 },
    { field: 'auxiliary', label: words.auxiliary, as: auxiliary, width: 110 },
    { field: 'lettering', label: words.lettering, as: flag, width: 100, spare: 2 },
    { field: 'opened', label: words.opened, as: flag, width: 150, spare: 1 },
    { field: 'closed', label: words.state, as: accountState, width: 100 },
  ],
  filters: [
    { field: 'opened', label: words.opened, as: openedBy },
    { field: 'closed', label: words.state, as: accountState },
    { field: 'auxiliary', label: words.auxiliary, as: auxiliary },
  ],
  actions: [closeAccount],
  create: { to: '/ledger/accounts/new', label: ledger.newAccount, command: 'ledger.openAccount' },
  empty: words.empty,
})
