import { defineFinder } from '../frame/finder.ts'
import { customerName } from './references.ts'

export default [
  defineFinder({
    path: '/api/commerce/orders',
    area: 'commerce',
    amount: 'net',
    found: ({ orderId, number, orderedOn, net, currency }, { day, money }) => ({
      id: orderId,
      label: number,
      description: `${day(orderedOn)} · ${money(net, currency)}`,
      to: `/commerce/orders/${orderId}`,
    }),
  }),
  defineFinder({
    path: '/api/commerce/customers',
    area: 'commerce',
    found: ({ customerId, code, kind, name, city }) => ({
      id: customerId,
      label: customerName({ name, kind, code }),
      description: [code, city].filter(Boolean).join(' · '),
      to: `/commerce/customers/${customerId}`,
    }),
  }),
  defineFinder({
    path: '/api/commerce/products',
    area: 'commerce',
    found: ({ productId, code, name }) => ({
      id: productId,
      label: name,
      description: code,
      to: `/commerce/products/${productId}`,
    }),
  }),
]
