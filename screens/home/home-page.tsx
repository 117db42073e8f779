import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get } from '../api/client.ts'
import type { ListPath } from '../api/client.ts'
import { mayRead, maySend, useMe } from '../api/session.ts'
import type { Area } from '../api/session.ts'
import { contexts } from '../contexts.ts'
import { useOneEntity } from '../frame/entity.tsx'
import { ScreenLink } from '../frame/link.tsx'
import { recents } from '../frame/recent.ts'
import { today } from '../shapes/parsed-input.tsx'
import { shiftDay } from '../words/formats.ts'
import { useFormats } from '../words/use-formats.ts'
import { dictionary, useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'
import classes from './home.module.css'

const words = dictionary('home', {
  title: { fr: 'Accueil', en: 'Home' },
  hello: { fr: 'Bonjour {{name}}', en: 'Hello {{name}}' },
  work: { fr: 'À faire', en: 'To do' },
  toDeliver: { fr: 'Commandes à livrer', en: 'Orders to deliver' },
  toConfirm: { fr: 'Commandes à confirmer', en: 'Orders to confirm' },
  drafts: { fr: 'Factures à émettre', en: 'Invoices to issue' },
  overdue: { fr: 'Créances échues', en: 'Overdue' },
  toValidate: { fr: 'Écritures à valider', en: 'Entries to validate' },
  unallocated: { fr: 'Encaissements à affecter', en: 'Payments to allocate' },
  more: { fr: '{{count}} et plus', en: '{{count}} and more' },
  newest: { fr: 'Dernières factures', en: 'Newest invoices' },
  recent: { fr: 'Vus récemment', en: 'Seen lately' },
  begin: { fr: 'Commencer', en: 'Begin' },
  owed: { fr: 'Reste à encaisser', en: 'Left to receive' },
  notDue: { fr: 'non échu', en: 'not due' },
  days1To30: { fr: '1–30 j', en: '1–30 d' },
  days31To60: { fr: '31–60 j', en: '31–60 d' },
  days61To90: { fr: '61–90 j', en: '61–90 d' },
  over90: { fr: '> 90 j', en: '> 90 d' },
  unallocatedSum: { fr: 'non affecté', en: 'unallocated' },
})

/** What waits for this person, and how the house stands: the first page after sign-in. */
export default function HomePage() {
  const say = useSay()
  const me = useMe()
  const title = say(words.title)
  useEffect(() => {
    document.title = `${title} · Grandlivre`
  }, [title])
  return (
    <div className={classes['page']}>
      <h1>{say(words.hello, { name: me.name ?? '' })}</h1>
      {mayRead(me, 'invoicing') && (
        <>
          <Waiting />
          <Owed />
        </>
      )}
      <div className={classes['columns']}>
        {mayRead(me, 'invoicing') && <NewestInvoices />}
        <Seen />
      </div>
    </div>
  )
}

interface Task {
  readonly label: Text
  readonly path: ListPath
  readonly query: Readonly<Record<string, string | readonly string[]>>
  readonly to: string
  /** Of those who read this area. */
  readonly area: Area
}

const TASKS_COUNTED = '100'

const tasksOf = (day: string): readonly Task[] => [
  {
    label: words.toConfirm,
    path: '/api/commerce/orders',
    query: { state: 'placed' },
    to: '/commerce/orders',
    area: 'commerce',
  },
  {
    label: words.toDeliver,
    path: '/api/commerce/orders',
    query: { state: ['confirmed', 'partlyDelivered'] },
    to: '/commerce/orders',
    area: 'commerce',
  },
  {
    label: words.drafts,
    path: '/api/invoicing/invoices',
    query: { state: 'draft' },
    to: '/invoicing/invoices',
    area: 'invoicing',
  },
  {
    label: words.overdue,
    path: '/api/invoicing/open-items',
    // What falls due today is not late yet.
    query: { kind: 'invoice', dueOnTo: shiftDay(day, -1) },
    to: '/invoicing/open-items',
    area: 'invoicing',
  },
  {
    label: words.unallocated,
    path: '/api/invoicing/unallocated-payments',
    query: {},
    to: '/invoicing/allocation',
    area: 'invoicing',
  },
  {
    label: words.toValidate,
    path: '/api/ledger/manual-entries',
    query: { state: 'draft' },
    to: '/ledger/manual-entries',
    area: 'ledger',
  },
]

const Waiting = () => {
  const say = useSay()
  const me = useMe()
  const forms = contexts
    .flatMap(({ screens }) => screens)
    .filter(({ kind, command }) => kind === 'form' && command !== undefined && maySend(me, command))
  return (
    <section aria-label={say(words.work)} className={classes['tasks']}>
      {tasksOf(today())
        .filter(({ area }) => mayRead(me, area))
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

const TaskCard = ({ task: { label, path, query, to } }: { readonly task: Task }) => {
  const say = useSay()
  const { data } = useQuery({
    queryKey: ['list', path, 'count', query],
    queryFn: ({ signal }) => get(path, { query: { ...query, limit: TASKS_COUNTED }, signal }),
  })
  const count = data?.items.length
  return (
    <ScreenLink to={to} search={query} className={classes['task']}>
      <strong>{count === undefined ? ' ' : data?.next ? say(words.more, { count }) : count}</strong>
      <span>{say(label)}</span>
    </ScreenLink>
  )
}

const BUCKETS = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90'] as const

/** What customers owe, by how long it has been due. */
const Owed = () => {
  const say = useSay()
  const formats = useFormats()
  const entity = useOneEntity()
  const day = today()
  const { data } = useQuery({
    queryKey: ['ageing', entity?.entityId, day],
    enabled: entity !== undefined,
    queryFn: ({ signal }) =>
      get('/api/invoicing/ageing/totals', { query: { entityId: entity?.entityId, at: day }, signal }),
  })
  return (
    <section className={classes['owed']} aria-label={say(words.owed)}>
      {(data?.items ?? []).map(totals => (
        <dl key={totals.currency}>
          <div>
            <dt>{say(words.owed)}</dt>
            <dd className="figure">{formats.money(totals.total, totals.currency)}</dd>
          </div>
          {BUCKETS.map(bucket => (
            <div key={bucket}>
              <dt>{say(words[bucket])}</dt>
              <dd className="figure">{formats.money(totals[bucket], totals.currency)}</dd>
            </div>
          ))}
          <div>
            <dt>{say(words.unallocatedSum)}</dt>
            <dd className="figure">{formats.money(totals.unallocated, totals.currency)}</dd>
          </div>
        </dl>
      ))}
    </section>
  )
}

const NEWEST = '8'

const NewestInvoices = () => {
  const say = useSay()
  const formats = useFormats()
  const { data } = useQuery({
    queryKey: ['list', '/api/invoicing/invoices', 'newest'],
    queryFn: ({ signal }) =>
      get('/api/invoicing/invoices', {
        query: { state: 'issued', sort: '-issuedOn', limit: NEWEST },
        signal,
      }),
  })
  return (
    <section className={classes['box']}>
      <h2>{say(words.newest)}</h2>
      <ul>
        {(data?.items ?? []).map(({ invoiceId, number, buyerName, buyerCode, issuedOn, gross, currency }) => (
          <li key={invoiceId}>
            <ScreenLink to={`/invoicing/invoices/${invoiceId}`}>{number}</ScreenLink>
            <span>{formats.day(issuedOn ?? '')}</span>
            <span className={classes['name']}>{buyerName ?? buyerCode}</span>
            <span className="figure">{formats.money(gross ?? 0, currency)}</span>
          </li>
        ))}
      </ul>
    </section>
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
