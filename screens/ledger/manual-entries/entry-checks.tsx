import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Beside, Values } from '../../forms/declaration.ts'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { missingOf } from './missing.ts'
import type { Sentence } from './missing.ts'
import { isEmpty, typedLines } from './typed-entry.ts'
import { words } from './words.ts'

/** What stands between the entry as it is typed and its validation. */
export const EntryChecks: Beside = ({ values }) => {
  const say = useSay()
  const formats = useFormats()
  const shut = useShutDay(values)
  if (typedLines(values).every(isEmpty)) return null
  const missing = [...missingOf(values, formats), ...shut]
  return (
    <section className={classes['checks']} aria-live="polite" data-ready={missing.length === 0 || undefined}>
      <h2>{say(words.checks)}</h2>
      {missing.length === 0 ? (
        <p>{say(words.ready)}</p>
      ) : (
        <ul>
          {missing.map(([text, said]) => {
            const sentence = say(text, said)
            return <li key={sentence}>{sentence}</li>
          })}
        </ul>
      )}
    </section>
  )
}

/** Whether the journal takes entries on the day: a draft may be dated anywhere, its validation may not. */
const useShutDay = (values: Values): readonly Sentence[] => {
  const formats = useFormats()
  const { entityId, journal, accountingDate } = values as Readonly<Record<string, string | undefined>>
  const period = accountingDate?.slice(0, 7)
  const { data } = useQuery({
    queryKey: ['shut', entityId, journal, period],
    enabled: entityId !== undefined && journal !== undefined && period !== undefined,
    queryFn: async ({ signal }) => {
      const within = { entityId, periodFrom: period, periodTo: period }
      const [periods, locks] = await Promise.all([
        get('/api/ledger/periods', { query: within, signal }),
        get('/api/ledger/locks', { query: { ...within, journal }, signal }),
      ])
      return { isCut: periods.items.length > 0, isLocked: locks.items.length > 0 }
    },
  })
  if (data === undefined || period === undefined || !(data.isCut || data.isLocked)) return []
  const said = { month: formats.month(period), journal: journal ?? '' }
  return [[data.isCut ? words.monthClosed : words.journalLocked, said]]
}
