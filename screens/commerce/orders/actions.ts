import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { action } from '../../documents/declaration.ts'
import { given, whole } from '../../forms/declaration.ts'
import type { Line, Values } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { day, quantity, text } from '../../shapes/shapes.tsx'
import { words as commerce } from '../words.ts'
import { words } from './words.ts'

/** What may be done with an order, in the order in which it is done. */

type Order = Answer<'/api/commerce/orders/{id}'>

const typedIn = (values: Values) => values as Readonly<Record<string, string | undefined>>

const confirm = action(
  ({ state }: Order) => state === 'placed',
  {
    command: 'commerce.confirmOrder',
    title: words.confirm,
    submit: words.confirm,
    fields: [{ name: 'confirmedOn', label: words.confirmedOn, as: day }],
    begin: ({ today }) => ({ confirmedOn: today }),
    input: (values, { orderId }) => whole({ orderId, confirmedOn: typedIn(values)['confirmedOn'] }),
    done: () => [words.isConfirmed, {}],
  },
  { many: true },
)

const LINES_MAX = '500'

/** The lines of which something is left to deliver, with what is left. */
const undelivered = async ({ orderId }: Order): Promise<readonly Line[]> => {
  const { items } = await get('/api/commerce/orders/{id}/lines', {
    values: { id: orderId },
    query: { limit: LINES_MAX },
  })
  return items
    .map(line => ({ ...line, remaining: line.ordered - line.delivered - line.cancelled }))
    .filter(({ remaining }) => remaining > 0)
    .map(({ lineId, productCode, name, remaining }) => ({
      lineId,
      productCode,
      name,
      remaining,
      quantity: remaining,
    }))
}

interface Delivered {
  readonly lineId: string
  readonly quantity?: number
}

const deliver = action(({ state }: Order) => state === 'confirmed' || state === 'partlyDelivered', {
  command: 'commerce.deliverOrder',
  title: words.deliver,
  submit: words.deliver,
  fields: [
    { name: 'deliveredOn', label: words.deliveredOn, as: day },
    { name: 'carrier', label: words.carrier, as: text, optional: true },
  ],
  lines: {
    name: 'lines',
    label: words.lines,
    columns: [
      { name: 'productCode', label: commerce.product, as: text, width: 90, fixed: true },
      { name: 'name', label: commerce.name, as: text, width: 260, fixed: true },
      { name: 'remaining', label: words.remaining, as: quantity, width: 80, fixed: true },
      { name: 'quantity', label: words.toDeliver, as: quantity, width: 110 },
    ],
    id: 'lineId',
    leftOut: line => !(line as Partial<Delivered>).quantity,
  },
  begin: async ({ today }, order) => ({
    deliveryId: newId(),
    deliveredOn: today,
    lines: await undelivered(order),
  }),
  input: (values, { orderId }) => {
    const { deliveryId, deliveredOn, carrier } = typedIn(values)
    const lines = ((values['lines'] ?? []) as readonly Delivered[]).flatMap(({ lineId, quantity }) =>
      quantity ? [{ lineId, quantity }] : [],
    )
    const needed = whole({ orderId, deliveryId, deliveredOn, lines: lines.length > 0 ? lines : undefined })
    return needed && { ...needed, ...given({ carrier }) }
  },
  done: () => [words.isDelivered, {}],
})

const billable = ({ state, ordered, cancelled, billed }: Order): boolean =>
  state !== 'placed' && billed < ordered - cancelled

const bill = action(
  billable,
  {
    command: 'invoicing.draftInvoice',
    title: words.bill,
    submit: words.billIt,
    fields: [],
    begin: () => ({ invoiceId: newId() }),
    input: (values, { orderId, entityId, customerId, currency }) => {
      const { invoiceId } = typedIn(values)
      return whole({ invoiceId, entityId, customerId, currency, orders: [{ orderId }] })
    },
    opens: ({ invoiceId }) => `/invoicing/invoices/${invoiceId}`,
    done: () => [words.isDrafted, {}],
  },
  { many: true },
)

const cancelRemainder = action(
  ({ state }: Order) => state !== 'delivered' && state !== 'cancelled',
  {
    command: 'commerce.cancelOrderRemainder',
    title: words.cancelRemainder,
    submit: words.cancelRemainder,
    fields: [
      { name: 'cancelledOn', label: words.cancelledOn, as: day },
      { name: 'explanation', label: words.explanation, as: text, wide: true },
    ],
    begin: ({ today }) => ({ cancelledOn: today }),
    input: (values, { orderId }) => {
      const { cancelledOn, explanation } = typedIn(values)
      return whole({ orderId, cancelledOn, explanation: explanation?.trim() || undefined })
    },
    done: () => [words.isCancelled, {}],
  },
  { many: true },
)

export const orderActions = [confirm, deliver, bill, cancelRemainder]
