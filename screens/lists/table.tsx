import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent } from 'react'
import { ScreenLink, useOpen } from '../frame/link.tsx'
import { Message } from '../frame/messages.tsx'
import type { AnyRow } from '../shapes/row.ts'
import { Value } from '../shapes/value.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { AnyList, Column } from './declaration.ts'
import classes from './lists.module.css'
import type { useRows } from './rows.ts'
import { fitting } from './state.ts'
import type { ListState } from './state.ts'
import { words } from './words.ts'

interface Props {
  readonly list: AnyList
  readonly state: ListState
  readonly columns: readonly Column<AnyRow>[]
  readonly rows: ReturnType<typeof useRows>
  readonly title: string
}

const ROW_PX = 32
const ROW_TOUCHED_PX = 44
const OVERSCAN_ROWS = 12
/** The next page is read when so few rows are left below. */
const AHEAD_ROWS = 60

const rowHeight = (): number => (matchMedia('(pointer: coarse)').matches ? ROW_TOUCHED_PX : ROW_PX)

/** Rows that exist only where one looks, however many there are; walked through by keys. */
export const Table = ({ list, state, columns, rows, title }: Props) => {
  const { ref: measured, width } = useElementSize()
  const scroller = useRef<HTMLDivElement>(null)
  const shown = fitting(columns, width)
  const items = rows.rows
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: OVERSCAN_ROWS,
  })
  useReadingAhead(rows, virtual.getVirtualItems().at(-1)?.index ?? 0)
  const { active, setActive, openRow, press } = useWalking(list, items, index => virtual.scrollToIndex(index))
  const grid = { gridTemplateColumns: shown.map(c => `minmax(${c.width}px, ${c.width}fr)`).join(' ') }
  return (
    <div className={classes['frame']} ref={measured}>
      <div
        ref={scroller}
        className={classes['scroller']}
        role="grid"
        aria-label={title}
        aria-rowcount={rows.hasNextPage ? -1 : items.length + 1}
        aria-colcount={shown.length}
        aria-activedescendant={items.length > 0 ? rowId(active) : undefined}
        aria-busy={rows.isPending}
        tabIndex={0}
        onKeyDown={press}
      >
        <Heading columns={shown} list={list} state={state} style={grid} />
        <div className={classes['body']} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, size }) => (
            <Line
              key={index}
              list={list}
              columns={shown}
              row={items[index] ?? {}}
              index={index}
              active={index === active}
              style={{ ...grid, height: size, transform: `translateY(${start}px)` }}
              onOpen={() => openRow(items[index])}
              onActive={() => setActive(index)}
            />
          ))}
        </div>
        {!rows.isPending && items.length === 0 && <Empty list={list} state={state} />}
      </div>
      <Footer columns={shown} rows={rows} style={grid} />
    </div>
  )
}

const rowId = (index: number): string => `row-${index}`

/** Reads the next page before the last row that is read comes into sight. */
const useReadingAhead = (rows: Props['rows'], lastShown: number): void => {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = rows
  const read = rows.rows.length
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= read - AHEAD_ROWS) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, read])
}

/** The row one is at, and the keys that go to another one or open it. */
const useWalking = (list: AnyList, items: readonly AnyRow[], scrollTo: (index: number) => void) => {
  const [active, setActive] = useState(0)
  const open = useOpen()
  const openRow = (row: AnyRow | undefined): void => {
    if (row && list.open) open(list.open(row))
  }
  const press = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight()) - 2)
    const moves: Partial<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: items.length - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) {
      const next = Math.max(0, Math.min(items.length - 1, to))
      setActive(next)
      scrollTo(next)
    } else if (event.key === 'Enter' && event.target === event.currentTarget) openRow(items[active])
    else return
    event.preventDefault()
  }
  return { active, setActive, openRow, press }
}

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
  const value = content === null && to !== undefined ? '—' : <Value as={column.as} value={content} />
  return to === undefined ? (
    value
  ) : (
    <ScreenLink to={to} tabIndex={-1} className={classes['first']}>
      {value}
    </ScreenLink>
  )
}

interface LineProps {
  readonly list: AnyList
  readonly columns: readonly Column<AnyRow>[]
  readonly row: AnyRow
  readonly index: number
  readonly active: boolean
  readonly style: CSSProperties
  readonly onOpen: () => void
  readonly onActive: () => void
}

const Line = ({ list, columns, row, index, active, style, onOpen, onActive }: LineProps) => (
  <div
    id={rowId(index)}
    role="row"
    aria-rowindex={index + 2}
    aria-selected={active}
    className={classes['row']}
    data-active={active || undefined}
    style={style}
    onMouseDown={onActive}
    onClick={event => {
      const inLink = event.target instanceof Element && event.target.closest('a') !== null
      if (!inLink && window.getSelection()?.isCollapsed !== false) onOpen()
    }}
  >
    {columns.map((column, i) => (
      <div key={column.field} role="gridcell" className={column.as.figure ? 'figure' : undefined}>
        <Cell column={column} row={row} to={i === 0 ? list.open?.(row) : undefined} />
      </div>
    ))}
  </div>
)

const Heading = ({
  columns,
  list,
  state,
  style,
}: Pick<Props, 'columns' | 'list' | 'state'> & { readonly style: CSSProperties }) => {
  const say = useSay()
  const by = state.sort.replace('-', '')
  const down = state.sort.startsWith('-')
  return (
    <div className={classes['heading']} role="rowgroup">
      <div role="row" aria-rowindex={1} className={classes['heading-row']} style={style}>
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

const Empty = ({ list, state }: Pick<Props, 'list' | 'state'>) => {
  const say = useSay()
  return state.narrowed ? (
    <Message title={say(words.nothing)} hint={say(words.nothingHint)} />
  ) : (
    <Message title={say(list.empty)} />
  )
}

/** How many rows there are, and their sums once all of them are read and of one currency. */
const Footer = ({
  columns,
  rows,
  style,
}: Pick<Props, 'columns' | 'rows'> & { readonly style: CSSProperties }) => {
  const say = useSay()
  const formats = useFormats()
  const count = rows.rows.length
  const currencies = new Set(rows.rows.map(row => row['currency']))
  const summed = !rows.hasNextPage && count > 0 && currencies.size === 1
  const shown = formats.count(count)
  const said = rows.isPending
    ? say(words.reading)
    : rows.hasNextPage
      ? say(words.rowsRead, { shown })
      : say(words.rows, { count, shown })
  return (
    <div className={classes['footer']} style={style}>
      {columns.map(({ field, as, sum }, i) => (
        <div key={field} className={as.figure ? 'figure' : undefined} data-first={i === 0 || undefined}>
          {i === 0 && <span aria-live="polite">{said}</span>}
          {sum && summed && (
            <strong>
              <Value as={as} value={rows.rows.reduce((total, row) => total + Number(row[field] ?? 0), 0)} />
            </strong>
          )}
        </div>
      ))}
    </div>
  )
}
