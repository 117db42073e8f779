import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { onChange } from '../../api/live.ts'
import { useOneEntity } from '../../frame/entity.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { MonthsChooser, useMonths } from '../months.tsx'
import { words } from '../words.ts'
import { AccountCells } from './account-cells.tsx'
import { ComparisonChooser, useAgainst } from './comparison-chooser.tsx'
import { ComparisonView } from './comparison-view.tsx'

type Balance = Answer<'/api/ledger/trial-balance'>

/** Every account that moved, from opening to balance, or against other months; each opens line by line. */
export default function TrialBalancePage() {
  const say = useSay()
  const client = useQueryClient()
  const against = useAgainst()
  useEffect(
    () => onChange('ledger', () => void client.invalidateQueries({ queryKey: ['trial-balance'] })),
    [client],
  )
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(words.trialBalance)}</h1>
        <MonthsChooser />
        <ComparisonChooser />
      </div>
      {against ? <ComparisonView against={against} /> : <BalanceView />}
    </div>
  )
}

const BalanceView = () => {
  const entity = useOneEntity()
  const months = useMonths()
  const { data, error, refetch } = useQuery({
    queryKey: ['trial-balance', entity?.entityId, months],
    enabled: entity !== undefined,
    queryFn: ({ signal }) =>
      get('/api/ledger/trial-balance', { query: { entityId: entity?.entityId, ...months }, signal }),
  })
  if (data) return <BalanceTable balance={data} />
  return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />
}

const SUMS = ['opening', 'debit', 'credit', 'closing'] as const

const BalanceTable = ({ balance }: { readonly balance: Balance }) => {
  const say = useSay()
  const formats = useFormats()
  if (balance.lines.length === 0) return <Message title={say(words.nothing)} />
  return (
    <div className={classes['ledger']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.account)}</th>
            <th scope="col">{say(words.label)}</th>
            {SUMS.map(sum => (
              <th key={sum} scope="col" className="figure">
                {say(words[sum])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {balance.lines.map(line => (
            <tr key={`${line.account} ${line.notPosted}`}>
              <AccountCells line={line} />
              {SUMS.map(sum => (
                <td key={sum} className="figure">
                  {line[sum] === 0 ? '' : formats.amount(line[sum])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {say(words.total)}
            </th>
            {SUMS.map(sum => (
              <td key={sum} className="figure">
                {formats.amount(balance[sum])}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
