import { hash } from 'node:crypto'
import type pg from 'pg'
import Cursor from 'pg-cursor'
import { schemaOf } from './definition.ts'
import type { Columns, Projection, RowOf, SqlType, Table } from './definition.ts'
import { namedColumns, quote } from './engine/tables.ts'
import type { NamedColumn } from './engine/values.ts'
import { cursorBehind } from './list-cursor.ts'
import { camel, checkedLimit } from './list-request.ts'
import type { Direction, ListRequest } from './list-request.ts'
import { groupInPlace, inPlaceOf } from './list-names.ts'
import type { NameOf } from './list-names.ts'
import { ListStatement } from './list-statement.ts'
import type { Derived, Wanted } from './list-statement.ts'
import { SumsStatement } from './list-sums.ts'
import type { SumsRequest } from './list-sums.ts'
import { jsonOfRows, rowReader } from './row-json.ts'
import { rowsAsOf } from './rows-as-of.ts'

export { BadListRequest, LIMIT_MAX, badCursor, camel, checkedLimit } from './list-request.ts'
export type { Direction, Expectation, ListRequest } from './list-request.ts'
export type { Derived } from './list-statement.ts'
export type { SumsRequest } from './list-sums.ts'

/**
 * Lists over one table of a projection: filters, ranges, search, sorting and pages by cursor, all of them declared,
 * all of them parameters. Names outside are camelCase, as on the wire.
 */

/** What queries run on. */
export type Queryable = Pick<pg.Pool, 'query'>

type Camel<S extends string> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S
/** A row with its columns in camelCase. */
export type CamelRow<R> = { readonly [K in keyof R & string as Camel<K>]: R[K] }

type Name<C extends Columns> = keyof C & string

export interface ListDeclaration<C extends Columns, D extends string = never> {
  readonly projection: Projection
  readonly table: Table<C>
  /** Columns that may be asked to equal a value, or one of several. */
  readonly filters: readonly (Name<C> | D)[]
  /** Columns that may be asked to lie between two values, both inclusive. */
  readonly ranges: readonly Name<C>[]
  /** Each a column, and those that decide between rows of the same value before the key does. */
  readonly sorts: readonly (Name<C> | readonly [Name<C>, ...Name<C>[]])[]
  readonly defaultSort: { readonly by: Name<C>; readonly direction: Direction }
  /** Columns that rows may be grouped by; of a day, its month. */
  readonly groups?: readonly Name<C>[]
  /** Amounts that may be added up, by currency where the table names one. */
  readonly sums?: readonly Name<C>[]
  /** What ids stand for, where people read them outside: in exports. */
  readonly names?: Readonly<Partial<Record<Name<C>, NameOf>>>
  /** What is told of each row besides its columns, by name. */
  readonly derived?: Readonly<Record<D, Derived>>
  /** SQL over a row called `t`: whether a word that is searched stands somewhere else, by the pattern of the word. */
  readonly alsoFound?: (pattern: string) => string
  /** Projections besides its own that these read. */
  readonly joined?: readonly Projection[]
  /** A condition on the rows that holds always. */
  readonly where?: string
}

export interface Page<R> {
  readonly rows: readonly R[]
  /** Cursor of the next page; absent on the last. */
  readonly next: string | undefined
}

/** A declared field as a caller sees it: for schemas and documentation. */
export interface ListField {
  readonly name: string
  readonly type: SqlType
  readonly nullable: boolean
  readonly comment: string
  /** All the values there are, where they are a closed set of words. */
  readonly values?: readonly string[]
  /** True of a sum that no rule bounds. */
  readonly unbounded?: boolean
}

export interface List<R> {
  readonly name: string
  readonly columns: readonly ListField[]
  readonly filters: readonly ListField[]
  readonly ranges: readonly ListField[]
  readonly sorts: readonly string[]
  readonly searchable: boolean
  readonly keepsHistory: boolean
  /**
   * A page of rows as JSON, as they go over the wire.
   * @throws BadListRequest
   */
  readonly json: (db: Queryable, request: ListRequest) => Promise<Page<string>>
  /** The same rows for who goes on with them here. @throws BadListRequest */
  readonly page: (db: Queryable, request: ListRequest) => Promise<Page<R>>
  readonly all: AllOf<ListRequest>
  /** Projections besides its own that it reads. */
  readonly joined: readonly Projection[]
  /** Projections besides these that `all` takes names from. */
  readonly named: readonly Projection[]
  readonly sums: Sums
}

/**
 * All rows of a request, in its order and as they stood at one moment, in bundles of JSON: for exports. Names stand in
 * place of ids that have one.
 * @throws BadListRequest before anything is read
 */
export type AllOf<Q> = (
  client: pg.ClientBase,
  request: Q,
) => AsyncGenerator<readonly string[], void, undefined>

/** What a list comes to, in all or group by group. */
export interface Sums {
  readonly columns: readonly ListField[]
  readonly groups: readonly string[]
  readonly sorts: readonly string[]
  /** A page of groups as JSON. @throws BadListRequest */
  readonly json: (db: Queryable, request: SumsRequest) => Promise<Page<string>>
  readonly all: AllOf<SumsRequest>
}

