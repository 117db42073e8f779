import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../domain/commerce/order-decisions.ts'
import { order, remainingToDeliver, type PlacedOrder } from '../../../domain/commerce/order.ts'
import type { OrderEvent } from '../../../domain/commerce/order.events.ts'
import { specFor } from '../../support/spec.ts'
import {
  TODAY,
  commandId,
  confirmed,
  delivered,
  deliveryId,
  line1,
  line2,
  orderId,
  placed,
  placement,
  quantities,
} from './order-histories.ts'

const given = specFor(order)

describe('placing', () => {
  it('freezes what was agreed', () => given().when(decide.place(placement, TODAY)).then(placed))
  it('adds nothing when heard twice', () => given(placed).when(decide.place(placement, TODAY)).thenNothing())
  it('refuses another order under the same id', () =>
    given(placed)
      .when(decide.place({ ...placement, freight: 0n }, TODAY))
      .thenRejects({ code: 'ORDER_EXISTS', number: 'O-10248' }))
  it('does not tell another legal entity the number of an order', () =>
    given(placed)
      .when(decide.place({ ...placement, entityId: orderId }, TODAY))
      .thenRejects({ code: 'ORDER_EXISTS', number: undefined }))
  it('refuses a line named twice', () =>
    given()
      .when(decide.place({ ...placement, lines: [placement.lines[0]!, placement.lines[0]!] }, TODAY))
      .thenRejects({ code: 'ORDER_LINE_TWICE', lineId: line1 }))
  it('refuses a currency without cents', () =>
    given()
      .when(decide.place({ ...placement, currency: 'JPY' }, TODAY))
      .thenRejects({ code: 'CURRENCY_NOT_SUPPORTED', currency: 'JPY' }))
  it('is not dated ahead, nor wanted before it was placed', () => {
    given()
      .when(decide.place({ ...placement, orderedOn: '1996-08-01' }, '1996-07-31'))
      .thenRejects({ code: 'DAY_IN_FUTURE', field: 'orderedOn', day: '1996-08-01', today: '1996-07-31' })
    given()
      .when(decide.place({ ...placement, requestedOn: '1996-07-03' }, TODAY))
      .thenRejects({
        code: 'DAY_BEFORE_ORDER',
        field: 'requestedOn',
        day: '1996-07-03',
        orderedOn: '1996-07-04',
      })
  })
  it('PROTOCOL 7: refuses amounts that could pass the bound with their VAT', () => {
    const [first, second] = [placement.lines[0]!, placement.lines[1]!]
    // 5 × 10^13 cents and one cent more.
    const large = { ...first, quantity: 10_000n, unitPrice: 500_000_000_000_010000n, discountRate: 0n }
    given()
      .when(decide.place({ ...placement, lines: [second, large] }, TODAY))
      .thenRejects({
        code: 'ORDER_AMOUNT_TOO_LARGE',
        lineId: line1,
        net: 50_000_000_000_001n,
        currency: 'EUR',
      })
    const half = { ...large, unitPrice: 500_000_000_000_000000n }
    given()
      .when(decide.place({ ...placement, lines: [half], freight: 1n }, TODAY))
      .thenRejects({
        code: 'ORDER_AMOUNT_TOO_LARGE',
        lineId: undefined,
        net: 50_000_000_000_001n,
        currency: 'EUR',
      })
  })
})

describe('confirming', () => {
  it('happens once', () => {
    given(placed).when(decide.confirm('1996-07-05', TODAY)).then(confirmed)
    given(placed, confirmed).when(decide.confirm('1996-07-05', TODAY)).thenNothing()
  })
  it('needs something that is not cancelled', () =>
    given(placed, {
      type: 'commerce.OrderRemainderCancelled',
      data: {
        orderId,
        cancelledOn: '1996-07-04',
        explanation: 'ordered twice',
        lines: quantities({ [line1]: 12_0000n, [line2]: 5_0000n }),
      },
    })
      .when(decide.confirm('1996-07-05', TODAY))
      .thenRejects({ code: 'ORDER_WHOLLY_CANCELLED', number: 'O-10248' }))
  it('needs an order', () =>
    given().when(decide.confirm('1996-07-05', TODAY)).thenRejects({ code: 'ORDER_NOT_FOUND' }))
  it('stands between the order and today', () => {
    given(placed).when(decide.confirm('1996-07-03', TODAY)).thenRejects({
      code: 'DAY_BEFORE_ORDER',
      field: 'confirmedOn',
      day: '1996-07-03',
      orderedOn: '1996-07-04',
    })
    given(placed)
      .when(decide.confirm('1996-07-06', '1996-07-05'))
      .thenRejects({ code: 'DAY_IN_FUTURE', field: 'confirmedOn', day: '1996-07-06', today: '1996-07-05' })
  })
})

