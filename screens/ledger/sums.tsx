import { Marked } from '../documents/marked.tsx'
import type { Integer } from '../words/formats.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
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

/** The cells of a row; what is nothing is written below a column alone, and what is another sum now is marked. */
export const SumCells = ({
  of,
  now = of,
  zeros = false,
}: {
  readonly of: Sums
  readonly now?: Sums
  readonly zeros?: boolean
}) => {
  const say = useSay()
  const formats = useFormats()
  return SUMS.map(sum => {
    const shown = of[sum] === 0 && !zeros ? '' : formats.amount(of[sum])
    return (
      <td key={sum} className="figure">
        {now[sum] === of[sum] ? (
          shown
        ) : (
          <Marked told={say(words.isNow, { now: formats.amount(now[sum]) })}>{shown || '—'}</Marked>
        )}
      </td>
    )
  })
}

/** What is not there. */
export const NO_SUMS: Sums = { opening: 0, debit: 0, credit: 0, closing: 0 }
