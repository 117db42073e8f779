import type { JournalEntry } from '../../shared/journal-entry.ts'

/** Manual, version 1: the entry as its author wrote it and another person validated it. */

export type ManualFacts = Omit<JournalEntry, 'rule' | 'corrects'>

export const manualRule = { id: 'manual', version: 1 } as const

/** Not yet checked against the books: `journalEntry` does that. */
export const manualEntry = (facts: ManualFacts): JournalEntry => ({
  entityId: facts.entityId,
  journal: facts.journal,
  accountingDate: facts.accountingDate,
  documentDate: facts.documentDate,
  documentReference: facts.documentReference,
  label: facts.label,
  currency: facts.currency,
  rule: manualRule,
  lines: facts.lines,
})
