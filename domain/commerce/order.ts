import type { z } from 'zod'
import type { Aggregate } from '../shared/aggregate.ts'
import { impossible, type Day, type Uuid } from '../shared/values.ts'
import {
  orderEvents,
  type OrderDelivered,
  type OrderEvent,
  type OrderLine,
  type OrderPlaced,
} from './order.events.ts'

/** State of an order: what remains to deliver and what remains to bill. Its decisions: `order-decisions.ts`. */

/** Quantities by line, 4 decimals. A line that is absent has none. */
export type Quantities = ReadonlyMap<string, bigint>
export interface LineQuantity {
  readonly lineId: Uuid
  readonly quantity: bigint
}

/** What of some quantities went out in one delivery. */
export interface DeliveredPart {
  readonly deliveryId: Uuid
  readonly deliveredOn: Day
  readonly lines: readonly LineQuantity[]
}

/** What one invoice claimed to bill. */
export interface BillingClaim {
  readonly lines: Quantities
  /** The same quantities by delivery, in the order of the deliveries. */
  readonly deliveries: readonly DeliveredPart[]
  /** Net, minor units. */
  readonly freight: bigint
  /** Its owner ended: the rest was released and it claims no more. */
  readonly ended: boolean
}

export interface PlacedOrder {
  readonly status: 'placed' | 'confirmed'
  readonly placed: z.output<typeof OrderPlaced.data>
  readonly lines: ReadonlyMap<string, OrderLine>
  readonly deliveries: ReadonlyMap<string, z.output<typeof OrderDelivered.data>>
  readonly delivered: Quantities
  readonly cancelled: Quantities
  readonly claims: ReadonlyMap<string, BillingClaim>
}

export type Order = { readonly status: 'none' } | { readonly status: 'abandoned' } | PlacedOrder

const add = (quantities: Quantities, lines: readonly LineQuantity[], sign: 1n | -1n = 1n): Quantities => {
  const sum = new Map(quantities)
  for (const { lineId, quantity } of lines) sum.set(lineId, (sum.get(lineId) ?? 0n) + sign * quantity)
  return sum
}

/** Quantity of a line not yet delivered nor cancelled. */
export const remainingToDeliver = (order: PlacedOrder, line: OrderLine): bigint =>
  line.quantity - (order.delivered.get(line.lineId) ?? 0n) - (order.cancelled.get(line.lineId) ?? 0n)

const claimed = (order: PlacedOrder, lineId: string): bigint =>
  [...order.claims.values()].reduce((total, claim) => total + (claim.lines.get(lineId) ?? 0n), 0n)

/** Quantity of a line delivered and not yet claimed by an invoice: goods and services alike. */
export const remainingToBill = (order: PlacedOrder, line: OrderLine): bigint =>
  (order.delivered.get(line.lineId) ?? 0n) - claimed(order, line.lineId)

/** Freight not yet claimed by an invoice, net, minor units. It is due from the first delivery on. */
export const freightToBill = (order: PlacedOrder): bigint =>
  order.delivered.size === 0
    ? 0n
    : order.placed.freight - [...order.claims.values()].reduce((total, claim) => total + claim.freight, 0n)

/** Everything that can be billed now, in the order of the lines. */
export const billable = (
  order: PlacedOrder,
): { readonly lines: readonly LineQuantity[]; readonly freight: bigint } => ({
  lines: [...order.lines.values()]
    .map(line => ({ lineId: line.lineId, quantity: remainingToBill(order, line) }))
    .filter(({ quantity }) => quantity > 0n),
  freight: freightToBill(order),
})

/** Takes quantities from deliveries, the first ones first. */
const take = (deliveries: Iterable<DeliveredPart>, wanted: Quantities): readonly DeliveredPart[] => {
  const left = new Map(wanted)
  const parts = []
  for (const { deliveryId, deliveredOn, lines } of deliveries) {
    const taken = lines.flatMap(({ lineId, quantity }) => {
      const asked = left.get(lineId) ?? 0n
      const part = asked < quantity ? asked : quantity
      left.set(lineId, asked - part)
      return part > 0n ? [{ lineId, quantity: part }] : []
    })
    if (taken.length > 0) parts.push({ deliveryId, deliveredOn, lines: taken })
  }
  return parts
}

