import type { Day, Instant, Period } from './values.ts'

/** Calendar arithmetic on `YYYY-MM-DD` days and `YYYY-MM` months: pure functions of their arguments. */

/** The day `count` days later (earlier where negative). */
export const addDays = (day: Day, count: number): Day =>
  Temporal.PlainDate.from(day).add({ days: count }).toString()

/** The same day `count` months later, or the last day of that month where it has no such day. */
export const addMonths = (day: Day, count: number): Day =>
  Temporal.PlainDate.from(day).add({ months: count }).toString()

/** The same day `count` years later; 28 February for a 29 February where the year has none. */
export const addYears = (day: Day, count: number): Day =>
  Temporal.PlainDate.from(day).add({ years: count }).toString()

/** The month that holds a day. */
export const monthOf = (day: Day): Period => day.slice(0, 7)

/** The month `count` months later. */
export const addToMonth = (month: Period, count: number): Period =>
  monthOf(addMonths(firstDayOf(month), count))

export const firstDayOf = (month: Period): Day => `${month}-01`

export const lastDayOf = (month: Period): Day => {
  const { year, month: number, daysInMonth } = Temporal.PlainYearMonth.from(month)
  return Temporal.PlainDate.from({ year, month: number, day: daysInMonth }).toString()
}

/** The calendar day of an instant in an IANA time zone. */
export const dayIn = (timeZone: string, instant: Instant): Day =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()

/** Whether a name is an IANA time zone, as `dayIn` takes it. Offsets such as `+01:00` are none. */
export const isTimeZone = (name: string): boolean => {
  try {
    return (
      /^[A-Za-z]/.test(name) &&
      new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    )
  } catch {
    return false
  }
}
