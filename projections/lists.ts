import { hash } from 'node:crypto'
import type pg from 'pg'
import { schemaOf } from './definition.ts'
import type { Columns, Projection, RowOf, SqlType, Table, Value } from './definition.ts'
import { SINCE, UNTIL, namedColumns, quote } from './engine/tables.ts'
import { arrayLiteral, fromSql, selectExpression, toSql } from './engine/values.ts'
import type { NamedColumn } from './engine/values.ts'

/**
 * Lists over one table of a projection: filters, ranges, search, sorting and pages by cursor, all of them declared,
 * all of them parameters. Names outside are camelCase, as on the wire.
 */

/** What queries run on. */
export type Queryable = Pick<pg.Pool, 'query'>

type Camel<S extends string> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S
/** A row with its columns in camelCase. */
export type CamelRow<R> = { readonly [K in keyof R & string as Camel<K>]: R[K] }

export const camel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

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

export type Direction = 'asc' | 'desc'
type Scalar = string | number | bigint | boolean

/** A request, its names in camelCase. */
export interface ListRequest {
  readonly filter?: Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>
  readonly from?: Readonly<Record<string, Scalar | undefined>>
  readonly to?: Readonly<Record<string, Scalar | undefined>>
  readonly search?: string | undefined
  readonly sort?: { readonly by: string; readonly direction: Direction } | undefined
  /** 1 to 500; 50 when absent. */
  readonly limit?: number | undefined
  /** `next` of the page before. */
  readonly cursor?: string | undefined
  /** As the rows stood behind this ordinal; only of tables that keep history. */
  readonly asOf?: number | undefined
}

export interface Page<R> {
  readonly rows: readonly R[]
  /** Cursor of the next page; absent on the last. */
  readonly next: string | undefined
}

