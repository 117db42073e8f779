import { customers } from '../../commerce/references.ts'
import { legalEntity } from '../../frame/entity.tsx'
import { defineList } from '../../lists/declaration.ts'
import { amount, day, instant, month, text } from '../../shapes/shapes.tsx'
import { words as invoicing } from '../words.ts'
import { words } from './words.ts'

export default defineList({
  path: '/api/invoicing/payments',
  title: invoicing.payments,
  key: 'paymentId',
  open: ({ paymentId }) => `/invoicing/payments/${paymentId}`,
  live: 'receivables',
  searchable: true,
  perEntity: true,
  sort: '-bankDate',
  sorts: ['bankDate', 'amount', 'receivedAt'],
  columns: [
    { field: 'bankReference', label: words.reference, as: text, width: 180 },
    { field: 'bankDate', label: words.bankDate, as: day, width: 100 },
    { field: 'customerId', label: invoicing.customer, as: customers, width: 240 },
    { field: 'bankAccount', label: words.account, as: text, width: 80, spare: 1 },
    { field: 'currency', label: invoicing.currency, as: text, width: 60, hidden: true },
    { field: 'receivedAt', label: words.receivedAt, as: instant, width: 130, hidden: true },
    { field: 'amount', label: words.amount, as: amount, width: 110, sum: true },
    { field: 'allocated', label: words.allocated, as: amount, width: 110, sum: true },
  ],
  filters: [{ field: 'customerId', label: invoicing.customer, as: customers }],
  ranges: [
    { field: 'bankDate', label: words.bankDate, as: day },
    { field: 'amount', label: words.amount, as: amount },
  ],
  create: {
    to: '/invoicing/payments/new',
    label: invoicing.newPayment,
    command: 'invoicing.recordPayment',
  },
  groups: [
    { field: 'customerId', label: invoicing.customer, as: customers },
    { field: 'bankDateMonth', label: words.bankMonth, as: month },
    { field: 'entityId', label: invoicing.entity, as: legalEntity },
  ],
  empty: words.empty,
})
