import type { CommandName, GetPath, ListPath, Query, Row } from '../api/client.ts'
import type { Action, EventWords } from '../documents/declaration.ts'
import type { AnyRow } from '../shapes/row.ts'
import type { Shape } from '../shapes/shape.ts'
import type { Text } from '../words/words.ts'

/**
 * A list, declared: what of its rows is shown, and what they may be narrowed and sorted by. What the API does not offer
 * for the address does not compile.
 */

/** Fields that the API sorts by. */
type Sorts<P extends ListPath> = Query<P> extends { readonly sort?: infer S } ? Exclude<S, undefined> : never
/** Fields that the API compares with a value. */
type Filters<P extends ListPath> = keyof Query<P> & keyof Row<P> & string
/** Fields that the API compares with two bounds. */
export type Ranges<P extends ListPath> = keyof Query<P> extends infer K
  ? K extends `${infer Field}From`
    ? Field
    : never
  : never

/** What the API groups the rows of the address by. */
type Groups<P extends ListPath> = `${P}/sums` extends GetPath
  ? Query<`${P}/sums`> extends { readonly groupBy?: infer G }
    ? Exclude<G, undefined>
    : never
  : never

export interface Column<R> {
  readonly field: keyof R & string
  readonly label: Text
  readonly as: Shape
  /** Its share of the room, and the least it takes, in pixels. */
  readonly width: number
  /** Left out where there is no room for all: the one with the highest number first. */
  readonly spare?: number
  /** Not shown until chosen. */
  readonly hidden?: true
  /** Added up below the list, and by group. */
  readonly sum?: true
}

export interface Narrowing<F> {
  readonly field: F
  readonly label: Text
  readonly as: Shape
}

export interface ListDeclaration<P extends ListPath> {
  readonly path: P
  readonly title: Text
  /** The field with a row's id. */
  readonly key: keyof Row<P> & string
  /** Where a row opens. */
  readonly open?: (row: Row<P>) => string
  readonly columns: readonly Column<Row<P>>[]
  /** Columns among those that can be sorted by, by a click on their heading. */
  readonly sorts: readonly Extract<Sorts<P>, keyof Row<P>>[]
  readonly sort: Sorts<P>
  readonly filters?: readonly Narrowing<Filters<P>>[]
  readonly ranges?: readonly Narrowing<Ranges<P>>[]
  /** What rows can be grouped by; a group opens to its rows by the filter, or the range, of the same field. */
  readonly groups?: readonly Narrowing<Groups<P>>[]
  /** What may be done with its documents: those acts that can be done with many at once are offered here. */
  readonly actions?: readonly Action<Row<P>>[]
  /** Where one of its documents is read alone, with the revision that an act on it is sent against. */
  readonly document?: `${P}/{id}` & GetPath
  /** What the events of those acts say. */
  readonly events?: EventWords
  /** What a document comes to, minor units of its currency, where several are looked at together. */
  readonly worth?: (row: Row<P>) => number | null
  /** The projection whose changes it follows. */
  readonly live: string
  /** The form that makes a new one. */
  readonly create?: { readonly to: string; readonly label: Text; readonly command: CommandName }
  /** What to do where there is nothing yet. */
  readonly empty: Text
}

/** A list whose rows are its own business. */
export interface AnyList {
  readonly path: ListPath
  readonly title: Text
  readonly key: string
  /** Undefined for a row that stands for nothing that could be opened. */
  readonly open?: (row: AnyRow) => string | undefined
  readonly columns: readonly Column<AnyRow>[]
  readonly sorts: readonly string[]
  readonly sort: string
  readonly filters: readonly Narrowing<string>[]
  readonly ranges: readonly Narrowing<string>[]
  readonly groups: readonly Narrowing<string>[]
  readonly actions: readonly Action<AnyRow>[]
  readonly document?: GetPath
  readonly events: EventWords
  readonly worth?: (row: AnyRow) => number | null
  readonly live: string
  readonly create?: { readonly to: string; readonly label: Text; readonly command: CommandName }
  readonly empty: Text
  /** Whether the API searches its texts, and knows it by legal entity. */
  readonly searchable: boolean
  readonly perEntity: boolean
}

interface Abilities<P extends ListPath> {
  readonly searchable: Query<P> extends { readonly search?: string } ? boolean : false
  readonly perEntity: 'entityId' extends keyof Query<P> ? boolean : false
}

/** Declares a list; hides the type of its rows from the machinery. */
export const defineList = <P extends ListPath>(list: ListDeclaration<P> & Partial<Abilities<P>>): AnyList =>
  ({
    filters: [],
    ranges: [],
    groups: [],
    actions: [],
    events: {},
    searchable: false,
    perEntity: false,
    ...list,
  }) as unknown as AnyList
