import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { decideBilling } from '../../../domain/commerce/order-billing.ts'
import {
  billable,
  freightToBill,
  order,
  remainingToBill,
  type PlacedOrder,
} from '../../../domain/commerce/order.ts'
import type { OrderEvent } from '../../../domain/commerce/order.events.ts'
import { specFor } from '../../support/spec.ts'
import {
  commandId,
  confirmed,
  delivered,
  deliveryId,
  line1,
  line2,
  orderId,
  placed,
  quantities,
  secondDeliveryId,
} from './order-histories.ts'

const given = specFor(order)
const invoiceId = '01932f0c-0000-7000-8000-0000000000f1'
const otherInvoiceId = '01932f0c-0000-7000-8000-0000000000f2'
const first = delivered({ [line1]: 4_0000n })
const second = delivered({ [line1]: 6_0000n, [line2]: 5_0000n }, secondDeliveryId, '1996-07-20')
const history = [placed, confirmed, first, second] as const

const part = (id: string, byLine: Readonly<Record<string, bigint>>) => ({
  deliveryId: id,
  deliveredOn: id === deliveryId ? '1996-07-16' : '1996-07-20',
  lines: quantities(byLine),
})
const demand = (byLine: Readonly<Record<string, bigint>>, freight = 0n, id = invoiceId) => ({
  invoiceId: id,
  commandId,
  lines: quantities(byLine),
  freight,
  orders: [orderId],
})
const claimed = (
  byLine: Readonly<Record<string, bigint>>,
  freight: bigint,
  deliveries: ReturnType<typeof part>[],
  id = invoiceId,
): OrderEvent => ({
  type: 'commerce.BillingClaimed',
  data: {
    orderId,
    invoiceId: id,
    ownerStream: `invoice-${id}`,
    commandId,
    lines: quantities(byLine),
    freight,
    deliveries,
    orders: [orderId],
  },
})
const released = (byLine: Readonly<Record<string, bigint>>, freight: bigint): OrderEvent => ({
  type: 'commerce.BillingReleased',
  data: { orderId, invoiceId, commandId, lines: quantities(byLine), freight },
})
const claim = claimed({ [line1]: 7_0000n }, 32_38n, [
  part(deliveryId, { [line1]: 4_0000n }),
  part(secondDeliveryId, { [line1]: 3_0000n }),
])

describe('what can be billed', () => {
  it('is what was delivered and not claimed, and the freight from the first delivery on', () => {
    expect(billable(given(placed, confirmed).state() as PlacedOrder)).toStrictEqual({
      lines: [],
      freight: 0n,
    })
    expect(billable(given(...history).state() as PlacedOrder)).toStrictEqual({
      lines: quantities({ [line1]: 10_0000n, [line2]: 5_0000n }),
      freight: 32_38n,
    })
    expect(billable(given(...history, claim).state() as PlacedOrder)).toStrictEqual({
      lines: quantities({ [line1]: 3_0000n, [line2]: 5_0000n }),
      freight: 0n,
    })
  })
})

describe('claiming', () => {
  it('takes what the invoice is to bill, from the first deliveries first', () =>
    given(...history)
      .when(decideBilling.claim(demand({ [line1]: 7_0000n }, 32_38n)))
      .then(claim))

  it('goes on where another invoice ended its taking', () =>
    given(...history, claim)
      .when(decideBilling.claim(demand({ [line1]: 1_0000n, [line2]: 5_0000n }, 0n, otherInvoiceId)))
      .then(
        claimed(
          { [line1]: 1_0000n, [line2]: 5_0000n },
          0n,
          [part(secondDeliveryId, { [line1]: 1_0000n, [line2]: 5_0000n })],
          otherInvoiceId,
        ),
      ))

  it('PROTOCOL 16: adds nothing when heard again', () =>
    given(...history, claim)
      .when(decideBilling.claim(demand({ [line1]: 7_0000n }, 32_38n)))
      .thenNothing())

  it('PROTOCOL 16: only grows while its owner lives: a lowered draft frees nothing', () => {
    given(...history, claim)
      .when(decideBilling.claim(demand({ [line1]: 2_0000n }, 0n)))
      .thenNothing()
    given(...history, claim)
      .when(decideBilling.claim(demand({ [line1]: 8_0000n, [line2]: 1_0000n }, 32_38n)))
      .then(
        claimed({ [line1]: 1_0000n, [line2]: 1_0000n }, 0n, [
          part(secondDeliveryId, { [line1]: 1_0000n, [line2]: 1_0000n }),
        ]),
      )
  })

  it('never goes above what was delivered', () => {
    given(placed, confirmed, first)
      .when(decideBilling.claim(demand({ [line1]: 4_0001n })))
      .thenRejects({
        code: 'BILLING_EXCEEDS_DELIVERED',
        lineId: line1,
        asked: 4_0001n,
        remaining: 4_0000n,
      })
    given(...history, claim)
      .when(decideBilling.claim(demand({ [line1]: 3_0001n }, 0n, otherInvoiceId)))
      .thenRejects({
        code: 'BILLING_EXCEEDS_DELIVERED',
        lineId: line1,
        asked: 3_0001n,
        remaining: 3_0000n,
      })
  })

  it('bills the freight once, and not before something went out', () => {
    const tooMuch = { code: 'FREIGHT_EXCEEDS_AGREED', currency: 'EUR' } as const
    given(...history, claim)
      .when(decideBilling.claim(demand({}, 1n, otherInvoiceId)))
      .thenRejects({ ...tooMuch, asked: 1n, remaining: 0n })
    given(...history)
      .when(decideBilling.claim(demand({}, 32_39n)))
      .thenRejects({ ...tooMuch, asked: 32_39n, remaining: 32_38n })
    given(placed, confirmed)
      .when(decideBilling.claim(demand({}, 32_38n)))
      .thenRejects({ ...tooMuch, asked: 32_38n, remaining: 0n })
  })

  it('names lines of the order, each once, and something at all', () => {
    given(...history)
      .when(decideBilling.claim(demand({ [orderId]: 1n })))
      .thenRejects({ code: 'ORDER_LINE_NOT_FOUND', lineId: orderId })
    const twice = [...quantities({ [line1]: 1n }), ...quantities({ [line1]: 1n })]
    given(...history)
      .when(decideBilling.claim({ ...demand({}), lines: twice }))
      .thenRejects({ code: 'ORDER_LINE_TWICE', lineId: line1 })
    given(...history)
      .when(decideBilling.claim(demand({})))
      .thenRejects({ code: 'BILLING_CLAIM_EMPTY' })
    given()
      .when(decideBilling.claim(demand({ [line1]: 1n })))
      .thenRejects({ code: 'ORDER_NOT_FOUND' })
  })
})

