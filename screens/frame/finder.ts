import { get } from '../api/client.ts'
import type { ListPath, Query, QueryValues, Row } from '../api/client.ts'
import type { Area } from '../api/session.ts'
import type { Ranges } from '../lists/declaration.ts'
import type { Formats } from '../words/formats.ts'

/** How documents of one kind are found by what somebody types: a number, a name, a code, or an amount; declared. */

export interface Found {
  readonly id: string
  readonly label: string
  readonly description?: string | undefined
  readonly to: string
}

interface Asking {
  readonly formats: Formats
  readonly signal: AbortSignal
}
type Find<T> = (asked: T & Asking) => Promise<readonly Found[]>

/** Addresses whose texts the API searches. */
type SearchedPath = { [P in ListPath]: Query<P> extends { readonly search?: string } ? P : never }[ListPath]

interface FinderDeclaration<P extends SearchedPath> {
  readonly path: P
  /** Who may find them: its readers. */
  readonly area: Area
  /** The amount that finds a document of exactly as much. */
  readonly amount?: Ranges<P>
  readonly found: (row: Row<P>, formats: Formats) => Found
}

/** A finder whose rows are its own business. */
export interface Finder {
  readonly area: Area
  readonly byText: Find<{ readonly search: string }>
  /** Documents of exactly this amount, in minor units. */
  readonly byAmount?: Find<{ readonly amount: number }>
}

const EACH_MAX = '5'

/** Declares a finder: of each kind a few are shown. */
export const defineFinder = <P extends SearchedPath>({
  path,
  area,
  amount: amountField,
  found,
}: FinderDeclaration<P>): Finder => {
  const field: string | undefined = amountField
  const read = async (query: QueryValues, { formats, signal }: Asking): Promise<readonly Found[]> => {
    const { items } = await get(path, { query: { ...query, limit: EACH_MAX }, signal })
    return (items as readonly Row<P>[]).map(row => found(row, formats))
  }
  return {
    area,
    byText: ({ search, ...asking }) => read({ search }, asking),
    ...(field !== undefined && {
      byAmount: ({ amount, ...asking }) =>
        read({ [`${field}From`]: String(amount), [`${field}To`]: String(amount) }, asking),
    }),
  }
}
