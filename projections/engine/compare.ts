import type pg from 'pg'
import type { Projection } from '../definition.ts'
import { quote } from './tables.ts'

/** Rows that two builds of a projection do not share. Empty: the rebuilt rows are the live rows. */
export interface Difference {
  readonly table: string
  readonly rows: number
}

const digestOf = async (client: pg.ClientBase, name: string): Promise<string> => {
  const { rows } = await client.query<{ digest: string }>(
    `select count(*)::text || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as digest from ${name} t`,
  )
  return rows[0]?.digest ?? ''
}

/** Compares all tables of a projection, history too, between two schemas that stand at the same event. */
export const compareSchemas = async (
  client: pg.ClientBase,
  projection: Projection,
  first: string,
  second: string,
): Promise<readonly Difference[]> => {
  const tables = projection.tables.flatMap(t => (t.history ? [t.name, `${t.name}_history`] : [t.name]))
  const differences: Difference[] = []
  for (const table of tables) {
    const [a, b] = [`${quote(first)}.${quote(table)}`, `${quote(second)}.${quote(table)}`]
    if ((await digestOf(client, a)) === (await digestOf(client, b))) continue
    const { rows } = await client.query<{ count: string }>(
      `select count(*)::text as count from (
         (select * from ${a} except all select * from ${b}) union all
         (select * from ${b} except all select * from ${a})) d`,
    )
    differences.push({ table, rows: Number(rows[0]?.count) })
  }
  return differences
}
