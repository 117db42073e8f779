import { addToMonth, firstDayOf, monthOf } from '../shared/days.ts'
import type { Day, Period } from '../shared/values.ts'
import type { LedgerPeriod } from './period.ts'

/** Whether a journal takes entries on a day, and from which day on it does where it does not. */

export type DayRejection =
  | (Dated & { readonly code: 'DAY_WITHOUT_FISCAL_YEAR'; readonly journal: string })
  | ShutDay<'PERIOD_CLOSED_FOR_ENTRIES'>
  | ShutDay<'JOURNAL_LOCKED_FOR_ENTRIES'>

/** A day to post on, and the field that named it; none where it is today. */
export interface Dated {
  readonly day: Day
  readonly field?: string
}

interface ShutDay<C> extends Dated {
  readonly code: C
  readonly journal: string
  readonly period: Period
  /** The first day on which the journal takes entries; undefined where no opened fiscal year has one. */
  readonly firstOpenDay: Day | undefined
}

interface Years {
  readonly startsOn: Day
  readonly endsOn: Day
}

const holding = (years: readonly Years[], day: Day): boolean =>
  years.some(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn)

/**
 * @param years the fiscal years opened
 * @param stateOf reads a month's state; asked for the day's month and, where that is shut, for later ones
 * @returns undefined where the journal takes entries on the day
 */
export const dayRefusal = async (
  years: readonly Years[],
  stateOf: (period: Period) => Promise<LedgerPeriod>,
  journal: string,
  dated: Dated,
): Promise<DayRejection | undefined> => {
  const { day } = dated
  if (!holding(years, day)) return { code: 'DAY_WITHOUT_FISCAL_YEAR', ...dated, journal }
  const period = monthOf(day)
  const state = await stateOf(period)
  if (!isShut(state, journal)) return undefined
  let next = addToMonth(period, 1)
  while (holding(years, firstDayOf(next)) && isShut(await stateOf(next), journal)) next = addToMonth(next, 1)
  return {
    code: state.isCut ? 'PERIOD_CLOSED_FOR_ENTRIES' : 'JOURNAL_LOCKED_FOR_ENTRIES',
    ...dated,
    journal,
    period,
    firstOpenDay: holding(years, firstDayOf(next)) ? firstDayOf(next) : undefined,
  }
}

const isShut = ({ isCut, locked }: LedgerPeriod, journal: string): boolean => isCut || locked.has(journal)
