import * as E from 'fp-ts/lib/Either.js'
import type { Decision } from '../shared/aggregate.ts'
import { impossible, type Uuid } from '../shared/values.ts'
import {
  freightToBill,
  remainingToBill,
  takeDeliveries,
  type BillingClaim,
  type LineQuantity,
  type Order,
  type PlacedOrder,
} from './order.ts'
import { linesProblem, placed } from './order-decisions.ts'
import type { OrderEvent } from './order.events.ts'

/** What of an order an invoice may bill: claims, and what their owner's end releases (PROTOCOL 16). */

export type BillingRejection =
  | { readonly code: 'ORDER_NOT_FOUND' }
  | { readonly code: 'ORDER_LINE_TWICE' | 'ORDER_LINE_NOT_FOUND'; readonly lineId: string }
  | {
      readonly code: 'BILLING_EXCEEDS_DELIVERED'
      readonly lineId: string
      readonly asked: bigint
      readonly remaining: bigint
    }
  | {
      readonly code: 'FREIGHT_EXCEEDS_AGREED'
      readonly asked: bigint
      readonly remaining: bigint
      readonly currency: string
    }
  | { readonly code: 'BILLING_CLAIM_EMPTY' }
  | { readonly code: 'BILLING_CLAIM_ENDED'; readonly invoiceId: string }

type BillingDecision = Decision<Order, OrderEvent, BillingRejection>

/** All that an invoice is to bill of an order, what it claimed before included. */
export interface BillingDemand {
  readonly invoiceId: Uuid
  readonly commandId: Uuid
  readonly lines: readonly LineQuantity[]
  /** Net, minor units. */
  readonly freight: bigint
}

/** What an invoice is to bill of this order, and the orders it bills together, this one among them. */
export interface BillingRequest extends BillingDemand {
  readonly orders: readonly Uuid[]
}

const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n)

/** What the demand adds to the invoice's claim; what it asks less of stays claimed until the invoice ends. */
const growth = (demand: BillingDemand, claim: BillingClaim | undefined) => ({
  lines: demand.lines
    .map(({ lineId, quantity }) => ({ lineId, quantity: quantity - (claim?.lines.get(lineId) ?? 0n) }))
    .filter(({ quantity }) => quantity > 0n),
  freight: positive(demand.freight - (claim?.freight ?? 0n)),
})

const growthProblem = (
  order: PlacedOrder,
  lines: readonly LineQuantity[],
  freight: bigint,
): BillingRejection | undefined => {
  for (const { lineId, quantity } of lines) {
    const line = order.lines.get(lineId)
    const remaining = line === undefined ? 0n : remainingToBill(order, line)
    if (quantity > remaining) return { code: 'BILLING_EXCEEDS_DELIVERED', lineId, asked: quantity, remaining }
  }
  const remaining = freightToBill(order)
  const { currency } = order.placed
  return freight > remaining
    ? { code: 'FREIGHT_EXCEEDS_AGREED', asked: freight, remaining, currency }
    : undefined
}

export const decideBilling = {
  /**
   * Claims for an invoice what it is to bill: quantities delivered, of goods and services alike, and freight agreed,
   * that no invoice claimed before. Asked again for more, the claim grows; for the same or less, nothing happens.
   */
  claim: (demand: BillingRequest): BillingDecision =>
    placed((order): E.Either<BillingRejection, readonly OrderEvent[]> => {
      const { invoiceId, commandId } = demand
      const claim = order.claims.get(invoiceId)
      if (claim?.ended === true) return E.left({ code: 'BILLING_CLAIM_ENDED', invoiceId })
      if (demand.lines.length === 0 && demand.freight === 0n) return E.left({ code: 'BILLING_CLAIM_EMPTY' })
      const { lines, freight } = growth(demand, claim)
      const problem = linesProblem(order, demand.lines) ?? growthProblem(order, lines, freight)
      if (problem !== undefined) return E.left(problem)
      if (lines.length === 0 && freight === 0n) return E.right([])
      const { orderId } = order.placed
      const ownerStream = `invoice-${invoiceId}`
      return E.right([
        {
          type: 'commerce.BillingClaimed',
          data: {
            orderId,
            invoiceId,
            ownerStream,
            commandId,
            lines,
            freight,
            deliveries: takeDeliveries(order, lines).map(part => ({ ...part, lines: [...part.lines] })),
            orders: [...demand.orders],
          },
        },
      ])
    }),

  /**
   * After the end of the invoice: gives back what it claimed and did not use, from what its end froze (nothing used
   * where the draft was cancelled). It claims no more then.
   */
  release: (used: BillingDemand): BillingDecision =>
    placed((order): E.Either<BillingRejection, readonly OrderEvent[]> => {
      const { invoiceId, commandId } = used
      const claim = order.claims.get(invoiceId)
      if (claim === undefined || claim.ended) return E.right([])
      const usedLines = new Map(used.lines.map(({ lineId, quantity }) => [lineId, quantity]))
      const lines = [...claim.lines]
        .map(([lineId, quantity]) => ({ lineId, quantity: quantity - (usedLines.get(lineId) ?? 0n) }))
        .filter(({ quantity }) => quantity !== 0n)
      const freight = claim.freight - used.freight
      const unclaimed = used.lines.some(({ lineId }) => !claim.lines.has(lineId))
      if (unclaimed || freight < 0n || lines.some(({ quantity }) => quantity < 0n))
        return impossible(`invoice ${invoiceId} used more than it claimed`)
      if (lines.length === 0 && freight === 0n) return E.right([])
      const { orderId } = order.placed
      return E.right([
        { type: 'commerce.BillingReleased', data: { orderId, invoiceId, commandId, lines, freight } },
      ])
    }),
}
