import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { useLive } from '../../api/use-live.ts'
import { useOneEntity } from '../../frame/entity.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { LedgerExport, balanceColumns } from '../ledger-export.tsx'
import { MomentControl } from '../moment.tsx'
import { MonthsChooser, useMoment, useMonths } from '../months.tsx'
import { NO_SUMS } from '../sums.tsx'
import type { Sums } from '../sums.tsx'
import { words } from '../words.ts'
import { AccountCells } from './account-cells.tsx'
import { BalanceCells, BalanceHeadings } from './balance-cells.tsx'
import type { Figures } from './balance-cells.tsx'
import { ComparisonChooser, useAgainst } from './comparison-chooser.tsx'
import { ComparisonView } from './comparison-view.tsx'
import { sidesOf, sidesOfAll } from './sides.ts'

type Balance = Answer<'/api/ledger/trial-balance'>
type Line = Balance['lines'][number]

/** Every account that moved, from opening to balance, or against other months; each opens line by line. */
export default function TrialBalancePage() {
  const say = useSay()
  const against = useAgainst()
  const months = useMonths()
  const asOf = useMoment()
  const isPast = asOf !== undefined
  useLive('ledger', 'trial-balance')
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(words.trialBalance)}</h1>
        <MonthsChooser />
        {!isPast && <ComparisonChooser />}
        {!(against && !isPast) && (
          <LedgerExport
            path="/api/ledger/trial-balance"
            query={{ ...months, asOf }}
            columns={balanceColumns}
            title={say(words.trialBalance)}
          />
        )}
      </div>
      {against && !isPast ? (
        <ComparisonView against={against} />
      ) : (
        <>
          <MomentControl />
          <BalanceView />
        </>
      )}
    </div>
  )
}

/** The balance of the months shown, as it was known behind an ordinal, or now. */
const useBalance = (asOf: string | undefined) => {
  const entity = useOneEntity()
  const months = useMonths()
  return useQuery({
    queryKey: ['trial-balance', entity?.entityId, months, asOf],
    enabled: entity !== undefined,
    ...(asOf !== undefined && { placeholderData: keepPreviousData }),
    queryFn: ({ signal }) =>
      get('/api/ledger/trial-balance', { query: { entityId: entity?.entityId, ...months, asOf }, signal }),
  })
}

const BalanceView = () => {
  const { data, error, refetch, isPlaceholderData } = useBalance(useMoment())
  const { data: now } = useBalance(undefined)
  if (data && now) return <BalanceTable balance={data} now={now} waits={isPlaceholderData} />
  return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />
}

const figuresOf = (sums: Sums): Figures => ({ ...sums, ...sidesOf(sums.closing) })

const figuresOfAll = (balance: Balance): Figures => ({
  ...balance,
  ...sidesOfAll(balance.lines.map(({ closing }) => closing)),
})

const keyOf = ({ account, notPosted }: Line): string => `${account} ${notPosted ? 1 : 0}`

/** The lines of a moment, and those that came since, with nothing in them. */
const linesOf = (then: Balance, now: Balance): readonly Line[] => {
  const known = new Set(then.lines.map(keyOf))
  const since = now.lines.filter(line => !known.has(keyOf(line))).map(line => ({ ...line, ...NO_SUMS }))
  return [...then.lines, ...since].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

interface TableProps {
  readonly balance: Balance
  readonly now: Balance
  /** While the balance is still that of another moment. */
  readonly waits: boolean
}

const BalanceTable = ({ balance, now, waits }: TableProps) => {
  const say = useSay()
  const lines = linesOf(balance, now)
  const present = new Map(now.lines.map(line => [keyOf(line), line]))
  if (lines.length === 0) return <Message title={say(words.nothing)} />
  return (
    <div className={classes['ledger']} aria-busy={waits} data-waits={waits || undefined}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.account)}</th>
            <th scope="col">{say(words.label)}</th>
            <BalanceHeadings />
          </tr>
        </thead>
        <tbody>
          {lines.map(line => (
            <tr key={keyOf(line)}>
              <AccountCells line={line} />
              <BalanceCells
                of={figuresOf(line)}
                now={figuresOf(present.get(keyOf(line)) ?? NO_SUMS)}
                account={line.notPosted ? undefined : line.account}
              />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {say(words.total)}
            </th>
            <BalanceCells of={figuresOfAll(balance)} now={figuresOfAll(now)} zeros />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
