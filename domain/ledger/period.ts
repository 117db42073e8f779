import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { addDays, addToMonth, lastDayOf, monthOf } from '../shared/days.ts'
import { same } from '../shared/same.ts'
import { impossible } from '../shared/values.ts'
import type { Day, Period } from '../shared/values.ts'
import { periodEvents } from './period.events.ts'
import type { PeriodClosed, PeriodEvent } from './period.events.ts'

/** A month of an entity's books: journals locked and unlocked in it, then cut and closed for ever (PROTOCOL 25). */

type Closed = z.output<typeof PeriodClosed.data>

export interface LedgerPeriod {
  readonly locked: ReadonlySet<string>
  readonly isCut: boolean
  readonly closed: Closed | undefined
}

export type PeriodRejection =
  | { readonly code: 'PERIOD_IS_CUT'; readonly period: Period }
  | { readonly code: 'PERIOD_NOT_CUT'; readonly period: Period }
  | { readonly code: 'PERIOD_ALREADY_CLOSED'; readonly period: Period }
  | { readonly code: 'PERIOD_NOT_OVER'; readonly period: Period; readonly endsOn: Day }
  | { readonly code: 'PERIOD_WITHOUT_FISCAL_YEAR'; readonly period: Period }
  | { readonly code: 'NEXT_FISCAL_YEAR_NOT_OPENED'; readonly period: Period; readonly firstDay: Day }
  | { readonly code: 'PERIOD_BEFORE_NOT_CUT'; readonly period: Period; readonly before: Period }
  | {
      readonly code: 'REQUESTS_UNANSWERED'
      readonly period: Period
      readonly count: number
      readonly series: readonly string[]
    }

type Decide = Decision<LedgerPeriod, PeriodEvent, PeriodRejection>

interface Journal {
  readonly entityId: string
  readonly period: Period
  readonly journal: string
}

/** What a cut must know besides its own month. */
export interface CutFacts {
  readonly entityId: string
  readonly period: Period
  /** Today in the entity's zone. */
  readonly day: Day
  /** The month before, unless this is the first of the books, and whether it is cut. */
  readonly before: { readonly period: Period; readonly isCut: boolean } | undefined
  readonly inFiscalYear: boolean
  /** Whether a fiscal year holds the first day after it: where what arrives late is posted and numbered. */
  readonly isFollowed: boolean
  /** Series with requests dated in the month that still wait for their number, once per request. */
  readonly unanswered: readonly string[]
}

/** Id of the stream `period-<entityId>.<yyyy-mm>`. */
export const periodIdOf = (entityId: string, period: Period): string => `${entityId}.${period}`

/** The month that must be cut before this one: none for the month in which the first fiscal year starts. */
export const monthBefore = (
  years: readonly { readonly startsOn: Day }[],
  period: Period,
): Period | undefined => {
  const first = years.map(({ startsOn }) => monthOf(startsOn)).toSorted()[0]
  return first !== undefined && first < period ? addToMonth(period, -1) : undefined
}

export const decide = {
  lock:
    (data: Journal): Decide =>
    period => {
      if (period.isCut) return E.left({ code: 'PERIOD_IS_CUT', period: data.period })
      return E.right(period.locked.has(data.journal) ? [] : [{ type: 'ledger.JournalLocked', data }])
    },

  /** Not by who locked: the command sees to it. */
  unlock:
    (data: Journal & { readonly explanation: string }): Decide =>
    period => {
      if (period.isCut) return E.left({ code: 'PERIOD_IS_CUT', period: data.period })
      return E.right(period.locked.has(data.journal) ? [{ type: 'ledger.JournalUnlocked', data }] : [])
    },

  /** From here on in the log nothing posts into the month. Months are cut one after the other. */
  cut:
    (facts: CutFacts): Decide =>
    state => {
      const { entityId, period, day, before, inFiscalYear, isFollowed, unanswered } = facts
      if (state.isCut) return E.right([])
      if (!inFiscalYear) return E.left({ code: 'PERIOD_WITHOUT_FISCAL_YEAR', period })
      const endsOn = lastDayOf(period)
      if (day <= endsOn) return E.left({ code: 'PERIOD_NOT_OVER', period, endsOn })
      if (!isFollowed)
        return E.left({ code: 'NEXT_FISCAL_YEAR_NOT_OPENED', period, firstDay: addDays(endsOn, 1) })
      if (before !== undefined && !before.isCut)
        return E.left({ code: 'PERIOD_BEFORE_NOT_CUT', period, before: before.period })
      if (unanswered.length > 0)
        return E.left({
          code: 'REQUESTS_UNANSWERED',
          period,
          count: unanswered.length,
          series: [...new Set(unanswered)],
        })
      return E.right([{ type: 'ledger.PeriodCut', data: { entityId, period } }])
    },

  /** States for ever what the cut month holds. */
  close:
    (data: Closed): Decide =>
    ({ isCut, closed }) => {
      const { period } = data
      if (!isCut) return E.left({ code: 'PERIOD_NOT_CUT', period })
      if (closed === undefined) return E.right([{ type: 'ledger.PeriodClosed', data }])
      return same(closed, data, 'different') ? E.right([]) : E.left({ code: 'PERIOD_ALREADY_CLOSED', period })
    },
}

export const evolve = (state: LedgerPeriod, event: PeriodEvent): LedgerPeriod => {
  switch (event.type) {
    case 'ledger.JournalLocked':
      return { ...state, locked: new Set(state.locked).add(event.data.journal) }
    case 'ledger.JournalUnlocked':
      return { ...state, locked: new Set([...state.locked].filter(j => j !== event.data.journal)) }
    case 'ledger.PeriodCut':
      return state.isCut ? impossible('a month cut twice') : { ...state, isCut: true }
    case 'ledger.PeriodClosed':
      return state.isCut && state.closed === undefined
        ? { ...state, closed: event.data }
        : impossible('a close without a cut, or twice')
  }
}

export const period: Aggregate<LedgerPeriod, PeriodEvent> = {
  category: 'period',
  events: periodEvents,
  initial: { locked: new Set(), isCut: false, closed: undefined },
  evolve,
}
