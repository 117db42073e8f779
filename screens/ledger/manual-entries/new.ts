import { defineForm, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { ledgerEvents } from '../event-words.ts'
import { usualJournal } from '../usual-journal.ts'
import { words as ledger } from '../words.ts'
import { EntryChecks } from './entry-checks.tsx'
import { entryFields, entryLines } from './entry-form.ts'
import { entryTemplates } from './templates.ts'
import { draftOf } from './typed-entry.ts'
import { words } from './words.ts'

export default defineForm({
  command: 'ledger.draftManualEntry',
  title: ledger.newManualEntry,
  submit: words.save,
  fields: entryFields,
  lines: entryLines,
  templates: entryTemplates,
  Beside: EntryChecks,
  begin: async ({ entity, today }) => ({
    entryId: newId(),
    entityId: entity?.entityId,
    journal: await usualJournal(entity?.entityId, 'operations'),
    accountingDate: today,
    lines: [{}, {}],
  }),
  input: values => {
    const draft = draftOf(values)
    const { entryId, entityId } = values as Readonly<Record<string, string | undefined>>
    const ids = whole({ entryId, entityId })
    return draft && ids && { ...ids, ...draft }
  },
  events: ledgerEvents,
  opens: ({ entryId }) => `/ledger/manual-entries/${entryId}`,
  done: (_, { documentReference }) => [words.isDrafted, { reference: documentReference }],
})
