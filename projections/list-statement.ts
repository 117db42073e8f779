import { hash } from 'node:crypto'
import { plain } from '../domain/shared/plain-text.ts'
import { schemaOf } from './definition.ts'
import type { Column, Projection, Table } from './definition.ts'
import { namedColumns, quote } from './engine/tables.ts'
import { arrayLiteral } from './engine/values.ts'
import type { NamedColumn } from './engine/values.ts'
import { behind, readCursor } from './list-cursor.ts'
import type { Order, Writing } from './list-cursor.ts'
import { BadListRequest, TEXT, camel, checked, oneOf } from './list-request.ts'
import type { Direction, Expectation, ListRequest } from './list-request.ts'
import { jsonOfRows } from './row-json.ts'
import { rowsAsOf } from './rows-as-of.ts'
import type { InPlace } from './row-json.ts'

/** Writes the statement of a list: every name comes from a declaration, every value is a parameter. */

/** Statements with so many conditions at most are prepared once per connection: the usual ones. */
const NAMED_CONDITIONS_MAX = 3

/** Collects the parameters of a statement. */
export class Parameters {
  readonly values: (string | null)[] = []
  add(type: string, text: string | null): string {
    this.values.push(text)
    return `$${this.values.length}::text::${type}`
  }
}

const NO_HISTORY: Expectation = { fr: "une liste qui garde l'historique", en: 'a list that keeps history' }
const NO_SEARCH: Expectation = { fr: 'une liste où l’on peut chercher', en: 'a list that can be searched' }
const ORDINAL: Expectation = { fr: 'un rang du journal', en: 'an ordinal of the log' }

/** What no table holds, since it changes by itself with the days: SQL over a row called `t`. */
export type Derived = Column & { readonly sql: string }

interface Offered {
  readonly filters: readonly string[]
  readonly ranges: readonly string[]
  /** Each a column, and those that decide between rows of the same value before the key does. */
  readonly sorts: readonly (string | readonly [string, ...string[]])[]
  readonly defaultSort: { readonly by: string; readonly direction: Direction }
  readonly derived?: Readonly<Record<string, Derived>>
  readonly alsoFound?: (pattern: string) => string
  readonly where?: string
}

/** How many rows are wanted at most, and what is wanted of them in place of a column's value. */
export interface Wanted {
  readonly limit?: number
  readonly inPlace?: InPlace
}

export const limitOf = (limit: number | undefined): string => (limit === undefined ? '' : ` limit ${limit}`)

/** Rows of a relation called `t`, and the conditions on them. */
export interface Selection {
  readonly from: string
  readonly conditions: readonly string[]
}

/** A column of the list's relation: qualified, so that no name of the result stands in its place. */
export const at = (column: Pick<NamedColumn, 'name'>): string => `t.${quote(column.name)}`

