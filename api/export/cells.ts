import { DECIMALS, decimalText } from '../../domain/shared/decimals.ts'
import type { Scale } from '../../domain/shared/decimals.ts'

/** What stands in a cell of an exported list: by the shape that the list shows its column in. */

export const SHAPES = [
  'text',
  'choice',
  'flag',
  'count',
  'amount',
  'quantity',
  'price',
  'rate',
  'day',
  'month',
  'instant',
] as const
export type Shape = (typeof SHAPES)[number]

export interface ExportedColumn {
  readonly field: string
  readonly label: string
  readonly as: Shape
  /** What the values of a choice are called. */
  readonly words?: Readonly<Record<string, string>> | undefined
}

/** A text, a number of so many decimals, a moment without a time zone; nothing. */
export type Cell =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly decimal: string; readonly as: Scale | 'count' }
  /** ISO 8601: a day, a month, or an instant on the clock of who asks. */
  | { readonly kind: 'time'; readonly iso: string; readonly as: 'day' | 'month' | 'instant' }

const NONE: Cell = { kind: 'none' }

type Scalar = string | number | boolean

/** Instants on the clock of a time zone, as `YYYY-MM-DDTHH:MM:SS`. */
const clockOf = (timeZone: string): ((instant: string) => string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return instant => format.format(new Date(instant)).replace(' ', 'T')
}

const isScale = (as: Shape): as is Scale => as in DECIMALS

/** Makes cells of the rows of a list. */
export const cellsOf = (
  columns: readonly ExportedColumn[],
  timeZone: string,
): ((row: Readonly<Record<string, unknown>>) => readonly Cell[]) => {
  const clock = clockOf(timeZone)
  const cell = ({ as, words }: ExportedColumn, value: Scalar): Cell => {
    if (isScale(as)) return { kind: 'number', decimal: decimalText(String(value), as), as }
    if (as === 'count') return { kind: 'number', decimal: String(value), as }
    if (as === 'day' || as === 'month') return { kind: 'time', iso: String(value), as }
    if (as === 'instant') return { kind: 'time', iso: clock(String(value)), as }
    return { kind: 'text', text: words?.[String(value)] ?? String(value) }
  }
  return row =>
    columns.map(column => {
      const value = row[column.field]
      if (value === null || value === undefined) return NONE
      return cell(column, Array.isArray(value) ? value.join(', ') : (value as Scalar))
    })
}