const LIMIT_DEFAULT = 50

/** What writes the statement of a page. */
interface Paged<Q> {
  readonly visible: readonly NamedColumn[]
  write(request: Q, wanted: Wanted): ReturnType<ListStatement['write']>
}

/** Reads pages of what a statement selects, as JSON. */
const pagesOf = <Q extends ListRequest>(
  statement: Paged<Q>,
): ((db: Queryable, request: Q) => Promise<Page<string>>) => {
  const read = rowReader(statement.visible)
  return async (db, request) => {
    const limit = checkedLimit(request.limit ?? LIMIT_DEFAULT)
    const { query, order } = statement.write(request, { limit: limit + 1 })
    const result = await db.query<[string]>({ ...query, rowMode: 'array' })
    const rows = result.rows.slice(0, limit).map(([row]) => row)
    const last = result.rows.length > limit ? rows.at(-1) : undefined
    return { rows, next: last && cursorBehind(read(last), order) }
  }
}

/** Rows that are read from the server, and held here, at once. */
const BUNDLE = 1_000

/** What a statement selects, bundle by bundle through a cursor of the server. */
async function* bundlesOf(
  client: pg.ClientBase,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): AsyncGenerator<readonly string[], void, undefined> {
  const cursor = client.query(new Cursor<[string]>(text, [...values], { rowMode: 'array' }))
  try {
    for (let rows = await cursor.read(BUNDLE); rows.length > 0; rows = await cursor.read(BUNDLE))
      yield rows.map(([row]) => row)
  } finally {
    await cursor.close()
  }
}

const fieldsOf = (columns: Iterable<NamedColumn>): readonly ListField[] =>
  [...columns].map(({ name, ...column }) => ({ ...column, name: camel(name) }))

/** Builds a list from its declaration. */
export const defineList = <C extends Columns, D extends string = never>(
  declaration: ListDeclaration<C, D>,
): List<CamelRow<RowOf<C>>> => {
  const { projection, table, groups = [], sums = [], names = {}, joined = [] } = declaration
  const statement = new ListStatement(projection, table, declaration)
  const summing = new SumsStatement(statement, table, { groups, sums })
  const read = rowReader(statement.visible)
  const json = pagesOf(statement)
  return {
    name: table.name,
    columns: fieldsOf(statement.visible),
    filters: fieldsOf(statement.filters.values()),
    ranges: fieldsOf(statement.ranges.values()),
    sorts: [...statement.sorts.keys()],
    searchable: statement.searchable,
    keepsHistory: table.history,
    json,
    async page(db, request) {
      const { rows, next } = await json(db, request)
      return { rows: rows.map(row => read(row) as CamelRow<RowOf<C>>), next }
    },
    all: (client, request) =>
      bundlesOf(client, statement.write(request, { inPlace: inPlaceOf(names) }).query),
    joined,
    named: Object.values<NameOf | undefined>(names).flatMap(name => name?.projection ?? []),
    sums: {
      columns: fieldsOf(summing.visible),
      groups: [...summing.groups.keys()],
      sorts: [...summing.sorts.keys()],
      json: pagesOf(summing),
      all: (client, request) => {
        const inPlace = groupInPlace(names, summing.groups.get(request.groupBy ?? ''))
        return bundlesOf(client, summing.write(request, { inPlace }).query)
      },
    },
  }
}

type Key = readonly (string | number)[]

/** Finds one row by its key; undefined where there is none. */
export interface Lookup<R> {
  (db: Queryable, ...key: Key): Promise<R | undefined>
  /** The row as it stood behind the event of an ordinal; absent where the table keeps no history. */
  readonly asOf?: (db: Queryable, ordinal: number, ...key: Key) => Promise<R | undefined>
}

export const defineLookup = <C extends Columns>(
  projection: Projection,
  table: Table<C>,
): Lookup<CamelRow<RowOf<C>>> & { readonly columns: readonly ListField[] } => {
  const columns = namedColumns(table).filter(c => c.name !== 'search')
  const read = rowReader(columns)
  const where = table.key.map(
    (name, i) => `${quote(name)} = $${i + 1}::text::${(table.columns[name] as NamedColumn).type}`,
  )
  const foundIn = (relation: string) => {
    const text = jsonOfRows(columns, `select * from ${relation} where ${where.join(' and ')}`)
    const name = hash('sha1', text)
    return async (db: Queryable, values: Key) => {
      const { rows } = await db.query<[string]>({ name, text, values: values.map(String), rowMode: 'array' })
      return rows[0] && (read(rows[0][0]) as CamelRow<RowOf<C>>)
    }
  }
  const now = foundIn(`${quote(schemaOf(projection))}.${quote(table.name)}`)
  const find = Object.assign((db: Queryable, ...key: Key) => now(db, key), { columns: fieldsOf(columns) })
  if (!table.history) return find
  const then = foundIn(`(${rowsAsOf(projection, table, `$${where.length + 1}::text::bigint`)}) t`)
  return Object.assign(find, {
    asOf: (db: Queryable, ordinal: number, ...key: Key) => then(db, [...key, ordinal]),
  })
}
