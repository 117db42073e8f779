import { useQuery } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import type { AnyRow } from '../shapes/row.ts'
import { Value } from '../shapes/value.tsx'
import { useSay } from '../words/words.ts'
import type { Column } from '../lists/declaration.ts'
import type { AnyPart } from './declaration.ts'
import classes from './documents.module.css'

const LINES_MAX = '500'

/** What belongs to a document: its lines, its deliveries. Nothing where there is none. */
export const PartTable = ({ part, id }: { readonly part: AnyPart; readonly id: string }) => {
  const { data: rows = [] } = useQuery({
    queryKey: ['document', part.path, id],
    queryFn: async ({ signal }) => {
      const page = await get(part.path, { values: { id }, query: { limit: LINES_MAX }, signal })
      return page.items
    },
  })
  return <RowsTable title={part.title} columns={part.columns} rows={rows} />
}

/** A table of rows that are there already. */
export const RowsTable = ({
  title,
  columns,
  rows,
}: Pick<AnyPart, 'title' | 'columns'> & { readonly rows: readonly AnyRow[] }) => {
  const say = useSay()
  const summed = columns.some(({ sum }) => sum)
  if (rows.length === 0) return null
  return (
    <section className={classes['box']}>
      <h2>{say(title)}</h2>
      <div className={classes['part']}>
        <table>
          <thead>
            <tr>
              {columns.map(({ field, label, as }) => (
                <th key={field} scope="col" className={as.figure ? 'figure' : undefined}>
                  {say(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {columns.map(({ field, as }) => (
                  <td key={field} className={as.figure ? 'figure' : undefined}>
                    <Value as={as} value={row[field]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {summed && rows.length > 1 && (
            <tfoot>
              <tr>
                {columns.map(column => (
                  <td key={column.field} className={column.as.figure ? 'figure' : undefined}>
                    {column.sum && <Value as={column.as} value={sumOf(rows, column)} />}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </section>
  )
}

const sumOf = (rows: readonly AnyRow[], { field }: Column<AnyRow>): number =>
  rows.reduce((total, row) => total + Number(row[field] ?? 0), 0)
