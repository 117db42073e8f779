import type { Answer } from '../../api/client.ts'
import { action } from '../../documents/declaration.ts'
import { whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { day, text } from '../../shapes/shapes.tsx'
import { earlierEntry } from './earlier.ts'
import { EntryChecks } from './entry-checks.tsx'
import { entryFields, entryLines } from './entry-form.ts'
import { asLines, draftOf } from './typed-entry.ts'
import { words } from './words.ts'

/** What may be done with an entry by hand, in the order in which it is done. */

type ManualEntry = Answer<'/api/ledger/manual-entries/{id}'>

const isDraft = ({ state }: ManualEntry): boolean => state === 'draft'

const reasonIn = (values: Readonly<Record<string, unknown>>): string | undefined =>
  (values['explanation'] as string | undefined)?.trim() || undefined

const explanation = { name: 'explanation', label: words.explanation, as: text, wide: true } as const

/** Refused to whoever drafted or changed it: the preview says so, and whom to ask. */
const validate = action(isDraft, {
  command: 'ledger.validateManualEntry',
  title: words.validate,
  submit: words.validate,
  note: words.validateNote,
  fields: [],
  begin: () => ({}),
  input: (_, { entryId }) => ({ entryId }),
  done: () => [words.isValidated, {}],
})

const change = action(isDraft, {
  command: 'ledger.changeManualEntry',
  title: words.change,
  submit: words.save,
  fields: entryFields,
  lines: entryLines,
  Beside: EntryChecks,
  begin: async (_, { entryId, entityId }) => {
    const { draft, lines } = await earlierEntry(entryId, entityId)
    return { ...draft, entityId, lines: asLines(lines) }
  },
  input: (values, { entryId }) => {
    const draft = draftOf(values)
    return draft && { entryId, ...draft }
  },
  done: () => [words.isChanged, {}],
})

const cancel = action(isDraft, {
  command: 'ledger.cancelManualEntry',
  title: words.cancel,
  submit: words.cancel,
  fields: [explanation],
  begin: () => ({}),
  input: (values, { entryId }) => whole({ entryId, explanation: reasonIn(values) }),
  done: () => [words.isCancelled, {}],
})

const reverse = action(({ state }: ManualEntry) => state === 'validated', {
  command: 'ledger.reverseManualEntry',
  title: words.reverse,
  submit: words.reverse,
  note: words.reverseNote,
  fields: [{ name: 'reversedOn', label: words.reversedOn, as: day }, explanation],
  begin: ({ today }) => ({ reversedOn: today }),
  input: (values, { entryId }) =>
    whole({ entryId, reversedOn: values['reversedOn'] as string | undefined, explanation: reasonIn(values) }),
  done: () => [words.isReversed, {}],
})

/** Another entry that begins as a copy of this one, on today's date. */
const useAsModel = action((_: ManualEntry) => true, {
  command: 'ledger.draftManualEntry',
  title: words.useAsModel,
  submit: words.save,
  makesAnother: true,
  fields: entryFields,
  lines: entryLines,
  Beside: EntryChecks,
  begin: async ({ today }, { entryId, entityId }) => {
    const { draft, lines } = await earlierEntry(entryId, entityId)
    return {
      entryId: newId(),
      entityId,
      journal: draft?.journal,
      label: draft?.label,
      accountingDate: today,
      // A due day belongs to its entry.
      lines: asLines(lines.map(({ dueOn: _, ...line }) => line)),
    }
  },
  input: (values, { entityId }) => {
    const draft = draftOf(values)
    return draft && { entryId: values['entryId'] as string, entityId, ...draft }
  },
  opens: ({ entryId }) => `/ledger/manual-entries/${entryId}`,
  done: (_, { documentReference }) => [words.isDrafted, { reference: documentReference }],
})

export const manualEntryActions = [validate, change, reverse, useAsModel, cancel]
