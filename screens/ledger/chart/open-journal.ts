import type { Commands } from '../../api/generated.ts'
import { defineForm, given, whole } from '../../forms/declaration.ts'
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
    const needed = whole({
      entityId: values['entityId'] as string | undefined,
      journal: (values['journal'] as string | undefined)?.trim() || undefined,
      label: (values['label'] as string | undefined)?.trim() || undefined,
      kind: values['kind'] as Commands['ledger.openJournal']['kind'] | undefined,
    })
    const treasuryAccount = values['treasuryAccount'] as string | undefined
    return needed && { ...needed, ...given({ treasuryAccount }) }
  },
  opens: () => '/ledger/journals',
  done: (_, { journal }) => [words.journalOpened, { journal }],
})
