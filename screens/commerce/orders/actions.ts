import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import { action } from '../../documents/declaration.ts'
import { given, typedIn, whole } from '../../forms/declaration.ts'
import type { Line } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { day, quantity, text } from '../../shapes/shapes.tsx'
import { unit } from '../../shapes/units.ts'
import { words as commerce } from '../words.ts'
import { BilledMonth } from './billed-month.tsx'
import { monthsToBill } from './months-to-bill.ts'
import type { MonthToBill } from './months-to-bill.ts'
import { words } from './words.ts'

/** What may be done with an order, in the order in which it is done. */

type Order = Answer<'/api/commerce/orders/{id}'>

const confirm = action(
  ({ state }: Order) => state === 'placed',
  {
    command: 'commerce.confirmOrder',
    title: words.confirm,
    submit: words.confirm,
    fields: [{ name: 'confirmedOn', label: words.confirmedOn, as: day }],
    begin: ({ today }) => ({ confirmedOn: today }),
    input: (values, { orderId }) => whole({ orderId, confirmedOn: typedIn(values)('confirmedOn') }),
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
    .map(({ lineId, productCode, name, unit: code, remaining }) => ({
      lineId,
      productCode,
      name,
      remaining,
      unit: code,
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
      { name: 'unit', label: words.unit, as: unit, width: 80, fixed: true },
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
    const typed = typedIn(values)
    const lines = ((values['lines'] ?? []) as readonly Delivered[]).flatMap(({ lineId, quantity }) =>
      quantity ? [{ lineId, quantity }] : [],
    )
    const needed = whole({
      orderId,
      deliveryId: typed('deliveryId'),
      deliveredOn: typed('deliveredOn'),
      lines: lines.length > 0 ? lines : undefined,
    })
    return needed && { ...needed, ...given({ carrier: typed('carrier') }) }
  },
  done: () => [words.isDelivered, {}],
})

const billable = ({ state, ordered, cancelled, billed }: Order): boolean =>
  state !== 'placed' && billed < ordered - cancelled

/** The months of what is to bill, where one invoice cannot hold them all. */
const monthsOf = async (orderId: string): Promise<readonly MonthToBill[]> => {
  const { items } = await get('/api/commerce/orders/{id}/story', {
    values: { id: orderId },
    query: { limit: LINES_MAX },
  })
  return monthsToBill(items)
}

const bill = action(
  billable,
  {
    command: 'invoicing.draftInvoice',
    title: words.bill,
    submit: words.billIt,
    fields: [],
    Beside: BilledMonth,
    begin: async (_, { orderId }) => ({ invoiceId: newId(), months: await monthsOf(orderId) }),
    input: (values, { orderId, entityId, customerId, currency }) => {
      const invoiceId = typedIn(values)('invoiceId')
      const [first] = (values['months'] ?? []) as readonly MonthToBill[]
      const orders = [{ orderId, ...(first && { lines: first.lines }) }]
      return whole({ invoiceId, entityId, customerId, currency, orders })
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
      const typed = typedIn(values)
      return whole({ orderId, cancelledOn: typed('cancelledOn'), explanation: typed('explanation') })
    },
    done: () => [words.isCancelled, {}],
  },
  { many: true },
)

export const orderActions = [confirm, deliver, bill, cancelRemainder]
