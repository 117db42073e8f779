import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react'
import { useOpen } from '../frame/link.tsx'
import { Message } from '../frame/messages.tsx'
import type { AnyRow } from '../shapes/row.ts'
import { useSay } from '../words/words.ts'
import type { AnyList, Column } from './declaration.ts'
import { Footer } from './footer.tsx'
import { Heading, Line, rowId } from './line.tsx'
import type { LineActs } from './line.tsx'
import classes from './lists.module.css'
import type { useRows } from './rows.ts'
import type { Selection } from './selection.ts'
import type { ListState } from './state.ts'
import { isTouched, markWidth } from './use-fitting.ts'
import type { Fitting } from './use-fitting.ts'
import { words } from './words.ts'

interface Props {
  readonly state: ListState
  readonly fitting: Fitting
  readonly rows: ReturnType<typeof useRows>
  readonly totals: readonly AnyRow[] | undefined
  readonly title: string
  /** Absent where nothing can be done with many rows. */
  readonly selection?: Selection
  /** Between the rows and what they come to. */
  readonly children?: ReactNode
}

const ROW_PX = 32
const ROW_TOUCHED_PX = 44
const OVERSCAN_ROWS = 12
/** The next page is read when so few rows are left below. */
const AHEAD_ROWS = 60

const rowHeight = (): number => (isTouched() ? ROW_TOUCHED_PX : ROW_PX)

/** Rows that exist only where one looks, however many there are; walked through and chosen by keys. */
export const Table = ({ state, fitting, rows, totals, title, selection, children }: Props) => {
  const { list } = state
  const { columns: shown, measured } = fitting
  const scroller = useRef<HTMLDivElement>(null)
  const items = rows.rows
  const empty = !rows.isPending && items.length === 0
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: OVERSCAN_ROWS,
  })
  useReadingAhead(rows, virtual.getVirtualItems().at(-1)?.index ?? 0)
  const walking = { list, items, selection, scrollTo: (index: number) => virtual.scrollToIndex(index) }
  const { active, setActive, openRow, press } = useWalking(walking)
  useArrowsAtOnce(scroller)
  const acts = useLineActs({ items, openRow, setActive, selection })
  const tracks = tracksOf(shown, selection !== undefined)
  const grid = { gridTemplateColumns: tracks }
  return (
    <div className={classes['frame']}>
      <div
        ref={scroller}
        className={classes['scroller']}
        data-empty={empty || undefined}
        role="grid"
        aria-label={title}
        aria-rowcount={rows.hasNextPage ? -1 : items.length + 1}
        aria-colcount={shown.length + (selection ? 1 : 0)}
        aria-multiselectable={selection && true}
        aria-activedescendant={items.length > 0 ? rowId(active) : undefined}
        aria-busy={rows.isPending}
        tabIndex={0}
        onKeyDown={press}
        onMouseOver={tellWhole}
      >
        <Heading columns={shown} list={list} state={state} style={grid} selection={selection} />
        <div
          ref={measured}
          className={classes['body']}
          role="rowgroup"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, start, size }) => (
            <Line
              key={keyOf(list, items[index], index)}
              list={list}
              columns={shown}
              row={items[index] ?? NO_ROW}
              index={index}
              active={index === active}
              chosen={selection?.has(items[index])}
              {...{ tracks, start, size, acts }}
            />
          ))}
        </div>
      </div>
      {empty && <Empty list={list} state={state} />}
      {children}
      <Footer
        state={state}
        columns={shown}
        rows={rows}
        totals={totals}
        style={grid}
        marked={selection !== undefined}
      />
    </div>
  )
}

const NO_ROW: AnyRow = {}

const tracksOf = (columns: readonly Column<AnyRow>[], marked: boolean): string => {
  const widths = columns.map(({ width }) => `minmax(${width}px, ${width}fr)`)
  return [...(marked ? [`${markWidth()}px`] : []), ...widths].join(' ')
}

