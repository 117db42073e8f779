import { hash } from 'node:crypto'
import { schemaOf } from './definition.ts'
import type { Projection, SqlType, Table, Value } from './definition.ts'
import { SINCE, UNTIL, namedColumns, quote } from './engine/tables.ts'
import { arrayLiteral, selectExpression, toSql } from './engine/values.ts'
import type { NamedColumn } from './engine/values.ts'

/** Writes the statement of a list: every name comes from a declaration, every value is a parameter. */

export const camel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

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

/** What is expected of a field, in the languages that users are told it in. */
export interface Expectation {
  readonly fr: string
  readonly en: string
}

/** A request that the list cannot answer: names the field and what is expected. */
export class BadListRequest extends Error {
  readonly field: string
  readonly expected: Expectation
  constructor(field: string, expected: Expectation) {
    super(`${field}: expected ${expected.en}`)
    this.name = 'BadListRequest'
    this.field = field
    this.expected = expected
  }
}

export const LIMIT_MAX = 500

/** @throws BadListRequest for a page of no rows, of too many, or of a part of one */
export const checkedLimit = (limit: number): number => {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit
  throw new BadListRequest('limit', {
    fr: `un nombre entier de 1 à ${LIMIT_MAX}`,
    en: `an integer from 1 to ${LIMIT_MAX}`,
  })
}

/** For what was sent as a cursor and is none of ours. */
export const badCursor = (): BadListRequest =>
  new BadListRequest('cursor', {
    fr: 'la valeur `next` de la page précédente',
    en: 'the `next` of the page before',
  })

const oneOf = (names: Iterable<string>): Expectation => {
  const list = [...names].join(', ')
  return { fr: `l'un de : ${list}`, en: `one of ${list}` }
}

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

export const encodeCursor = (c: Cursor): string =>
  Buffer.from(JSON.stringify([c.by, c.direction, c.value, ...c.key])).toString('base64url')

const decodeCursor = (text: string): Cursor => {
  try {
    const parts = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown
    if (Array.isArray(parts)) {
      const [by, direction, value, ...key] = parts as unknown[]
      if (
        typeof by === 'string' &&
        (direction === 'asc' || direction === 'desc') &&
        (value === null || typeof value === 'string') &&
        key.every(k => typeof k === 'string')
      )
        return { by, direction, value, key }
    }
  } catch {
    // Told below: whatever was sent, it was not one of our cursors.
  }
  throw badCursor()
}

/** The calendar knows the day, and PostgreSQL the year. */
const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text) && !text.startsWith('0000')
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/

/** What the text of a value looks like, and how to say so. */
const SHAPES: Partial<Record<SqlType, readonly [(text: string) => boolean, Expectation]>> = {
  uuid: [t => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(t), { fr: 'un UUID', en: 'a UUID' }],
  bigint: [t => /^-?\d{1,18}$/.test(t), { fr: 'un nombre entier', en: 'an integer' }],
  integer: [t => /^-?\d{1,9}$/.test(t), { fr: 'un nombre entier', en: 'an integer' }],
  boolean: [t => t === 'true' || t === 'false', { fr: 'true ou false', en: 'true or false' }],
  date: [t => DAY.test(t) && isDay(t), { fr: 'un jour réel AAAA-MM-JJ', en: 'a real day YYYY-MM-DD' }],
  timestamptz: [
    t => INSTANT.test(t) && isDay(t.slice(0, 10)),
    { fr: 'un instant réel en UTC', en: 'a real instant in UTC' },
  ],
}
const TEXT: Expectation = { fr: 'un texte sans caractère nul', en: 'a text without a null character' }

const checked = (field: string, column: NamedColumn, value: Scalar): string => {
  const text = toSql(column.type, value) ?? ''
  const [fits, expected] = SHAPES[column.type] ?? [(t: string) => !t.includes('\0'), TEXT]
  if (!fits(text)) throw new BadListRequest(field, expected)
  return text
}

