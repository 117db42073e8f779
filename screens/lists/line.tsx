import { Checkbox } from '@mantine/core'
import { memo } from 'react'
import type { CSSProperties } from 'react'
import { ScreenLink } from '../frame/link.tsx'
import type { AnyRow } from '../shapes/row.ts'
import { Value } from '../shapes/value.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { AnyList, Column } from './declaration.ts'
import classes from './lists.module.css'
import type { Selection } from './selection.ts'
import type { ListState } from './state.ts'
import { words } from './words.ts'

/** The lines of a table: its heading and its rows. */

export const rowId = (index: number): string => `row-${index}`

/** What stands in a cell that holds nothing and yet can be opened. */
const NOTHING = '—'

const Cell = ({
  column,
  row,
  to,
}: {
  readonly column: Column<AnyRow>
  readonly row: AnyRow
  readonly to: string | undefined
}) => {
  const content = row[column.field]
  // What has no number yet can be opened all the same.
  const value = content === null && to !== undefined ? NOTHING : <Value as={column.as} value={content} />
  return to === undefined ? (
    value
  ) : (
    <ScreenLink to={to} tabIndex={-1} className={classes['first']}>
      {value}
    </ScreenLink>
  )
}

/** What is done with a line, by its place in the list or by its row; the same functions all along. */
export interface LineActs {
  readonly open: (index: number) => void
  readonly activate: (index: number) => void
  /** The line, or all from the last one that was chosen. */
  readonly choose: (row: AnyRow, all: boolean) => void
}

interface LineProps {
  readonly list: AnyList
  readonly columns: readonly Column<AnyRow>[]
  readonly row: AnyRow
  readonly index: number
  readonly active: boolean
  /** Whether it is chosen; undefined where none can be. */
  readonly chosen: boolean | undefined
  readonly tracks: string
  /** Where it stands and how high it is, in pixels. */
  readonly start: number
  readonly size: number
  readonly acts: LineActs
}

/** A row. Only those that change are made anew: a key moves through a list of any width in one frame. */
export const Line = memo((props: LineProps) => {
  const { list, columns, row, index, active, chosen, tracks, start, size, acts } = props
  return (
    <div
      id={rowId(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen ?? active}
      className={classes['row']}
      data-active={active || undefined}
      data-chosen={chosen === true || undefined}
      style={{ gridTemplateColumns: tracks, height: size, transform: `translateY(${start}px)` }}
      onMouseDown={() => acts.activate(index)}
      onClick={event => {
        const inLink = event.target instanceof Element && event.target.closest('a, input') !== null
        if (!inLink && window.getSelection()?.isCollapsed !== false) acts.open(index)
      }}
    >
      {chosen !== undefined && <Mark {...{ columns, row, chosen, acts }} />}
      <Cells list={list} columns={columns} row={row} />
    </div>
  )
})

/** They stay as they are where a row only moves. */
const Cells = memo(({ list, columns, row }: Pick<LineProps, 'list' | 'columns' | 'row'>) =>
  columns.map((column, i) => (
    <div key={column.field} role="gridcell" className={column.as.figure ? 'figure' : undefined}>
      <Cell column={column} row={row} to={i === 0 ? list.open?.(row) : undefined} />
    </div>
  )),
)

type MarkProps = Pick<LineProps, 'columns' | 'row' | 'acts'> & { readonly chosen: boolean }

/** Chooses the row; with shift, all from the last one that was chosen. */
const Mark = memo(({ columns, row, chosen, acts }: MarkProps) => {
  const say = useSay()
  const formats = useFormats()
  const [first] = columns
  const name = first?.as.tell(row[first.field], { say, formats }) ?? ''
  return (
    <div role="gridcell" onClick={event => event.stopPropagation()}>
      <Checkbox
        size="xs"
        tabIndex={-1}
        aria-label={say(words.select, { name: name === '' ? NOTHING : name })}
        checked={chosen}
        onChange={({ nativeEvent }) =>
          acts.choose(row, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
    </div>
  )
})

interface HeadingProps {
  readonly list: AnyList
  readonly columns: readonly Column<AnyRow>[]
  readonly state: ListState
  readonly selection: Selection | undefined
  readonly style: CSSProperties
}

export const Heading = ({ columns, list, state, selection, style }: HeadingProps) => {
  const say = useSay()
  const by = state.sort.replace('-', '')
  const down = state.sort.startsWith('-')
  return (
    <div className={classes['heading']} role="rowgroup">
      <div role="row" aria-rowindex={1} className={classes['heading-row']} style={style}>
        {selection && (
          <div role="columnheader">
            <Checkbox
              size="xs"
              aria-label={say(words.selectAll)}
              checked={selection.rows.length > 0}
              onChange={event => (event.currentTarget.checked ? selection.all() : selection.none())}
            />
          </div>
        )}
        {columns.map(({ field, label, as }) => (
          <div
            key={field}
            role="columnheader"
            aria-sort={field === by ? (down ? 'descending' : 'ascending') : undefined}
            className={as.figure ? 'figure' : undefined}
          >
            {list.sorts.includes(field) ? (
              <button
                type="button"
                title={say(words.sorted, { label: say(label) })}
                onClick={() => state.change({ sort: field === by && !down ? `-${field}` : field })}
              >
                {say(label)}
                <span aria-hidden="true">{field === by ? (down ? ' ↓' : ' ↑') : ''}</span>
              </button>
            ) : (
              say(label)
            )}
          </div>
        ))}
      </div>
    </div>
  )
}
