import { Button } from '@mantine/core'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import { changesOf } from './changes.ts'
import type { EventWords } from './declaration.ts'
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
  events: eventWords,
  story,
  moments,
}: {
  readonly events: EventWords
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
            <Happening event={event} words={eventWords} changes={changes[i] ?? []} moments={moments} />
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
  readonly words: EventWords
  readonly changes: ReturnType<typeof changesOf>[number]
  readonly moments: Moments
}

const Happening = ({ event, words: eventWords, changes, moments }: HappeningProps) => {
  const say = useSay()
  const formats = useFormats()
  const { data, recordedAt, actorName, origin } = event
  const reason = data?.['explanation']
  const from = ORIGINS[origin]
  return (
    <>
      {moments.events.includes(event) ? (
        <button
          type="button"
          className={classes['when']}
          title={say(words.showMoment)}
          onClick={() => moments.choose(event)}
        >
          <time dateTime={recordedAt}>{formats.instant(recordedAt)}</time>
        </button>
      ) : (
        <time dateTime={recordedAt}>{formats.instant(recordedAt)}</time>
      )}
      <div>
        <p>{say(...sentenceOf(event, eventWords, formats))}</p>
        {typeof reason === 'string' && <p className={classes['quiet']}>{say(words.reason, { reason })}</p>}
        {changes.map(({ path, before, after }) => (
          <p key={path} className={classes['change']}>
            {path} : <del>{before}</del> → <ins>{after}</ins>
          </p>
        ))}
      </div>
      <span className={classes['quiet']}>
        {actorName ?? say(words.byProgram)}
        {from && ` · ${say(from)}`}
      </span>
    </>
  )
}
