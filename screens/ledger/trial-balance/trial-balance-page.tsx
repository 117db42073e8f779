import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { useLive } from '../../api/use-live.ts'
import { useOneEntity } from '../../frame/entity.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { MonthsChooser, useMonths } from '../months.tsx'
import { SumCells, SumHeadings } from '../sums.tsx'
import { words } from '../words.ts'
import { AccountCells } from './account-cells.tsx'
import { ComparisonChooser, useAgainst } from './comparison-chooser.tsx'
import { ComparisonView } from './comparison-view.tsx'

type Balance = Answer<'/api/ledger/trial-balance'>

/** Every account that moved, from opening to balance, or against other months; each opens line by line. */
export default function TrialBalancePage() {
  const say = useSay()
  const against = useAgainst()
  useLive('ledger', 'trial-balance')
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

const BalanceTable = ({ balance }: { readonly balance: Balance }) => {
  const say = useSay()
  if (balance.lines.length === 0) return <Message title={say(words.nothing)} />
  return (
    <div className={classes['ledger']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.account)}</th>
            <th scope="col">{say(words.label)}</th>
            <SumHeadings />
          </tr>
        </thead>
        <tbody>
          {balance.lines.map(line => (
            <tr key={`${line.account} ${line.notPosted}`}>
              <AccountCells line={line} />
              <SumCells of={line} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {say(words.total)}
            </th>
            <SumCells of={balance} zeros />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
