import { tell } from '../frame/tell.ts'
import { parseAs } from '../shapes/parsed-input.tsx'
import { isReference } from '../shapes/reference.tsx'
import { say } from '../words/words.ts'
import type { Line, LineColumn, Lines, Values } from './declaration.ts'
import { words } from './words.ts'

interface Pasted {
  readonly text: string
  readonly row: number
  readonly column: number
  /** Of the form that the lines belong to. */
  readonly values: Values
}

/** Whether a text is more than what belongs into one cell. */
export const isTable = (text: string): boolean => /[\t\n]/.test(text.trim())

/** The lines with what was pasted from a cell on: columns by tabs, lines by line ends, as spreadsheets copy. */
export const pastedLines = async (
  of: Lines,
  lines: readonly Line[],
  { text, row, column, values }: Pasted,
): Promise<readonly Line[]> => {
  const next = [...lines]
  const typed = of.columns.slice(column).filter(({ fixed }) => !fixed)
  const rows = text.replaceAll('\r', '').replace(/\n+$/, '').split('\n')
  for (const [i, pasted] of rows.entries()) {
    const line = next[row + i] ?? of.empty?.(next.at(-1))
    if (!line) break
    next[row + i] = await filledLine(line, typed, { texts: pasted.split('\t'), values })
  }
  return next
}

const filledLine = async (
  line: Line,
  columns: readonly LineColumn[],
  { texts, values }: { readonly texts: readonly string[]; readonly values: Values },
): Promise<Line> => {
  let filled = line
  for (const [i, { name, as, picked, typed, within, when }] of columns.entries()) {
    const text = texts[i]?.trim() ?? ''
    if (text === '' || when?.(filled) === false) continue
    if (!isReference(as)) {
      const value = parseAs(as.kind, text)
      filled = { ...filled, [name]: value, ...typed?.(value) }
      continue
    }
    const found = await as.find?.(text, within?.(values) ?? {})
    if (found) filled = { ...filled, [name]: as.idOf(found), ...picked?.(found) }
    else tell(say(words.notFoundPasted, { text }), 'wrong')
  }
  return filled
}
