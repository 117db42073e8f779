import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { onChange } from '../../api/live.ts'
import { useOneEntity } from '../../frame/entity.tsx'
import { ScreenLink } from '../../frame/link.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { MonthsChooser, useMonths } from '../months.tsx'
import { words } from '../words.ts'

type Balance = Answer<'/api/ledger/trial-balance'>

/** Every account that moved, from opening to balance; each opens line by line. */
export default function TrialBalancePage() {
  const say = useSay()
  const entity = useOneEntity()
  const months = useMonths()
  const client = useQueryClient()
  useEffect(
    () => onChange('ledger', () => void client.invalidateQueries({ queryKey: ['trial-balance'] })),
    [client],
  )
  const { data, error, refetch } = useQuery({
    queryKey: ['trial-balance', entity?.entityId, months],
    enabled: entity !== undefined,
    queryFn: ({ signal }) =>
      get('/api/ledger/trial-balance', { query: { entityId: entity?.entityId, ...months }, signal }),
  })
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(words.trialBalance)}</h1>
        <MonthsChooser />
      </div>
      {data ? (
        <BalanceTable balance={data} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

const SUMS = ['opening', 'debit', 'credit', 'closing'] as const

const BalanceTable = ({ balance }: { readonly balance: Balance }) => {
  const say = useSay()
  const formats = useFormats()
  const months = useMonths()
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
              <td>
                {line.notPosted ? (
                  line.account
                ) : (
                  <ScreenLink to={`/ledger/accounts/${line.account}`} search={months}>
                    {line.account}
                  </ScreenLink>
                )}
              </td>
              <td>{line.notPosted ? say(words.notPosted, { label: line.label }) : line.label}</td>
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
