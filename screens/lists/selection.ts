import { useEffect, useState } from 'react'
import type { AnyRow } from '../shapes/row.ts'
import type { ListState } from './state.ts'

/** The rows that were chosen, to do something with all of them. */
export interface Selection {
  /** In the order of the list, as they stand now. */
  readonly rows: readonly AnyRow[]
  readonly has: (row: AnyRow | undefined) => boolean
  readonly toggle: (index: number) => void
  /** Chooses all from the last one that was chosen by itself. */
  readonly extendTo: (index: number) => void
  readonly all: () => void
  readonly none: () => void
}

/** What is chosen of a list: forgotten where the list shows something else. */
export const useSelection = ({ list, query }: ListState, items: readonly AnyRow[]): Selection => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState(0)
  const idOf = (row: AnyRow): string => String(row[list.key])
  const shown = JSON.stringify([list.path, query])
  useEffect(() => setIds(new Set()), [shown])
  return {
    // A row that the list does not hold any more is not acted upon.
    rows: ids.size === 0 ? [] : items.filter(row => ids.has(idOf(row))),
    has: row => row !== undefined && ids.has(idOf(row)),
    toggle: index => {
      const row = items[index]
      if (!row) return
      const next = new Set(ids)
      if (!next.delete(idOf(row))) next.add(idOf(row))
      setIds(next)
      setAnchor(index)
    },
    extendTo: index => {
      const [from, to] = anchor < index ? [anchor, index] : [index, anchor]
      setIds(new Set([...ids, ...items.slice(from, to + 1).map(idOf)]))
    },
    all: () => setIds(new Set(items.map(idOf))),
    none: () => setIds(new Set()),
  }
}
