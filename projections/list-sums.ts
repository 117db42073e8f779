import type { Table } from './definition.ts'
import { namedColumns, quote } from './engine/tables.ts'
import type { NamedColumn } from './engine/values.ts'
import type { Order } from './list-cursor.ts'
import { BadListRequest, camel, oneOf } from './list-request.ts'
import type { ListRequest } from './list-request.ts'
import { Parameters, at, behindCursor, limitOf, orderBy, queryOf, whereOf } from './list-statement.ts'
import type { ListStatement, Wanted } from './list-statement.ts'
import { jsonOfRows } from './row-json.ts'

/**
 * What a list comes to: how many rows there are and the sums of its amounts, of all that a request is about or group
 * by group. Amounts of two currencies are never added: each currency has a row of its own.
 */

/** A request whose `sort` is `group`, `count` or a sum. */
export interface SumsRequest extends ListRequest {
  /** One of the list's groups; absent: all rows are one. */
  readonly groupBy?: string | undefined
}

export interface Summed {
  readonly groups: readonly string[]
  readonly sums: readonly string[]
}

const GROUP: NamedColumn = {
  name: 'group',
  type: 'text',
  nullable: true,
  comment:
    'What its rows have in common; null where they have nothing there, and where no group was asked for',
}
const COUNT: NamedColumn = { name: 'count', type: 'bigint', nullable: false, comment: 'How many rows' }

/** What a group is asked for by: of a day, its month. */
const groupName = ({ name, type }: NamedColumn): string => `${camel(name)}${type === 'date' ? 'Month' : ''}`
const groupSql = (column: NamedColumn): string =>
  column.type === 'date' ? `to_char(${at(column)}, 'YYYY-MM')` : `${at(column)}::text`

export class SumsStatement {
  readonly visible: readonly NamedColumn[]
  /** By what they are asked for: the column that rows of a group have in common. */
  readonly groups: ReadonlyMap<string, NamedColumn>
  /** By the field that is asked for: all columns that the groups are then ordered by. */
  readonly sorts: ReadonlyMap<string, readonly NamedColumn[]>
  private readonly list: ListStatement
  private readonly byCurrency: readonly NamedColumn[]
  private readonly summed: readonly NamedColumn[]

  constructor(list: ListStatement, table: Table, { groups, sums }: Summed) {
    const columns = namedColumns(table)
    const named = (names: readonly string[]) =>
      names.map(name => columns.find(column => column.name === name) as NamedColumn)
    this.list = list
    this.byCurrency = sums.length === 0 ? [] : columns.filter(({ name }) => name === 'currency')
    this.groups = new Map(named(groups).map(column => [groupName(column), column]))
    this.summed = named(sums).map(column => ({ ...column, nullable: false, unbounded: true }))
    this.visible = [GROUP, ...this.byCurrency, COUNT, ...this.summed]
    this.sorts = new Map(
      [GROUP, COUNT, ...this.summed].map(column => [
        camel(column.name),
        [...new Set([column, GROUP, ...this.byCurrency])],
      ]),
    )
  }

  /**
   * The statement for a page of groups, each as JSON.
   * @throws BadListRequest
   */
  write(request: SumsRequest, { limit, inPlace }: Wanted = {}) {
    const parameters = new Parameters()
    const { from, conditions } = this.list.selection(request, parameters)
    const order = this.orderOf(request)
    const behind = behindCursor(request.cursor, order, parameters)
    // One condition for all that lies behind: every group is added up before the first is told.
    const page = whereOf(behind.length === 0 ? [] : [behind.map(part => `(${part})`).join(' or ')])
    const groups = this.grouped(request, `from ${from}${whereOf(conditions)}`)
    const rows = `select t.* from (${groups}) t${page}${orderBy(order)}${limitOf(limit)}`
    return { query: queryOf(jsonOfRows(this.visible, rows, inPlace), conditions, parameters), order }
  }

  private grouped({ groupBy }: SumsRequest, rows: string): string {
    const column = groupBy === undefined ? undefined : this.groups.get(groupBy)
    if (groupBy !== undefined && !column) throw new BadListRequest('groupBy', oneOf(this.groups.keys()))
    const keys = [...(column ? [groupSql(column)] : []), ...this.byCurrency.map(at)]
    const columns = [
      `${column ? groupSql(column) : 'null::text'} as ${quote(GROUP.name)}`,
      ...this.byCurrency.map(at),
      `count(*) as ${quote(COUNT.name)}`,
      ...this.summed.map(column => `coalesce(sum(${at(column)}), 0) as ${quote(column.name)}`),
    ]
    // Where nothing tells rows apart they are one group, also where there are none.
    return `select ${columns.join(', ')} ${rows}${keys.length === 0 ? '' : ` group by ${keys.join(', ')}`}`
  }

  private orderOf({ sort = { by: GROUP.name, direction: 'asc' } }: SumsRequest): Order {
    const columns = this.sorts.get(sort.by)
    if (!columns) throw new BadListRequest('sort', oneOf(this.sorts.keys()))
    return { columns, direction: sort.direction }
  }
}
