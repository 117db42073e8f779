import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Decision } from '../shared/aggregate.ts'
import { isSupportedCurrency, lineNet, sum, withinBound } from '../shared/money.ts'
import { same } from '../shared/same.ts'
import type { Day, Uuid } from '../shared/values.ts'
import { remainingToDeliver, type LineQuantity, type Order, type PlacedOrder } from './order.ts'
import type { OrderDelivered, OrderEvent, OrderPlaced } from './order.events.ts'

/** Decisions from the order's placing to its last delivery. Billing: `order-billing.ts`. */

type Placement = z.output<typeof OrderPlaced.data>
type Delivery = z.output<typeof OrderDelivered.data>

export type OrderRejection =
  | { readonly code: 'ORDER_NOT_FOUND' }
  /** The number of another legal entity's order is told to nobody here. */
  | { readonly code: 'ORDER_EXISTS'; readonly number: string | undefined }
  | { readonly code: 'ORDER_ABANDONED' }
  | { readonly code: 'ORDER_NOT_CONFIRMED'; readonly number: string }
  | { readonly code: 'ORDER_FULLY_DELIVERED'; readonly number: string }
  | { readonly code: 'ORDER_WHOLLY_CANCELLED'; readonly number: string }
  | { readonly code: 'ORDER_LINE_TWICE'; readonly lineId: string }
  | { readonly code: 'ORDER_LINE_NOT_FOUND'; readonly lineId: string }
  | { readonly code: 'CURRENCY_NOT_SUPPORTED'; readonly currency: string }
  | {
      readonly code: 'ORDER_AMOUNT_TOO_LARGE'
      readonly lineId: string | undefined
      readonly net: bigint
      readonly currency: string
    }
  | { readonly code: 'DAY_IN_FUTURE'; readonly field: string; readonly day: Day; readonly today: Day }
  | { readonly code: 'DAY_BEFORE_ORDER'; readonly field: string; readonly day: Day; readonly orderedOn: Day }
  | { readonly code: 'DELIVERY_EXISTS'; readonly deliveryId: string }
  | {
      readonly code: 'DELIVERY_EXCEEDS_ORDER'
      readonly lineId: string
      readonly asked: bigint
      readonly remaining: bigint
    }

type OrderDecision = Decision<Order, OrderEvent, OrderRejection>

/** Decisions on an order that was placed. */
export const placed = <R extends { readonly code: string }>(
  decision: (order: PlacedOrder) => E.Either<R, readonly OrderEvent[]>,
): Decision<Order, OrderEvent, R | { readonly code: 'ORDER_NOT_FOUND' }> => {
  return (order: Order): E.Either<R | { readonly code: 'ORDER_NOT_FOUND' }, readonly OrderEvent[]> =>
    order.status === 'none' || order.status === 'abandoned'
      ? E.left({ code: 'ORDER_NOT_FOUND' })
      : decision(order)
}

/** The first line named twice, or that the order does not have; undefined when there is none. */
export const linesProblem = (
  order: PlacedOrder,
  lines: readonly LineQuantity[],
): { readonly code: 'ORDER_LINE_TWICE' | 'ORDER_LINE_NOT_FOUND'; readonly lineId: string } | undefined => {
  const seen = new Set<string>()
  for (const { lineId } of lines) {
    if (!order.lines.has(lineId)) return { code: 'ORDER_LINE_NOT_FOUND', lineId }
    if (seen.has(lineId)) return { code: 'ORDER_LINE_TWICE', lineId }
    seen.add(lineId)
  }
  return undefined
}

const dayProblem = (
  field: string,
  day: Day,
  { orderedOn, today }: { readonly orderedOn: Day; readonly today: Day },
): OrderRejection | undefined => {
  if (day > today) return { code: 'DAY_IN_FUTURE', field, day, today }
  if (day < orderedOn) return { code: 'DAY_BEFORE_ORDER', field, day, orderedOn }
  return undefined
}

/** PROTOCOL 7: neither a line nor the whole may pass the bound of amounts, VAT included at any rate up to 100 %. */
const amountProblem = ({ lines, freight, currency }: Placement): OrderRejection | undefined => {
  const nets = lines.map(({ lineId, quantity, unitPrice, discountRate }) => ({
    lineId,
    net: lineNet(quantity, unitPrice, discountRate),
  }))
  const line = nets.find(({ net }) => !withinBound(2n * net))
  if (line !== undefined) return { code: 'ORDER_AMOUNT_TOO_LARGE', ...line, currency }
  const total = freight + sum(nets.map(({ net }) => net))
  return withinBound(2n * total)
    ? undefined
    : { code: 'ORDER_AMOUNT_TOO_LARGE', lineId: undefined, net: total, currency }
}

