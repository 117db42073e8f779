import { EntityLink } from '../../frame/entity.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import { Value } from '../../shapes/value.tsx'
import { total } from '../../words/formats.ts'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import { Headings } from '../headings.tsx'
import classes from '../ledger.module.css'
import { firstDayOf, lastDayOf } from '../months.tsx'
import { words as ledger } from '../words.ts'
import { monthState } from './month-state.ts'
import { useLedgerMonths } from './use-ledger-months.ts'
import type { LedgerMonth } from './use-ledger-months.ts'
import { useYear, YearChooser } from './year-chooser.tsx'
import { words } from './words.ts'

/** The months of a fiscal year and how far each is; each opens with what is left to do before it is closed. */
export default function PeriodsPage() {
  const say = useSay()
  const { data, error, refetch } = useLedgerMonths(useYear())
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(ledger.periods)}</h1>
        {data && <YearChooser months={data} />}
      </div>
      {data ? (
        <PeriodsTable months={data.months} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

const HEADINGS = [ledger.month, ledger.state, words.locks, words.cutAt, words.closedAt, words.agrees] as const
const FIGURES = [words.moved, words.entries, ledger.total] as const

const PeriodsTable = ({ months }: { readonly months: readonly LedgerMonth[] }) => {
  const say = useSay()
  if (months.length === 0) return <Message title={say(ledger.noYears)} />
  return (
    <div className={classes['ledger']}>
      <table>
        <thead>
          <tr>
            <Headings plain={HEADINGS} figures={FIGURES} />
          </tr>
        </thead>
        <tbody>
          {months.map(month => (
            <MonthRow key={month.period} month={month} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const MonthRow = ({ month }: { readonly month: LedgerMonth }) => {
  const say = useSay()
  const formats = useFormats()
  const { period, state, journals, moved, cutAt, cutByName, closedAt, agrees } = month
  const locked = journals.filter(({ lockedAt }) => lockedAt !== null)
  const entries = journals.reduce((sum, journal) => sum + journal.entries, 0)
  const debit = total(journals.map(journal => journal.debit))
  return (
    <tr>
      <th scope="row">
        <EntityLink to={`/ledger/periods/${period}`}>{formats.month(period)}</EntityLink>
      </th>
      <td>
        <Value as={monthState} value={state} />
      </td>
      <td>
        {locked.length > 0 && locked.length === journals.length
          ? say(words.allLocked)
          : locked.map(({ journal }) => journal).join(', ')}
      </td>
      <td>{cutAt !== null && say(words.by, { at: formats.instant(cutAt), name: cutByName ?? '' })}</td>
      <td>{closedAt !== null && formats.instant(closedAt)}</td>
      <td>{agrees !== null && say(agrees ? words.digestsAgree : words.digestsDiffer)}</td>
      <td className="figure">{moved > 0 && formats.count(moved)}</td>
      <td className="figure">
        {entries > 0 && (
          <EntityLink
            to="/ledger/entries"
            search={{ postedOnFrom: firstDayOf(period), postedOnTo: lastDayOf(period) }}
          >
            {formats.count(entries)}
          </EntityLink>
        )}
      </td>
      <td className="figure">
        {debit !== 0 && (
          <EntityLink to="/ledger/trial-balance" search={{ from: period, to: period }}>
            {formats.amount(debit)}
          </EntityLink>
        )}
      </td>
    </tr>
  )
}
