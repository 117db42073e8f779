import {
  ManualEntryDraftCancelled,
  ManualEntryDraftChanged,
  ManualEntryDrafted,
  ManualEntryReversed,
  ManualEntryValidated,
} from '../../domain/ledger/manual-entry.events.ts'
import { sum } from '../../domain/shared/money.ts'
import { column, table } from '../definition.ts'
import type { Projection, Recorded } from '../definition.ts'
import { present, searchText, SEARCH_COMMENT } from '../shared.ts'

type Draft = Recorded<typeof ManualEntryDrafted | typeof ManualEntryDraftChanged>['data']

const draftOf = (draft: Draft) => {
  const side = (which: 'debit' | 'credit') =>
    sum(draft.lines.filter(l => l.side === which).map(l => l.amount))
  return {
    journal: draft.journal,
    accounting_date: draft.accountingDate,
    document_date: draft.documentDate,
    document_reference: draft.documentReference,
    label: draft.label,
    debit: side('debit'),
    credit: side('credit'),
    lines: draft.lines.map(({ account, label, side, amount, auxiliary }) => ({
      account,
      label,
      side,
      amount: Number(amount),
      ...(auxiliary ? { party: auxiliary.code } : {}),
    })),
    search: searchText(draft.documentReference, draft.label),
  }
}

interface DraftLine {
  readonly account: string
  readonly label: string
  readonly side: 'debit' | 'credit'
  readonly amount: number
  readonly party?: string
}

export const manualEntryTable = table({
  name: 'manual_entry',
  comment: 'Entries written by hand, from draft to reversal',
  columns: {
    entry_id: column.uuid('Identifier of the entry'),
    entity_id: column.uuid('Legal entity'),
    state: column.oneOf(['draft', 'cancelled', 'validated', 'reversed'], 'How far it is'),
    journal: column.text('Journal code'),
    accounting_date: column.date('Day the fact is dated'),
    document_date: column.date('Day of the document'),
    document_reference: column.text('Reference of the document'),
    label: column.text('Label'),
    debit: column.total('Sum of debits, minor units'),
    credit: column.total('Sum of credits; a draft may be unbalanced'),
    lines: column.json<readonly DraftLine[]>('Lines as drafted, amounts in minor units'),
    drafted_by: column.uuid('Who drafted it: may not validate it'),
    validated_by: column.optional(column.uuid('Who validated it')),
    search: column.text(SEARCH_COMMENT),
    changed_at: column.instant('Instant of its last change'),
  },
  key: ['entry_id'],
  history: true,
  measures: ['debit', 'credit'],
  indexes: [{ columns: ['accounting_date', 'entry_id'] }],
  on: on => [
    on(
      ManualEntryDrafted,
      e => [{ entry_id: e.data.entryId }],
      (_, { data, actor, recordedAt }) => ({
        entry_id: data.entryId,
        entity_id: data.entityId,
        state: 'draft',
        ...draftOf(data),
        drafted_by: actor,
        validated_by: null,
        changed_at: recordedAt,
      }),
    ),
    on(
      ManualEntryDraftChanged,
      e => [{ entry_id: e.data.entryId }],
      (row, e) => ({ ...present(row), ...draftOf(e.data), changed_at: e.recordedAt }),
    ),
    on(
      ManualEntryDraftCancelled,
      e => [{ entry_id: e.data.entryId }],
      (row, e) => ({ ...present(row), state: 'cancelled', changed_at: e.recordedAt }),
    ),
    on(
      ManualEntryValidated,
      e => [{ entry_id: e.data.entryId }],
      (row, e) => ({
        ...present(row),
        state: 'validated',
        validated_by: e.actor,
        changed_at: e.recordedAt,
      }),
    ),
    on(
      ManualEntryReversed,
      e => [{ entry_id: e.data.entryId }],
      (row, e) => ({ ...present(row), state: 'reversed', changed_at: e.recordedAt }),
    ),
  ],
})

export const manualEntries: Projection = {
  name: 'manual_entries',
  version: 2,
  comment: 'Entries written by hand',
  tables: [manualEntryTable],
}
