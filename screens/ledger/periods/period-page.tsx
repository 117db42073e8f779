import { Button } from '@mantine/core'
import { useState } from 'react'
import { maySendIn, useMe } from '../../api/session.ts'
import { ActDrawer } from '../../documents/act-drawer.tsx'
import documentClasses from '../../documents/documents.module.css'
import type { AnyForm } from '../../forms/declaration.ts'
import { EntityLink, useOneEntity } from '../../frame/entity.tsx'
import { useAddressPart } from '../../frame/link.tsx'
import { Failed, Loading, NotFound } from '../../frame/messages.tsx'
import type { AnyRow } from '../../shapes/row.ts'
import { Value } from '../../shapes/value.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import { ledgerEvents } from '../event-words.ts'
import classes from '../ledger.module.css'
import { firstDayOf, lastDayOf } from '../months.tsx'
import { words as ledger } from '../words.ts'
import { cutMonth, lockJournal, unlockJournal } from './actions.ts'
import type { OneMonth } from './actions.ts'
import { Checklist } from './checklist.tsx'
import { monthState } from './month-state.ts'
import { useLedgerMonths } from './use-ledger-months.ts'
import type { LedgerMonth } from './use-ledger-months.ts'
import { words } from './words.ts'

/** One month of the books: what is missing before it is closed, its journals with their locks, and its end. */
export default function PeriodPage() {
  const period = useAddressPart('period')
  const entity = useOneEntity()
  const { data: newest, error, refetch } = useLedgerMonths(undefined)
  const year = newest?.years.find(
    ({ startsOn, endsOn }) => startsOn <= lastDayOf(period) && firstDayOf(period) <= endsOn,
  )
  const { data } = useLedgerMonths(year?.year)
  const month = data?.months.find(each => each.period === period)
  if (entity && month) return <Shown of={{ entityId: entity.entityId, period }} month={month} />
  if (error) return <Failed error={error} again={() => void refetch()} />
  return newest && !year ? <NotFound /> : <Loading />
}

interface Act {
  readonly form: AnyForm
  readonly subject: AnyRow
}

const Shown = ({ of, month }: { readonly of: OneMonth; readonly month: LedgerMonth }) => {
  const say = useSay()
  const formats = useFormats()
  const [act, setAct] = useState<Act>()
  const may = maySendIn(useMe(), 'ledger.cutPeriod', of.entityId)
  const { state } = month
  return (
    <article className={documentClasses['page']}>
      <header className={documentClasses['head']}>
        <div>
          <EntityLink to="/ledger/periods" className={documentClasses['kind']}>
            {say(ledger.periods)}
          </EntityLink>
          <h1>
            {formats.month(of.period)}
            <span className={documentClasses['state']}>
              <Value as={monthState} value={state} />
            </span>
          </h1>
        </div>
        {may && state === 'open' && (
          <div className={classes['act']}>
            <Button onClick={() => setAct({ form: cutMonth.form, subject: { ...of } })}>
              {say(words.cut)}
            </Button>
          </div>
        )}
      </header>
      <div className={documentClasses['main']}>
        {state === 'open' ? <Checklist of={of} month={month} /> : <Done month={month} />}
        <Journals of={of} month={month} onAct={setAct} />
      </div>
      {act && (
        <ActDrawer
          {...act}
          subjectId={Object.values(act.subject).join('.')}
          revision={undefined}
          events={ledgerEvents}
          onClose={() => setAct(undefined)}
        />
      )}
    </article>
  )
}

/** What became of a month that is cut. */
const Done = ({ month: { state, cutAt, cutByName, closedAt, agrees } }: { readonly month: LedgerMonth }) => {
  const say = useSay()
  const formats = useFormats()
  const facts = [
    [words.cutAt, cutAt !== null && say(words.by, { at: formats.instant(cutAt), name: cutByName ?? '' })],
    [words.closedAt, closedAt !== null && formats.instant(closedAt)],
    [words.agrees, agrees !== null && say(agrees ? words.digestsAgree : words.digestsDiffer)],
  ] as const
  return (
    <section className={documentClasses['box']}>
      <p>{say(words.isCut)}</p>
      {state === 'cut' && <p>{say(words.closeComes)}</p>}
      <dl className={documentClasses['consequences']}>
        {facts.map(
          ([label, said]) =>
            said !== false && (
              <div key={label}>
                <dt>{say(label)}</dt>
                <dd>{said}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  )
}

interface JournalsProps {
  readonly of: OneMonth
  readonly month: LedgerMonth
  readonly onAct: (act: Act) => void
}

const Journals = ({ of, month, onAct }: JournalsProps) => {
  const say = useSay()
  return (
    <section className={documentClasses['box']}>
      <h2>{say(ledger.journals)}</h2>
      <div className={documentClasses['part']}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say(words.journal)}</th>
              <th scope="col">{say(words.lockState)}</th>
              <th scope="col">{say(words.numbers)}</th>
              {[words.entries, ledger.debit, ledger.credit].map(heading => (
                <th key={heading} scope="col" className="figure">
                  {say(heading)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {month.journals.map(journal => (
              <JournalRow key={journal.journal} of={of} state={month.state} journal={journal} onAct={onAct} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const JournalRow = ({
  of,
  state,
  journal: { journal, lockedAt, lockedByName, entries, firstNumber, lastNumber, debit, credit },
  onAct,
}: Pick<JournalsProps, 'of' | 'onAct'> & {
  readonly state: LedgerMonth['state']
  readonly journal: LedgerMonth['journals'][number]
}) => {
  const say = useSay()
  const formats = useFormats()
  const may = maySendIn(useMe(), 'ledger.lockJournal', of.entityId) && state === 'open'
  const { form } = lockedAt === null ? lockJournal : unlockJournal
  return (
    <tr>
      <th scope="row">
        <EntityLink
          to="/ledger/entries"
          search={{ journal, postedOnFrom: firstDayOf(of.period), postedOnTo: lastDayOf(of.period) }}
        >
          {journal}
        </EntityLink>
      </th>
      <td>
        {lockedAt === null
          ? state === 'open' && say(words.unlockedState)
          : say(words.by, {
              at: `${say(ledger.locked)} ${formats.instant(lockedAt)}`,
              name: lockedByName ?? '',
            })}
      </td>
      <td>{firstNumber !== null && lastNumber !== null && `${firstNumber} – ${lastNumber}`}</td>
      <td className="figure">{formats.count(entries)}</td>
      <td className="figure">{formats.amount(debit)}</td>
      <td className="figure">{formats.amount(credit)}</td>
      <td className="figure">
        {may && (
          <Button variant="default" onClick={() => onAct({ form, subject: { ...of, journal } })}>
            {say(form.title)}
          </Button>
        )}
      </td>
    </tr>
  )
}