const NO_HISTORY: Expectation = { fr: "une liste qui garde l'historique", en: 'a list that keeps history' }
const NO_SEARCH: Expectation = { fr: 'une liste où l’on peut chercher', en: 'a list that can be searched' }
const ORDINAL: Expectation = { fr: 'un rang du journal', en: 'an ordinal of the log' }
const OTHER_LIST: Expectation = {
  fr: 'un curseur de la même liste et du même tri',
  en: 'a cursor of the same list and sorting',
}

export interface Sort {
  readonly column: NamedColumn
  readonly direction: Direction
}

interface Offered {
  readonly filters: readonly string[]
  readonly ranges: readonly string[]
  readonly sorts: readonly string[]
  readonly defaultSort: { readonly by: string; readonly direction: Direction }
  readonly where?: string
}

/** A column of the list's relation: qualified, so that no name of the result stands in its place. */
const at = (column: Pick<NamedColumn, 'name'>): string => `t.${quote(column.name)}`

const find = (offered: ReadonlyMap<string, NamedColumn>, field: string): NamedColumn => {
  const column = offered.get(field)
  if (!column) throw new BadListRequest(field, oneOf(offered.keys()))
  return column
}

export class ListStatement {
  readonly visible: readonly NamedColumn[]
  readonly filters: ReadonlyMap<string, NamedColumn>
  readonly ranges: ReadonlyMap<string, NamedColumn>
  readonly sorts: ReadonlyMap<string, NamedColumn>
  readonly searchable: boolean
  private readonly table: Table
  private readonly keys: readonly NamedColumn[]
  private readonly name: string
  private readonly historyName: string
  private readonly offered: Offered

  constructor(projection: Projection, table: Table, offered: Offered) {
    const columns = new Map(namedColumns(table).map(c => [c.name, c]))
    const named = (names: readonly string[]) =>
      new Map(names.map(n => [camel(n), columns.get(n) as NamedColumn]))
    this.table = table
    this.offered = offered
    this.visible = [...columns.values()].filter(c => c.name !== 'search')
    this.filters = named(offered.filters)
    this.ranges = named(offered.ranges)
    this.sorts = named(offered.sorts)
    this.searchable = columns.has('search')
    this.keys = [...named(table.key).values()]
    this.name = `${quote(schemaOf(projection))}.${quote(table.name)}`
    this.historyName = `${quote(schemaOf(projection))}.${quote(`${table.name}_history`)}`
  }

  /** @throws BadListRequest */
  write(request: ListRequest, limit: number) {
    const parameters = new Parameters()
    const from = this.relation(request.asOf, parameters)
    const sort = this.sortOf(request)
    const where = [
      ...(this.offered.where === undefined ? [] : [this.offered.where]),
      ...this.filtered(request, parameters),
      ...this.bounded(request, parameters),
      ...this.searched(request, parameters),
      ...this.paged(request, sort, parameters),
    ]
    const order = [sort.column, ...this.keys.filter(k => k.name !== sort.column.name)]
    const text =
      `select ${this.visible.map(c => selectExpression(at(c), c.type)).join(', ')} from ${from}` +
      `${where.length > 0 ? ` where ${where.join(' and ')}` : ''}` +
      ` order by ${order.map(c => `${at(c)} ${sort.direction}`).join(', ')} limit ${limit}`
    const name = where.length <= NAMED_CONDITIONS_MAX ? { name: hash('sha1', text) } : {}
    return { query: { ...name, text, values: parameters.values }, sort }
  }

  /** The cursor behind a row, its names in camelCase. */
  cursorBehind(row: Readonly<Record<string, Value>>, { column, direction }: Sort): Cursor {
    const textOf = (c: NamedColumn) => toSql(c.type, row[camel(c.name)])
    return { by: column.name, direction, value: textOf(column), key: this.keys.map(k => textOf(k) ?? '') }
  }

