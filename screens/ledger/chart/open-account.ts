import { defineForm, given, typedIn, whole } from '../../forms/declaration.ts'
import { text } from '../../shapes/shapes.tsx'
import { words as ledger } from '../words.ts'
import { auxiliary, words } from './words.ts'

export default defineForm({
  command: 'ledger.openAccount',
  title: ledger.newAccount,
  submit: words.open,
  note: words.openNote,
  fields: [
    { name: 'account', label: words.account, as: text },
    { name: 'label', label: words.label, as: text },
    { name: 'auxiliary', label: words.auxiliary, as: auxiliary, optional: true },
  ],
  begin: ({ entity }) => ({ entityId: entity?.entityId }),
  input: values => {
    const typed = typedIn(values)
    const needed = whole({
      entityId: typed('entityId'),
      account: typed('account'),
      label: typed('label'),
    })
    const kept = values['auxiliary'] as 'customer' | 'supplier' | 'person' | undefined
    return needed && { ...needed, ...given({ auxiliary: kept }) }
  },
  opens: ({ account, entityId }) => `/ledger/accounts/${account}?entityId=${entityId}`,
  done: (_, { account }) => [words.isOpened, { account }],
})
