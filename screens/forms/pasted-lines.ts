import { notifications } from '@mantine/notifications'
import { parseAs } from '../shapes/parsed-input.tsx'
import { isReference } from '../shapes/reference.tsx'
import { say } from '../words/words.ts'
import type { Line, LineColumn, Lines } from './declaration.ts'
import { words } from './words.ts'

interface Pasted {
  readonly text: string
  readonly row: number
  readonly column: number
}

/** Whether a text is more than what belongs into one cell. */
export const isTable = (text: string): boolean => /[\t\n]/.test(text.trim())

/** The lines with what was pasted from a cell on: columns by tabs, lines by line ends, as spreadsheets copy. */
export const pastedLines = async (
  of: Lines,
  lines: readonly Line[],
  { text, row, column }: Pasted,
): Promise<readonly Line[]> => {
  const next = [...lines]
  const typed = of.columns.slice(column).filter(({ fixed }) => !fixed)
  const rows = text.replaceAll('\r', '').replace(/\n+$/, '').split('\n')
  for (const [i, pasted] of rows.entries()) {
    const line = next[row + i] ?? of.empty?.()
    if (!line) break
    next[row + i] = await filledLine(line, typed, pasted.split('\t'))
  }
  return next
}

const filledLine = async (
  line: Line,
  columns: readonly LineColumn[],
  texts: readonly string[],
): Promise<Line> => {
  let filled = line
  for (const [i, { name, as, find, picked }] of columns.entries()) {
    const text = texts[i]?.trim() ?? ''
    if (text === '') continue
    if (!isReference(as)) {
      filled = { ...filled, [name]: parseAs(as.kind, text) }
      continue
    }
    const found = await find?.(text)
    if (found) filled = { ...filled, [name]: as.idOf(found), ...picked?.(found) }
    else notifications.show({ message: say(words.notFoundPasted, { text }), color: 'red' })
  }
  return filled
}