  private relation(asOf: number | undefined, parameters: Parameters): string {
    if (asOf === undefined) return `${this.name} t`
    if (!this.table.history) throw new BadListRequest('asOf', NO_HISTORY)
    if (!Number.isSafeInteger(asOf) || asOf < 0) throw new BadListRequest('asOf', ORDINAL)
    const ordinal = parameters.add('bigint', String(asOf))
    const all = namedColumns(this.table)
      .map(c => quote(c.name))
      .join(', ')
    return `(select ${all} from ${this.name} where ${SINCE} <= ${ordinal}
      union all select ${all} from ${this.historyName} where ${SINCE} <= ${ordinal} and ${UNTIL} > ${ordinal}) t`
  }

  private filtered(request: ListRequest, parameters: Parameters): readonly string[] {
    return Object.entries(request.filter ?? {}).flatMap(([field, value]) => {
      if (value === undefined) return []
      const column = find(this.filters, field)
      const texts = [value].flat().map(v => checked(field, column, v))
      const [first] = texts
      return texts.length === 1 && first !== undefined
        ? [`${at(column)} = ${parameters.add(column.type, first)}`]
        : [`${at(column)} = any(${parameters.add(`${column.type}[]`, arrayLiteral(texts))})`]
    })
  }

  private bounded(request: ListRequest, parameters: Parameters): readonly string[] {
    const compare = (bounds: ListRequest['from'], operator: '>=' | '<=') =>
      Object.entries(bounds ?? {}).flatMap(([field, value]) => {
        if (value === undefined) return []
        const column = find(this.ranges, field)
        return [`${at(column)} ${operator} ${parameters.add(column.type, checked(field, column, value))}`]
      })
    return [...compare(request.from, '>='), ...compare(request.to, '<=')]
  }

  private searched({ search }: ListRequest, parameters: Parameters): readonly string[] {
    const text = search?.trim().toLowerCase() ?? ''
    if (text === '') return []
    if (!this.searchable) throw new BadListRequest('search', NO_SEARCH)
    if (text.includes('\0')) throw new BadListRequest('search', TEXT)
    return [`t.search like ${parameters.add('text', `%${text.replace(/[\\%_]/g, '\\$&')}%`)}`]
  }

  private sortOf({ sort }: ListRequest): Sort {
    const { by, direction } = sort ?? {
      by: camel(this.offered.defaultSort.by),
      direction: this.offered.defaultSort.direction,
    }
    const column = this.sorts.get(by)
    if (!column) throw new BadListRequest('sort', oneOf(this.sorts.keys()))
    return { column, direction }
  }

  /** What lies behind the cursor. Nulls come last upwards and first downwards, as in PostgreSQL's indexes. */
  private paged(
    request: ListRequest,
    { column, direction }: Sort,
    parameters: Parameters,
  ): readonly string[] {
    if (request.cursor === undefined) return []
    const cursor = decodeCursor(request.cursor)
    const fits =
      cursor.by === column.name && cursor.direction === direction && cursor.key.length === this.keys.length
    if (!fits) throw new BadListRequest('cursor', OTHER_LIST)
    const operator = direction === 'asc' ? '>' : '<'
    const keyNames = this.keys.map(at).join(', ')
    const keyValues = this.keys
      .map((k, i) => parameters.add(k.type, checked('cursor', k, cursor.key[i] ?? '')))
      .join(', ')
    if (cursor.value === null) {
      const rest = `${at(column)} is null and (${keyNames}) ${operator} (${keyValues})`
      return direction === 'asc' ? [rest] : [`((${rest}) or ${at(column)} is not null)`]
    }
    const value = parameters.add(column.type, checked('cursor', column, cursor.value))
    const tuple = `(${at(column)}, ${keyNames}) ${operator} (${value}, ${keyValues})`
    return column.nullable && direction === 'asc' ? [`(${tuple} or ${at(column)} is null)`] : [tuple]
  }
}
