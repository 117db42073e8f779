import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommandHarness } from '../../support/command-harness.ts'
import {
  business,
  chai,
  customer,
  customerId,
  entityId,
  line1,
  line2,
  order,
  orderId,
  training,
  unknown,
} from './business.ts'

let house: CommandHarness
beforeEach(async () => {
  house = await business()
})
afterEach(() => house.stop())

const placed = async () => (await house.events(`order-${orderId}`))[0]?.data
const withLine = (changes: object) => ({ ...order, lines: [{ ...order.lines[0], ...changes }] })

describe('placing an order', () => {
  it('freezes what the products say this day, under what was agreed', async () => {
    await house.done('commerce.placeOrder', order)
    await house.done('commerce.changeProductPrice', {
      productId: chai,
      unitPrice: 99_000000,
      currency: 'EUR',
    })
    expect(await placed()).toStrictEqual({
      orderId,
      entityId,
      customerId,
      number: 'O-1',
      orderedOn: '2026-11-20',
      currency: 'EUR',
      lines: [
        {
          lineId: line1,
          productId: chai,
          productCode: 'P1',
          name: 'Chai',
          operation: 'goods',
          quantity: 12_0000n,
          unit: 'C62',
          unitPrice: 18_000000n,
          discountRate: 0n,
          vat: 'standard',
          revenueAccount: '707',
        },
        {
          lineId: line2,
          productId: training,
          productCode: 'T1',
          name: 'Tea tasting',
          operation: 'services',
          quantity: 5000n,
          unit: 'DAY',
          unitPrice: 800_000000n,
          discountRate: 1000n,
          vat: 'exempt',
          vatExemption: 'VATEX-FR-CGI261-4',
          revenueAccount: '7062',
        },
      ],
      freight: 0n,
      deliverTo: customer.deliverTo,
    })
  })

  it('goes where the order says, and not where the customer usually wants it', async () => {
    const deliverTo = { kind: 'company', name: 'Dépôt', address: { city: 'Lyon', country: 'FR' } }
    await house.done('commerce.placeOrder', { ...order, deliverTo })
    expect(await placed()).toMatchObject({ deliverTo })
  })

  it('is heard once under one key', async () => {
    await house.done('commerce.placeOrder', order, { key: 'same' })
    await house.done('commerce.placeOrder', order, { key: 'same' })
    expect(await house.send('commerce.placeOrder', order, { key: 'another' })).toStrictEqual({
      kind: 'nothing',
    })
    expect(await house.events(`order-${orderId}`)).toHaveLength(1)
  })

  it('takes a number that no other order of the entity has', async () => {
    await house.done('commerce.placeOrder', order)
    expect(await house.rejection('commerce.placeOrder', { ...order, orderId: unknown })).toStrictEqual({
      code: 'KEY_TAKEN',
      kind: 'orderNumber',
      ownerStream: `order-${orderId}`,
    })
  })

  it.each([
    ['an unknown entity', { ...order, entityId: unknown }, { code: 'LEGAL_ENTITY_NOT_FOUND' }],
    ['an unknown customer', { ...order, customerId: unknown }, { code: 'CUSTOMER_NOT_FOUND' }],
    [
      'an unknown salesperson',
      { ...order, salespersonId: unknown },
      { code: 'SALESPERSON_NOT_FOUND', salespersonId: unknown },
    ],
    [
      'an unknown product',
      withLine({ productCode: 'P9' }),
      { code: 'ORDER_PRODUCT_NOT_FOUND', lineId: line1, product: 'P9' },
    ],
    [
      'an unknown product id',
      withLine({ productCode: undefined, productId: unknown }),
      { code: 'ORDER_PRODUCT_NOT_FOUND', lineId: line1, product: unknown },
    ],
    [
      'a product named twice',
      withLine({ productId: chai }),
      { code: 'ORDER_PRODUCT_UNCLEAR', lineId: line1 },
    ],
    [
      'a product not named',
      withLine({ productCode: undefined }),
      { code: 'ORDER_PRODUCT_UNCLEAR', lineId: line1 },
    ],
    [
      'a price in no currency of the order',
      { ...withLine({}), currency: 'USD' },
      { code: 'ORDER_PRICE_MISSING', lineId: line1, product: 'P1', currency: 'USD', productCurrency: 'EUR' },
    ],
    [
      'tomorrow',
      { ...order, orderedOn: '2026-11-23' },
      { code: 'DAY_IN_FUTURE', field: 'orderedOn', day: '2026-11-23', today: '2026-11-22' },
    ],
  ])('refuses %s by name', async (_, input, rejection) => {
    expect(await house.rejection('commerce.placeOrder', input)).toStrictEqual(rejection)
  })

  it('refuses a product no longer offered', async () => {
    await house.done('commerce.discontinueProduct', { productId: chai })
    expect(await house.rejection('commerce.placeOrder', order)).toStrictEqual({
      code: 'ORDER_PRODUCT_DISCONTINUED',
      lineId: line1,
      product: 'P1',
    })
  })

  it('is for who sells in that entity', async () => {
    const elsewhere = { userId: unknown, grants: [{ role: 'sales', entityId: unknown } as const] }
    expect(await house.send('commerce.placeOrder', order, { as: elsewhere })).toMatchObject({
      kind: 'forbidden',
    })
  })

  it('shows in a preview what it would record, and records nothing', async () => {
    const before = await house.store.head()
    expect(await house.send('commerce.placeOrder', order, { dryRun: true })).toMatchObject({
      kind: 'preview',
    })
    expect(await house.store.head()).toStrictEqual(before)
  })
})

describe('an order', () => {
  const deliveryId = unknown
  beforeEach(() => house.done('commerce.placeOrder', order))

  it('is confirmed, delivered in part, and its remainder cancelled', async () => {
    await house.done('commerce.confirmOrder', { orderId, confirmedOn: '2026-11-21' })
    await house.done('commerce.deliverOrder', {
      orderId,
      deliveryId,
      deliveredOn: '2026-11-22',
      lines: [{ lineId: line1, quantity: 4_0000 }],
    })
    await house.done('commerce.cancelOrderRemainder', {
      orderId,
      cancelledOn: '2026-11-22',
      explanation: 'out of stock',
    })
    const events = await house.events(`order-${orderId}`)
    expect(events.map(event => event.type)).toStrictEqual([
      'commerce.OrderPlaced',
      'commerce.OrderConfirmed',
      'commerce.OrderDelivered',
      'commerce.OrderRemainderCancelled',
    ])
    expect(events[3]?.data).toMatchObject({
      lines: [
        { lineId: line1, quantity: 8_0000n },
        { lineId: line2, quantity: 5000n },
      ],
    })
  })

  it('is never delivered above what was ordered', async () => {
    await house.done('commerce.confirmOrder', { orderId, confirmedOn: '2026-11-21' })
    const lines = [{ lineId: line1, quantity: 12_0001 }]
    expect(
      await house.rejection('commerce.deliverOrder', {
        orderId,
        deliveryId,
        deliveredOn: '2026-11-22',
        lines,
      }),
    ).toStrictEqual({
      code: 'DELIVERY_EXCEEDS_ORDER',
      lineId: line1,
      asked: 12_0001n,
      remaining: 12_0000n,
    })
  })

  it('that nobody knows is refused by name', async () => {
    const confirmation = { orderId: unknown, confirmedOn: '2026-11-21' }
    expect(await house.rejection('commerce.confirmOrder', confirmation)).toStrictEqual({
      code: 'ORDER_NOT_FOUND',
    })
  })
})
