import { reference } from '../shapes/reference.tsx'

/** What ids of this context stand for, wherever they are shown or chosen. */

/** A person who buys is known by code here: their name is not kept for lists. */
export const customers = reference('/api/commerce/customers', {
  key: 'customerId',
  name: ({ name, code }) => name ?? code,
  code: 'code',
  to: '/commerce/customers',
})

export const products = reference('/api/commerce/products', {
  key: 'productId',
  name: ({ code, name }) => `${code} · ${name}`,
  code: 'code',
  to: '/commerce/products',
})

export const orders = reference('/api/commerce/orders', {
  key: 'orderId',
  name: ({ number }) => number,
  to: '/commerce/orders',
})
