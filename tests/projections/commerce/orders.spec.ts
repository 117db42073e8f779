import { expect, it } from 'vitest'
import type { RecordedEvent } from '../../../projections/definition.ts'
import { orders } from '../../../projections/commerce/orders.ts'
import { replayInMemory } from '../../../projections/engine/in-memory.ts'
import { ENTITY, id } from '../support/facts.ts'

const placed = (order: string) => ({
  type: 'commerce.OrderPlaced',
  data: {
    ...{ orderId: id(order), entityId: ENTITY, number: order, currency: 'EUR', orderedOn: '1996-07-01' },
    ...{ customer: { customerId: id('customer'), code: 'VINET' }, lines: [], freight: 0n },
  },
})

const delivered = (order: string, delivery: string, deliveredOn: string) => ({
  type: 'commerce.OrderDelivered',
  data: { orderId: id(order), deliveryId: id(delivery), deliveredOn, lines: [] },
})

const rowsOf = async (...events: readonly object[]) =>
  (
    await replayInMemory(orders, [
      events.map((event, i) => ({ ...event, ordinal: i + 1 }) as unknown as RecordedEvent),
    ])
  ).rows

it('keeps deliveries of two orders apart, also under one id', async () => {
  const rows = await rowsOf(
    placed('A'),
    placed('B'),
    delivered('A', 'first', '1996-07-04'),
    delivered('B', 'first', '1996-07-05'),
  )
  expect(rows.get('order_delivery')?.map(row => [row['order_id'], row['delivered_on']])).toEqual([
    [id('A'), '1996-07-04'],
    [id('B'), '1996-07-05'],
  ])
})

it('was delivered last on the last day, in whatever order deliveries were recorded', async () => {
  const rows = await rowsOf(
    placed('A'),
    delivered('A', 'second', '1996-07-09'),
    delivered('A', 'first', '1996-07-04'),
  )
  expect(rows.get('order')?.[0]).toMatchObject({ delivered_on: '1996-07-09' })
})