describe('releasing', () => {
  const nothing = { invoiceId, commandId, lines: [], freight: 0n }

  it('PROTOCOL 16: gives back all that a cancelled draft claimed, once', () => {
    const all = released({ [line1]: 7_0000n }, 32_38n)
    given(...history, claim)
      .when(decideBilling.release(nothing))
      .then(all)
    given(...history, claim, all)
      .when(decideBilling.release(nothing))
      .thenNothing()
    expect(billable(given(...history, claim, all).state() as PlacedOrder)).toStrictEqual(
      billable(given(...history).state() as PlacedOrder),
    )
  })

  it('PROTOCOL 16: gives back what the issued invoice did not use, from the last deliveries first', () => {
    const used = { invoiceId, commandId, lines: quantities({ [line1]: 5_0000n }), freight: 32_38n }
    const excess = released({ [line1]: 2_0000n }, 0n)
    given(...history, claim)
      .when(decideBilling.release(used))
      .then(excess)
    const state = given(...history, claim, excess).state() as PlacedOrder
    expect(state.claims.get(invoiceId)).toStrictEqual({
      lines: new Map([[line1, 5_0000n]]),
      deliveries: [part(deliveryId, { [line1]: 4_0000n }), part(secondDeliveryId, { [line1]: 1_0000n })],
      freight: 32_38n,
      ended: true,
    })
  })

  it('PROTOCOL 16: leaves a paused command nothing to claim', () =>
    given(...history, claim, released({ [line1]: 7_0000n }, 32_38n))
      .when(decideBilling.claim(demand({ [line1]: 7_0000n })))
      .thenRejects({ code: 'BILLING_CLAIM_ENDED', invoiceId }))

  it('has nothing to give back where all was used or nothing claimed', () => {
    const used = { invoiceId, commandId, lines: quantities({ [line1]: 7_0000n }), freight: 32_38n }
    given(...history, claim)
      .when(decideBilling.release(used))
      .thenNothing()
    given(...history)
      .when(decideBilling.release(nothing))
      .thenNothing()
    given().when(decideBilling.release(nothing)).thenRejects({ code: 'ORDER_NOT_FOUND' })
  })

  it('stops the program where more was used than claimed', () => {
    const state = given(...history, claim).state()
    for (const lines of [quantities({ [line1]: 7_0001n }), quantities({ [line2]: 1n })])
      expect(() => decideBilling.release({ ...nothing, lines })(state)).toThrow('impossible')
    expect(() => decideBilling.release({ ...nothing, freight: 33_00n })(state)).toThrow('impossible')
    expect(() => given(...history, released({}, 0n)).state()).toThrow('impossible')
  })
})

it('whatever invoices ask and whenever they end, nothing delivered is billed twice', () => {
  const invoices = [invoiceId, otherInvoiceId, commandId]
  const ask = fc.record({
    invoice: fc.constantFrom(...invoices),
    first: fc.bigInt(0n, 11_0000n),
    second: fc.bigInt(0n, 6_0000n),
    freight: fc.constantFrom(0n, 10_00n, 32_38n),
    release: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(ask, { maxLength: 15 }), asks => {
      let state = history.reduce(order.evolve, order.initial) as PlacedOrder
      for (const { invoice, first: a, second: b, freight, release } of asks) {
        const lines = quantities({ [line1]: a, [line2]: b }).filter(l => l.quantity > 0n)
        const result = release
          ? decideBilling.release({ invoiceId: invoice, commandId, lines: [], freight: 0n })(state)
          : decideBilling.claim({ invoiceId: invoice, commandId, lines, freight, orders: [orderId] })(state)
        if (E.isRight(result)) state = result.right.reduce(order.evolve, state) as PlacedOrder
        expect(freightToBill(state) >= 0n).toBe(true)
        for (const line of state.lines.values()) expect(remainingToBill(state, line) >= 0n).toBe(true)
        // Each claim's deliveries say the same quantities as its lines.
        for (const { lines: byLine, deliveries } of state.claims.values())
          for (const [lineId, quantity] of byLine) {
            const parts = deliveries.flatMap(d => d.lines).filter(l => l.lineId === lineId)
            expect(parts.reduce((total, p) => total + p.quantity, 0n)).toBe(quantity)
          }
      }
    }),
  )
})