export const whereOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`

export const orderBy = ({ columns, direction }: Order): string =>
  ` order by ${columns.map(column => `${at(column)} ${direction}`).join(', ')}`

/** Conditions of the parts that lie behind a cursor; none without one. */
export const behindCursor = (
  cursor: string | undefined,
  order: Order,
  parameters: Parameters,
): readonly string[] => {
  if (cursor === undefined) return []
  const writing: Writing = {
    column: at,
    value: (column, text) => parameters.add(column.type, text),
  }
  return behind(order, readCursor(cursor, order), writing)
}

/** What is sent: by name where it is asked often enough to be prepared. */
export const queryOf = (text: string, conditions: readonly string[], { values }: Parameters) => ({
  ...(conditions.length <= NAMED_CONDITIONS_MAX && { name: hash('sha1', text) }),
  text,
  values,
})

const find = (offered: ReadonlyMap<string, NamedColumn>, field: string): NamedColumn => {
  const column = offered.get(field)
  if (!column) throw new BadListRequest(field, oneOf(offered.keys()))
  return column
}

export class ListStatement {
  readonly visible: readonly NamedColumn[]
  readonly filters: ReadonlyMap<string, NamedColumn>
  readonly ranges: ReadonlyMap<string, NamedColumn>
  /** By the field that is asked for: all columns that the rows are then ordered by. */
  readonly sorts: ReadonlyMap<string, readonly NamedColumn[]>
  readonly searchable: boolean
  private readonly projection: Projection
  private readonly table: Table
  private readonly name: string
  private readonly derived: ReadonlyMap<string, string>
  private readonly offered: Offered

  constructor(projection: Projection, table: Table, offered: Offered) {
    const derived = Object.entries(offered.derived ?? {})
    const columns = new Map(
      [...namedColumns(table), ...derived.map(([name, { sql: _, ...c }]) => ({ ...c, name }))].map(c => [
        c.name,
        c,
      ]),
    )
    const listed = (names: readonly string[]) => names.map(n => columns.get(n) as NamedColumn)
    const named = (names: readonly string[]) => new Map(listed(names).map(c => [camel(c.name), c]))
    this.projection = projection
    this.table = table
    this.offered = offered
    this.derived = new Map(derived.map(([name, { sql }]) => [name, sql]))
    this.visible = [...columns.values()].filter(c => c.name !== 'search')
    this.filters = named(offered.filters)
    this.ranges = named(offered.ranges)
    this.sorts = new Map(
      offered.sorts.map(sort => {
        const [by = '', ...within] = [sort].flat()
        return [camel(by), listed([...new Set([by, ...within, ...table.key])])]
      }),
    )
    this.searchable = columns.has('search')
    this.name = `${quote(schemaOf(projection))}.${quote(table.name)}`
  }

  /**
   * The statement for the rows of a page, or for all of them, each as JSON.
   * @throws BadListRequest
   */
  write(request: ListRequest, { limit, inPlace }: Wanted = {}) {
    const parameters = new Parameters()
    const { from, conditions } = this.selection(request, parameters)
    const order = this.orderOf(request)
    const behind = behindCursor(request.cursor, order, parameters)
    const end = `${orderBy(order)}${limitOf(limit)}`
    const [first = '', ...others] = (behind.length === 0 ? [[]] : behind.map(part => [part])).map(
      part => `select t.* from ${from}${whereOf([...conditions, ...part])}${end}`,
    )
    const rows =
      others.length === 0
        ? first
        : `select t.* from (${[first, ...others].map(part => `(${part})`).join(' union all ')}) t${end}`
    const values = new Map([...this.derived, ...(inPlace ?? [])])
    return { query: queryOf(jsonOfRows(this.visible, rows, values), conditions, parameters), order }
  }

  /**
   * The rows that a request is about, on whatever page: where they stand, as `t`, and what they must be.
   * @throws BadListRequest
   */
  selection(request: Omit<ListRequest, 'sort'>, parameters: Parameters): Selection {
    return {
      from: this.relation(request.asOf, parameters),
      conditions: [
        ...(this.offered.where === undefined ? [] : [this.offered.where]),
        ...this.filtered(request, parameters),
        ...this.bounded(request, parameters),
        ...this.searched(request, parameters),
      ],
    }
  }

  private relation(asOf: number | undefined, parameters: Parameters): string {
    if (asOf === undefined) return `${this.name} t`
    if (!this.table.history) throw new BadListRequest('asOf', NO_HISTORY)
    if (!Number.isSafeInteger(asOf) || asOf < 0) throw new BadListRequest('asOf', ORDINAL)
    return `(${rowsAsOf(this.projection, this.table, parameters.add('bigint', String(asOf)))}) t`
  }

  private filtered(request: Pick<ListRequest, 'filter'>, parameters: Parameters): readonly string[] {
    return Object.entries(request.filter ?? {}).flatMap(([field, value]) => {
      if (value === undefined) return []
      const column = find(this.filters, field)
      const texts = [value].flat().map(v => checked(field, column, v))
      const [first] = texts
      return texts.length === 1 && first !== undefined
        ? [`${this.valueOf(column)} = ${parameters.add(column.type, first)}`]
        : [`${this.valueOf(column)} = any(${parameters.add(`${column.type}[]`, arrayLiteral(texts))})`]
    })
  }

  private valueOf(column: NamedColumn): string {
    return this.derived.get(column.name) ?? at(column)
  }

  private bounded(request: Pick<ListRequest, 'from' | 'to'>, parameters: Parameters): readonly string[] {
    const compare = (bounds: ListRequest['from'], operator: '>=' | '<=') =>
      Object.entries(bounds ?? {}).flatMap(([field, value]) => {
        if (value === undefined) return []
        const column = find(this.ranges, field)
        return [`${at(column)} ${operator} ${parameters.add(column.type, checked(field, column, value))}`]
      })
    return [...compare(request.from, '>='), ...compare(request.to, '<=')]
  }

  private searched({ search }: Pick<ListRequest, 'search'>, parameters: Parameters): readonly string[] {
    const words = plain(search ?? '')
      .split(/\s+/)
      .filter(Boolean)
    if (words.length === 0) return []
    if (!this.searchable) throw new BadListRequest('search', NO_SEARCH)
    if (words.some(word => word.includes('\0'))) throw new BadListRequest('search', TEXT)
    const { alsoFound } = this.offered
    return words.map(word => {
      const pattern = parameters.add('text', `%${word.replace(/[\\%_]/g, '\\$&')}%`)
      return alsoFound ? `(t.search like ${pattern} or ${alsoFound(pattern)})` : `t.search like ${pattern}`
    })
  }

  private orderOf({ sort }: ListRequest): Order {
    const { by, direction } = sort ?? {
      by: camel(this.offered.defaultSort.by),
      direction: this.offered.defaultSort.direction,
    }
    const columns = this.sorts.get(by)
    if (!columns) throw new BadListRequest('sort', oneOf(this.sorts.keys()))
    return { columns, direction }
  }
}
