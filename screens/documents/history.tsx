import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { amount, choice, day, text } from '../shapes/shapes.tsx'
import { Value } from '../shapes/value.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import { changesOf } from './changes.ts'
import type { Change } from './changes.ts'
import type { AnyDocument, EventWords } from './declaration.ts'
import type { Moments } from './moment.ts'
import { sentenceOf } from './sentence.ts'
import type { StoryEvent } from './story.ts'
import classes from './documents.module.css'
import type { useStory } from './use-document.ts'
import { words } from './words.ts'

const ORIGINS: Readonly<Record<string, Text>> = {
  demo: words.originDemo,
  api: words.originApi,
  import: words.originImport,
  cli: words.originCli,
  job: words.originJob,
}

/** Everything that happened to a document, in words: who, when, why, and what stands now where what stood before. */
export const History = ({
  document: { events: eventWords, facts },
  story,
  moments,
}: {
  readonly document: Pick<AnyDocument, 'events' | 'facts'>
  readonly story: ReturnType<typeof useStory>
  readonly moments: Moments
}) => {
  const say = useSay()
  const { events, hasNextPage, fetchNextPage } = story
  const changes = changesOf(events)
  return (
    <section className={classes['box']}>
      <h2>{say(words.history)}</h2>
      <ol className={classes['history']}>
        {events.map((event, i) => (
          <li key={event.eventId} aria-current={event === moments.chosen ? 'step' : undefined}>
            <Happening event={event} story={events} words={eventWords} moments={moments}>
              {changes[i]?.map(change => (
                <Changed key={change.path} change={change} facts={facts} />
              ))}
            </Happening>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="subtle" onClick={() => void fetchNextPage()}>
          {say(words.more)}
        </Button>
      )}
    </section>
  )
}

interface HappeningProps {
  readonly event: StoryEvent
  readonly story: readonly StoryEvent[]
  readonly words: EventWords
  readonly moments: Moments
  /** What it put where something else stood. */
  readonly children: ReactNode
}

const Happening = ({ event, story, words: eventWords, moments, children }: HappeningProps) => {
  const say = useSay()
  const formats = useFormats()
  const { data, recordedAt, actorName, origin } = event
  const reason = data?.['explanation']
  const from = ORIGINS[origin]
  const when = <time dateTime={recordedAt}>{formats.instant(recordedAt)}</time>
  return (
    <>
      {moments.events.includes(event) ? (
        <button
          type="button"
          className={classes['when']}
          title={say(words.showMoment)}
          onClick={() => moments.choose(event)}
        >
          {when}
        </button>
      ) : (
        when
      )}
      <div>
        <p>{say(...sentenceOf(event, eventWords, formats, story))}</p>
        {typeof reason === 'string' && <p className={classes['quiet']}>{say(words.reason, { reason })}</p>}
        {children}
      </div>
      <span className={classes['quiet']}>
        {actorName ?? say(words.byProgram)}
        {from && ` · ${say(from)}`}
      </span>
    </>
  )
}

/** What lines of documents say. */
const LINE_FACTS: AnyDocument['facts'] = [
  { field: 'account', label: words.account, as: text },
  { field: 'label', label: words.label, as: text },
  { field: 'side', label: words.side, as: choice({ debit: words.debit, credit: words.credit }) },
  { field: 'amount', label: words.amount, as: amount },
  { field: 'dueOn', label: words.dueOn, as: day },
]

/** Named and written as the document's own fact of that name, or as lines have it. */
const Changed = ({ change, facts }: { readonly change: Change; readonly facts: AnyDocument['facts'] }) => {
  const say = useSay()
  const { path, before, after } = change
  const known = change.line === undefined ? facts : LINE_FACTS
  const fact = known.find(({ field }) => field === path.split('.').at(-1))
  const name = fact ? say(fact.label) : path.replace(/^lines\.\d+\./, '')
  const as = fact?.as ?? text
  return (
    <p className={classes['change']}>
      {change.line === undefined ? name : say(words.cellOf, { n: change.line, column: name })} :{' '}
      <del>
        <Value as={as} value={before} />
      </del>{' '}
      →{' '}
      <ins>
        <Value as={as} value={after} />
      </ins>
    </p>
  )
}
