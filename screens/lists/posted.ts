import { total } from '../words/formats.ts'
import type { Integer } from '../words/formats.ts'

/** What the entries of events come to: what several documents would post, before they are sent. */

interface Posted {
  readonly currency: string
  readonly lines: readonly { readonly side: string; readonly amount: number }[]
}

interface Recorded {
  readonly data?: Readonly<Record<string, unknown>>
}

/** Debits by currency, which are their credits: minor units, exact however many. */
export const postedBy = (events: readonly Recorded[]): ReadonlyMap<string, Integer> => {
  const entries = events.flatMap(({ data }) => (data?.['journalEntry'] as Posted | undefined) ?? [])
  const debitsOf = ({ lines }: Posted): readonly number[] =>
    lines.filter(({ side }) => side === 'debit').map(({ amount }) => amount)
  return new Map(
    [...Map.groupBy(entries, ({ currency }) => currency)].map(([currency, posted]) => [
      currency,
      total(posted.flatMap(debitsOf)),
    ]),
  )
}
