import type { Posting } from '../../domain/ledger/posting.ts'
import { VatRegime } from '../../domain/shared/journal-entry.ts'
import type { JournalEntry, LineVat } from '../../domain/shared/journal-entry.ts'
import { sum } from '../../domain/shared/money.ts'
import { column, stagedTable } from '../definition.ts'
import type { RecordedEvent } from '../definition.ts'
import { entryEvents, present, searchText, SEARCH_COMMENT } from '../shared.ts'
import type { Posted } from './posting-stage.ts'

/** An event with its entry and where the ledger posts it. */
export type EntryEvent = RecordedEvent & Posted

export interface PostedEntry {
  readonly entry: JournalEntry
  readonly posting: Posting
}

/** The entry of an event that may carry one. */
export const postedEntry = (event: EntryEvent): PostedEntry | undefined => {
  const entry = (event.data as { readonly journalEntry?: JournalEntry }).journalEntry
  return entry && { entry, posting: present(event.posting) }
}

const certain = (event: EntryEvent): PostedEntry => present(postedEntry(event))

const amountOn = (entry: JournalEntry, side: 'debit' | 'credit'): bigint =>
  sum(entry.lines.filter(l => l.side === side).map(l => l.amount))

const ledgerTable = stagedTable<Posted>()

export const entryTable = ledgerTable({
  name: 'entry',
  comment: 'Journal entries, one per event that carries one, in the order of the log',
  columns: {
    ordinal: column.bigint('Place of its event in the log'),
    event_id: column.uuid('The event that carries it: the identity of the entry'),
    stream: column.text('Stream of that event'),
    revision: column.integer('Revision of that event'),
    type: column.text('Type of that event'),
    entity_id: column.uuid('Legal entity'),
    journal: column.text('Journal code'),
    fiscal_year: column.text('Fiscal year it is posted in'),
    number: column.integer('Number in the journal and year; final once the month is closed'),
    posted_on: column.date('Posting day'),
    accounting_date: column.date('Day the fact is dated'),
    moved: column.boolean('Dated in a cut month, and therefore posted on the first open day'),
    document_date: column.date('FEC PieceDate'),
    document_reference: column.text('FEC PieceRef'),
    label: column.text('Label'),
    currency: column.text('ISO 4217 code of all amounts'),
    total: column.total('Sum of its debits, which is that of its credits, minor units'),
    rule: column.text('Posting rule that made it'),
    rule_version: column.integer('Version of the rule'),
    corrects_stream: column.optional(column.text('Stream of the event whose entry it corrects')),
    corrects_revision: column.optional(column.integer('Revision of that event')),
    recorded_at: column.instant('Instant of its recording: FEC ValidDate is its day'),
    search: column.text(SEARCH_COMMENT),
  },
  key: ['ordinal'],
  appendOnly: true,
  measures: ['total'],
  indexes: [
    { columns: ['entity_id', 'journal', 'fiscal_year', 'number'], unique: true },
    { columns: ['posted_on', 'ordinal'] },
    { columns: ['entity_id', 'posted_on', 'ordinal'] },
    { columns: ['event_id'] },
    { columns: ['entity_id', 'ordinal'], where: 'moved' },
    { columns: ['search'], using: 'trigrams' },
  ],
  on: on => [
    on(
      entryEvents,
      e => (postedEntry(e) ? [{ ordinal: BigInt(e.ordinal) }] : []),
      (_, e) => {
        const { entry, posting } = certain(e)
        return {
          ordinal: BigInt(e.ordinal),
          event_id: e.id,
          stream: e.stream,
          revision: e.revision,
          type: e.type,
          entity_id: entry.entityId,
          journal: entry.journal,
          fiscal_year: posting.fiscalYear,
          number: posting.number,
          posted_on: posting.postingDay,
          accounting_date: entry.accountingDate,
          moved: posting.moved,
          document_date: entry.documentDate,
          document_reference: entry.documentReference,
          label: entry.label,
          currency: entry.currency,
          total: amountOn(entry, 'debit'),
          rule: entry.rule.id,
          rule_version: entry.rule.version,
          corrects_stream: entry.corrects?.stream ?? null,
          corrects_revision: entry.corrects?.revision ?? null,
          recorded_at: e.recordedAt,
          search: searchText(entry.journal, String(posting.number), entry.documentReference, entry.label),
        }
      },
    ),
  ],
})

const vatOf = (vat: LineVat | undefined) => ({
  vat_category: vat?.category ?? null,
  vat_rate: vat?.rate ?? null,
  vat_regime: vat?.regime ?? null,
  vat_base: vat?.base ?? null,
  vat_tax: vat?.tax ?? null,
  tax_point: vat?.taxPoint ?? null,
})

export const lineTable = ledgerTable({
  name: 'entry_line',
  comment: 'Lines of journal entries: the general ledger',
  columns: {
    ordinal: column.bigint('The entry: place of its event in the log'),
    line: column.integer('Line of the entry, from 1'),
    entity_id: column.uuid('Legal entity'),
    account: column.text('Account'),
    posted_on: column.date('Posting day of the entry'),
    amount: column.bigint('Debit positive, credit negative, minor units'),
    label: column.text('Label'),
    party_kind: column.optional(column.oneOf(['customer', 'supplier', 'person'], 'Kind of third party')),
    party_id: column.optional(column.uuid('Third party')),
    party_code: column.optional(column.text('Its code')),
    due_on: column.optional(column.date('Day on which it is due')),
    vat_category: column.optional(column.text('UNCL5305 category')),
    vat_rate: column.optional(column.bigint('VAT rate in 1/10,000')),
    vat_regime: column.optional(column.oneOf(VatRegime.options, 'When the tax falls due')),
    vat_base: column.optional(column.bigint('Taxable base behind the line, minor units')),
    vat_tax: column.optional(column.bigint('Tax behind the line; zero where it only states its base')),
    tax_point: column.optional(column.date('Day the tax falls due; null while it waits for the receipt')),
    axes: column.optional(column.json<Readonly<Record<string, string>>>('Analytic axes, by name')),
  },
  key: ['ordinal', 'line'],
  appendOnly: true,
  measures: ['amount', 'vat_base', 'vat_tax'],
  indexes: [
    { columns: ['entity_id', 'account', 'posted_on', 'ordinal', 'line'], unique: true, include: ['amount'] },
    {
      columns: ['entity_id', 'party_id', 'posted_on', 'ordinal', 'line'],
      include: ['amount', 'account'],
      where: 'party_id is not null',
    },
  ],
  on: on => [
    on(
      entryEvents,
      e => (postedEntry(e)?.entry.lines ?? []).map((_, i) => ({ ordinal: BigInt(e.ordinal), line: i + 1 })),
      (_, e, key) => {
        const { entry, posting } = certain(e)
        const line = present(entry.lines[(key.line as number) - 1])
        return {
          ordinal: BigInt(e.ordinal),
          line: key.line as number,
          entity_id: entry.entityId,
          account: line.account,
          posted_on: posting.postingDay,
          amount: line.side === 'debit' ? line.amount : -line.amount,
          label: line.label,
          party_kind: line.auxiliary?.kind ?? null,
          party_id: line.auxiliary?.id ?? null,
          party_code: line.auxiliary?.code ?? null,
          due_on: line.dueOn ?? null,
          ...vatOf(line.vat),
          axes: line.axes ?? null,
        }
      },
    ),
  ],
})