/** Attributes quantities about to be claimed to deliveries that no claim took yet, the first ones first. */
export const takeDeliveries = (
  order: PlacedOrder,
  lines: readonly LineQuantity[],
): readonly DeliveredPart[] => {
  const taken = [...order.claims.values()].flatMap(claim => claim.deliveries)
  const free = [...order.deliveries.values()].map(({ deliveryId, deliveredOn, lines: delivered }) => {
    const same = taken.filter(part => part.deliveryId === deliveryId).flatMap(part => part.lines)
    const quantities = add(add(new Map(), delivered), same, -1n)
    return {
      deliveryId,
      deliveredOn,
      lines: delivered.map(({ lineId }) => ({ lineId, quantity: quantities.get(lineId) ?? 0n })),
    }
  })
  return take(free, add(new Map(), lines))
}

const NO_CLAIM: BillingClaim = { lines: new Map(), deliveries: [], freight: 0n, ended: false }

type LaterEvent = Exclude<OrderEvent, { type: 'commerce.OrderPlaced' | 'commerce.OrderPlacementAbandoned' }>

const evolvePlaced = (order: PlacedOrder, event: LaterEvent): PlacedOrder => {
  switch (event.type) {
    case 'commerce.OrderConfirmed':
      return { ...order, status: 'confirmed' }
    case 'commerce.OrderDelivered':
      return {
        ...order,
        deliveries: new Map(order.deliveries).set(event.data.deliveryId, event.data),
        delivered: add(order.delivered, event.data.lines),
      }
    case 'commerce.OrderRemainderCancelled':
      return { ...order, cancelled: add(order.cancelled, event.data.lines) }
    case 'commerce.BillingClaimed': {
      const { invoiceId, lines, freight } = event.data
      const before = order.claims.get(invoiceId) ?? NO_CLAIM
      const after = {
        lines: add(before.lines, lines),
        deliveries: [...before.deliveries, ...event.data.deliveries],
        freight: before.freight + freight,
        ended: false,
      }
      return { ...order, claims: new Map(order.claims).set(invoiceId, after) }
    }
    case 'commerce.BillingReleased': {
      const { invoiceId, lines, freight } = event.data
      const before = order.claims.get(invoiceId) ?? impossible(`${event.type} without a claim`)
      const left = add(before.lines, lines, -1n)
      const after = {
        lines: left,
        deliveries: take(before.deliveries, left),
        freight: before.freight - freight,
        ended: true,
      }
      return { ...order, claims: new Map(order.claims).set(invoiceId, after) }
    }
  }
}

const evolve = (order: Order, event: OrderEvent): Order => {
  switch (event.type) {
    case 'commerce.OrderPlaced':
      if (order.status !== 'none') return impossible(`${event.type} on ${order.status}`)
      return {
        status: 'placed',
        placed: event.data,
        lines: new Map(event.data.lines.map(line => [line.lineId, line])),
        deliveries: new Map(),
        delivered: new Map(),
        cancelled: new Map(),
        claims: new Map(),
      }
    case 'commerce.OrderPlacementAbandoned':
      return order.status === 'none'
        ? { status: 'abandoned' }
        : impossible(`${event.type} on ${order.status}`)
    case 'commerce.OrderConfirmed':
    case 'commerce.OrderDelivered':
    case 'commerce.OrderRemainderCancelled':
    case 'commerce.BillingClaimed':
    case 'commerce.BillingReleased':
      return order.status === 'none' || order.status === 'abandoned'
        ? impossible(`${event.type} on ${order.status}`)
        : evolvePlaced(order, event)
  }
}

export const order: Aggregate<Order, OrderEvent> = {
  category: 'order',
  events: orderEvents,
  initial: { status: 'none' },
  evolve,
}
