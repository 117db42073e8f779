import type { Row } from '../../api/client.ts'
import { action } from '../../documents/declaration.ts'
import { words } from './words.ts'

type Account = Row<'/api/ledger/accounts'>

export const closeAccount = action<Account, 'ledger.closeAccount'>(
  ({ closed }) => !closed,
  {
    command: 'ledger.closeAccount',
    title: words.close,
    submit: words.close,
    note: words.closeNote,
    fields: [],
    begin: () => ({}),
    input: (_, { entityId, account }) => ({ entityId, account }),
    done: (_, { account }) => [words.isClosed, { account }],
  },
  { many: true },
)
