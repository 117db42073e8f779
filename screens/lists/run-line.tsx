import type { RecordedEvent } from '../api/client.ts'
import type { EventWords } from '../documents/declaration.ts'
import { PreviewedEvents } from '../documents/preview.tsx'
import { sentenceOf } from '../documents/sentence.ts'
import { ScreenLink } from '../frame/link.tsx'
import type { AnyRow } from '../shapes/row.ts'
import type { Formats } from '../words/formats.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import { postedBy } from './posted.ts'
import type { Run, RunLine } from './run.ts'
import type { Trial } from './trials.ts'
import { words } from './words.ts'

interface LineProps {
  readonly list: AnyList
  readonly line: RunLine
  readonly trial: Trial | undefined
  readonly run: Run
}

/** A document: what would become of it, or what did. */
export const OneLine = ({ list, line, trial, run }: LineProps) => {
  const say = useSay()
  const formats = useFormats()
  const { row, state, opens } = line
  const [first] = list.columns
  const name = first?.as.tell(row[first.field], { say, formats }) || say(words.unnamed)
  const to = opens ?? list.open?.(row)
  const isRefused = !run.begun && trial?.refusal !== undefined
  return (
    <li data-state={isRefused ? 'refused' : state}>
      {to === undefined ? name : <ScreenLink to={to}>{name}</ScreenLink>}
      <span className="figure">{amountOf(list, row, trial, formats)}</span>
      {run.begun ? <Became line={line} running={run.running} /> : <Would trial={trial} words={list.events} />}
    </li>
  )
}

const Became = ({
  line: { state, said },
  running,
}: Pick<LineProps, 'line'> & { readonly running: boolean }) => {
  const say = useSay()
  const waiting = running ? words.waits : words.notSent
  return <span>{said ?? say(state === 'underway' ? words.underway : waiting)}</span>
}

/** What the entry of a document comes to, else what the document itself does. */
const amountOf = ({ worth }: AnyList, row: AnyRow, trial: Trial | undefined, formats: Formats): string => {
  const [posted] = postedBy(trial?.events ?? [])
  if (posted) return formats.money(posted[1], posted[0])
  const amount = worth?.(row)
  return amount === undefined || amount === null ? '' : formats.money(amount, String(row['currency']))
}

/** Why it would be refused, or what would be recorded: in a sentence, which opens to the whole of it. */
const Would = ({
  trial,
  words: eventWords,
}: {
  readonly trial: Trial | undefined
  readonly words: EventWords
}) => {
  const say = useSay()
  const formats = useFormats()
  if (!trial || trial.refusal !== undefined) return <span>{trial?.refusal}</span>
  const { events } = trial
  if (events.length === 0) return <span>{say(words.alreadyDone)}</span>
  const sentence = ({ type, data = {} }: RecordedEvent): string =>
    say(...sentenceOf({ type, data }, eventWords, formats))
  return (
    <details>
      <summary>{events.map(sentence).join(' · ')}</summary>
      <PreviewedEvents events={events} words={eventWords} />
    </details>
  )
}
