import { addToMonth, firstDayOf, lastDayOf, monthOf } from '../../domain/shared/days.ts'
import { schemaOf } from '../definition.ts'
import type { Queryable } from '../lists.ts'
import { chart } from './chart.ts'
import { ledger } from './ledger.ts'
import type { ClosedJournal } from './periods.ts'

/** The months of a fiscal year, each with its state, its journals, their totals and their locks. */

const SCHEMA = schemaOf(ledger)

export interface FiscalYear {
  readonly year: string
  readonly startsOn: string
  readonly endsOn: string
}

/** One journal in one month. Amounts in minor units; of a closed month, what the close stated. */
export interface JournalMonth {
  readonly journal: string
  readonly entries: number
  readonly debit: bigint
  readonly credit: bigint
  readonly firstNumber: number | null
  readonly lastNumber: number | null
  readonly lockedAt: string | null
  readonly lockedBy: string | null
}

export interface LedgerMonth {
  readonly period: string
  readonly state: 'open' | 'cut' | 'closed'
  readonly cutAt: string | null
  readonly cutBy: string | null
  readonly closedAt: string | null
  /** Whether the ledger still finds what the close stated; null before the close. */
  readonly agrees: boolean | null
  /** Entries that are dated in a cut month, and were therefore posted here. */
  readonly moved: number
  readonly journals: readonly JournalMonth[]
}

export interface LedgerMonths {
  /** All that were opened, in the order of their days. */
  readonly years: readonly FiscalYear[]
  /** The one whose months these are; undefined where none was opened. */
  readonly year: string | undefined
  readonly journals: readonly { readonly journal: string; readonly label: string; readonly kind: string }[]
  readonly months: readonly LedgerMonth[]
}

const YEARS = `
  select year, to_char(starts_on, 'YYYY-MM-DD'), to_char(ends_on, 'YYYY-MM-DD')
  from ${SCHEMA}.fiscal_year where entity_id = $1 order by starts_on`

