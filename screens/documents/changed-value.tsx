import type { ReactNode } from 'react'
import type { Shape } from '../shapes/shape.ts'
import type { AnyRow } from '../shapes/row.ts'
import { Value } from '../shapes/value.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import { same } from './differences.ts'
import { Marked } from './marked.tsx'
import { words } from './words.ts'

/** Rows before and after the moment that is shown; undefined where it is now, and nothing is marked. */
export interface Before {
  readonly row: AnyRow | undefined
}

interface Props {
  readonly as: Shape
  readonly field: string
  readonly row: AnyRow
  readonly before: Before | undefined
  /** How the value is shown; as its shape says where absent. */
  readonly children?: ReactNode
}

/** A value, marked where this moment changed it, with what stood before. */
export const ChangedValue = ({ as, field, row, before, children }: Props) => {
  const say = useSay()
  const formats = useFormats()
  const value = children ?? <Value as={as} value={row[field]} />
  const stood = before?.row?.[field]
  if (!before || same(stood, row[field])) return value
  const told =
    before.row === undefined || stood === null || stood === undefined
      ? say(words.nothingBefore)
      : say(words.stoodBefore, { before: as.tell(stood, { say, formats }) })
  return <Marked told={told}>{value}</Marked>
}
