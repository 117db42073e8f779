import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get } from '../api/client.ts'
import { mayReadIn, useMe } from '../api/session.ts'
import { contexts } from '../contexts.ts'
import { mayOpen } from '../frame/declaration.ts'
import { useEntities, useEntity, useEntityNamed } from '../frame/entity.tsx'
import { ScreenLink } from '../frame/link.tsx'
import { recents } from '../frame/recent.ts'
import { dictionary, useSay } from '../words/words.ts'
import type { ContextHome, HomeTask } from './declaration.ts'
import classes from './home.module.css'

const words = dictionary('home', {
  title: { fr: 'Accueil', en: 'Home' },
  hello: { fr: 'Bonjour {{name}}', en: 'Hello {{name}}' },
  work: { fr: 'À faire', en: 'To do' },
  more: { fr: '{{count}} et plus', en: '{{count}} and more' },
  recent: { fr: 'Vus récemment', en: 'Seen lately' },
})

/** What waits for this person in the company chosen, and how it stands: the first page after sign-in. */
export default function HomePage() {
  const say = useSay()
  const me = useMe()
  const homes = useHomes()
  const title = say(words.title)
  useEffect(() => {
    document.title = `${title} · Grandlivre`
  }, [title])
  return (
    <div className={classes['page']}>
      <h1>{say(words.hello, { name: me.name ?? '' })}</h1>
      <Waiting tasks={homes.flatMap(({ tasks }) => tasks)} />
      <Figures homes={homes} />
      <div className={classes['columns']}>
        <Newest homes={homes} />
        <Seen />
      </div>
    </div>
  )
}

/** What the contexts show here, loaded with this page. */
const useHomes = (): readonly ContextHome[] => {
  const { data = [] } = useQuery({
    queryKey: ['homes'],
    staleTime: Infinity,
    queryFn: async () => {
      const loaded = await Promise.all(contexts.flatMap(({ home }) => (home ? [home()] : [])))
      return loaded.map(({ default: home }) => home)
    },
  })
  return data
}

interface HomesProps {
  readonly homes: readonly ContextHome[]
}

const Waiting = ({ tasks }: { readonly tasks: readonly HomeTask[] }) => {
  const say = useSay()
  const me = useMe()
  const entity = useEntity()
  const forms = contexts
    .flatMap(({ screens }) => screens)
    .filter(screen => screen.kind === 'form' && screen.command !== undefined)
    .filter(screen => mayOpen(me, screen, entity?.entityId))
  return (
    <section aria-label={say(words.work)} className={classes['tasks']}>
      {tasks
        .filter(({ area }) => mayReadIn(me, area, entity?.entityId))
        .map(task => (
          <TaskCard key={task.label} task={task} />
        ))}
      {forms.map(({ path, label }) => (
        <ScreenLink key={path} to={path} className={classes['begin']}>
          {say(label)}
        </ScreenLink>
      ))}
    </section>
  )
}

const TASKS_COUNTED = '100'

/** A count of the company chosen, or of all; its link opens exactly the rows that were counted. */
const TaskCard = ({ task: { label, path, query, to } }: { readonly task: HomeTask }) => {
  const say = useSay()
  const entityId = useEntity()?.entityId
  const named = useEntityNamed()
  const { data } = useQuery({
    queryKey: ['list', path, 'count', query, entityId],
    queryFn: ({ signal }) => get(path, { query: { ...query, entityId, limit: TASKS_COUNTED }, signal }),
  })
  const count = data?.items.length
  return (
    <ScreenLink to={to} search={{ ...query, entityId: named }} className={classes['task']}>
      <strong>{count === undefined ? ' ' : data?.next ? say(words.more, { count }) : count}</strong>
      <span>{say(label)}</span>
    </ScreenLink>
  )
}

/** The figures of the company chosen; of each of them, where all are looked at. */
const Figures = ({ homes }: HomesProps) => {
  const me = useMe()
  const chosen = useEntity()
  const entities = useEntities()
  return (chosen ? [chosen] : entities).flatMap(entity =>
    homes.map(
      ({ figures }) =>
        figures &&
        mayReadIn(me, figures.area, entity.entityId) && (
          <figures.Show key={`${figures.area} ${entity.entityId}`} entity={entity} />
        ),
    ),
  )
}

const Newest = ({ homes }: HomesProps) => {
  const me = useMe()
  const entity = useEntity()
  return homes.map(
    ({ newest }) =>
      newest &&
      mayReadIn(me, newest.area, entity?.entityId) && <newest.Show key={newest.area} entity={entity} />,
  )
}

const Seen = () => {
  const say = useSay()
  const { userId } = useMe()
  const seen = recents(userId)
  if (seen.length === 0) return null
  return (
    <section className={classes['box']} data-seen>
      <h2>{say(words.recent)}</h2>
      <ul>
        {seen.map(({ to, label, kind }) => (
          <li key={to}>
            <ScreenLink to={to}>{label}</ScreenLink>
            <span>{say(kind)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
