import { commerceEvents } from '../../commerce/event-words.ts'
import { customers } from '../../commerce/references.ts'
import { legalEntity } from '../../frame/entity.tsx'
import { defineList } from '../../lists/declaration.ts'
import { amount, day, flag, instant, month, text } from '../../shapes/shapes.tsx'
import { invoicingEvents } from '../event-words.ts'
import { words as invoicing } from '../words.ts'
import { daysLate, lateWords } from '../lateness.tsx'
import { invoiceActions } from './actions.ts'
import { invoiceKind, invoiceState, settlement, words } from './words.ts'

export default defineList({
  path: '/api/invoicing/invoices',
  title: invoicing.invoices,
  key: 'invoiceId',
  open: ({ invoiceId }) => `/invoicing/invoices/${invoiceId}`,
  live: 'invoices',
  searchable: true,
  perEntity: true,
  sort: '-issuedOn',
  sorts: ['number', 'issuedOn', 'dueOn', 'gross', 'changedAt'],
  columns: [
    { field: 'number', label: words.number, as: text, width: 104 },
    { field: 'issuedOn', label: words.issuedOn, as: day, width: 80 },
    { field: 'customerId', label: invoicing.customer, as: customers, width: 166 },
    { field: 'state', label: invoicing.state, as: invoiceState, width: 108 },
    { field: 'dueOn', label: words.dueOn, as: day, width: 80 },
    { field: 'daysLate', label: lateWords.late, as: daysLate, width: 62 },
    { field: 'settlement', label: words.settlement, as: settlement, width: 112, spare: 1 },
    { field: 'orderNumbers', label: words.orders, as: text, width: 110, hidden: true },
    { field: 'purchaseOrder', label: words.purchaseOrder, as: text, width: 110, hidden: true },
    { field: 'kind', label: words.kind, as: invoiceKind, width: 80, hidden: true },
    { field: 'currency', label: invoicing.currency, as: text, width: 60, hidden: true },
    { field: 'net', label: words.net, as: amount, width: 92, hidden: true, sum: true },
    { field: 'tax', label: words.tax, as: amount, width: 90, sum: true, hidden: true },
    { field: 'gross', label: words.gross, as: amount, width: 92, sum: true },
    { field: 'settled', label: words.settledAmount, as: amount, width: 92, spare: 2, sum: true },
    { field: 'changedAt', label: words.changedAt, as: instant, width: 130, hidden: true },
  ],
  filters: [
    { field: 'state', label: invoicing.state, as: invoiceState },
    { field: 'settlement', label: words.settlement, as: settlement },
    { field: 'overdue', label: lateWords.overdue, as: flag },
    { field: 'customerId', label: invoicing.customer, as: customers },
  ],
  ranges: [
    { field: 'issuedOn', label: words.issuedOn, as: day },
    { field: 'dueOn', label: words.dueOn, as: day },
    { field: 'gross', label: words.gross, as: amount },
  ],
  groups: [
    { field: 'customerId', label: invoicing.customer, as: customers },
    { field: 'state', label: invoicing.state, as: invoiceState },
    { field: 'settlement', label: words.settlement, as: settlement },
    { field: 'issuedOnMonth', label: words.issuedMonth, as: month },
    { field: 'dueOnMonth', label: words.dueMonth, as: month },
    { field: 'entityId', label: invoicing.entity, as: legalEntity },
  ],
  actions: invoiceActions,
  document: '/api/invoicing/invoices/{id}',
  events: { ...invoicingEvents, ...commerceEvents },
  worth: ({ gross, net }) => gross ?? net,
  empty: words.empty,
})
