import type { RecordedEvent } from '../api/client.ts'
import type { AnyRow } from '../shapes/row.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { EventWords } from './declaration.ts'
import classes from './documents.module.css'
import { EntryTable } from './entry-table.tsx'
import type { JournalEntry } from './entry-table.tsx'
import type { StoryEvent } from './story.ts'
import { words } from './words.ts'

/** What a command would record: its events in words, the entry, the VAT and when it is due, the due day. */
export const PreviewedEvents = ({
  events,
  story = [],
  words: eventWords,
}: {
  readonly events: readonly RecordedEvent[]
  /** What happened before, which says what these only name. */
  readonly story?: readonly StoryEvent[]
  readonly words: EventWords
}) => {
  const say = useSay()
  const formats = useFormats()
  return (
    <ul className={classes['previewed']}>
      {events.map(({ type, stream, revision, data = {} }) => {
        const [text, values] = eventWords[type]?.(data, formats, story) ?? [words.unknownEvent, { type }]
        return (
          <li key={`${stream}@${revision}`}>
            <p>{say(text, values)}</p>
            <Consequences data={data} />
          </li>
        )
      })}
    </ul>
  )
}

interface Consequential {
  readonly dueOn?: string
  readonly number?: string
  readonly journalEntry?: JournalEntry
}

const Consequences = ({ data }: { readonly data: AnyRow }) => {
  const say = useSay()
  const formats = useFormats()
  const { dueOn, number, journalEntry } = data as Consequential
  if (!journalEntry) return null
  return (
    <>
      <dl className={classes['consequences']}>
        {number !== undefined && (
          <div>
            <dt>{say(words.number)}</dt>
            <dd>{number}</dd>
          </div>
        )}
        {dueOn !== undefined && (
          <div>
            <dt>{say(words.dueOn)}</dt>
            <dd>{formats.day(dueOn)}</dd>
          </div>
        )}
      </dl>
      <EntryTable entry={journalEntry} />
      <VatOf entry={journalEntry} />
    </>
  )
}

/** The tax of the entry, and the day it falls due: which return it belongs to. */
const VatOf = ({ entry }: { readonly entry: JournalEntry }) => {
  const say = useSay()
  const formats = useFormats()
  const taxed = entry.lines.filter(({ vat }) => vat !== undefined && vat.tax !== 0)
  if (taxed.length === 0) return null
  return (
    <ul className={classes['vat']}>
      {taxed.map(({ vat }, i) => (
        <li key={i}>
          {say(words.vat, {
            rate: formats.rate(vat?.rate ?? 0),
            base: formats.money(vat?.base ?? 0, entry.currency),
            tax: formats.money(vat?.tax ?? 0, entry.currency),
          })}
          {', '}
          {vat?.taxPoint === undefined
            ? say(words.vatWaits)
            : say(words.vatOn, { day: formats.day(vat.taxPoint) })}
        </li>
      ))}
    </ul>
  )
}
