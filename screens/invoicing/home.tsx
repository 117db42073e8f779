import { useQuery } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import { useEntities } from '../frame/entity.tsx'
import type { LegalEntity } from '../frame/entity.tsx'
import { ScreenLink } from '../frame/link.tsx'
import type { ContextHome } from '../home/declaration.ts'
import classes from '../home/home.module.css'
import { today } from '../words/days.ts'
import { useFormats } from '../words/use-formats.ts'
import { dictionary, useSay } from '../words/words.ts'

const words = dictionary('invoicing.home', {
  drafts: { fr: 'Factures à émettre', en: 'Invoices to issue' },
  overdue: { fr: 'Créances échues', en: 'Overdue' },
  unallocated: { fr: 'Encaissements à affecter', en: 'Payments to allocate' },
  newest: { fr: 'Dernières factures', en: 'Newest invoices' },
  owed: { fr: 'Reste à encaisser', en: 'Left to receive' },
  notDue: { fr: 'non échu', en: 'not due' },
  days1To30: { fr: '1–30 j', en: '1–30 d' },
  days31To60: { fr: '31–60 j', en: '31–60 d' },
  days61To90: { fr: '61–90 j', en: '61–90 d' },
  over90: { fr: '> 90 j', en: '> 90 d' },
  unallocatedSum: { fr: 'non affecté', en: 'unallocated' },
})

const BUCKETS = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90'] as const

/** What customers owe, by how long it has been due. */
const Owed = ({ entity: { entityId, name, timeZone } }: { readonly entity: LegalEntity }) => {
  const say = useSay()
  const formats = useFormats()
  const several = useEntities().length > 1
  const day = today(timeZone)
  const { data } = useQuery({
    queryKey: ['ageing', entityId, day],
    queryFn: ({ signal }) => get('/api/invoicing/ageing/totals', { query: { entityId, at: day }, signal }),
  })
  return (
    <section className={classes['owed']} aria-label={say(words.owed)}>
      {several && <h2>{name}</h2>}
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

/** The last invoices, each with what it comes to. */
const NewestInvoices = ({ entity }: { readonly entity: LegalEntity | undefined }) => {
  const say = useSay()
  const formats = useFormats()
  const { data } = useQuery({
    queryKey: ['list', '/api/invoicing/invoices', 'newest', entity?.entityId],
    queryFn: ({ signal }) =>
      get('/api/invoicing/invoices', {
        query: { state: 'issued', sort: '-issuedOn', limit: NEWEST, entityId: entity?.entityId },
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

const area = 'invoicing'

export default {
  tasks: [
    {
      label: words.drafts,
      path: '/api/invoicing/invoices',
      query: { state: 'draft' },
      to: '/invoicing/invoices',
      area,
    },
    {
      label: words.overdue,
      path: '/api/invoicing/open-items',
      query: { kind: 'invoice', overdue: 'true' },
      to: '/invoicing/open-items',
      area,
    },
    {
      label: words.unallocated,
      path: '/api/invoicing/unallocated-payments',
      query: {},
      to: '/invoicing/allocation',
      area,
    },
  ],
  figures: { area, Show: Owed },
  newest: { area, Show: NewestInvoices },
} satisfies ContextHome