describe('delivering', () => {
  const delivery = { orderId, deliveryId, deliveredOn: '1996-07-16', carrier: 'Speedy' }
  const part = delivered({ [line1]: 4_0000n })

  it('takes what goes out, in parts', () => {
    given(placed, confirmed)
      .when(decide.deliver({ ...delivery, lines: quantities({ [line1]: 4_0000n }) }, TODAY))
      .then(part)
    const rest = {
      ...delivery,
      deliveryId: commandId,
      lines: quantities({ [line1]: 8_0000n, [line2]: 5_0000n }),
    }
    given(placed, confirmed, part)
      .when(decide.deliver(rest, TODAY))
      .then({ type: 'commerce.OrderDelivered', data: rest })
  })
  it('adds nothing when heard twice, and refuses another delivery under the same id', () => {
    given(placed, confirmed, part)
      .when(decide.deliver({ ...delivery, lines: quantities({ [line1]: 4_0000n }) }, TODAY))
      .thenNothing()
    given(placed, confirmed, part)
      .when(decide.deliver({ ...delivery, lines: quantities({ [line1]: 5_0000n }) }, TODAY))
      .thenRejects({ code: 'DELIVERY_EXISTS', deliveryId })
  })
  it('never goes above what was ordered', () => {
    given(placed, confirmed)
      .when(decide.deliver({ ...delivery, lines: quantities({ [line1]: 12_0001n }) }, TODAY))
      .thenRejects({
        code: 'DELIVERY_EXCEEDS_ORDER',
        lineId: line1,
        asked: 12_0001n,
        remaining: 12_0000n,
      })
    given(placed, confirmed, part)
      .when(
        decide.deliver(
          { ...delivery, deliveryId: commandId, lines: quantities({ [line2]: 1n, [line1]: 8_0001n }) },
          TODAY,
        ),
      )
      .thenRejects({ code: 'DELIVERY_EXCEEDS_ORDER', lineId: line1, asked: 8_0001n, remaining: 8_0000n })
  })
  it('never goes above what was not cancelled', () => {
    const cancelled: OrderEvent = {
      type: 'commerce.OrderRemainderCancelled',
      data: {
        orderId,
        cancelledOn: '1996-07-20',
        explanation: 'out of stock',
        lines: quantities({ [line1]: 8_0000n, [line2]: 5_0000n }),
      },
    }
    given(placed, confirmed, part, cancelled)
      .when(decide.deliver({ ...delivery, deliveryId: commandId, lines: quantities({ [line2]: 1n }) }, TODAY))
      .thenRejects({ code: 'DELIVERY_EXCEEDS_ORDER', lineId: line2, asked: 1n, remaining: 0n })
  })
  it('names lines of the order, each once', () => {
    given(placed, confirmed)
      .when(decide.deliver({ ...delivery, lines: quantities({ [orderId]: 1n }) }, TODAY))
      .thenRejects({ code: 'ORDER_LINE_NOT_FOUND', lineId: orderId })
    const twice = [...quantities({ [line1]: 1n }), ...quantities({ [line1]: 1n })]
    given(placed, confirmed)
      .when(decide.deliver({ ...delivery, lines: twice }, TODAY))
      .thenRejects({ code: 'ORDER_LINE_TWICE', lineId: line1 })
  })
  it('needs a confirmed order and a day that may be', () => {
    const lines = quantities({ [line1]: 1n })
    given(placed)
      .when(decide.deliver({ ...delivery, lines }, TODAY))
      .thenRejects({ code: 'ORDER_NOT_CONFIRMED', number: 'O-10248' })
    given()
      .when(decide.deliver({ ...delivery, lines }, TODAY))
      .thenRejects({ code: 'ORDER_NOT_FOUND' })
    given(placed, confirmed)
      .when(decide.deliver({ ...delivery, lines }, '1996-07-15'))
      .thenRejects({ code: 'DAY_IN_FUTURE', field: 'deliveredOn', day: '1996-07-16', today: '1996-07-15' })
  })
})

