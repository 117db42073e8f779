import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { get } from '../../api/client.ts'
import { useLive } from '../../api/use-live.ts'
import { customers } from '../../commerce/references.ts'
import { EntityLink, useOneEntity } from '../../frame/entity.tsx'
import { useSearchState } from '../../frame/link.tsx'
import { Failed, Loading, Message } from '../../frame/messages.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import { words as invoicing } from '../words.ts'
import { leftOf } from './allocate-form.ts'
import classes from './allocation.module.css'
import { Allocations } from './allocations.tsx'
import type { Payment } from './open-invoices.ts'
import { PaymentPanel } from './payment-panel.tsx'
import { words } from './words.ts'

const PAGE = '200'

const one = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The payments that something is left of, narrowed as the address says, the oldest first. */
const useUnallocated = () => {
  const entity = useOneEntity()
  const [search] = useSearchState()
  const narrowed = { customerId: one(search['customerId']), bankDateTo: one(search['bankDateTo']) }
  useLive('receivables', 'unallocated')
  const payments = useInfiniteQuery({
    queryKey: ['unallocated', entity?.entityId, narrowed],
    enabled: entity !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      get('/api/invoicing/unallocated-payments', {
        query: { ...narrowed, entityId: entity?.entityId, sort: 'bankDate', limit: PAGE, cursor: pageParam },
        signal,
      }),
    getNextPageParam: page => page.next,
  })
  return { ...payments, narrowed, items: payments.data?.pages.flatMap(page => page.items) }
}

/** Payments to the left, the open invoices of the one chosen to the right: allocated without a mouse. */
export default function AllocationPage() {
  const say = useSay()
  const formats = useFormats()
  const [search, setSearch] = useSearchState()
  const { items, error, refetch, narrowed } = useUnallocated()
  const list = useRef<HTMLUListElement>(null)
  const chosen = items?.find(({ paymentId }) => paymentId === search['paymentId']) ?? items?.[0]
  const choose = (payment: Payment): void => setSearch({ ...search, paymentId: payment.paymentId })
  const isNarrowed = narrowed.customerId !== undefined || narrowed.bankDateTo !== undefined
  if (!items) return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />
  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <h1>{say(invoicing.allocation)}</h1>
        {narrowed.customerId !== undefined && <customers.Name value={narrowed.customerId} />}
        {narrowed.bankDateTo !== undefined && (
          <span>{say(words.until, { day: formats.day(narrowed.bankDateTo) })}</span>
        )}
        {isNarrowed && <EntityLink to="/invoicing/allocation">{say(words.showAll)}</EntityLink>}
      </header>
      {chosen ? (
        <div className={classes['bench']}>
          <PaymentList list={list} payments={items} chosen={chosen} onChoose={choose} />
          <PaymentPanel
            key={`${chosen.paymentId} ${chosen.allocated}`}
            payment={chosen}
            onLeave={() => list.current?.focus()}
          />
        </div>
      ) : (
        <>
          <Message title={say(words.none)} hint={say(words.noneHint)} />
          {narrowed.customerId !== undefined && <Allocations of={{ customerId: narrowed.customerId }} />}
        </>
      )}
    </div>
  )
}

interface ListProps {
  readonly list: RefObject<HTMLUListElement | null>
  readonly payments: readonly Payment[]
  readonly chosen: Payment
  readonly onChoose: (payment: Payment) => void
}

const optionId = ({ paymentId }: Payment): string => `payment-${paymentId}`

const PaymentList = ({ list, payments, chosen, onChoose }: ListProps) => {
  const say = useSay()
  const formats = useFormats()
  useEffect(() => list.current?.focus(), [list])
  const press = (event: KeyboardEvent): void => {
    const at = payments.indexOf(chosen)
    const moves: Partial<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: payments.length - 1,
    }
    const to = moves[event.key]
    const next = to === undefined ? undefined : payments[to]
    if (event.key === 'Enter') document.querySelector<HTMLElement>('[data-cell] input')?.focus()
    else if (next) onChoose(next)
    else return
    event.preventDefault()
  }
  return (
    <ul
      ref={list}
      className={classes['payments']}
      role="listbox"
      aria-label={say(words.payments)}
      aria-activedescendant={optionId(chosen)}
      tabIndex={0}
      onKeyDown={press}
    >
      {payments.map(payment => (
        <li
          key={payment.paymentId}
          id={optionId(payment)}
          role="option"
          aria-selected={payment === chosen}
          onClick={() => onChoose(payment)}
        >
          <span>
            <customers.Name value={payment.customerId} />
          </span>
          <strong className="figure">{formats.money(leftOf(payment), payment.currency)}</strong>
          <span className={classes['quiet']}>
            {formats.day(payment.bankDate)} · {payment.bankReference}
          </span>
        </li>
      ))}
    </ul>
  )
}