/** A request that the list cannot answer: names the field and what is expected. */
export class BadListRequest extends Error {
  readonly field: string
  readonly expected: string
  constructor(field: string, expected: string) {
    super(`${field}: expected ${expected}`)
    this.name = 'BadListRequest'
    this.field = field
    this.expected = expected
  }
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
export const LIMIT_MAX = 500
/** Statements with so many conditions at most are prepared once per connection: the usual ones. */
const NAMED_CONDITIONS_MAX = 3

/** Collects the parameters of a statement. */
class Parameters {
  readonly values: (string | null)[] = []
  add(type: string, text: string | null): string {
    this.values.push(text)
    return `$${this.values.length}::text::${type}`
  }
}

interface Cursor {
  readonly by: string
  readonly direction: Direction
  readonly value: string | null
  readonly key: readonly string[]
}

const encodeCursor = (c: Cursor): string =>
  Buffer.from(JSON.stringify([c.by, c.direction, c.value, ...c.key])).toString('base64url')

const decodeCursor = (text: string): Cursor => {
  try {
    const [by, direction, value, ...key] = JSON.parse(Buffer.from(text, 'base64url').toString()) as string[]
    if (
      by !== undefined &&
      (direction === 'asc' || direction === 'desc') &&
      key.every(k => typeof k === 'string')
    )
      return { by, direction, value: value ?? null, key }
  } catch {
    // Told below: whatever was sent, it was not one of our cursors.
  }
  throw new BadListRequest('cursor', 'the `next` of the page before')
}

const checked = (field: string, column: NamedColumn, value: Scalar): string => {
  const text = toSql(column.type, value)
  const shape: Partial<Record<SqlType, [RegExp, string]>> = {
    uuid: [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID'],
    bigint: [/^-?\d{1,18}$/, 'an integer'],
    integer: [/^-?\d{1,9}$/, 'an integer'],
    boolean: [/^(true|false)$/, 'true or false'],
    date: [/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day YYYY-MM-DD'],
    timestamptz: [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/, 'an instant in UTC'],
  }
  const [pattern, expected] = shape[column.type] ?? [/^[^\0]*$/, 'a text']
  if (text === null || !pattern.test(text)) throw new BadListRequest(field, expected)
  return text
}

/** Builds a list from its declaration. */
export const defineList = <C extends Columns>(declaration: ListDeclaration<C>): List<CamelRow<RowOf<C>>> => {
  const { projection, table } = declaration
  const columns = namedColumns(table)
  const named = new Map(columns.map(c => [c.name, c]))
  const byCamel = new Map(columns.map(c => [camel(c.name), c]))
  const allowed = (names: readonly string[]) =>
    new Map(names.map(n => [camel(n), named.get(n) as NamedColumn]))
  const filters = allowed(declaration.filters)
  const ranges = allowed(declaration.ranges)
  const sorts = allowed(declaration.sorts)
  const searchable = named.has('search')
  const visible = columns.filter(c => c.name !== 'search')
  const keys = table.key.map(name => named.get(name) as NamedColumn)
  const name = `${quote(schemaOf(projection))}.${quote(table.name)}`
  const historyName = `${quote(schemaOf(projection))}.${quote(`${table.name}_history`)}`

  const relation = (asOf: number | undefined, parameters: Parameters): string => {
    if (asOf === undefined) return name
    if (!table.history) throw new BadListRequest('asOf', 'a list that keeps history')
    const at = parameters.add('bigint', String(asOf))
    const all = columns.map(c => quote(c.name)).join(', ')
    return `(select ${all} from ${name} where ${SINCE} <= ${at}
      union all select ${all} from ${historyName} where ${SINCE} <= ${at} and ${UNTIL} > ${at}) t`
  }

  const conditions = (request: ListRequest, parameters: Parameters): string[] => {
    const where = declaration.where === undefined ? [] : [declaration.where]
    const find = (kind: Map<string, NamedColumn>, field: string) => {
      const column = kind.get(field)
      if (!column) throw new BadListRequest(field, `one of ${[...kind.keys()].join(', ')}`)
      return column
    }
    for (const [field, value] of Object.entries(request.filter ?? {})) {
      if (value === undefined) continue
      const column = find(filters, field)
      const texts = [value].flat().map(v => checked(field, column, v))
      where.push(
        texts.length === 1
          ? `${quote(column.name)} = ${parameters.add(column.type, texts[0] as string)}`
          : `${quote(column.name)} = any(${parameters.add(`${column.type}[]`, arrayLiteral(texts))})`,
      )
    }
    for (const [bound, operator] of [
      [request.from, '>='],
      [request.to, '<='],
    ] as const)
      for (const [field, value] of Object.entries(bound ?? {})) {
        if (value === undefined) continue
        const column = find(ranges, field)
        where.push(
          `${quote(column.name)} ${operator} ${parameters.add(column.type, checked(field, column, value))}`,
        )
      }
    if (request.search !== undefined && request.search.trim() !== '') {
      if (!searchable) throw new BadListRequest('search', 'a list that can be searched')
      const pattern = request.search
        .trim()
        .toLowerCase()
        .replace(/[\\%_]/g, '\\$&')
      where.push(`search like ${parameters.add('text', `%${pattern}%`)}`)
    }
    return where
  }

  const sortOf = (request: ListRequest): { column: NamedColumn; direction: Direction } => {
    const { by, direction } = request.sort ?? {
      by: camel(declaration.defaultSort.by),
      direction: declaration.defaultSort.direction,
    }
    const column = sorts.get(by)
    if (!column) throw new BadListRequest('sort', `one of ${[...sorts.keys()].join(', ')}`)
    return { column, direction }
  }

  /** What lies behind a cursor. Nulls come last upwards and first downwards, as in PostgreSQL's indexes. */
  const behind = (cursor: Cursor, column: NamedColumn, parameters: Parameters): string => {
    const operator = cursor.direction === 'asc' ? '>' : '<'
    const keyNames = keys.map(k => quote(k.name)).join(', ')
    const keyValues = cursor.key
      .map((text, i) => parameters.add((keys[i] as NamedColumn).type, text))
      .join(', ')
    const sort = quote(column.name)
    if (cursor.value === null) {
      const rest = `${sort} is null and (${keyNames}) ${operator} (${keyValues})`
      return cursor.direction === 'asc' ? `(${rest})` : `((${rest}) or ${sort} is not null)`
    }
    const tuple = `(${sort}, ${keyNames}) ${operator} (${parameters.add(column.type, cursor.value)}, ${keyValues})`
    return column.nullable && cursor.direction === 'asc' ? `(${tuple} or ${sort} is null)` : tuple
  }

  const page = async (db: Queryable, request: ListRequest): Promise<Page<CamelRow<RowOf<C>>>> => {
    const limit = Math.floor(request.limit ?? LIMIT_DEFAULT)
    if (!(limit >= 1 && limit <= LIMIT_MAX)) throw new BadListRequest('limit', `1 to ${LIMIT_MAX}`)
    const parameters = new Parameters()
    const from = relation(request.asOf, parameters)
    const where = conditions(request, parameters)
    const { column, direction } = sortOf(request)
    if (request.cursor !== undefined) {
      const cursor = decodeCursor(request.cursor)
      const fits =
        cursor.by === column.name && cursor.direction === direction && cursor.key.length === keys.length
      if (!fits) throw new BadListRequest('cursor', 'a cursor of the same list and sorting')
      keys.forEach((k, i) => checked('cursor', k, cursor.key[i] as string))
      if (cursor.value !== null) checked('cursor', column, cursor.value)
      where.push(behind(cursor, column, parameters))
    }
    const order = [...new Set([column.name, ...table.key])].map(n => `${quote(n)} ${direction}`).join(', ')
    const text =
      `select ${visible.map(c => selectExpression(quote(c.name), c.type)).join(', ')} from ${from}` +
      `${where.length > 0 ? ` where ${where.join(' and ')}` : ''} order by ${order} limit ${limit + 1}`
    const prepared = where.length <= NAMED_CONDITIONS_MAX ? { name: hash('sha1', text) } : {}
    const result = await db.query<(string | null)[]>({
      ...prepared,
      text,
      values: parameters.values,
      rowMode: 'array',
    })
    const rows = result.rows.slice(0, limit).map(texts => rowOf(visible, texts)) as CamelRow<RowOf<C>>[]
    const last = result.rows.length > limit ? (rows.at(-1) as Readonly<Record<string, Value>>) : undefined
    const textOf = (c: NamedColumn) => toSql(c.type, last?.[camel(c.name)])
    const next =
      last &&
      encodeCursor({ by: column.name, direction, value: textOf(column), key: keys.map(k => textOf(k) ?? '') })
    return { rows, next }
  }

  const fields = (map: Map<string, NamedColumn>): readonly ListField[] =>
    [...map].map(([field, { type, nullable, comment }]) => ({ name: field, type, nullable, comment }))
  byCamel.delete('search')
  return {
    name: table.name,
    columns: fields(byCamel),
    filters: fields(filters),
    ranges: fields(ranges),
    sorts: [...sorts.keys()],
    searchable,
    keepsHistory: table.history,
    page,
  }
}

/** A row as selected, its names in camelCase. */
export const rowOf = (
  columns: readonly Pick<NamedColumn, 'name' | 'type'>[],
  texts: readonly (string | null)[],
): Readonly<Record<string, Value>> => {
  const row: Record<string, Value> = {}
  columns.forEach((c, i) => {
    row[camel(c.name)] = fromSql(c.type, texts[i] ?? null)
  })
  return row
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
  return async (db, ...key) => {
    const { rows } = await db.query<(string | null)[]>({
      name,
      text,
      values: key.map(String),
      rowMode: 'array',
    })
    return rows[0] && (rowOf(columns, rows[0]) as CamelRow<RowOf<C>>)
  }
}
