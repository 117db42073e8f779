/** Days of the calendar where somebody is. */

/** Swedes write days as ISO 8601 does. */
const ISO = 'sv-SE'

/** @param timeZone where the day is; that of the machine where none is named */
export const dayIn = (timeZone: string | undefined, instant: string | Date): string =>
  new Intl.DateTimeFormat(ISO, { timeZone, dateStyle: 'short' }).format(new Date(instant))

/** The day that it is now. */
export const today = (timeZone?: string): string => dayIn(timeZone, new Date())
