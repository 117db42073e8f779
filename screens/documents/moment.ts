import { useSearchState } from '../frame/link.tsx'
import type { StoryEvent } from './story.ts'

/** The moment that a document is shown at, in its address: behind which event, or now. */

const NAME = 'asOf'

export interface Moments {
  /** Moments of the document's own life, the first when it came to be. */
  readonly events: readonly StoryEvent[]
  /** The one chosen; undefined is now. */
  readonly chosen: StoryEvent | undefined
  readonly choose: (event: StoryEvent | undefined) => void
}

export const useMoments = (story: readonly StoryEvent[], id: string): Moments => {
  const [search, setSearch] = useSearchState()
  const events = story.slice(
    Math.max(
      0,
      story.findIndex(({ stream }) => stream.endsWith(id)),
    ),
  )
  const asked = Number(search[NAME] ?? NaN)
  return {
    events,
    // What was known at an ordinal between two of them is what the earlier one left.
    chosen: events.findLast(({ ordinal }) => ordinal <= asked),
    choose: event =>
      setSearch({ ...search, [NAME]: event && event !== events.at(-1) ? String(event.ordinal) : undefined }),
  }
}
