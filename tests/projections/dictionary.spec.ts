import { expect, it } from 'vitest'
import { projections } from '../../projections/all.ts'
import { namedColumns } from '../../projections/engine/tables.ts'

it('every table and column is described, and keys, indexes and measures name columns that exist', () => {
  for (const { tables } of projections)
    for (const table of tables) {
      const columns = namedColumns(table)
      const names = columns.map(c => c.name)
      expect(table.comment.length, table.name).toBeGreaterThan(5)
      for (const { name, comment } of columns)
        expect(comment.length, `${table.name}.${name}`).toBeGreaterThan(2)
      const used = [
        ...table.key,
        ...table.measures,
        ...table.indexes.flatMap(i => [...i.columns, ...(i.include ?? [])]),
      ]
      expect(names, table.name).toEqual(expect.arrayContaining(used))
    }
})
