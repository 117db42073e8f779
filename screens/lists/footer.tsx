import type { CSSProperties } from 'react'
import type { AnyRow } from '../shapes/row.ts'
import { Value } from '../shapes/value.tsx'
import type { Integer } from '../words/formats.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { Column } from './declaration.ts'
import classes from './lists.module.css'
import type { useRows } from './rows.ts'
import type { ListState } from './state.ts'
import { words } from './words.ts'

interface Props {
  readonly state: ListState
  readonly columns: readonly Column<AnyRow>[]
  readonly rows: ReturnType<typeof useRows>
  /** Of the whole list, a row for each currency; undefined until they are read. */
  readonly totals: readonly AnyRow[] | undefined
  readonly style: CSSProperties
  /** Whether a mark stands before each row. */
  readonly marked: boolean
}

/** How many rows the whole list has, and what they come to: a line for each currency. */
export const Footer = ({ state, columns, rows, totals, style, marked }: Props) => {
  const said = useSaid({ state, rows, totals })
  const lines = totals === undefined || totals.length === 0 ? [{}] : totals
  return (
    <div className={classes['footer']}>
      {lines.map((line: AnyRow, i) => (
        <div key={String(line['currency'])} className={classes['footer-row']} style={style}>
          {marked && <div />}
          {columns.map(({ field, as, sum }, place) => (
            <div
              key={field}
              className={as.figure ? 'figure' : undefined}
              data-first={place === 0 || undefined}
            >
              {i === 0 && place === 0 && <span aria-live="polite">{said}</span>}
              {sum && line[field] !== undefined && (
                <strong>
                  <Sum
                    as={as}
                    value={line[field]}
                    currency={lines.length > 1 ? line['currency'] : undefined}
                  />
                </strong>
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

/** A sum, with its currency where there are several. */
const Sum = ({
  as,
  value,
  currency,
}: Pick<Column<AnyRow>, 'as'> & { readonly value: unknown; readonly currency: unknown }) => {
  const formats = useFormats()
  return typeof currency === 'string' && as.kind === 'amount' ? (
    formats.money(value as Integer, currency)
  ) : (
    <Value as={as} value={value} />
  )
}

/** How many there are: of groups those that are read, of rows all, once the totals tell. */
const useSaid = ({ state, rows, totals }: Pick<Props, 'state' | 'rows' | 'totals'>): string => {
  const say = useSay()
  const formats = useFormats()
  const read = rows.rows.length
  const shown = formats.count(read)
  if (rows.isPending) return say(words.reading)
  if (state.group)
    return rows.hasNextPage ? say(words.groupsRead, { shown }) : say(words.groups, { count: read, shown })
  if (!totals)
    return rows.hasNextPage ? say(words.rowsRead, { shown }) : say(words.rows, { count: read, shown })
  const count = totals.reduce((sum, row) => sum + Number(row['count']), 0)
  return say(words.rows, { count, shown: formats.count(count) })
}
