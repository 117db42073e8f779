import type { RecordedEvent } from '../api/client.ts'
import { toldBeside } from '../forms/beside.ts'
import type { AnyForm } from '../forms/declaration.ts'
import { standsBeside } from '../forms/notes.tsx'
import type { FormAtWork } from '../forms/use-form.ts'
import { words as formWords } from '../forms/words.ts'
import type { AnyRow } from '../shapes/row.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { EventWords } from './declaration.ts'
import classes from './documents.module.css'
import { EntryTable } from './entry-table.tsx'
import type { JournalEntry } from './entry-table.tsx'
import { sentenceOf } from './sentence.ts'
import type { StoryEvent } from './story.ts'
import { words } from './words.ts'

interface Props {
  readonly form: AnyForm
  readonly work: FormAtWork
  /** What happened before, which says what the events only name. */
  readonly story?: readonly StoryEvent[]
  readonly words: EventWords
}

/** What a form at work would record, or why it would not. */
export const PreviewSection = ({ form, work, story, words: eventWords }: Props) => {
  const say = useSay()
  // A refusal that no field has stands above: nothing will happen.
  if (work.problem && !standsBeside(work.problem, form)) return null
  return (
    <section className={classes['preview']} aria-live="polite">
      <h2>{say(formWords.whatWillHappen)}</h2>
      <Previewed work={work} words={eventWords} {...(story && { story })} />
    </section>
  )
}

const Previewed = ({ work, story = [], words: eventWords }: Omit<Props, 'form'>) => {
  const say = useSay()
  const { input, previewed, problem } = work
  if (problem) return <p className={classes['quiet']}>{toldBeside(problem.message)}</p>
  if (!previewed)
    return <p className={classes['quiet']}>{say(input ? formWords.previewComes : formWords.previewWaits)}</p>
  if (previewed.outcome === 'nothing')
    return <p className={classes['quiet']}>{say(formWords.previewNothing)}</p>
  return <PreviewedEvents events={previewed.events} story={story} words={eventWords} />
}

/** What a command would record: its events in words, the entry, the VAT and when it is due, the due day. */
export const PreviewedEvents = ({
  events,
  story = [],
  words: eventWords,
}: {
  readonly events: readonly RecordedEvent[]
  readonly story?: readonly StoryEvent[]
  readonly words: EventWords
}) => {
  const say = useSay()
  const formats = useFormats()
  return (
    <ul className={classes['previewed']}>
      {events.map(({ type, stream, revision, data = {} }) => {
        return (
          <li key={`${stream}@${revision}`}>
            <p>{say(...sentenceOf({ type, data }, eventWords, formats, story))}</p>
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
