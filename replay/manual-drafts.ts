import type { z } from 'zod'
import {
  ManualEntryDraftCancelled,
  ManualEntryDraftChanged,
  ManualEntryDrafted,
} from '../domain/ledger/manual-entry.events.ts'
import type { EntryLine } from '../domain/shared/journal-entry.ts'
import type { RecordedEvent } from '../projections/definition.ts'
import { typesOf } from './check.ts'

/** The events of a draft by hand. */
export const draftEvents = [ManualEntryDrafted, ManualEntryDraftChanged, ManualEntryDraftCancelled] as const
const DRAFTS = typesOf(...draftEvents)

/** What people wrote by hand, as far as a check needs it: each draft is kept until it is validated or given up. */
export class ManualDrafts<T> {
  private readonly drafts = new Map<string, T>()
  private readonly of: (lines: readonly EntryLine[]) => T

  constructor(of: (lines: readonly EntryLine[]) => T) {
    this.of = of
  }

  /** Notes what an event says of a draft; false of any other event. */
  note({ type, data }: RecordedEvent): boolean {
    if (!DRAFTS.has(type)) return false
    const { entryId, lines } = data as Pick<
      z.output<typeof ManualEntryDraftChanged.data>,
      'entryId' | 'lines'
    >
    if (type === ManualEntryDraftCancelled.type) this.drafts.delete(entryId)
    else this.drafts.set(entryId, this.of(lines))
    return true
  }

  /** The draft that was validated, kept no longer; undefined where nobody wrote one. */
  take(entryId: string): T | undefined {
    const draft = this.drafts.get(entryId)
    this.drafts.delete(entryId)
    return draft
  }
}
