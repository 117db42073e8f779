import { addToMonth, firstDayOf, monthOf } from '../shared/days.ts'
import type { DomainEvent, EventDefinition } from '../shared/events.ts'
import type { JournalEntry } from '../shared/journal-entry.ts'
import type { Day, Period } from '../shared/values.ts'
import { FiscalYearOpened } from '../organisation/public.ts'
import type { z } from 'zod'
import { EMPTY_DIGEST, extendDigest } from './entry-digest.ts'
import { PeriodClosed, PeriodCut } from './period.events.ts'

/**
 * Posting day and entry number of every entry: the ordered fold ahead of all ledger projections (PROTOCOL 24, 25).
 * The order of the log decides alone. An entry dated in a cut month is posted on the first open day; numbers count 1,
 * 2, 3… per (entity, journal, fiscal year). What it says of a closed month must reproduce the digests of its close.
 */

/** A changed rule is another version, and takes effect from an event in the log (PROTOCOL 24). */
export const POSTING_VERSION = 1

interface FiscalYear {
  readonly year: string
  readonly startsOn: Day
  readonly endsOn: Day
}

/** One journal of a month, as its close will state it. */
export type JournalTotals = z.output<typeof PeriodClosed.data>['journals'][number]

/** Owned by whoever folds: `post` changes it in place, as millions of entries pass through it. */
export interface PostingState {
  readonly years: Map<string, FiscalYear[]>
  /** Last month cut, by entity: cuts are contiguous, so every month up to it is cut. */
  readonly cutThrough: Map<string, Period>
  /** Last number given, by `entity journal year`. */
  readonly numbers: Map<string, number>
  /** Months not yet closed, by `entity month`, then by journal. */
  readonly open: Map<string, Map<string, JournalTotals>>
}

/** Where the ledger puts an entry. */
export interface Posting {
  readonly postingDay: Day
  /** Of the entry in its journal and fiscal year (FEC EcritureNum); final once the month is closed. */
  readonly number: number
  readonly fiscalYear: string
  /** True when the entry is dated in a cut month and was therefore posted on the first open day. */
  readonly moved: boolean
}

/** A close as stored beside what the fold finds in that month: equal, or the log was tampered with. */
export interface Closing {
  readonly entityId: string
  readonly period: Period
  readonly stored: readonly JournalTotals[]
  readonly found: readonly JournalTotals[]
  readonly agrees: boolean
}

export interface PostingOutcome {
  readonly posting?: Posting
  readonly closing?: Closing
}

export const initialPosting = (): PostingState => ({
  years: new Map(),
  cutThrough: new Map(),
  numbers: new Map(),
  open: new Map(),
})

const dataOf = <D extends z.ZodType>(
  definition: EventDefinition<`${string}.${string}`, D>,
  event: DomainEvent,
): z.output<D> | undefined => (event.type === definition.type ? (event.data as z.output<D>) : undefined)

/** The entry that an event carries, if it carries one: the ledger counts exactly those (PROTOCOL 24). */
export const entryOf = (event: DomainEvent): JournalEntry | undefined =>
  (event.data as { readonly journalEntry?: JournalEntry }).journalEntry

/**
 * Folds the next event of the log into the state and says where its entry goes.
 * @param event decoded, with the id it has in the log
 */
export const post = (state: PostingState, event: DomainEvent & { readonly id: string }): PostingOutcome => {
  const entry = entryOf(event)
  if (entry !== undefined) return { posting: postEntry(state, event.id, entry) }
  const year = dataOf(FiscalYearOpened, event)
  if (year !== undefined) {
    const { entityId, ...opened } = year
    state.years.set(entityId, [...(state.years.get(entityId) ?? []), opened])
  }
  const cut = dataOf(PeriodCut, event)
  if (cut !== undefined && cut.period > (state.cutThrough.get(cut.entityId) ?? ''))
    state.cutThrough.set(cut.entityId, cut.period)
  const closed = dataOf(PeriodClosed, event)
  return closed === undefined ? {} : { closing: settle(state, closed) }
}

/** First day on which an entry of the entity dated `day` can still be posted. */
export const postingDayOf = (state: PostingState, entityId: string, day: Day): Day => {
  const cut = state.cutThrough.get(entityId)
  return cut === undefined || monthOf(day) > cut ? day : firstDayOf(addToMonth(cut, 1))
}

const postEntry = (state: PostingState, eventId: string, entry: JournalEntry): Posting => {
  const { entityId, journal, accountingDate } = entry
  const postingDay = postingDayOf(state, entityId, accountingDate)
  const fiscalYear = fiscalYearOf(state, entityId, postingDay)
  const count = `${entityId} ${journal} ${fiscalYear}`
  const number = (state.numbers.get(count) ?? 0) + 1
  state.numbers.set(count, number)
  const month = `${entityId} ${monthOf(postingDay)}`
  const journals = state.open.get(month) ?? new Map<string, JournalTotals>()
  state.open.set(month, journals)
  journals.set(journal, extended(journals.get(journal), { number, eventId, postingDay, entry }))
  return { postingDay, number, fiscalYear, moved: postingDay !== accountingDate }
}

/**
 * The fiscal year that holds a day; the calendar year where none was opened for it, so that the fold has an answer
 * for every log (commands refuse such a day).
 */
const fiscalYearOf = (state: PostingState, entityId: string, day: Day): string =>
  state.years.get(entityId)?.find(y => y.startsOn <= day && day <= y.endsOn)?.year ?? day.slice(0, 4)

const extended = (
  totals: JournalTotals | undefined,
  posted: { number: number; eventId: string; postingDay: Day; entry: JournalEntry },
): JournalTotals => {
  const { number, entry } = posted
  const amount = (side: 'debit' | 'credit'): bigint =>
    entry.lines.reduce((total, line) => (line.side === side ? total + line.amount : total), 0n)
  return {
    journal: entry.journal,
    firstNumber: totals?.firstNumber ?? number,
    lastNumber: number,
    entries: (totals?.entries ?? 0) + 1,
    debit: (totals?.debit ?? 0n) + amount('debit'),
    credit: (totals?.credit ?? 0n) + amount('credit'),
    digest: extendDigest(totals?.digest ?? EMPTY_DIGEST, posted),
  }
}

/**
 * What `PeriodClosed` states of a month: per journal, in the order of their codes. Of a cut month it can no longer
 * change; a month already closed has left the state, and yields nothing.
 */
export const closingTotals = (
  state: PostingState,
  entityId: string,
  period: Period,
): readonly JournalTotals[] =>
  [...(state.open.get(`${entityId} ${period}`)?.values() ?? [])].toSorted((a, b) =>
    a.journal < b.journal ? -1 : 1,
  )

const settle = (state: PostingState, closed: z.output<typeof PeriodClosed.data>): Closing => {
  const { entityId, period } = closed
  const found = closingTotals(state, entityId, period)
  state.open.delete(`${entityId} ${period}`)
  const agrees =
    found.length === closed.journals.length && found.every((f, i) => sameTotals(f, closed.journals[i]))
  return { entityId, period, stored: closed.journals, found, agrees }
}

const sameTotals = (a: JournalTotals, b: JournalTotals | undefined): boolean =>
  a.journal === b?.journal &&
  a.firstNumber === b.firstNumber &&
  a.lastNumber === b.lastNumber &&
  a.entries === b.entries &&
  a.debit === b.debit &&
  a.credit === b.credit &&
  a.digest === b.digest
