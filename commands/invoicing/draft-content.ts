import type { z } from 'zod'
import { BillingClaimed } from '../../domain/commerce/order.events.ts'
import { billable } from '../../domain/commerce/public.ts'
import type { LineQuantity, PlacedOrder } from '../../domain/commerce/public.ts'
import type { DraftContent } from '../../domain/invoicing/build-content.ts'
import type { DraftLine } from '../../domain/invoicing/invoice.events.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'

/** What a draft says, made from what was claimed on its orders. */

type Line = z.output<typeof DraftLine>

/** What is asked of an order; all that can be billed where lines or freight are absent. */
export interface ToBill {
  readonly orderId: string
  readonly lines?: readonly LineQuantity[] | undefined
  readonly freight?: bigint | undefined
}

interface Wanted {
  readonly lines: readonly LineQuantity[]
  readonly freight: bigint
}

export interface ClaimedOrder {
  readonly order: PlacedOrder
  readonly wanted: Wanted
}

/**
 * What the invoice is to bill of an order. Where nothing is said, all that can be billed; and what the invoice claimed
 * already, where it did: a repeat goes on from the stored claim (PROTOCOL 16).
 */
export const wantedOf = (order: PlacedOrder, invoiceId: string, { lines, freight }: ToBill): Wanted => {
  const claim = order.claims.get(invoiceId)
  const all =
    claim === undefined
      ? billable(order)
      : {
          lines: [...claim.lines].map(([lineId, quantity]) => ({ lineId, quantity })),
          freight: claim.freight,
        }
  return { lines: lines ?? all.lines, freight: freight ?? all.freight }
}

type References = Partial<Pick<DraftContent, 'deliverTo' | 'buyerReference' | 'purchaseOrder' | 'contract'>>

/** @param stored events that the claims of this command added, now or at an earlier attempt */
export const draftContent = (
  input: { readonly [K in keyof References]?: References[K] | undefined } & {
    readonly lines?: readonly Line[] | undefined
  },
  facts: {
    readonly invoiceId: string
    readonly orders: readonly ClaimedOrder[]
    readonly deliverTo: DraftContent['deliverTo']
  },
  stored: readonly DomainEvent[],
): DraftContent => {
  const { invoiceId, orders } = facts
  const billed = orders.map(claimed => ({ ...claimed, parts: partsOf(invoiceId, claimed, stored) }))
  const deliverTo =
    input.deliverTo ?? only(orders.map(({ order }) => order.placed.deliverTo)) ?? facts.deliverTo
  const purchaseOrder = input.purchaseOrder ?? only(orders.map(({ order }) => order.placed.purchaseOrder))
  const { buyerReference, contract } = input
  return {
    lines: [...billed.flatMap(linesOf), ...(input.lines ?? [])],
    freight: orders.flatMap(({ order: { placed }, wanted: { freight } }) =>
      freight === 0n ? [] : [{ orderId: placed.orderId, number: placed.number, net: freight }],
    ),
    deliveries: billed.flatMap(deliveriesOf),
    ...(deliverTo === undefined ? {} : { deliverTo }),
    ...(buyerReference === undefined ? {} : { buyerReference }),
    ...(purchaseOrder === undefined ? {} : { purchaseOrder }),
    ...(contract === undefined ? {} : { contract }),
  }
}

/** What all orders agree on. */
const only = <T>(values: readonly T[]): T | undefined =>
  values.every(value => JSON.stringify(value) === JSON.stringify(values[0])) ? values[0] : undefined

interface Part {
  readonly lineId: string
  readonly quantity: bigint
  readonly delivery: { readonly deliveryId: string; readonly deliveredOn: string }
}

/** The wanted quantities by delivery: those claimed before, then those that this command claimed. */
const partsOf = (
  invoiceId: string,
  { order, wanted }: ClaimedOrder,
  stored: readonly DomainEvent[],
): readonly Part[] => {
  const before = order.claims.get(invoiceId)?.deliveries ?? []
  const added = stored.flatMap(event => {
    const claim = event.data as z.output<typeof BillingClaimed.data>
    return event.type === BillingClaimed.type && claim.orderId === order.placed.orderId
      ? claim.deliveries
      : []
  })
  const left = new Map(wanted.lines.map(({ lineId, quantity }) => [lineId, quantity]))
  return [...before, ...added].flatMap(({ lines, ...delivery }) =>
    lines.flatMap(({ lineId, quantity }): Part[] => {
      const asked = left.get(lineId) ?? 0n
      const taken = asked < quantity ? asked : quantity
      left.set(lineId, asked - taken)
      return taken > 0n ? [{ lineId, quantity: taken, delivery }] : []
    }),
  )
}

/** In the order of the order's lines; what went out in two deliveries stands on two lines. */
const linesOf = ({ order, parts }: ClaimedOrder & { readonly parts: readonly Part[] }): Line[] =>
  [...order.lines.values()].flatMap(line =>
    parts
      .filter(part => part.lineId === line.lineId)
      .map(({ quantity, delivery }): Line => {
        const { lineId, productId, productCode, name, operation, unit, unitPrice, discountRate } = line
        const { orderId, number, purchaseOrder } = order.placed
        return {
          order: { orderId, lineId, number, ...(purchaseOrder === undefined ? {} : { purchaseOrder }) },
          delivery: { deliveryId: delivery.deliveryId, deliveredOn: delivery.deliveredOn },
          productId,
          productCode,
          name,
          operation,
          quantity,
          unit,
          unitPrice,
          discountRate,
          vat: line.vat,
          ...(line.vatExemption === undefined ? {} : { vatExemption: line.vatExemption }),
          revenueAccount: line.revenueAccount,
          ...(line.axes === undefined ? {} : { axes: line.axes }),
        }
      }),
  )

const deliveriesOf = ({
  order,
  parts,
}: ClaimedOrder & { readonly parts: readonly Part[] }): DraftContent['deliveries'] => {
  const byId = new Map(parts.map(({ delivery }) => [delivery.deliveryId, delivery]))
  return [...byId.values()].map(({ deliveryId, deliveredOn }) => ({
    deliveryId,
    orderId: order.placed.orderId,
    deliveredOn,
  }))
}
