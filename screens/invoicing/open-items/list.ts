import { customers } from '../../commerce/references.ts'
import { legalEntity } from '../../frame/entity.tsx'
import { defineList } from '../../lists/declaration.ts'
import { amount, choice, day, flag, month, text } from '../../shapes/shapes.tsx'
import { dictionary } from '../../words/words.ts'
import { daysLate, lateWords } from '../lateness.tsx'
import { words as invoicing } from '../words.ts'

const words = dictionary('invoicing.openItems', {
  reference: { fr: 'Pièce', en: 'Document' },
  kind: { fr: 'Nature', en: 'Kind' },
  invoice: { fr: 'facture', en: 'invoice' },
  creditNote: { fr: 'avoir', en: 'credit note' },
  payment: { fr: 'encaissement', en: 'payment' },
  documentOn: { fr: 'Datée du', en: 'Dated' },
  dueOn: { fr: 'Échéance', en: 'Due' },
  dueMonth: { fr: 'Mois d’échéance', en: 'Month due' },
  amount: { fr: 'Montant', en: 'Amount' },
  leftOpen: { fr: 'Reste dû', en: 'Left open' },
  empty: { fr: 'Tout est réglé', en: 'Everything is settled' },
})

const itemKind = choice({
  invoice: words.invoice,
  creditNote: words.creditNote,
  payment: words.payment,
})

export default defineList({
  path: '/api/invoicing/open-items',
  title: invoicing.openItems,
  key: 'documentId',
  open: ({ kind, documentId }) =>
    kind === 'payment' ? `/invoicing/payments/${documentId}` : `/invoicing/invoices/${documentId}`,
  live: 'receivables',
  perEntity: true,
  sort: 'dueOn',
  sorts: ['dueOn', 'documentOn', 'leftOpen'],
  columns: [
    { field: 'reference', label: words.reference, as: text, width: 140 },
    { field: 'kind', label: words.kind, as: itemKind, width: 100 },
    { field: 'customerId', label: invoicing.customer, as: customers, width: 200 },
    { field: 'documentOn', label: words.documentOn, as: day, width: 84 },
    { field: 'dueOn', label: words.dueOn, as: day, width: 84 },
    { field: 'daysLate', label: lateWords.late, as: daysLate, width: 64 },
    { field: 'currency', label: invoicing.currency, as: text, width: 60, hidden: true },
    { field: 'amount', label: words.amount, as: amount, width: 100, sum: true },
    { field: 'leftOpen', label: words.leftOpen, as: amount, width: 100, sum: true },
  ],
  filters: [
    { field: 'kind', label: words.kind, as: itemKind },
    { field: 'overdue', label: lateWords.overdue, as: flag },
    { field: 'customerId', label: invoicing.customer, as: customers },
  ],
  ranges: [
    { field: 'dueOn', label: words.dueOn, as: day },
    { field: 'leftOpen', label: words.leftOpen, as: amount },
  ],
  groups: [
    { field: 'customerId', label: invoicing.customer, as: customers },
    { field: 'kind', label: words.kind, as: itemKind },
    { field: 'dueOnMonth', label: words.dueMonth, as: month },
    { field: 'entityId', label: invoicing.entity, as: legalEntity },
  ],
  empty: words.empty,
})
