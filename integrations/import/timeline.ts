import type { ReadOrder } from './read-business.ts'

/** One business day: what was ordered, and what left the house and is invoiced, in the order of its numbers. */
export interface BusinessDay {
  readonly day: string
  readonly ordered: readonly ReadOrder[]
  readonly shipped: readonly ReadOrder[]
}

/** Numbers of digits alone sort as numbers, others as texts: what a reader of the invoices expects. */
const byNumber = (a: ReadOrder, b: ReadOrder): number =>
  a.record.number.localeCompare(b.record.number, 'en', { numeric: true })

/** The days on which something happened, oldest first. */
export const businessDays = (orders: readonly ReadOrder[]): readonly BusinessDay[] => {
  const ordered = Map.groupBy(orders, ({ record }) => record.orderedOn)
  const shipped = Map.groupBy(
    orders.filter(({ record }) => record.shippedOn !== undefined),
    ({ record }) => record.shippedOn ?? '',
  )
  return [...new Set([...ordered.keys(), ...shipped.keys()])].toSorted().map(day => ({
    day,
    ordered: (ordered.get(day) ?? []).toSorted(byNumber),
    shipped: (shipped.get(day) ?? []).toSorted(byNumber),
  }))
}

/** An hour of a day in a time zone, as an instant. */
export const instantOf = (day: string, hour: number, timeZone: string): string => {
  const plainTime = Temporal.PlainTime.from({ hour })
  const instant = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime }).toInstant()
  return instant.toString({ fractionalSecondDigits: 3 })
}
