import type { Kind } from '../shapes/kind.ts'
import type { AnyRow } from '../shapes/row.ts'
import { isUnreadable, parseAs } from '../shapes/typed.ts'
import type { Reading } from '../shapes/typed.ts'
import { readable } from './input.ts'
import type { Line } from './input.ts'

/** What was pasted from a spreadsheet, as lines of a grid. */

interface Column {
  readonly name: string
  readonly as: { readonly kind: Kind }
  readonly fixed?: true
  readonly picked?: (row: AnyRow) => Line
  readonly typed?: (value: unknown) => Line
  readonly when?: (line: Line) => boolean
}

export interface Table<C extends Column> {
  readonly columns: readonly C[]
  readonly rows: readonly (readonly string[])[]
}

/** What the texts of a column stand for, or that nobody answered. */
export type InColumn = ReadonlyMap<string, { readonly id: string; readonly row: AnyRow }> | 'failed'
/** By the name of the column. */
export type Found = ReadonlyMap<string, InColumn>

/** Whether a text is more than what belongs into one cell. */
export const isTable = (text: string): boolean => /[\t\n]/.test(text.trim())

/** Columns by tabs, lines by line ends, as spreadsheets copy. */
export const tableOf = <C extends Column>(columns: readonly C[], text: string): Table<C> => ({
  columns: columns.filter(({ fixed }) => !fixed),
  rows: text
    .replaceAll('\r', '')
    .replace(/\n+$/, '')
    .split('\n')
    .map(row => row.split('\t').map(cell => cell.trim())),
})

interface Place {
  /** From the line on that it was pasted into. */
  readonly lines: readonly Line[]
  /** Makes another line, where lines can be added. */
  readonly empty: ((before?: Line) => Line) | undefined
  readonly reading: Reading
}

/** The lines with what was pasted into them; what cannot be read or is not found stands in its cell as it was pasted. */
export const filledLines = <C extends Column>(
  { columns, rows }: Table<C>,
  found: Found,
  { lines, empty, reading }: Place,
): readonly Line[] => {
  const heads = isHeading({ columns, rows }, found, reading)
  const filled: Line[] = []
  for (const texts of heads ? rows.slice(1) : rows) {
    const line = lines[filled.length] ?? empty?.(filled.at(-1))
    if (!line) break
    filled.push(filledLine(line, columns, { texts, found, reading }))
  }
  return filled
}

interface Pasted {
  readonly texts: readonly string[]
  readonly found: Found
  readonly reading: Reading
}

const filledLine = (line: Line, columns: readonly Column[], { texts, found, reading }: Pasted): Line => {
  let filled = line
  for (const [i, column] of columns.entries()) {
    const text = texts[i] ?? ''
    if (text === '' || column.when?.(readable(filled)) === false) continue
    const { name, as, typed } = column
    const value = parseAs(as.kind, text, reading)
    const cells =
      as.kind === 'reference' ? chosenBy(text, column, found) : { [name]: value, ...typed?.(value) }
    filled = { ...filled, ...cells }
  }
  return filled
}

const chosenBy = (text: string, { name, picked }: Column, found: Found): Line => {
  const named = found.get(name)
  if (named === 'failed') return { ...picked?.({}), [name]: { unreadable: text, because: 'failed' } }
  const chosen = named?.get(text)
  return { ...picked?.(chosen?.row ?? {}), [name]: chosen?.id ?? { unreadable: text, because: 'none' } }
}

/** Whether the first row names the columns: others follow it, and nothing in it can be read as a value. */
const isHeading = (
  { columns, rows: [first = [], ...others] }: Table<Column>,
  found: Found,
  reading: Reading,
): boolean => {
  const telling = columns.flatMap(({ name, as }, i) => {
    const text = first[i] ?? ''
    if (text === '' || as.kind === 'text') return []
    const known = found.get(name)
    if (as.kind === 'reference') return [known !== 'failed' && known?.has(text) !== true]
    return [isUnreadable(parseAs(as.kind, text, reading))]
  })
  return others.length > 0 && telling.length > 0 && telling.every(Boolean)
}

interface Joined {
  /** The lines as they were when it was pasted, and filled with it. */
  readonly before: readonly Line[]
  readonly filled: readonly Line[]
}

/** The lines of the form with what was pasted from a row on: what was typed meanwhile stays. */
export const joinedLines = (
  lines: readonly Line[],
  row: number,
  { before, filled }: Joined,
): readonly Line[] => {
  const next = [...lines]
  for (const [i, line] of filled.entries()) {
    const present = lines[row + i]
    const was = before[i] ?? {}
    const meanwhile = Object.entries(present ?? {}).filter(([name, value]) => value !== was[name])
    next[row + i] = { ...line, ...Object.fromEntries(meanwhile) }
  }
  return next
}
