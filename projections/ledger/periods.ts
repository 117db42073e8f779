import { JournalLocked, JournalUnlocked, PeriodClosed, PeriodCut } from '../../domain/ledger/period.events.ts'
import { jsonInteger } from '../../domain/shared/json.ts'
import { FiscalYearOpened } from '../../domain/organisation/public.ts'
import { column, stagedTable } from '../definition.ts'
import { present } from '../shared.ts'
import type { Posted } from './posting-stage.ts'

const ledgerTable = stagedTable<Posted>()

/** What a close said of one journal, its totals as JSON says them. */
export interface ClosedJournal {
  readonly journal: string
  readonly firstNumber: number
  readonly lastNumber: number
  readonly entries: number
  readonly debit: number | string
  readonly credit: number | string
  readonly digest: string
}

export const fiscalYearTable = ledgerTable({
  name: 'fiscal_year',
  comment: 'Fiscal years of each legal entity',
  columns: {
    entity_id: column.uuid('Legal entity'),
    year: column.text('Name of the year'),
    starts_on: column.date('Its first day'),
    ends_on: column.date('Its last day'),
  },
  key: ['entity_id', 'year'],
  on: on => [
    on(
      FiscalYearOpened,
      e => [{ entity_id: e.data.entityId, year: e.data.year }],
      (_, { data }) => ({
        entity_id: data.entityId,
        year: data.year,
        starts_on: data.startsOn,
        ends_on: data.endsOn,
      }),
    ),
  ],
})

export const periodTable = ledgerTable({
  name: 'period',
  comment: 'Months that were cut or closed; a month without a row is open',
  columns: {
    entity_id: column.uuid('Legal entity'),
    period: column.text('Month, YYYY-MM'),
    state: column.oneOf(
      ['cut', 'closed'],
      'How far it is (nothing posts into one that was cut; closed is for ever)',
    ),
    cut_ordinal: column.optional(column.bigint('Place of the cut in the log')),
    cut_at: column.optional(column.instant('Instant of the cut')),
    cut_by: column.optional(column.uuid('Who cut it')),
    closed_at: column.optional(column.instant('Instant of the close')),
    stage_version: column.optional(column.integer('Version of the posting rule that counted it')),
    agrees: column.optional(column.boolean('Whether this fold finds what the close recorded')),
    journals: column.optional(column.json<readonly ClosedJournal[]>('What the close recorded, per journal')),
  },
  key: ['entity_id', 'period'],
  on: on => [
    on(
      PeriodCut,
      e => [{ entity_id: e.data.entityId, period: e.data.period }],
      (_, { data, ordinal, recordedAt, actor }) => ({
        entity_id: data.entityId,
        period: data.period,
        state: 'cut',
        cut_ordinal: BigInt(ordinal),
        cut_at: recordedAt,
        cut_by: actor,
        closed_at: null,
        stage_version: null,
        agrees: null,
        journals: null,
      }),
    ),
    on(
      PeriodClosed,
      e => [{ entity_id: e.data.entityId, period: e.data.period }],
      (row, e) => ({
        ...present(row),
        state: 'closed',
        closed_at: e.recordedAt,
        stage_version: e.data.stageVersion,
        agrees: present(e.closing).agrees,
        journals: e.data.journals.map(j => ({
          ...j,
          debit: jsonInteger(j.debit),
          credit: jsonInteger(j.credit),
        })),
      }),
    ),
  ],
})

export const lockTable = ledgerTable({
  name: 'journal_lock',
  comment: 'Journals locked for a month; what stands after the lock raced past it',
  columns: {
    entity_id: column.uuid('Legal entity'),
    period: column.text('Month, YYYY-MM'),
    journal: column.text('Journal code'),
    locked_by: column.uuid('Who locked it'),
    locked_at: column.instant('When'),
    locked_ordinal: column.bigint('Place of the lock in the log'),
  },
  key: ['entity_id', 'period', 'journal'],
  on: on => [
    on(
      JournalLocked,
      e => [{ entity_id: e.data.entityId, period: e.data.period, journal: e.data.journal }],
      (_, { data, actor, recordedAt, ordinal }) => ({
        entity_id: data.entityId,
        period: data.period,
        journal: data.journal,
        locked_by: actor,
        locked_at: recordedAt,
        locked_ordinal: BigInt(ordinal),
      }),
    ),
    on(
      JournalUnlocked,
      e => [{ entity_id: e.data.entityId, period: e.data.period, journal: e.data.journal }],
      () => undefined,
    ),
  ],
})
