import { defineDocument, part } from '../../documents/declaration.ts'
import { amount, day, price, quantity, rate, text } from '../../shapes/shapes.tsx'
import { unit } from '../../shapes/units.ts'
import { invoicingEvents } from '../../invoicing/event-words.ts'
import { commerceEvents } from '../event-words.ts'
import { customers } from '../references.ts'
import { words as commerce } from '../words.ts'
import { orderActions } from './actions.ts'
import { Deliveries } from './deliveries.tsx'
import { orderState, words } from './words.ts'

export default defineDocument({
  path: '/api/commerce/orders/{id}',
  story: '/api/commerce/orders/{id}/story',
  kind: commerce.order,
  name: ({ number }) => number,
  list: '/commerce/orders',
  live: 'orders',
  state: { field: 'state', label: commerce.state, as: orderState },
  amounts: [
    { field: 'net', label: words.net, as: amount },
    { field: 'freight', label: words.freight, as: amount },
  ],
  facts: [
    { field: 'customerId', label: commerce.customer, as: customers },
    { field: 'purchaseOrder', label: words.purchaseOrder, as: text },
    { field: 'orderedOn', label: words.orderedOn, as: day },
    { field: 'requestedOn', label: words.requestedOn, as: day },
    { field: 'confirmedOn', label: words.confirmedOn, as: day },
    { field: 'deliveredOn', label: words.deliveredOn, as: day },
    { field: 'currency', label: commerce.currency, as: text },
  ],
  parts: [
    part({
      path: '/api/commerce/orders/{id}/lines',
      title: words.lines,
      key: 'lineId',
      columns: [
        { field: 'productCode', label: commerce.product, as: text, width: 90 },
        { field: 'name', label: commerce.name, as: text, width: 220 },
        { field: 'unit', label: words.unit, as: unit, width: 70 },
        { field: 'ordered', label: words.ordered, as: quantity, width: 80 },
        { field: 'delivered', label: words.deliveredQuantity, as: quantity, width: 80 },
        { field: 'billed', label: words.billed, as: quantity, width: 80 },
        { field: 'unitPrice', label: words.unitPrice, as: price, width: 90 },
        { field: 'discountRate', label: words.discount, as: rate, width: 70 },
        { field: 'net', label: words.net, as: amount, width: 100, sum: true },
      ],
    }),
  ],
  actions: orderActions,
  events: { ...commerceEvents, ...invoicingEvents },
  Body: Deliveries,
})
