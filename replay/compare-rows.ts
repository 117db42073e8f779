import { Buffer } from 'node:buffer'
import type pg from 'pg'
import Cursor from 'pg-cursor'
import type { Table } from '../projections/definition.ts'
import { SINCE, historyColumns, quote, storedColumns } from '../projections/engine/tables.ts'
import { selectExpression } from '../projections/engine/values.ts'

/** Rows of one table in two schemas, each seen by its own connection: digests first, and only where they differ, rows. */

export interface Side {
  readonly client: pg.Client
  readonly schema: string
}

export interface RowDifference {
  /** With `_history` where a superseded row differs. */
  readonly table: string
  /** `column=value`, of all columns of the key. */
  readonly key: string
  /** The first column that differs; absent where one side has no such row. */
  readonly column: string | undefined
  readonly live: string | undefined
  readonly replayed: string | undefined
}

export interface ComparedTable {
  /** Live rows looked at. */
  readonly rows: number
  /** The first of them. Empty: all rows are the same. */
  readonly differences: readonly RowDifference[]
}

/** Differences told of one table. */
const DIFFERENCES_MAX = 5
const PAGE = 500

export const compareTable = async (
  live: Side,
  replayed: Side,
  table: Table,
  kind: 'rows' | 'history',
): Promise<ComparedTable> => {
  const shape = shapeOf(table, kind)
  const [a, b] = [await digestOf(live, shape), await digestOf(replayed, shape)]
  if (a.digest === b.digest) return { rows: a.rows, differences: [] }
  return { rows: a.rows, differences: await firstDifferences(live, replayed, shape) }
}

interface Shape {
  readonly table: string
  readonly columns: readonly string[]
  readonly expressions: readonly string[]
  /** Indexes of the key's columns. */
  readonly key: readonly number[]
}

/** History is told apart by what superseded a row, too. */
const shapeOf = (table: Table, kind: 'rows' | 'history'): Shape => {
  const declared = kind === 'rows' ? storedColumns(table) : historyColumns(table)
  const key = kind === 'rows' ? table.key : [...table.key, SINCE]
  const columns = declared.map(({ name }) => name)
  return {
    table: kind === 'rows' ? table.name : `${table.name}_history`,
    columns,
    expressions: declared.map(({ name, type }) => selectExpression(quote(name), type)),
    key: key.map(name => columns.indexOf(name)),
  }
}

const nameOf = ({ schema }: Side, { table }: Shape): string => `${quote(schema)}.${quote(table)}`

const digestOf = async (side: Side, shape: Shape): Promise<{ rows: number; digest: string }> => {
  const { rows } = await side.client.query<{ count: string; digest: string }>(
    `select count(*)::text as count, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as digest
     from (select ${shape.columns.map(quote).join(', ')} from ${nameOf(side, shape)}) t`,
  )
  const { count = '0', digest = '' } = rows[0] ?? {}
  return { rows: Number(count), digest: `${count} ${digest}` }
}

type Texts = readonly (string | null)[]

/** Rows in the order of their keys, as the bytes of their texts order them: an order that both sides share. */
async function* ordered(side: Side, shape: Shape): AsyncGenerator<Texts, void, undefined> {
  const order = shape.key.map(i => `(${shape.expressions[i]}) collate "C"`).join(', ')
  const cursor = side.client.query(
    new Cursor<(string | null)[]>(
      `select ${shape.expressions.join(', ')} from ${nameOf(side, shape)} order by ${order}`,
      [],
      { rowMode: 'array' },
    ),
  )
  try {
    for (let page = await cursor.read(PAGE); page.length > 0; page = await cursor.read(PAGE)) yield* page
  } finally {
    await cursor.close()
  }
}

const compareKeys = (a: Texts, b: Texts, key: readonly number[]): number => {
  for (const i of key) {
    const order = Buffer.compare(Buffer.from(a[i] ?? ''), Buffer.from(b[i] ?? ''))
    if (order !== 0) return order
  }
  return 0
}

/** Walks both sides together, in the order of their keys. */
const firstDifferences = async (live: Side, replayed: Side, shape: Shape): Promise<RowDifference[]> => {
  const differences: RowDifference[] = []
  const [left, right] = [ordered(live, shape), ordered(replayed, shape)]
  try {
    let [a, b] = [await left.next(), await right.next()]
    while ((!a.done || !b.done) && differences.length < DIFFERENCES_MAX) {
      const order = a.done ? 1 : b.done ? -1 : compareKeys(a.value, b.value, shape.key)
      const found = differenceOf(shape, order <= 0 ? a.value : undefined, order >= 0 ? b.value : undefined)
      if (found) differences.push(found)
      if (order <= 0) a = await left.next()
      if (order >= 0) b = await right.next()
    }
  } finally {
    await left.return()
    await right.return()
  }
  return differences
}

const differenceOf = (
  { table, columns, key }: Shape,
  live: Texts | void,
  replayed: Texts | void,
): RowDifference | undefined => {
  const some = live ?? replayed ?? []
  const named = { table, key: key.map(i => `${columns[i]}=${some[i] ?? ''}`).join(' ') }
  const all = (row: Texts) => columns.map((name, i) => `${name}=${row[i] ?? ''}`).join(' ')
  if (!live || !replayed)
    return {
      ...named,
      column: undefined,
      live: live ? all(live) : undefined,
      replayed: replayed ? all(replayed) : undefined,
    }
  const i = columns.findIndex((_, at) => live[at] !== replayed[at])
  return i < 0
    ? undefined
    : { ...named, column: columns[i], live: live[i] ?? 'null', replayed: replayed[i] ?? 'null' }
}
