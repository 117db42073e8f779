import { ScreenLink } from '../frame/link.tsx'
import { useSay } from '../words/words.ts'
import type { StoryEvent } from './story.ts'
import classes from './documents.module.css'
import { kinds } from './kinds.ts'
import { words } from './words.ts'

/** Documents that the history of this one names: what it comes from and what it led to, in the order of the business. */
export const LinkedDocuments = ({
  story,
  self,
}: {
  readonly story: readonly StoryEvent[]
  readonly self: string
}) => {
  const say = useSay()
  const streams = new Set(story.flatMap(streamsOf))
  const links = Object.entries(kinds).flatMap(([category, kind]) =>
    [...streams]
      .filter(stream => stream.startsWith(`${category}-`))
      .map(stream => ({ ...kind, id: stream.slice(category.length + 1) }))
      .filter(({ to, id }) => `${to}/${id}` !== self),
  )
  return (
    <section className={classes['box']}>
      <h2>{say(words.links)}</h2>
      {links.length === 0 ? (
        <p className={classes['quiet']}>{say(words.none)}</p>
      ) : (
        <ul className={classes['linked']}>
          {links.map(({ to, id, label, as }) => (
            <li key={id}>
              <span className={classes['quiet']}>{say(label)}</span>
              <ScreenLink to={`${to}/${id}`}>
                <as.Name value={id} />
              </ScreenLink>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface Naming {
  readonly customerId?: string
  readonly invoiceId?: string
  readonly source?: { readonly kind: string; readonly id: string }
  readonly settlements?: readonly { readonly invoiceId: string }[]
  readonly orders?: readonly string[]
  readonly lines?: readonly { readonly order?: { readonly orderId: string } }[]
}

/** The stream of an event, and those of the documents that it says it is about. */
const streamsOf = ({ stream, data }: StoryEvent): readonly string[] => {
  const { customerId, invoiceId, source, settlements, orders, lines } = (data ?? {}) as Naming
  return [
    stream,
    ...(customerId === undefined ? [] : [`customer-${customerId}`]),
    ...(invoiceId === undefined ? [] : [`invoice-${invoiceId}`]),
    ...(source?.kind === 'payment' ? [`payment-${source.id}`] : []),
    ...(settlements ?? []).map(settled => `invoice-${settled.invoiceId}`),
    ...(orders ?? []).map(order => `order-${order}`),
    ...(lines ?? []).flatMap(line => (line.order ? [`order-${line.order.orderId}`] : [])),
  ]
}
