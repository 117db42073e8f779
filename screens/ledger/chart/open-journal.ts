import type { Commands } from '../../api/generated.ts'
import { defineForm, given, typedIn, whole } from '../../forms/declaration.ts'
import { text } from '../../shapes/shapes.tsx'
import { accounts, inItsBooks } from '../references.ts'
import { words as ledger } from '../words.ts'
import { journalKind, words } from './words.ts'

export default defineForm({
  command: 'ledger.openJournal',
  title: ledger.newJournal,
  submit: words.openJournal,
  fields: [
    { name: 'journal', label: words.journal, as: text },
    { name: 'label', label: words.label, as: text },
    { name: 'kind', label: words.kind, as: journalKind },
    { name: 'treasuryAccount', label: words.treasury, as: accounts, optional: true, within: inItsBooks },
  ],
  begin: ({ entity }) => ({ entityId: entity?.entityId }),
  input: values => {
    const typed = typedIn(values)
    const needed = whole({
      entityId: typed('entityId'),
      journal: typed('journal'),
      label: typed('label'),
      kind: values['kind'] as Commands['ledger.openJournal']['kind'] | undefined,
    })
    return needed && { ...needed, ...given({ treasuryAccount: typed('treasuryAccount') }) }
  },
  opens: () => '/ledger/journals',
  done: (_, { journal }) => [words.journalOpened, { journal }],
})
