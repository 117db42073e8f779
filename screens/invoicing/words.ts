import { dictionary } from '../words/words.ts'

export const words = dictionary('invoicing', {
  invoicing: { fr: 'Facturation', en: 'Invoicing' },
  invoices: { fr: 'Factures', en: 'Invoices' },
  invoice: { fr: 'Facture', en: 'Invoice' },
  newPayment: { fr: 'Nouvel encaissement', en: 'New payment' },
  payments: { fr: 'Encaissements', en: 'Payments' },
  payment: { fr: 'Encaissement', en: 'Payment' },
  allocation: { fr: 'Affectation', en: 'Allocation' },
  openItems: { fr: 'À encaisser', en: 'Open items' },
  customer: { fr: 'Client', en: 'Customer' },
  state: { fr: 'État', en: 'State' },
  entity: { fr: 'Société', en: 'Company' },
  currency: { fr: 'Devise', en: 'Currency' },
})
