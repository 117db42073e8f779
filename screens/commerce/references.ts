import type { Row } from '../api/client.ts'
import { reference } from '../shapes/reference.tsx'
import { dictionary, say } from '../words/words.ts'

/** What ids of this context stand for, wherever they are shown or chosen. */

const words = dictionary('commerce.references', {
  erased: { fr: '{{code}} (effacé)', en: '{{code}} (erased)' },
})

/** What a customer is called; a person whose name was forgotten by code, and that it was. */
export const customerName = ({
  name,
  kind,
  code,
}: Pick<Row<'/api/commerce/customers'>, 'name' | 'kind' | 'code'>): string =>
  name ?? (kind === 'person' ? say(words.erased, { code }) : code)

export const customers = reference('/api/commerce/customers', {
  key: 'customerId',
  name: customerName,
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
