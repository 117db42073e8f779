import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { EntryLine, JournalEntry } from '../shared/journal-entry.ts'
import { Code, Day, Uuid, text } from '../shared/values.ts'

/** Stream `manualEntry-<entryId>`. Who drafted an entry does not validate it. */

/** A draft may be unbalanced: the validated entry may not. */
const Draft = {
  journal: Code,
  accountingDate: Day,
  documentDate: Day,
  documentReference: text(40),
  label: text(200),
  lines: z.array(EntryLine).max(500),
}

export const ManualEntryDrafted = defineEvent(
  'ledger.ManualEntryDrafted',
  z.strictObject({ entryId: Uuid, entityId: Uuid, ...Draft }),
)
export const ManualEntryDraftChanged = defineEvent(
  'ledger.ManualEntryDraftChanged',
  z.strictObject({ entryId: Uuid, ...Draft }),
)
export const ManualEntryDraftCancelled = defineEvent(
  'ledger.ManualEntryDraftCancelled',
  z.strictObject({ entryId: Uuid, explanation: text(500) }),
)
export const ManualEntryValidated = defineEvent(
  'ledger.ManualEntryValidated',
  z.strictObject({ entryId: Uuid, entityId: Uuid, journalEntry: JournalEntry }),
)
/** The same lines on the other side, on its own day: the entry itself never changes. */
export const ManualEntryReversed = defineEvent(
  'ledger.ManualEntryReversed',
  z.strictObject({
    entryId: Uuid,
    entityId: Uuid,
    explanation: text(500),
    reversedOn: Day,
    /** The entry reversed, as validated: what the reversing one is made from. */
    original: JournalEntry,
    journalEntry: JournalEntry,
  }),
)

export const manualEntryEvents = [
  ManualEntryDrafted,
  ManualEntryDraftChanged,
  ManualEntryDraftCancelled,
  ManualEntryValidated,
  ManualEntryReversed,
] as const
export type ManualEntryEvent = EventOf<typeof manualEntryEvents>
