import { defineFinder } from '../frame/finder.ts'

export default [
  defineFinder({
    path: '/api/invoicing/invoices',
    area: 'invoicing',
    amount: 'gross',
    found: ({ invoiceId, number, buyerName, buyerCode, gross, net, currency }, { money }) => ({
      id: invoiceId,
      label: number ?? buyerName ?? buyerCode ?? '—',
      description: [buyerName ?? buyerCode, money(gross ?? net, currency)].filter(Boolean).join(' · '),
      to: `/invoicing/invoices/${invoiceId}`,
    }),
  }),
  defineFinder({
    path: '/api/invoicing/payments',
    area: 'invoicing',
    amount: 'amount',
    found: ({ paymentId, bankReference, bankDate, amount, currency }, { day, money }) => ({
      id: paymentId,
      label: bankReference,
      description: `${day(bankDate)} · ${money(amount, currency)}`,
      to: `/invoicing/payments/${paymentId}`,
    }),
  }),
]
