import { useEffect, useRef, useState } from 'react'
import { tell } from '../frame/tell.ts'
import type { AnyRow } from '../shapes/row.ts'
import { readAll } from './rows.ts'
import type { ListState } from './state.ts'

/** The rows that were chosen, to do something with all of them. */
export interface Selection {
  /** In the order of the list, as they stand now. */
  readonly rows: readonly AnyRow[]
  readonly has: (row: AnyRow | undefined) => boolean
  readonly toggle: (index: number) => void
  /** Chooses all from the last one that was chosen by itself. */
  readonly extendTo: (index: number) => void
  /** All that the list is narrowed to, also rows that were not looked at: they are read. */
  readonly all: () => void
  readonly none: () => void
  /** Whether rows are still being read that were not looked at. */
  readonly reading: boolean
}

/**
 * What is chosen of a list: forgotten where the list shows something else.
 * @param items rows that were looked at, as they stand now
 * @param isWhole whether these are all there are
 */
export const useSelection = (
  { list, query }: ListState,
  items: readonly AnyRow[],
  isWhole: boolean,
): Selection => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState(0)
  const idOf = (row: AnyRow): string => String(row[list.key])
  const shown = JSON.stringify([list.path, query])
  const unseen = useUnseen(shown)
  const choose = (rows: readonly AnyRow[]): void => setIds(known => new Set([...known, ...rows.map(idOf)]))
  const none = (): void => {
    unseen.forget()
    setIds(new Set())
  }
  useEffect(none, [shown])
  return {
    // A row that the list does not hold any more is not acted upon.
    rows: ids.size === 0 ? [] : joined(unseen.rows, items, idOf).filter(row => ids.has(idOf(row))),
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
      choose(items.slice(from, to + 1))
    },
    all: () => {
      choose(items)
      if (!isWhole) unseen.read(signal => readAll(list, query, signal), choose)
    },
    none,
    reading: unseen.reading,
  }
}

/** Each row once, in the order of the list; those that were looked at as they stand now. */
const joined = (
  read: readonly AnyRow[],
  items: readonly AnyRow[],
  idOf: (row: AnyRow) => string,
): readonly AnyRow[] =>
  read.length === 0 ? items : [...new Map([...read, ...items].map(row => [idOf(row), row] as const)).values()]

type Bundles = AsyncGenerator<readonly AnyRow[]>

/** Rows that nobody looked at, read to be chosen; given up where the list shows something else. */
const useUnseen = (shown: string) => {
  const [rows, setRows] = useState<readonly AnyRow[]>([])
  const [reading, setReading] = useState(false)
  const underway = useRef<AbortController>(undefined)
  useEffect(() => () => underway.current?.abort(), [shown])
  const read = async (
    bundlesOf: (signal: AbortSignal) => Bundles,
    onRead: (rows: readonly AnyRow[]) => void,
  ): Promise<void> => {
    const stop = new AbortController()
    underway.current?.abort()
    underway.current = stop
    setRows([])
    setReading(true)
    try {
      for await (const bundle of bundlesOf(stop.signal)) {
        if (stop.signal.aborted) return
        setRows(known => [...known, ...bundle])
        onRead(bundle)
      }
    } catch (error) {
      if (!stop.signal.aborted) tell((error as Error).message, 'wrong')
    } finally {
      if (underway.current === stop) setReading(false)
    }
  }
  return {
    rows,
    reading,
    read: (...asked: Parameters<typeof read>) => void read(...asked),
    forget: () => {
      underway.current?.abort()
      underway.current = undefined
      setReading(false)
      setRows([])
    },
  }
}
