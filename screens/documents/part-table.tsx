import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import { Loading } from '../frame/messages.tsx'
import type { AnyRow } from '../shapes/row.ts'
import { Value } from '../shapes/value.tsx'
import { useSay } from '../words/words.ts'
import type { Column } from '../lists/declaration.ts'
import { ChangedValue } from './changed-value.tsx'
import type { Before } from './changed-value.tsx'
import type { AnyPart } from './declaration.ts'
import type { StoryEvent } from './story.ts'
import classes from './documents.module.css'

const LINES_MAX = '500'

interface PartProps {
  readonly part: AnyPart
  readonly id: string
  /** The document, as it is shown. */
  readonly row: AnyRow
  readonly moment: StoryEvent | undefined
  /** Whether there was nothing before the moment. */
  readonly first: boolean
}

/** What belongs to a document: its lines, its deliveries. Nothing where there is none. */
export const PartTable = ({ part, id, row, moment, first }: PartProps) => {
  const at = part.writtenOnce ? undefined : moment?.ordinal
  const { data: rows = [], isPlaceholderData } = useQuery(partQuery(part, id, at))
  const { data: before } = useQuery({
    ...partQuery(part, id, at === undefined ? undefined : at - 1),
    enabled: at !== undefined && !first,
  })
  if (part.writtenOnce?.(row) === false) return null
  // Rows of another moment are not shown as this one's.
  if (at !== undefined && isPlaceholderData) return <Loading />
  return (
    <RowsTable
      {...part}
      rows={rows}
      keyed={part.key}
      before={at === undefined ? undefined : first ? [] : before}
    />
  )
}

const partQuery = (part: AnyPart, id: string, ordinal: number | undefined) =>
  queryOptions({
    queryKey: ['document', part.path, id, ordinal],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const asOf = ordinal === undefined ? {} : { asOf: String(ordinal) }
      const page = await get(part.path, { values: { id }, query: { limit: LINES_MAX, ...asOf }, signal })
      return page.items
    },
  })

/** A table of rows that are there already. */
export const RowsTable = ({
  title,
  columns,
  rows,
  keyed,
  before,
}: Pick<AnyPart, 'title' | 'columns'> & {
  readonly rows: readonly AnyRow[]
  readonly keyed?: string
  /** The rows before the moment that is shown: what it changed is marked. */
  readonly before?: readonly AnyRow[] | undefined
}) => {
  const say = useSay()
  const summed = columns.some(({ sum }) => sum)
  if (rows.length === 0) return null
  const beforeOf = (row: AnyRow): Before | undefined =>
    before && keyed !== undefined ? { row: before.find(other => other[keyed] === row[keyed]) } : undefined
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
                    <ChangedValue as={as} field={field} row={row} before={beforeOf(row)} />
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
