import { schemaOf } from './definition.ts'
import type { Columns, Projection, Table } from './definition.ts'
import { quote } from './engine/tables.ts'
import type { NamedColumn } from './engine/values.ts'
import { at } from './list-statement.ts'

/** What an id stands for where people read it: the name of a row of another table. */
export interface NameOf {
  readonly projection: Projection
  /** SQL of the name, of a row called `n`, by SQL of the id. */
  readonly of: (id: string) => string
}

/** Declares what the key of a table stands for: the first of these columns that holds something. */
export const nameOf = <C extends Columns>(
  projection: Projection,
  table: Table<C>,
  ...columns: readonly (keyof C & string)[]
): NameOf => {
  const [key = ''] = table.key
  const name = `coalesce(${columns.map(column => `n.${quote(column)}`).join(', ')})`
  const from = `${quote(schemaOf(projection))}.${quote(table.name)}`
  return { projection, of: id => `(select ${name} from ${from} n where n.${quote(key)} = ${id})` }
}

/** Names in place of ids, by the columns that hold these. */
export type Names = Readonly<Partial<Record<string, NameOf>>>

export const inPlaceOf = (names: Names): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(names).flatMap(([column, name]) =>
      name ? [[column, name.of(at({ name: column }))]] : [],
    ),
  )

/** The name of what a group's rows have in common, in place of it. */
export const groupInPlace = (names: Names, column: NamedColumn | undefined): ReadonlyMap<string, string> => {
  const name = column && names[column.name]
  return new Map(name ? [['group', name.of(`${at({ name: 'group' })}::${column.type}`)]] : [])
}
