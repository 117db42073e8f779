import { lazy, Suspense } from 'react'
import { contexts } from '../contexts.ts'
import { ScreenLink } from '../frame/link.tsx'
import { useSay } from '../words/words.ts'
import type { StoryEvent } from './story.ts'
import classes from './documents.module.css'
import { documentsOf } from './kinds.ts'
import type { LinkedDocument } from './kinds.ts'
import { words } from './words.ts'

/** What a history leads to besides documents, as the contexts declare it. */
const leads = contexts.flatMap(({ leads: declared }) =>
  declared ? [{ from: declared.from, Show: lazy(declared.load) }] : [],
)

/** What the history of this document names: what it comes from and what it led to, in the order of the business. */
export const LinkedDocuments = ({
  story,
  self,
}: {
  readonly story: readonly StoryEvent[]
  readonly self: string
}) => {
  const say = useSay()
  const links = documentsOf(story.flatMap(streamsOf)).filter(({ to, id }) => `${to}/${id}` !== self)
  const further = leads
    .map(({ from, Show }) => ({ Show, events: story.filter(from) }))
    .filter(({ events }) => events.length > 0)
  return (
    <section className={classes['box']}>
      <h2>{say(words.links)}</h2>
      {links.length + further.length === 0 ? (
        <p className={classes['quiet']}>{say(words.none)}</p>
      ) : (
        <ul className={classes['linked']}>
          <DocumentLinks documents={links} />
          <Suspense>
            {further.map(({ Show, events }, i) => (
              <Show key={i} events={events} />
            ))}
          </Suspense>
        </ul>
      )}
    </section>
  )
}

/** Documents as lines of a list: what each is, and its name, which opens it. */
export const DocumentLinks = ({ documents }: { readonly documents: readonly LinkedDocument[] }) => {
  const say = useSay()
  return documents.map(({ to, id, label, Name }) => (
    <li key={id}>
      <span className={classes['quiet']}>{say(label)}</span>
      <ScreenLink to={`${to}/${id}`} title={say(label)}>
        <Suspense>
          <Name value={id} />
        </Suspense>
      </ScreenLink>
    </li>
  ))
}

/** The stream of an event, and those of the documents that each context finds named in it. */
const streamsOf = ({ stream, data }: StoryEvent): readonly string[] => [
  stream,
  ...contexts.flatMap(({ links }) => links?.(data ?? {}) ?? []),
]
