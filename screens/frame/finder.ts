import { get } from '../api/client.ts'
import type { ListPath, Query, Row } from '../api/client.ts'
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

/** What is looked for: a text, and the amount that it may be. */
export interface Asked {
  readonly search: string
  readonly amount: number | undefined
  readonly formats: Formats
  readonly signal: AbortSignal
}

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
  readonly find: (asked: Asked) => Promise<readonly Found[]>
}

const EACH_MAX = '5'

/** The amount asked for exactly, where there is one. */
const exactly = (field: string | undefined, amount: number | undefined): readonly object[] =>
  field === undefined || amount === undefined
    ? []
    : [{ [`${field}From`]: String(amount), [`${field}To`]: String(amount) }]

/** Declares a finder: of each kind a few are shown, those that bear the text before those of the amount. */
export const defineFinder = <P extends SearchedPath>({
  path,
  area,
  amount: field,
  found,
}: FinderDeclaration<P>): Finder => ({
  area,
  find: async ({ search, amount, formats, signal }) => {
    const pages = await Promise.all(
      [{ search }, ...exactly(field, amount)].map(query =>
        get(path, { query: { ...query, limit: EACH_MAX }, signal }),
      ),
    )
    return pages.flatMap(({ items }) => (items as readonly Row<P>[]).map(row => found(row, formats)))
  },
})
