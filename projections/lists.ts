import { hash } from 'node:crypto'
import type pg from 'pg'
import { schemaOf } from './definition.ts'
import type { Columns, Projection, RowOf, SqlType, Table, Value } from './definition.ts'
import { namedColumns, quote } from './engine/tables.ts'
import { fromSql, selectExpression } from './engine/values.ts'
import type { NamedColumn } from './engine/values.ts'
import { ListStatement, camel, checkedLimit, encodeCursor } from './list-statement.ts'
import type { Direction, ListRequest } from './list-statement.ts'

export { BadListRequest, LIMIT_MAX, badCursor, camel, checkedLimit } from './list-statement.ts'
export type { Direction, Expectation, ListRequest } from './list-statement.ts'

/**
 * Lists over one table of a projection: filters, ranges, search, sorting and pages by cursor, all of them declared,
 * all of them parameters. Names outside are camelCase, as on the wire.
 */

/** What queries run on. */
export type Queryable = Pick<pg.Pool, 'query'>

type Camel<S extends string> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S
/** A row with its columns in camelCase. */
export type CamelRow<R> = { readonly [K in keyof R & string as Camel<K>]: R[K] }

export interface ListDeclaration<C extends Columns> {
  readonly projection: Projection
  readonly table: Table<C>
  /** Columns that may be asked to equal a value, or one of several. */
  readonly filters: readonly (keyof C & string)[]
  /** Columns that may be asked to lie between two values, both inclusive. */
  readonly ranges: readonly (keyof C & string)[]
  readonly sorts: readonly (keyof C & string)[]
  readonly defaultSort: { readonly by: keyof C & string; readonly direction: Direction }
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
}

export interface List<R> {
  readonly name: string
  readonly columns: readonly ListField[]
  readonly filters: readonly ListField[]
  readonly ranges: readonly ListField[]
  readonly sorts: readonly string[]
  readonly searchable: boolean
  readonly keepsHistory: boolean
  /** @throws BadListRequest */
  readonly page: (db: Queryable, request: ListRequest) => Promise<Page<R>>
}

const LIMIT_DEFAULT = 50

/** Builds a list from its declaration. */
export const defineList = <C extends Columns>(declaration: ListDeclaration<C>): List<CamelRow<RowOf<C>>> => {
  const { projection, table } = declaration
  const statement = new ListStatement(projection, table, declaration)
  const read = rowReader(statement.visible)
  const fields = (columns: Iterable<NamedColumn>): readonly ListField[] =>
    [...columns].map(({ name, type, nullable, comment }) => ({ name: camel(name), type, nullable, comment }))
  return {
    name: table.name,
    columns: fields(statement.visible),
    filters: fields(statement.filters.values()),
    ranges: fields(statement.ranges.values()),
    sorts: [...statement.sorts.keys()],
    searchable: statement.searchable,
    keepsHistory: table.history,
    async page(db, request) {
      const limit = checkedLimit(request.limit ?? LIMIT_DEFAULT)
      const { query, sort } = statement.write(request, limit + 1)
      const result = await db.query<(string | null)[]>({ ...query, rowMode: 'array' })
      const rows = result.rows.slice(0, limit).map(read)
      const last = result.rows.length > limit ? rows.at(-1) : undefined
      return {
        rows: rows as unknown as readonly CamelRow<RowOf<C>>[],
        next: last && encodeCursor(statement.cursorBehind(last, sort)),
      }
    },
  }
}

/** Reads rows as selected, their names in camelCase. */
export const rowReader = (
  columns: readonly Pick<NamedColumn, 'name' | 'type'>[],
): ((texts: readonly (string | null)[]) => Readonly<Record<string, Value>>) => {
  const named = columns.map(c => [camel(c.name), c.type] as const)
  return texts => {
    const row: Record<string, Value> = {}
    named.forEach(([name, type], i) => {
      row[name] = fromSql(type, texts[i] ?? null)
    })
    return row
  }
}

/** Finds one row by its key; undefined where there is none. */
export const defineLookup = <C extends Columns>(
  projection: Projection,
  table: Table<C>,
): ((db: Queryable, ...key: readonly (string | number)[]) => Promise<CamelRow<RowOf<C>> | undefined>) => {
  const columns = namedColumns(table).filter(c => c.name !== 'search')
  const where = table.key.map(
    (name, i) => `${quote(name)} = $${i + 1}::text::${(table.columns[name] as NamedColumn).type}`,
  )
  const text =
    `select ${columns.map(c => selectExpression(quote(c.name), c.type)).join(', ')} ` +
    `from ${quote(schemaOf(projection))}.${quote(table.name)} where ${where.join(' and ')}`
  const name = hash('sha1', text)
  const read = rowReader(columns)
  return async (db, ...key) => {
    const { rows } = await db.query<(string | null)[]>({
      name,
      text,
      values: key.map(String),
      rowMode: 'array',
    })
    return rows[0] && (read(rows[0]) as CamelRow<RowOf<C>>)
  }
}
