import { ActionIcon, Button } from '@mantine/core'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { EventWords } from './declaration.ts'
import classes from './documents.module.css'
import type { Moments } from './moment.ts'
import { sentenceOf } from './sentence.ts'
import { words } from './words.ts'

interface Props {
  readonly moments: Moments
  readonly words: EventWords
  /** While what is shown is still of another moment. */
  readonly waits: boolean
}

/** Goes through the moments of a document's life, each behind one of its events. */
export const TimeSlider = ({ moments, words: eventWords, waits }: Props) => {
  const say = useSay()
  const formats = useFormats()
  const { events, chosen, choose } = moments
  const last = events.length - 1
  if (last < 1) return null
  const at = chosen ? events.indexOf(chosen) : last
  const told = chosen
    ? say(words.asKnown, {
        when: formats.instant(chosen.recordedAt),
        what: say(...sentenceOf(chosen, eventWords, formats)),
      })
    : say(words.momentNow)
  return (
    <section
      className={classes['moment']}
      aria-label={say(words.moment)}
      data-past={chosen ? true : undefined}
    >
      <ActionIcon
        variant="subtle"
        aria-label={say(words.earlier)}
        disabled={at === 0}
        onClick={() => choose(events[at - 1])}
      >
        ◀
      </ActionIcon>
      <input
        type="range"
        min={0}
        max={last}
        value={at}
        aria-label={say(words.moment)}
        aria-valuetext={told}
        onChange={event => choose(events[Number(event.currentTarget.value)])}
      />
      <ActionIcon
        variant="subtle"
        aria-label={say(words.later)}
        disabled={at === last}
        onClick={() => choose(events[at + 1])}
      >
        ▶
      </ActionIcon>
      <span role="status">{waits ? say(words.momentComes) : told}</span>
      {chosen && (
        <Button variant="default" size="compact-sm" onClick={() => choose(undefined)}>
          {say(words.backToNow)}
        </Button>
      )}
    </section>
  )
}
