import type { Answer } from '../../api/client.ts'
import documentClasses from '../../documents/documents.module.css'
import { EntryTable } from '../../documents/entry-table.tsx'
import type { EntryLine } from '../../documents/entry-table.tsx'
import type { StoryEvent } from '../../documents/story.ts'
import { ScreenLink } from '../../frame/link.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import { useEntriesOf } from '../entries/use-entries.ts'
import { words } from './words.ts'

interface Props {
  readonly row: Answer<'/api/ledger/manual-entries/{id}'>
  readonly story: readonly StoryEvent[]
}

interface Drafted {
  readonly account: string
  readonly label: string
  readonly side: 'debit' | 'credit'
  readonly amount: number
  readonly party?: string
}

const lineOf = ({ party, ...line }: Drafted): EntryLine => ({
  ...line,
  ...(party !== undefined && { auxiliary: { code: party } }),
})

/** The lines as drafted, and where the ledger posted them. */
export const ManualEntryBody = ({ row, story }: Props) => {
  const say = useSay()
  const { journal, accountingDate, documentReference } = row
  const month = accountingDate.slice(0, 7)
  const lines = (row.lines as readonly Drafted[]).map(lineOf)
  return (
    <>
      <section className={documentClasses['box']}>
        <h2>{say(words.lines)}</h2>
        <EntryTable
          entry={{ journal, accountingDate, documentReference, currency: '', lines }}
          accountTo={account => ({ to: `/ledger/accounts/${account}`, search: { from: month, to: month } })}
        />
      </section>
      <Posted eventIds={story.filter(({ data }) => data?.['journalEntry']).map(({ eventId }) => eventId)} />
    </>
  )
}

/** The entries of the ledger: that of the validation, and that of the reversal. */
const Posted = ({ eventIds }: { readonly eventIds: readonly string[] }) => {
  const say = useSay()
  const formats = useFormats()
  const entries = useEntriesOf(eventIds)
  return (
    <section className={documentClasses['box']}>
      <h2>{say(words.posted)}</h2>
      {eventIds.length === 0 ? (
        <p className={documentClasses['quiet']}>{say(words.notPosted)}</p>
      ) : (
        <ul className={documentClasses['linked']}>
          {entries.map(({ ordinal, journal, number, postedOn, label, total }) => (
            <li key={ordinal}>
              <ScreenLink to={`/ledger/entries/${ordinal}`}>
                {say(words.postedAs, { journal, number, day: formats.day(postedOn) })}
              </ScreenLink>
              <span className={documentClasses['quiet']}>{label}</span>
              <span className="figure">{formats.amount(total)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
