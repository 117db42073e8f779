import { z } from 'zod'
import { Day, Period } from '../shared/values.ts'
import { PeriodClosed } from './period.events.ts'
import type { JournalTotals, PostingState } from './posting.ts'

/** The posting fold's state as JSON: what a checkpoint or a snapshot keeps. */

const pairs = <V extends z.ZodType>(value: V) => z.array(z.tuple([z.string(), value]))

const StoredPosting = z.strictObject({
  years: pairs(z.array(z.strictObject({ year: z.string(), startsOn: Day, endsOn: Day }))),
  cutThrough: pairs(Period),
  numbers: pairs(z.int()),
  open: pairs(PeriodClosed.data.shape.journals),
})

export const encodePosting = (state: PostingState): z.input<typeof StoredPosting> =>
  z.encode(StoredPosting, {
    years: [...state.years],
    cutThrough: [...state.cutThrough],
    numbers: [...state.numbers],
    open: [...state.open].map(([month, journals]): [string, JournalTotals[]] => [
      month,
      [...journals.values()],
    ]),
  })

/** @throws ZodError where the text was not written by `encodePosting` */
export const decodePosting = (stored: unknown): PostingState => {
  const { years, cutThrough, numbers, open } = z.decode(
    StoredPosting,
    stored as z.input<typeof StoredPosting>,
  )
  return {
    years: new Map(years),
    cutThrough: new Map(cutThrough),
    numbers: new Map(numbers),
    open: new Map(open.map(([month, journals]) => [month, new Map(journals.map(j => [j.journal, j]))])),
  }
}
