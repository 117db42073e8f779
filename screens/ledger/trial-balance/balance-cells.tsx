import { Marked } from '../../documents/marked.tsx'
import type { Integer } from '../../words/formats.ts'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import { Headings } from '../headings.tsx'
import { useKept } from '../months.tsx'
import { words } from '../words.ts'
import { AccountFigure } from './account-figure.tsx'
import type { Sides } from './sides.ts'

export interface Figures extends Sides {
  readonly opening: Integer
  readonly debit: Integer
  readonly credit: Integer
}

const FIGURES = ['opening', 'debit', 'credit', 'debitBalance', 'creditBalance'] as const

export const BalanceHeadings = () => <Headings figures={FIGURES.map(figure => words[figure])} />

interface Props {
  readonly of: Figures
  readonly now: Figures
  readonly account?: string | undefined
  /** What is nothing is written too: below a column. */
  readonly zeros?: true
}

/** The figures of an account, each of which opens it; what is another now is marked. */
export const BalanceCells = ({ of, now, account, zeros }: Props) => {
  const say = useSay()
  const formats = useFormats()
  const kept = useKept()
  return FIGURES.map(figure => {
    const amount = of[figure] === 0 && !zeros ? '' : formats.amount(of[figure])
    const shown = <AccountFigure account={account} search={kept} amount={amount} />
    return (
      <td key={figure} className="figure">
        {now[figure] === of[figure] ? (
          shown
        ) : (
          <Marked told={say(words.isNow, { now: formats.amount(now[figure]) })}>
            {amount === '' ? '—' : shown}
          </Marked>
        )}
      </td>
    )
  })
}
