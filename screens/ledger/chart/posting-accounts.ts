import { defineForm, whole } from '../../forms/declaration.ts'
import { day } from '../../shapes/shapes.tsx'
import { accounts, inItsBooks, journals } from '../references.ts'
import { words as ledger } from '../words.ts'
import { words } from './words.ts'

/** Accounts and journals of the entries that the program makes by itself, from a day on. */
export default defineForm({
  command: 'ledger.setPostingAccounts',
  title: ledger.postingAccounts,
  submit: words.setAccounts,
  fields: [
    { name: 'from', label: words.from, as: day },
    { name: 'customers', label: words.customers, as: accounts, within: inItsBooks },
    { name: 'vatCollected', label: words.vatCollected, as: accounts, within: inItsBooks },
    { name: 'vatCollectedPending', label: words.vatCollectedPending, as: accounts, within: inItsBooks },
    { name: 'freight', label: words.freight, as: accounts, within: inItsBooks },
    { name: 'saleJournal', label: words.saleJournal, as: journals, within: inItsBooks },
    { name: 'operationsJournal', label: words.operationsJournal, as: journals, within: inItsBooks },
  ],
  begin: ({ entity, today }) => ({ entityId: entity?.entityId, from: today }),
  input: values => {
    const typed = values as Partial<Record<string, string>>
    const { entityId, from, customers, vatCollected, vatCollectedPending, freight } = typed
    const { saleJournal, operationsJournal } = typed
    return whole({
      entityId,
      from,
      customers,
      vatCollected,
      vatCollectedPending,
      freight,
      saleJournal,
      operationsJournal,
    })
  },
  opens: () => '/ledger/accounts',
  done: () => [words.accountsSet, {}],
})
