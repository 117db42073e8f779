import { action } from '../../documents/declaration.ts'
import { whole } from '../../forms/declaration.ts'
import { text } from '../../shapes/shapes.tsx'
import { words } from './words.ts'

/** What a chief accountant may do with a month, and with one journal in it. */

export interface OneMonth {
  readonly entityId: string
  readonly period: string
}
export interface OneJournal extends OneMonth {
  readonly journal: string
}

export const cutMonth = action((_: OneMonth) => true, {
  command: 'ledger.cutPeriod',
  title: words.cut,
  submit: words.cut,
  note: words.cutNote,
  fields: [],
  begin: () => ({}),
  input: (_, { entityId, period }) => ({ entityId, period }),
  done: () => [words.isCutNow, {}],
})

export const lockJournal = action((_: OneJournal) => true, {
  command: 'ledger.lockJournal',
  title: words.lock,
  submit: words.lock,
  note: words.lockNote,
  fields: [],
  begin: () => ({}),
  input: (_, { entityId, period, journal }) => ({ entityId, period, journal }),
  done: (_, { journal }) => [words.isLocked, { journal }],
})

/** Refused to whoever locked it: the preview says so, and whom to ask. */
export const unlockJournal = action((_: OneJournal) => true, {
  command: 'ledger.unlockJournal',
  title: words.unlock,
  submit: words.unlock,
  note: words.unlockNote,
  fields: [{ name: 'explanation', label: words.explanation, as: text, wide: true }],
  begin: () => ({}),
  input: (values, { entityId, period, journal }) => {
    const explanation = (values['explanation'] as string | undefined)?.trim() || undefined
    return whole({ entityId, period, journal, explanation })
  },
  done: (_, { journal }) => [words.isUnlocked, { journal }],
})