describe('cancelling the remainder', () => {
  const data = { cancelledOn: '1996-07-20', explanation: 'out of stock' }
  const cancelled: OrderEvent = {
    type: 'commerce.OrderRemainderCancelled',
    data: { orderId, ...data, lines: quantities({ [line1]: 8_0000n, [line2]: 5_0000n }) },
  }
  const part = delivered({ [line1]: 4_0000n })
  it('takes all that was not delivered, once', () => {
    given(placed, confirmed, part).when(decide.cancelRemainder(data, TODAY)).then(cancelled)
    given(placed, confirmed, part, cancelled).when(decide.cancelRemainder(data, TODAY)).thenNothing()
  })
  it('ends an order before it is confirmed', () =>
    given(placed)
      .when(decide.cancelRemainder(data, TODAY))
      .then({
        type: 'commerce.OrderRemainderCancelled',
        data: { orderId, ...data, lines: quantities({ [line1]: 12_0000n, [line2]: 5_0000n }) },
      }))
  it('needs something to cancel', () =>
    given(placed, confirmed, delivered({ [line1]: 12_0000n, [line2]: 5_0000n }))
      .when(decide.cancelRemainder(data, TODAY))
      .thenRejects({ code: 'ORDER_FULLY_DELIVERED', number: 'O-10248' }))
  it('is not dated ahead', () =>
    given(placed)
      .when(decide.cancelRemainder(data, '1996-07-19'))
      .thenRejects({ code: 'DAY_IN_FUTURE', field: 'cancelledOn', day: '1996-07-20', today: '1996-07-19' }))
  it('needs an order', () =>
    given().when(decide.cancelRemainder(data, TODAY)).thenRejects({ code: 'ORDER_NOT_FOUND' }))
})

describe('PROTOCOL 16: a placing that never came', () => {
  const abandoned: OrderEvent = { type: 'commerce.OrderPlacementAbandoned', data: { orderId, commandId } }
  it('is ended at no-stream, once, and cannot come any more', () => {
    given().when(decide.abandon({ orderId, commandId })).then(abandoned)
    given(abandoned).when(decide.abandon({ orderId, commandId })).thenNothing()
    given(abandoned).when(decide.place(placement, TODAY)).thenRejects({ code: 'ORDER_ABANDONED' })
  })
  it('is not ended where it came after all', () =>
    given(placed)
      .when(decide.abandon({ orderId, commandId }))
      .thenRejects({ code: 'ORDER_EXISTS', number: 'O-10248' }))
})

it('whatever is asked in whatever order, what went out and was cancelled never passes what was ordered', () => {
  const ask = fc.record({
    lineId: fc.constantFrom(line1, line2),
    quantity: fc.bigInt(1n, 8_0000n),
    cancel: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
  })
  fc.assert(
    fc.property(fc.array(ask, { maxLength: 12 }), asks => {
      let state = [placed, confirmed].reduce(order.evolve, order.initial) as PlacedOrder
      asks.forEach(({ lineId, quantity, cancel }, index) => {
        const before = remainingToDeliver(state, state.lines.get(lineId)!)
        const id = `01932f0c-0000-7000-8000-${String(index).padStart(12, '0')}`
        const data = { orderId, deliveryId: id, deliveredOn: '1996-07-16', lines: [{ lineId, quantity }] }
        const result = cancel
          ? decide.cancelRemainder({ cancelledOn: '1996-07-16', explanation: 'x' }, TODAY)(state)
          : decide.deliver(data, TODAY)(state)
        if (!cancel) expect(E.isRight(result)).toBe(quantity <= before)
        if (E.isRight(result)) state = result.right.reduce(order.evolve, state) as PlacedOrder
        for (const line of state.lines.values()) expect(remainingToDeliver(state, line) >= 0n).toBe(true)
      })
    }),
  )
})

it('a history that cannot have happened stops the program', () => {
  expect(() => given(placed, placed).state()).toThrow('impossible')
  expect(() => given(confirmed).state()).toThrow('impossible')
})
