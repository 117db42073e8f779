import { useElementSize } from '@mantine/hooks'
import { useRef } from 'react'
import type { AnyRow } from '../shapes/row.ts'
import type { Column } from './declaration.ts'
import { GAP_PX, fitting } from './state.ts'

/** The columns of a table that there is room for, as wide as its window is. */

const EDGES_PX = 2 * 16
const MARK_PX = 20
const MARK_TOUCHED_PX = 40

export const isTouched = (): boolean => matchMedia('(pointer: coarse)').matches
/** Of the mark that chooses a row. */
export const markWidth = (): number => (isTouched() ? MARK_TOUCHED_PX : MARK_PX)

export interface Fitting {
  /** Of the element that is as wide as the rows are. */
  readonly measured: ReturnType<typeof useElementSize<HTMLDivElement>>['ref']
  readonly columns: readonly Column<AnyRow>[]
}

/** @param marked whether a mark stands before each row */
export const useFitting = (columns: readonly Column<AnyRow>[], marked: boolean): Fitting => {
  const { ref: measured, width } = useElementSize<HTMLDivElement>()
  const room = width - EDGES_PX - (marked ? markWidth() + GAP_PX : 0)
  return { measured, columns: useSame(width === 0 ? columns : fitting(columns, room)) }
}

/** The same columns as before, as long as they are the same ones. */
const useSame = (columns: readonly Column<AnyRow>[]): readonly Column<AnyRow>[] => {
  const known = useRef(columns)
  const isSame = columns.length === known.current.length && columns.every((c, i) => c === known.current[i])
  if (!isSame) known.current = columns
  return known.current
}
