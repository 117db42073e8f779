import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import { streamOf } from '../shared/aggregate.ts'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import type { JournalEntry } from '../shared/journal-entry.ts'
import { same } from '../shared/same.ts'
import { impossible } from '../shared/values.ts'
import type { Day } from '../shared/values.ts'
import type { Chart } from './chart.ts'
import { journalEntry } from './journal-entry.ts'
import type { EntryRejection } from './journal-entry.ts'
import { manualEntryEvents } from './manual-entry.events.ts'
import type { ManualEntryDrafted, ManualEntryEvent } from './manual-entry.events.ts'
import { manualEntry as manualRule } from './posting-rules/manual.ts'
import { reversalEntry } from './posting-rules/reversal.ts'

/** An entry written by hand: drafted by one person, validated by another, then only reversed. */

type Drafted = z.output<typeof ManualEntryDrafted.data>
export type ManualDraft = Omit<Drafted, 'entryId' | 'entityId'>

interface Known {
  readonly entryId: string
  readonly entityId: string
}

export type ManualEntry =
  | { readonly status: 'None' }
  | (Known & { readonly status: 'Draft'; readonly draft: ManualDraft; readonly length: number })
  | (Known & { readonly status: 'Cancelled' })
  | (Known & {
      readonly status: 'Validated'
      readonly entry: JournalEntry
      /** Of the event that carries the entry. */
      readonly revision: number
    })
  | (Known & { readonly status: 'Reversed'; readonly reversedOn: Day })

export type ManualEntryRejection =
  | EntryRejection
  | { readonly code: 'MANUAL_ENTRY_NOT_FOUND' }
  | { readonly code: 'MANUAL_ENTRY_ALREADY_EXISTS' }
  | { readonly code: 'MANUAL_ENTRY_CANCELLED' }
  | { readonly code: 'MANUAL_ENTRY_ALREADY_VALIDATED' }
  | { readonly code: 'MANUAL_ENTRY_NOT_VALIDATED' }
  | { readonly code: 'MANUAL_ENTRY_ALREADY_REVERSED'; readonly reversedOn: Day }
  | { readonly code: 'REVERSED_BEFORE_ENTRY'; readonly accountingDate: Day }
  | { readonly code: 'DOCUMENT_DATE_TOO_LATE'; readonly documentDate: Day; readonly latest: Day }

export interface ManualBooks {
  readonly chart: Chart
  /** Currency of the ledger. */
  readonly currency: string
  /** In the entity's zone. */
  readonly today: Day
}

type Decide = Decision<ManualEntry, ManualEntryEvent, ManualEntryRejection>

/** Refusal of what only a draft can do. */
const notADraft = (status: Exclude<ManualEntry['status'], 'Draft'>): ManualEntryRejection => {
  switch (status) {
    case 'None':
      return { code: 'MANUAL_ENTRY_NOT_FOUND' }
    case 'Cancelled':
      return { code: 'MANUAL_ENTRY_CANCELLED' }
    case 'Validated':
    case 'Reversed':
      return { code: 'MANUAL_ENTRY_ALREADY_VALIDATED' }
  }
}

