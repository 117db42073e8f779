import { formatsOf } from '../words/formats.ts'
import { dictionary, language, say } from '../words/words.ts'
import { reference } from '../shapes/reference.tsx'

const words = dictionary('invoicing.references', {
  draft: { fr: 'Brouillon', en: 'Draft' },
})

export const invoices = reference('/api/invoicing/invoices', {
  key: 'invoiceId',
  name: ({ number }) => number ?? say(words.draft),
  to: '/invoicing/invoices',
})

export const payments = reference('/api/invoicing/payments', {
  key: 'paymentId',
  name: ({ bankReference, amount, currency }) =>
    `${bankReference} · ${formatsOf(language()).money(amount, currency)}`,
  to: '/invoicing/payments',
})
