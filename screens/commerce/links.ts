import type { AnyRow } from '../shapes/row.ts'

interface Naming {
  readonly customerId?: string
  readonly customer?: { readonly customerId: string }
  /** Orders by id, or as what is billed of them. */
  readonly orders?: readonly (string | { readonly orderId: string })[]
  readonly lines?: readonly { readonly order?: { readonly orderId: string } }[]
}

/** Customers and orders that an event of whatever context names. */
export const linksOf = (data: AnyRow): readonly string[] => {
  const { customerId, customer, orders = [], lines = [] } = data as Naming
  const customers = [customerId, customer?.customerId].filter(id => id !== undefined)
  return [
    ...customers.map(id => `customer-${id}`),
    ...orders.map(order => `order-${typeof order === 'string' ? order : order.orderId}`),
    ...lines.flatMap(({ order }) => (order ? [`order-${order.orderId}`] : [])),
  ]
}
