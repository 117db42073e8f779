import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { useOneEntity } from '../../frame/entity.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import type { Integer } from '../../words/formats.ts'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { useMonths } from '../months.tsx'
import { words } from '../words.ts'
import { AccountCells } from './account-cells.tsx'
import { AccountFigure } from './account-figure.tsx'
import type { Against } from './comparison-chooser.tsx'

type Comparison = Answer<'/api/ledger/trial-balance/comparison'>
type Compared = Comparison['total']

/** The trial balance against that of other months: difference, and its share. */
export const ComparisonView = ({ against }: { readonly against: Against }) => {
  const entity = useOneEntity()
  const months = useMonths()
  const { data, error, refetch } = useQuery({
    queryKey: ['trial-balance', entity?.entityId, months, against],
    enabled: entity !== undefined,
    queryFn: ({ signal }) =>
      get('/api/ledger/trial-balance/comparison', {
        query: {
          entityId: entity?.entityId,
          ...months,
          againstFrom: against.from,
          againstTo: against.to,
          basis: against.basis,
        },
        signal,
      }),
  })
  if (data) return <ComparisonTable comparison={data} against={against} />
  return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />
}

const useMonthsSaid = () => {
  const formats = useFormats()
  return ({ from, to }: { readonly from: string; readonly to: string }): string =>
    from === to ? formats.month(from) : `${formats.month(from)} – ${formats.month(to)}`
}

const ComparisonTable = ({
  comparison: { lines, total },
  against,
}: {
  readonly comparison: Comparison
  readonly against: Against
}) => {
  const say = useSay()
  const months = useMonths()
  const said = useMonthsSaid()
  if (lines.length === 0) return <Message title={say(words.nothing)} />
  const headings = [said(months), said(against), say(words.difference), say(words.share)]
  return (
    <div className={classes['ledger']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.account)}</th>
            <th scope="col">{say(words.label)}</th>
            {headings.map((heading, i) => (
              <th key={i} scope="col" className="figure">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(line => (
            <tr key={`${line.account} ${line.notPosted}`}>
              <AccountCells line={line} />
              <ComparedCells
                of={line}
                account={line.notPosted ? undefined : line.account}
                against={against}
              />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {say(words.total)}
            </th>
            <ComparedCells of={total} account={undefined} against={against} zeros />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

interface CellsProps {
  readonly of: Compared
  readonly account: string | undefined
  readonly against: Against
  /** What is nothing is written too: below a column. */
  readonly zeros?: true
}

const ComparedCells = ({
  of: { value, against, difference, share },
  account,
  against: before,
  zeros,
}: CellsProps) => {
  const formats = useFormats()
  const months = useMonths()
  const figure = (amount: Integer): string => (amount === 0 && !zeros ? '' : formats.amount(amount))
  return (
    <>
      <td className="figure">
        <AccountFigure account={account} search={months} amount={figure(value)} />
      </td>
      <td className="figure">
        <AccountFigure
          account={account}
          search={{ from: before.from, to: before.to }}
          amount={figure(against)}
        />
      </td>
      <td className="figure">{figure(difference)}</td>
      <td className="figure">{share === null ? '' : formats.rate(share)}</td>
    </>
  )
}