const JOURNALS = `
  select journal, label, kind from ${schemaOf(chart)}.journal where entity_id = $1 order by journal`

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`
const instant = (column: string): string => `to_char(${column} at time zone 'UTC', ${INSTANT})`

const PERIODS = `
  select period, state, ${instant('cut_at')}, cut_by::text, ${instant('closed_at')}, agrees, journals
  from ${SCHEMA}.period where entity_id = $1 and period between $2 and $3`

const LOCKS = `
  select period, journal, ${instant('locked_at')}, locked_by::text
  from ${SCHEMA}.journal_lock where entity_id = $1 and period between $2 and $3`

/** Of the months that no close has stated yet: a year's older months are not counted again. */
const OPEN_TOTALS = `
  select to_char(posted_on, 'YYYY-MM'), journal, count(*)::int, sum(total)::text, min(number), max(number),
    (count(*) filter (where moved))::int
  from ${SCHEMA}.entry where entity_id = $1 and posted_on between $2::date and $3::date group by 1, 2`

/** Entries of closed months that came from cut ones: few, and found by an index of their own. */
const MOVED = `
  select to_char(posted_on, 'YYYY-MM'), count(*)::int
  from ${SCHEMA}.entry where entity_id = $1 and moved and posted_on between $2::date and $3::date group by 1`

type PeriodRow = readonly [
  period: string,
  state: 'cut' | 'closed',
  cutAt: string | null,
  cutBy: string | null,
  closedAt: string | null,
  agrees: boolean | null,
  journals: readonly ClosedJournal[] | null,
]
type LockRow = readonly [period: string, journal: string, lockedAt: string, lockedBy: string]
type TotalRow = readonly [
  period: string,
  journal: string,
  entries: number,
  total: string,
  first: number,
  last: number,
]

const rowsOf = async <R extends readonly unknown[]>(
  db: Queryable,
  [name, text]: readonly [string, string],
  values: readonly unknown[],
): Promise<readonly R[]> =>
  (await db.query<unknown[]>({ name, text, values: [...values], rowMode: 'array' }))
    .rows as unknown as readonly R[]

/** The fiscal years of an entity, in the order of their days. */
export const fiscalYears = async (db: Queryable, entityId: string): Promise<readonly FiscalYear[]> => {
  const rows = await rowsOf<[string, string, string]>(db, ['fiscal-years', YEARS], [entityId])
  return rows.map(([year, startsOn, endsOn]) => ({ year, startsOn, endsOn }))
}

const monthsOf = ({ startsOn, endsOn }: FiscalYear): readonly string[] => {
  const months: string[] = []
  for (let month = monthOf(startsOn); month <= monthOf(endsOn); month = addToMonth(month, 1))
    months.push(month)
  return months
}

/** The year asked for; else the one with the first month that is not cut, where the work is. */
const chosenYear = async (
  db: Queryable,
  entityId: string,
  years: readonly FiscalYear[],
  asked: string | undefined,
): Promise<FiscalYear | undefined> => {
  if (asked !== undefined) return years.find(({ year }) => year === asked)
  const [[last] = []] = await rowsOf<[string | null]>(
    db,
    ['last-cut', `select max(period) from ${SCHEMA}.period where entity_id = $1`],
    [entityId],
  )
  const open = last ? firstDayOf(addToMonth(last, 1)) : undefined
  return years.find(({ endsOn }) => open === undefined || open <= endsOn) ?? years.at(-1)
}

interface Found {
  readonly periods: ReadonlyMap<string, PeriodRow>
  readonly locks: readonly LockRow[]
  readonly totals: readonly TotalRow[]
  readonly moved: ReadonlyMap<string, number>
}

const find = async (db: Queryable, entityId: string, months: readonly string[]): Promise<Found> => {
  const [from = '', to = ''] = [months[0], months.at(-1)]
  const [periods, locks] = await Promise.all([
    rowsOf<PeriodRow>(db, ['periods-of-months', PERIODS], [entityId, from, to]),
    rowsOf<LockRow>(db, ['locks-of-months', LOCKS], [entityId, from, to]),
  ])
  const byPeriod = new Map(periods.map(row => [row[0], row]))
  const open = months.find(month => byPeriod.get(month)?.[1] !== 'closed')
  const [totals, moved] = await Promise.all([
    open === undefined
      ? []
      : rowsOf<TotalRow>(db, ['totals-of-months', OPEN_TOTALS], [entityId, firstDayOf(open), lastDayOf(to)]),
    rowsOf<[string, number]>(db, ['moved-of-months', MOVED], [entityId, firstDayOf(from), lastDayOf(to)]),
  ])
  return { periods: byPeriod, locks, totals, moved: new Map(moved) }
}

const NOTHING = { entries: 0, debit: 0n, credit: 0n, firstNumber: null, lastNumber: null } as const

const totalsOf = (
  found: Found,
  period: string,
): ReadonlyMap<string, Omit<JournalMonth, 'lockedAt' | 'lockedBy'>> => {
  const stated = found.periods.get(period)?.[6]
  if (stated)
    return new Map(
      stated.map(({ journal, entries, debit, credit, firstNumber, lastNumber }) => [
        journal,
        { journal, entries, debit: BigInt(debit), credit: BigInt(credit), firstNumber, lastNumber },
      ]),
    )
  return new Map(
    found.totals
      .filter(([of]) => of === period)
      .map(([, journal, entries, total, firstNumber, lastNumber]) => [
        journal,
        // An entry balances, and so do any number of them.
        { journal, entries, debit: BigInt(total), credit: BigInt(total), firstNumber, lastNumber },
      ]),
  )
}

const monthOfLedger = (found: Found, period: string, journals: readonly string[]): LedgerMonth => {
  const [, state, cutAt, cutBy, closedAt, agrees] = found.periods.get(period) ?? []
  const totals = totalsOf(found, period)
  const locks = new Map(found.locks.filter(([of]) => of === period).map(row => [row[1], row]))
  return {
    period,
    state: state ?? 'open',
    cutAt: cutAt ?? null,
    cutBy: cutBy ?? null,
    closedAt: closedAt ?? null,
    agrees: agrees ?? null,
    moved: found.moved.get(period) ?? 0,
    journals: journals.map(journal => {
      const [, , lockedAt, lockedBy] = locks.get(journal) ?? []
      const of = totals.get(journal) ?? { ...NOTHING, journal }
      return { ...of, lockedAt: lockedAt ?? null, lockedBy: lockedBy ?? null }
    }),
  }
}

/** The months of a fiscal year; of the one where the work is, where none is named. */
export const ledgerMonths = async (
  db: Queryable,
  { entityId, year: asked }: { readonly entityId: string; readonly year?: string },
): Promise<LedgerMonths> => {
  const years = await fiscalYears(db, entityId)
  const [year, rows] = await Promise.all([
    chosenYear(db, entityId, years, asked),
    rowsOf<[string, string, string]>(db, ['journals-of-entity', JOURNALS], [entityId]),
  ])
  const journals = rows.map(([journal, label, kind]) => ({ journal, label, kind }))
  if (year === undefined) return { years, year, journals, months: [] }
  const periods = monthsOf(year)
  const found = await find(db, entityId, periods)
  const codes = journals.map(({ journal }) => journal)
  return {
    years,
    year: year.year,
    journals,
    months: periods.map(period => monthOfLedger(found, period, codes)),
  }
}
