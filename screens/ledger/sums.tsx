import type { Integer } from '../words/formats.ts'
import { useFormats } from '../words/use-formats.ts'
import { Headings } from './headings.tsx'
import { words } from './words.ts'

/** From opening to balance: minor units, debit positive, credit negative. */
export interface Sums {
  readonly opening: Integer
  readonly debit: Integer
  readonly credit: Integer
  readonly closing: Integer
}

const SUMS = ['opening', 'debit', 'credit', 'closing'] as const

export const SumHeadings = () => <Headings figures={SUMS.map(sum => words[sum])} />

/** The cells of a row; what is nothing is written below a column alone. */
export const SumCells = ({ of, zeros = false }: { readonly of: Sums; readonly zeros?: boolean }) => {
  const formats = useFormats()
  return SUMS.map(sum => (
    <td key={sum} className="figure">
      {of[sum] === 0 && !zeros ? '' : formats.amount(of[sum])}
    </td>
  ))
}
