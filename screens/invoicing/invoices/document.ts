import { commerceEvents } from '../../commerce/event-words.ts'
import { customers } from '../../commerce/references.ts'
import { defineDocument, part } from '../../documents/declaration.ts'
import { amount, day, rate, text } from '../../shapes/shapes.tsx'
import { say } from '../../words/words.ts'
import { invoicingEvents } from '../event-words.ts'
import { words as invoicing } from '../words.ts'
import { invoiceActions } from './actions.ts'
import { InvoiceBody } from './body.tsx'
import { billedColumns, netColumn } from './line-columns.ts'
import { invoiceKind, invoiceState, settlement, words } from './words.ts'

export default defineDocument({
  path: '/api/invoicing/invoices/{id}',
  story: '/api/invoicing/invoices/{id}/story',
  kind: invoicing.invoice,
  name: ({ number }) => number ?? say(words.draftName),
  list: '/invoicing/invoices',
  live: 'invoices',
  state: { field: 'state', label: invoicing.state, as: invoiceState },
  amounts: [
    { field: 'net', label: words.net, as: amount },
    { field: 'tax', label: words.tax, as: amount },
    { field: 'gross', label: words.gross, as: amount },
    { field: 'settled', label: words.settledAmount, as: amount },
  ],
  facts: [
    { field: 'customerId', label: invoicing.customer, as: customers },
    { field: 'kind', label: words.kind, as: invoiceKind },
    { field: 'issuedOn', label: words.issuedOn, as: day },
    { field: 'dueOn', label: words.dueOn, as: day },
    { field: 'settlement', label: words.settlement, as: settlement },
    { field: 'orderNumbers', label: words.orders, as: text },
    { field: 'purchaseOrder', label: words.purchaseOrder, as: text },
    { field: 'correctsNumber', label: invoicing.invoice, as: text },
    { field: 'currency', label: invoicing.currency, as: text },
  ],
  parts: [
    part({
      path: '/api/invoicing/invoices/{id}/lines',
      writtenOnce: row => row['state'] === 'issued',
      title: words.lines,
      key: 'line',
      columns: [
        ...billedColumns,
        { field: 'vatRate', label: words.vatRate, as: rate, width: 70 },
        { field: 'account', label: words.account, as: text, width: 70 },
        netColumn,
      ],
    }),
  ],
  actions: invoiceActions,
  printed: ({ invoiceId, state }) =>
    state === 'issued' ? `/invoicing/invoices/${invoiceId}/print` : undefined,
  events: { ...invoicingEvents, ...commerceEvents },
  Body: InvoiceBody,
})
