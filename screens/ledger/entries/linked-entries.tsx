import documentClasses from '../../documents/documents.module.css'
import type { StoryEvent } from '../../documents/story.ts'
import { ScreenLink } from '../../frame/link.tsx'
import { useSay } from '../../words/words.ts'
import { words } from '../words.ts'
import { useEntriesOf } from './use-entries.ts'

/** The entries that the events of a history posted, among the links of its document. */
export default function LinkedEntries({ events }: { readonly events: readonly StoryEvent[] }) {
  const say = useSay()
  const entries = useEntriesOf(events.map(({ eventId }) => eventId))
  return entries.map(({ ordinal, journal, number }) => (
    <li key={ordinal}>
      <span className={documentClasses['quiet']}>{say(words.entry)}</span>
      <ScreenLink to={`/ledger/entries/${ordinal}`}>{say(words.entryTitle, { journal, number })}</ScreenLink>
    </li>
  ))
}
