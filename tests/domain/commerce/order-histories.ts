import type { OrderEvent } from '../../../domain/commerce/order.events.ts'

/** The first order of Northwind, and what may have happened to it. */

export const TODAY = '2026-11-22'
export const orderId = '01932f0c-0000-7000-8000-000000000003'
export const entityId = '01932f0c-0000-7000-8000-0000000000e1'
export const customerId = '01932f0c-0000-7000-8000-000000000001'
export const commandId = '01932f0c-0000-7000-8000-00000000000c'
export const deliveryId = '01932f0c-0000-7000-8000-0000000000d1'
export const secondDeliveryId = '01932f0c-0000-7000-8000-0000000000d2'
export const line1 = '01932f0c-0000-7000-8000-000000000011'
export const line2 = '01932f0c-0000-7000-8000-000000000012'

const line = {
  operation: 'goods',
  unit: 'C62',
  discountRate: 0n,
  vat: 'standard',
  revenueAccount: '707',
} as const

export const placement: Extract<OrderEvent, { type: 'commerce.OrderPlaced' }>['data'] = {
  orderId,
  entityId,
  customerId,
  number: 'O-10248',
  orderedOn: '1996-07-04',
  requestedOn: '1996-08-01',
  currency: 'EUR',
  lines: [
    {
      ...line,
      lineId: line1,
      productId: '01932f0c-0000-7000-8000-000000000021',
      productCode: 'P11',
      name: 'Queso Cabrales',
      quantity: 12_0000n,
      unitPrice: 14_000000n,
    },
    {
      ...line,
      lineId: line2,
      productId: '01932f0c-0000-7000-8000-000000000022',
      productCode: 'P72',
      name: 'Mozzarella di Giovanni',
      quantity: 5_0000n,
      unitPrice: 34_800000n,
    },
  ],
  freight: 32_38n,
}

export const placed: OrderEvent = { type: 'commerce.OrderPlaced', data: placement }
export const confirmed: OrderEvent = {
  type: 'commerce.OrderConfirmed',
  data: { orderId, confirmedOn: '1996-07-05' },
}

export const quantities = (byLine: Readonly<Record<string, bigint>>) =>
  Object.entries(byLine).map(([lineId, quantity]) => ({ lineId, quantity }))

export const delivered = (
  byLine: Readonly<Record<string, bigint>>,
  id = deliveryId,
  deliveredOn = '1996-07-16',
): OrderEvent => ({
  type: 'commerce.OrderDelivered',
  data: {
    orderId,
    deliveryId: id,
    deliveredOn,
    ...(id === deliveryId && { carrier: 'Speedy' }),
    lines: quantities(byLine),
  },
})
