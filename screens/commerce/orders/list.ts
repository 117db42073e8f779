import { legalEntity } from '../../frame/entity.tsx'
import { defineList } from '../../lists/declaration.ts'
import { amount, day, instant, month, text } from '../../shapes/shapes.tsx'
import { invoicingEvents } from '../../invoicing/event-words.ts'
import { commerceEvents } from '../event-words.ts'
import { customers } from '../references.ts'
import { words as commerce } from '../words.ts'
import { orderActions } from './actions.ts'
import { orderState, words } from './words.ts'

export default defineList({
  path: '/api/commerce/orders',
  title: commerce.orders,
  key: 'orderId',
  open: ({ orderId }) => `/commerce/orders/${orderId}`,
  live: 'orders',
  searchable: true,
  perEntity: true,
  sort: '-orderedOn',
  sorts: ['number', 'orderedOn', 'deliveredOn', 'net', 'changedAt'],
  columns: [
    { field: 'number', label: commerce.number, as: text, width: 110 },
    { field: 'orderedOn', label: words.orderedOn, as: day, width: 90 },
    { field: 'customerId', label: commerce.customer, as: customers, width: 240 },
    { field: 'purchaseOrder', label: words.purchaseOrder, as: text, width: 130, spare: 2 },
    { field: 'state', label: commerce.state, as: orderState, width: 130 },
    { field: 'deliveredOn', label: words.deliveredOn, as: day, width: 90, spare: 1 },
    { field: 'requestedOn', label: words.requestedOn, as: day, width: 90, hidden: true },
    { field: 'currency', label: commerce.currency, as: text, width: 60, hidden: true },
    { field: 'freight', label: words.freight, as: amount, width: 90, hidden: true, sum: true },
    { field: 'net', label: words.net, as: amount, width: 110, sum: true },
    { field: 'changedAt', label: commerce.changedAt, as: instant, width: 130, hidden: true },
  ],
  filters: [
    { field: 'state', label: commerce.state, as: orderState },
    { field: 'customerId', label: commerce.customer, as: customers },
  ],
  ranges: [
    { field: 'orderedOn', label: words.orderedOn, as: day },
    { field: 'net', label: words.net, as: amount },
  ],
  groups: [
    { field: 'customerId', label: commerce.customer, as: customers },
    { field: 'state', label: commerce.state, as: orderState },
    { field: 'orderedOnMonth', label: words.orderedMonth, as: month },
    { field: 'entityId', label: commerce.entity, as: legalEntity },
  ],
  actions: orderActions,
  document: '/api/commerce/orders/{id}',
  events: { ...commerceEvents, ...invoicingEvents },
  worth: ({ net }) => net,
  create: { to: '/commerce/orders/new', label: commerce.newOrder, command: 'commerce.placeOrder' },
  empty: words.empty,
})
