import { useRef } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { flushSync } from 'react-dom'
import { isReference } from '../shapes/reference.tsx'
import type { Lines } from './declaration.ts'

/** Where in a grid something happens. */
export interface Place {
  readonly row: number
  readonly column: number
}

/** The cell that an event happens in. */
export const placeOf = ({ target }: { readonly target: EventTarget }): Place | undefined => {
  const cell = (target as HTMLElement).closest<HTMLElement>('[data-cell]')?.dataset['cell']
  if (cell === undefined) return undefined
  const [row = 0, column = 0] = cell.split('.').map(Number)
  return { row, column }
}

interface GridKeys {
  readonly grid: RefObject<HTMLTableElement | null>
  readonly press: (event: KeyboardEvent) => void
}

/** Enter goes to the next cell and at the end to a new line, arrows to the line above and below; `=` fills in what is missing. */
export const useGridKeys = (
  of: Lines,
  count: number,
  { add, fill }: { readonly add: () => void; readonly fill: (place: Place) => void },
): GridKeys => {
  const grid = useRef<HTMLTableElement>(null)
  const typed = of.columns.flatMap((column, i) => (column.fixed ? [] : [i]))
  const focus = (row: number, column: number): void =>
    grid.current?.querySelector<HTMLElement>(`[data-cell="${row}.${column}"] input`)?.focus()
  const isTyped = (row: number, column: number): boolean =>
    grid.current?.querySelector(`[data-cell="${row}.${column}"] input`) !== null
  const next = ({ row, column }: Place): void => {
    // Not every line has every cell to be filled in.
    const following = typed.find(i => i > column && isTyped(row, i))
    if (following !== undefined) return focus(row, following)
    // The new line is drawn before the next key comes: whoever types fast types into it.
    if (row === count - 1 && of.empty) flushSync(add)
    focus(row + 1, typed[0] ?? 0)
  }
  const press = (event: KeyboardEvent): void => {
    const place = placeOf(event)
    if (!place || event.ctrlKey || event.metaKey || event.defaultPrevented) return
    // An open list of choices has these keys for itself; the form is not sent from within it.
    if ((event.target as HTMLElement).getAttribute('aria-expanded') === 'true') {
      if (event.key === 'Enter') event.preventDefault()
      return
    }
    const column = of.columns[place.column]
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter') next(place)
    else if (event.key === '=' && column?.missing) {
      fill(place)
      next(place)
    } else if (step !== undefined && column && !isReference(column.as)) focus(place.row + step, place.column)
    else return
    event.preventDefault()
  }
  return { grid, press }
}
