import { useQuery } from '@tanstack/react-query'
import { get, preview, Problem } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { useLive } from '../../api/use-live.ts'
import { maySendIn, useMe } from '../../api/session.ts'
import documentClasses from '../../documents/documents.module.css'
import { EntityLink } from '../../frame/entity.tsx'
import type { Search } from '../../frame/link.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import type { Text } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { lastDayOf } from '../months.tsx'
import type { OneMonth } from './actions.ts'
import type { LedgerMonth } from './use-ledger-months.ts'
import { words } from './words.ts'

/** What is missing before a month is closed: counts, each opening what it counts, and what the command would answer. */

type Counts = Answer<'/api/ledger/months/{period}/checklist'>

interface Item {
  readonly label: Text
  readonly hint: Text
  readonly count: number
  readonly to?: string
  readonly search?: Search
}

const itemsOf = (counts: Counts, { period, journals }: LedgerMonth): readonly Item[] => [
  {
    label: words.manualDrafts,
    hint: words.manualDraftsHint,
    count: counts.manualDrafts,
    to: '/ledger/manual-entries',
    search: { state: 'draft', accountingDateTo: lastDayOf(period) },
  },
  {
    label: words.unallocatedPayments,
    hint: words.unallocatedHint,
    count: counts.unallocatedPayments,
    to: '/invoicing/allocation',
    search: { bankDateTo: lastDayOf(period) },
  },
  {
    label: words.invoiceRequests,
    hint: words.invoiceRequestsHint,
    count: counts.invoiceRequests,
    to: '/invoicing/invoices',
    search: { state: 'requested' },
  },
  {
    label: words.invoiceDrafts,
    hint: words.invoiceDraftsHint,
    count: counts.invoiceDrafts,
    to: '/invoicing/invoices',
    search: { state: 'draft' },
  },
  {
    label: words.unlocked,
    hint: words.unlockedHint,
    count: journals.filter(({ lockedAt }) => lockedAt === null).length,
  },
]

const CHECKLIST = 'closing-checklist'

/** Read again as anything changes that it counts. */
const useLiveChecklist = (): void => {
  useLive('ledger', CHECKLIST)
  useLive('manual_entries', CHECKLIST)
  useLive('receivables', CHECKLIST)
  useLive('invoices', CHECKLIST)
}

interface Props {
  readonly of: OneMonth
  readonly month: LedgerMonth
}

export const Checklist = ({ of, month }: Props) => {
  const say = useSay()
  useLiveChecklist()
  const { data } = useQuery({
    queryKey: [CHECKLIST, of],
    queryFn: ({ signal }) =>
      get('/api/ledger/months/{period}/checklist', {
        values: { period: of.period },
        query: { entityId: of.entityId },
        signal,
      }),
  })
  return (
    <section className={documentClasses['box']}>
      <h2>{say(words.checklist)}</h2>
      <ul className={classes['checklist']}>
        {data && itemsOf(data, month).map(item => <OneItem key={item.label} item={item} />)}
      </ul>
      <Verdict of={of} />
    </section>
  )
}

const OneItem = ({ item: { label, hint, count, to, search } }: { readonly item: Item }) => {
  const say = useSay()
  const formats = useFormats()
  const counted = formats.count(count)
  return (
    <li data-done={count === 0 || undefined}>
      <strong className="figure">
        {to !== undefined && count > 0 ? (
          <EntityLink to={to} {...(search && { search })}>
            {counted}
          </EntityLink>
        ) : (
          counted
        )}
      </strong>
      <span>{say(label)}</span>
      <span className={documentClasses['quiet']}>{count > 0 && say(hint)}</span>
    </li>
  )
}

/** The cut, tried without recording anything: what refuses it is said before anybody asks for it. */
const Verdict = ({ of }: Pick<Props, 'of'>) => {
  const say = useSay()
  const may = maySendIn(useMe(), 'ledger.cutPeriod', of.entityId)
  const { data, error } = useQuery({
    queryKey: [CHECKLIST, 'ledger.cutPeriod', of],
    enabled: may,
    retry: false,
    staleTime: 0,
    queryFn: ({ signal }) => preview('ledger.cutPeriod', of, signal),
  })
  if (!may) return <p className={documentClasses['quiet']}>{say(words.chiefOnly)}</p>
  const refusal = error instanceof Problem ? error.message : undefined
  return (
    <p className={classes['verdict']} data-refused={refusal !== undefined || undefined}>
      <span className={documentClasses['quiet']}>{say(words.verdict)}</span>{' '}
      {refusal ?? (data && say(words.wouldCut))}
    </p>
  )
}