const placementProblem = (data: Placement, today: Day): OrderRejection | undefined => {
  const { currency, lines, orderedOn, requestedOn } = data
  if (!isSupportedCurrency(currency)) return { code: 'CURRENCY_NOT_SUPPORTED', currency }
  const twice = lines.find((line, index) => lines.findIndex(l => l.lineId === line.lineId) < index)
  if (twice !== undefined) return { code: 'ORDER_LINE_TWICE', lineId: twice.lineId }
  if (orderedOn > today) return { code: 'DAY_IN_FUTURE', field: 'orderedOn', day: orderedOn, today }
  if (requestedOn !== undefined && requestedOn < orderedOn)
    return { code: 'DAY_BEFORE_ORDER', field: 'requestedOn', day: requestedOn, orderedOn }
  return amountProblem(data)
}

export const decide = {
  /** @param today the day of the command in the entity's zone */
  place:
    (data: Placement, today: Day): OrderDecision =>
    order => {
      if (order.status === 'abandoned') return E.left({ code: 'ORDER_ABANDONED' })
      if (order.status !== 'none') {
        const { entityId, number } = order.placed
        if (same(data, order.placed, 'same')) return E.right([])
        return E.left({ code: 'ORDER_EXISTS', number: entityId === data.entityId ? number : undefined })
      }
      const problem = placementProblem(data, today)
      return problem === undefined ? E.right([{ type: 'commerce.OrderPlaced', data }]) : E.left(problem)
    },

  confirm: (confirmedOn: Day, today: Day): OrderDecision =>
    placed(order => {
      const { orderId, number, orderedOn } = order.placed
      if (order.status === 'confirmed') return E.right([])
      if (stillToDeliver(order).length === 0) return E.left({ code: 'ORDER_WHOLLY_CANCELLED', number })
      const problem = dayProblem('confirmedOn', confirmedOn, { orderedOn, today })
      return problem === undefined
        ? E.right([{ type: 'commerce.OrderConfirmed', data: { orderId, confirmedOn } }])
        : E.left(problem)
    }),

  /** Delivers some or all of what remains: never more. */
  deliver: (data: Delivery, today: Day): OrderDecision =>
    placed(order => {
      const { number, orderedOn } = order.placed
      const known = order.deliveries.get(data.deliveryId)
      if (known !== undefined)
        return same(data, known, 'different')
          ? E.right([])
          : E.left({ code: 'DELIVERY_EXISTS', deliveryId: data.deliveryId })
      if (order.status !== 'confirmed') return E.left({ code: 'ORDER_NOT_CONFIRMED', number })
      const problem =
        linesProblem(order, data.lines) ??
        dayProblem('deliveredOn', data.deliveredOn, { orderedOn, today }) ??
        excessProblem(order, data.lines)
      return problem === undefined ? E.right([{ type: 'commerce.OrderDelivered', data }]) : E.left(problem)
    }),

  /** What was not delivered will not be. */
  cancelRemainder: (
    data: { readonly cancelledOn: Day; readonly explanation: string },
    today: Day,
  ): OrderDecision =>
    placed(order => {
      const { orderId, number, orderedOn } = order.placed
      const lines = stillToDeliver(order)
      if (lines.length === 0)
        return order.cancelled.size > 0 ? E.right([]) : E.left({ code: 'ORDER_FULLY_DELIVERED', number })
      const problem = dayProblem('cancelledOn', data.cancelledOn, { orderedOn, today })
      return problem === undefined
        ? E.right([{ type: 'commerce.OrderRemainderCancelled', data: { orderId, ...data, lines } }])
        : E.left(problem)
    }),

  /** Ends a placing that never came after its claim on the number, so that the number can be released. */
  abandon:
    (data: { readonly orderId: Uuid; readonly commandId: Uuid }): OrderDecision =>
    order => {
      switch (order.status) {
        case 'none':
          return E.right([{ type: 'commerce.OrderPlacementAbandoned', data }])
        case 'abandoned':
          return E.right([])
        case 'placed':
        case 'confirmed':
          return E.left({ code: 'ORDER_EXISTS', number: order.placed.number })
      }
    },
}

function stillToDeliver(order: PlacedOrder): LineQuantity[] {
  return [...order.lines.values()]
    .map(line => ({ lineId: line.lineId, quantity: remainingToDeliver(order, line) }))
    .filter(({ quantity }) => quantity > 0n)
}

function excessProblem(order: PlacedOrder, lines: readonly LineQuantity[]): OrderRejection | undefined {
  for (const { lineId, quantity } of lines) {
    const line = order.lines.get(lineId)
    const remaining = line === undefined ? 0n : remainingToDeliver(order, line)
    if (quantity > remaining) return { code: 'DELIVERY_EXCEEDS_ORDER', lineId, asked: quantity, remaining }
  }
  return undefined
}
