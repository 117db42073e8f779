import { customers } from '../../commerce/references.ts'
import { defineDocument } from '../../documents/declaration.ts'
import { amount, day, instant, text } from '../../shapes/shapes.tsx'
import { invoicingEvents } from '../event-words.ts'
import { words as invoicing } from '../words.ts'
import { PaymentBody } from './body.tsx'
import { words } from './words.ts'

export default defineDocument({
  path: '/api/invoicing/payments/{id}',
  story: '/api/invoicing/payments/{id}/story',
  kind: invoicing.payment,
  name: ({ bankReference }) => bankReference,
  list: '/invoicing/payments',
  live: 'receivables',
  amounts: [
    { field: 'amount', label: words.amount, as: amount },
    { field: 'allocated', label: words.allocated, as: amount },
  ],
  facts: [
    { field: 'customerId', label: invoicing.customer, as: customers },
    { field: 'bankDate', label: words.bankDate, as: day },
    { field: 'bankAccount', label: words.account, as: text },
    { field: 'currency', label: invoicing.currency, as: text },
    { field: 'receivedAt', label: words.receivedAt, as: instant },
  ],
  events: invoicingEvents,
  Body: PaymentBody,
})
