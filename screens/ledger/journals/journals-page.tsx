import { EntityLink } from '../../frame/entity.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import { Value } from '../../shapes/value.tsx'
import { total } from '../../words/formats.ts'
import type { Integer } from '../../words/formats.ts'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { firstDayOf, lastDayOf } from '../months.tsx'
import { monthState } from '../periods/month-state.ts'
import { useLedgerMonths } from '../periods/use-ledger-months.ts'
import type { LedgerMonth, LedgerMonths } from '../periods/use-ledger-months.ts'
import { useYear, YearChooser } from '../periods/year-chooser.tsx'
import { words } from '../words.ts'

/** Every journal month by month: what was posted, and whether it is locked; each opens its entries. */
export default function JournalsPage() {
  const say = useSay()
  const { data, error, refetch } = useLedgerMonths(useYear())
  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <h1>{say(words.journals)}</h1>
        {data && <YearChooser months={data} />}
      </div>
      {data ? (
        <JournalsTable months={data} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

const JournalsTable = ({ months: { journals, months } }: { readonly months: LedgerMonths }) => {
  const say = useSay()
  const formats = useFormats()
  if (journals.length === 0) return <Message title={say(words.noJournals)} />
  if (months.length === 0) return <Message title={say(words.noYears)} />
  const sumOf = (code: string): Integer =>
    total(months.flatMap(month => month.journals.filter(j => j.journal === code)).map(({ debit }) => debit))
  return (
    <div className={classes['ledger']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.month)}</th>
            <th scope="col">{say(words.state)}</th>
            {journals.map(({ journal, label }) => (
              <th key={journal} scope="col" className="figure">
                {journal} <span className={classes['journal-label']}>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map(month => (
            <tr key={month.period}>
              <th scope="row">
                <EntityLink to={`/ledger/periods/${month.period}`}>{formats.month(month.period)}</EntityLink>
              </th>
              <td>
                <Value as={monthState} value={month.state} />
              </td>
              {month.journals.map(of => (
                <td key={of.journal} className="figure">
                  <JournalCell of={of} period={month.period} />
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
            {journals.map(({ journal }) => (
              <td key={journal} className="figure">
                {formats.amount(sumOf(journal))}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

/** The debits of a journal in a month, which are its credits. */
const JournalCell = ({
  of: { journal, entries, debit, lockedAt },
  period,
}: {
  readonly of: LedgerMonth['journals'][number]
  readonly period: string
}) => {
  const say = useSay()
  const formats = useFormats()
  const lock = lockedAt !== null && <span className={classes['cell-note']}>{say(words.locked)}</span>
  if (entries === 0) return lock
  return (
    <>
      <EntityLink
        to="/ledger/entries"
        search={{ journal, postedOnFrom: firstDayOf(period), postedOnTo: lastDayOf(period) }}
      >
        {formats.amount(debit)}
      </EntityLink>
      <span className={classes['cell-note']}>{say(words.entriesCount, { count: entries })}</span>
      {lock}
    </>
  )
}