/** What is cut off is told whole where the pointer rests. */
const tellWhole = ({ target }: MouseEvent): void => {
  const cell =
    target instanceof Element ? target.closest<HTMLElement>('[role=gridcell], [role=columnheader]') : null
  if (!cell) return
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent
  else cell.removeAttribute('title')
}

/** A row that moves stays what it is. */
const keyOf = ({ key }: AnyList, row: AnyRow | undefined, index: number): string | number => {
  const id = row?.[key]
  return typeof id === 'string' ? id : index
}

interface Acting {
  readonly items: readonly AnyRow[]
  readonly openRow: (row: AnyRow | undefined) => void
  readonly setActive: (index: number) => void
  readonly selection: Selection | undefined
}

/** Functions that stay the same, and act upon the list as it stands when they are called. */
const useLineActs = (acting: Acting): LineActs => {
  const now = useRef(acting)
  useLayoutEffect(() => {
    now.current = acting
  })
  return useMemo(
    () => ({
      open: index => now.current.openRow(now.current.items[index]),
      activate: index => now.current.setActive(index),
      choose: (row, all) => {
        const { selection, items } = now.current
        const index = items.indexOf(row)
        if (all) selection?.extendTo(index)
        else selection?.toggle(index)
      },
    }),
    [],
  )
}

/** Reads the next page before the last row that is read comes into sight. */
const useReadingAhead = (rows: Props['rows'], lastShown: number): void => {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = rows
  const read = rows.rows.length
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= read - AHEAD_ROWS) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, read])
}

/** Where an arrow means something else. */
const WITH_ARROWS =
  'input, textarea, select, [role=grid], [role=menu], [role=listbox], [role=dialog], [role=slider]'

/** The arrows go to the rows of a list that was just opened: nobody has to click first. */
const useArrowsAtOnce = (grid: RefObject<HTMLDivElement | null>): void => {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.closest(WITH_ARROWS)) return
      if (document.querySelector('[role=dialog]')) return
      event.preventDefault()
      grid.current?.focus()
      // The grid has its own keys: this one is its first.
      grid.current?.dispatchEvent(new globalThis.KeyboardEvent('keydown', { key: event.key, bubbles: true }))
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [grid])
}

interface Walking {
  readonly list: AnyList
  readonly items: readonly AnyRow[]
  readonly selection: Selection | undefined
  readonly scrollTo: (index: number) => void
}

/** The row one is at, and the keys that go to another one, choose it or open it. */
const useWalking = ({ list, items, selection, scrollTo }: Walking) => {
  const [last, setActive] = useState(0)
  // The list may have become shorter.
  const active = Math.max(0, Math.min(last, items.length - 1))
  const open = useOpen()
  const openRow = (row: AnyRow | undefined): void => {
    const to = row && list.open?.(row)
    if (to !== undefined) open(to)
  }
  const walk = (to: number, choosing: boolean): void => {
    const next = Math.max(0, Math.min(items.length - 1, to))
    if (choosing && selection && !selection.has(items[active])) selection.toggle(active)
    if (choosing) selection?.extendTo(next)
    setActive(next)
    scrollTo(next)
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
    const here = event.target === event.currentTarget
    if (to !== undefined) walk(to, event.shiftKey)
    else if (event.key === 'Enter' && here) openRow(items[active])
    else if (!chosenBy(event, selection, active)) return
    event.preventDefault()
  }
  return { active, setActive, openRow, press }
}

/** Whether a key that chooses rows was pressed, and did. */
const chosenBy = (event: KeyboardEvent, selection: Selection | undefined, active: number): boolean => {
  if (!selection) return false
  if (event.key === ' ' && event.target === event.currentTarget) selection.toggle(active)
  else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selection.all()
  else if (event.key === 'Escape' && selection.rows.length > 0) selection.none()
  else return false
  return true
}

const Empty = ({ list, state }: Pick<Props, 'state'> & { readonly list: AnyList }) => {
  const say = useSay()
  return (
    <div className={classes['empty']}>
      {state.narrowed ? (
        <Message title={say(words.nothing)} hint={say(words.nothingHint)} />
      ) : (
        <Message title={say(list.empty)} />
      )}
    </div>
  )
}
