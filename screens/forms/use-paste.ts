import type { ClipboardEvent } from 'react'
import { isReference } from '../shapes/reference.tsx'
import { useToday } from '../words/use-formats.ts'
import { language } from '../words/words.ts'
import type { Line, LineColumn, Lines, Values } from './declaration.ts'
import { readable } from './input.ts'
import type { LineIds } from './line-ids.ts'
import { filledLines, isTable, joinedLines, tableOf } from './pasted-lines.ts'
import type { Found, InColumn, Table } from './pasted-lines.ts'
import type { FormAtWork } from './use-form.ts'
import { placeOf } from './use-grid-keys.ts'

/** Pasting from a spreadsheet: codes are looked up all at once, and sending waits for them. */

interface Grid {
  readonly ids: LineIds
  readonly edit: (next: (lines: readonly Line[]) => readonly Line[]) => void
}

export const usePaste = (of: Lines, work: FormAtWork, { ids, edit }: Grid) => {
  const today = useToday()
  return (event: ClipboardEvent): void => {
    const place = placeOf(event)
    const text = event.clipboardData.getData('text/plain')
    if (!place || !isTable(text)) return
    event.preventDefault()
    const values = work.values ?? {}
    const lines = ((values[of.name] ?? []) as readonly Line[]).slice(place.row)
    const first = ids.of(place.row)
    const table = tableOf(of.columns.slice(place.column), text)
    const fill = async (): Promise<void> => {
      const found = await foundIn(table, readable(values))
      const reading = { language: language(), today }
      const filled = filledLines(table, found, { lines, empty: of.empty, reading })
      const row = ids.rowOf(first)
      // A line that is there no longer takes what belongs to it along.
      if (row >= 0) edit(now => joinedLines(now, row, { before: lines, filled }))
    }
    work.onWaiting(1)
    void fill().finally(() => work.onWaiting(-1))
  }
}

/** The rows that the codes of each column name; a column whose question was not answered has failed. */
const foundIn = async ({ columns, rows }: Table<LineColumn>, values: Values): Promise<Found> => {
  const found = columns.map(async ({ as, name, within }, i): Promise<readonly [string, InColumn]> => {
    const texts = rows.map(row => row[i] ?? '').filter(text => text !== '')
    if (!isReference(as) || !as.findAll || texts.length === 0) return [name, new Map()]
    try {
      const named = await as.findAll(texts, within?.(values) ?? {})
      return [name, new Map([...named].map(([text, row]) => [text, { id: as.idOf(row), row }]))]
    } catch {
      return [name, 'failed']
    }
  })
  return new Map(await Promise.all(found))
}
