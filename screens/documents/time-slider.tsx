import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { EventWords } from './declaration.ts'
import type { Moments } from './moment.ts'
import { sentenceOf } from './sentence.ts'
import { TimeControl } from './time-control.tsx'
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
        what: say(...sentenceOf(chosen, eventWords, formats, events)),
      })
    : say(words.momentNow)
  return (
    <TimeControl
      {...{ min: 0, max: last, at, told, waits, isPast: chosen !== undefined }}
      onEarlier={at === 0 ? undefined : () => choose(events[at - 1])}
      onLater={at === last ? undefined : () => choose(events[at + 1])}
      onPlace={place => choose(events[place])}
      onNow={() => choose(undefined)}
    />
  )
}