export const decide = {
  /** A draft may be unbalanced, or use what the books do not have: only the validated entry may not. */
  draft:
    (data: Drafted): Decide =>
    state => {
      if (state.status === 'None') return E.right([{ type: 'ledger.ManualEntryDrafted', data }])
      // What became of another legal entity's entry is told to nobody here.
      if (state.entityId !== data.entityId) return E.left({ code: 'MANUAL_ENTRY_ALREADY_EXISTS' })
      if (state.status !== 'Draft') return E.left(notADraft(state.status))
      const { entryId, entityId, draft } = state
      return same({ entryId, entityId, ...draft }, data, 'same')
        ? E.right([])
        : E.left({ code: 'MANUAL_ENTRY_ALREADY_EXISTS' })
    },

  change:
    (draft: ManualDraft): Decide =>
    state => {
      if (state.status !== 'Draft') return E.left(notADraft(state.status))
      const data = { entryId: state.entryId, ...draft }
      return E.right(
        same(state.draft, draft, 'different') ? [] : [{ type: 'ledger.ManualEntryDraftChanged', data }],
      )
    },

  cancel:
    (explanation: string): Decide =>
    state => {
      if (state.status === 'Cancelled') return E.right([])
      if (state.status !== 'Draft') return E.left(notADraft(state.status))
      const { entryId } = state
      return E.right([{ type: 'ledger.ManualEntryDraftCancelled', data: { entryId, explanation } }])
    },

  /**
   * Not by who drafted: the command sees to it. An entry may be dated ahead, within the years that are opened: accruals
   * and instalments are. A document that is not there yet has no date, but that of such an entry.
   */
  validate:
    ({ chart, currency, today }: ManualBooks): Decide =>
    state => {
      if (state.status === 'Validated') return E.right([])
      if (state.status !== 'Draft') return E.left(notADraft(state.status))
      const { entryId, entityId, draft } = state
      const { documentDate } = draft
      const latest = draft.accountingDate > today ? draft.accountingDate : today
      if (documentDate > latest) return E.left({ code: 'DOCUMENT_DATE_TOO_LATE', documentDate, latest })
      const entry = journalEntry(chart)(manualRule({ entityId, currency, ...draft }))
      return E.isLeft(entry)
        ? entry
        : E.right([
            { type: 'ledger.ManualEntryValidated', data: { entryId, entityId, journalEntry: entry.right } },
          ])
    },

  /** The same lines on the other side, on a day of its own. */
  reverse:
    (reversedOn: Day, explanation: string): Decide =>
    state => {
      if (state.status === 'None') return E.left({ code: 'MANUAL_ENTRY_NOT_FOUND' })
      if (state.status === 'Draft' || state.status === 'Cancelled')
        return E.left({ code: 'MANUAL_ENTRY_NOT_VALIDATED' })
      if (state.status === 'Reversed')
        return state.reversedOn === reversedOn
          ? E.right([])
          : E.left({ code: 'MANUAL_ENTRY_ALREADY_REVERSED', reversedOn: state.reversedOn })
      const { entryId, entityId, entry: original, revision } = state
      const { accountingDate } = original
      if (reversedOn < accountingDate) return E.left({ code: 'REVERSED_BEFORE_ENTRY', accountingDate })
      const corrects = { stream: streamOf(manualEntry, entryId), revision }
      const journalEntry = reversalEntry({ original, reversedOn, corrects })
      const data = { entryId, entityId, explanation, reversedOn, original, journalEntry }
      return E.right([{ type: 'ledger.ManualEntryReversed', data }])
    },
}

export const evolve = (state: ManualEntry, event: ManualEntryEvent): ManualEntry => {
  if (event.type === 'ledger.ManualEntryDrafted') {
    if (state.status !== 'None') return impossible(`${event.type} on ${state.status}`)
    const { entryId, entityId, ...draft } = event.data
    return { status: 'Draft', entryId, entityId, draft, length: 1 }
  }
  if (event.type === 'ledger.ManualEntryReversed') {
    if (state.status !== 'Validated') return impossible(`${event.type} on ${state.status}`)
    const { entryId, entityId } = state
    return { status: 'Reversed', entryId, entityId, reversedOn: event.data.reversedOn }
  }
  if (state.status !== 'Draft') return impossible(`${event.type} on ${state.status}`)
  const { entryId, entityId, length } = state
  switch (event.type) {
    case 'ledger.ManualEntryDraftChanged': {
      const { entryId: _, ...draft } = event.data
      return { ...state, draft, length: length + 1 }
    }
    case 'ledger.ManualEntryDraftCancelled':
      return { status: 'Cancelled', entryId, entityId }
    case 'ledger.ManualEntryValidated':
      return { status: 'Validated', entryId, entityId, entry: event.data.journalEntry, revision: length }
  }
}

export const manualEntry: Aggregate<ManualEntry, ManualEntryEvent> = {
  category: 'manualEntry',
  events: manualEntryEvents,
  initial: { status: 'None' },
  evolve,
}
