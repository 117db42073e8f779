import { describe, expect, it } from 'vitest'
import { monthsToBill } from '../../screens/commerce/orders/months-to-bill.ts'
import type { StoryEvent } from '../../screens/documents/story.ts'

let ordinal = 0
const event = (type: string, data: object): StoryEvent => ({
  ordinal: ++ordinal,
  eventId: String(ordinal),
  stream: 'order-1',
  type: `commerce.${type}`,
  actorName: null,
  origin: 'screen',
  recordedAt: '2026-11-01T08:00:00.000Z',
  data: { ...data },
})
const placed = event('OrderPlaced', {
  lines: [
    { lineId: 'book', operation: 'goods' },
    { lineId: 'course', operation: 'services' },
  ],
})
const delivered = (deliveryId: string, deliveredOn: string, lineId: string, quantity: number) =>
  event('OrderDelivered', { deliveryId, deliveredOn, lines: [{ lineId, quantity }] })
const claimed = (invoiceId: string, ...parts: readonly (readonly [string, string, number])[]) =>
  event('BillingClaimed', {
    invoiceId,
    lines: [],
    deliveries: parts.map(([deliveryId, lineId, quantity]) => ({
      deliveryId,
      lines: [{ lineId, quantity }],
    })),
  })

const september = delivered('d1', '2026-09-20', 'book', 5)
const october = delivered('d2', '2026-10-02', 'book', 7)

describe('months to bill', () => {
  it('are told where goods went out in several', () =>
    expect(monthsToBill([placed, september, october])).toStrictEqual([
      { month: '2026-09', lines: [{ lineId: 'book', quantity: 5 }] },
      { month: '2026-10', lines: [{ lineId: 'book', quantity: 7 }] },
    ]))
  it('are none where one invoice can hold all: one month, or services of several', () => {
    expect(monthsToBill([placed, september])).toStrictEqual([])
    const services = [delivered('d1', '2026-09-20', 'course', 1), delivered('d2', '2026-10-02', 'course', 1)]
    expect(monthsToBill([placed, ...services])).toStrictEqual([])
  })
  it('leave out what invoices hold', () => {
    expect(monthsToBill([placed, september, october, claimed('i1', ['d1', 'book', 5])])).toStrictEqual([])
    const some = monthsToBill([placed, september, october, claimed('i1', ['d1', 'book', 2])])
    expect(some[0]).toStrictEqual({ month: '2026-09', lines: [{ lineId: 'book', quantity: 3 }] })
  })
  it('hold again what an ended invoice gave back, the last deliveries first', () => {
    const claim = claimed('i1', ['d1', 'book', 5], ['d2', 'book', 1])
    const released = event('BillingReleased', { invoiceId: 'i1', lines: [{ lineId: 'book', quantity: 3 }] })
    expect(monthsToBill([placed, september, october, claim, released])).toStrictEqual([
      { month: '2026-09', lines: [{ lineId: 'book', quantity: 2 }] },
      { month: '2026-10', lines: [{ lineId: 'book', quantity: 7 }] },
    ])
  })
})
