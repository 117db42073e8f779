import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { DeliveryPlace } from '../shared/party.ts'
import {
  AccountNumber,
  Axes,
  CentsNotNegative,
  Currency,
  Day,
  Quantity,
  Rate,
  UnitPrice,
  Uuid,
  text,
  Unit,
} from '../shared/values.ts'
import { VatRateClass } from './product.events.ts'

/** Stream `order-<orderId>`: owns what remains to deliver and what remains to bill. */

/** A line as agreed. What the product said that day is frozen here: the order does not follow the catalogue. */
export const OrderLine = z.strictObject({
  lineId: Uuid,
  productId: Uuid,
  productCode: text(40),
  name: text(200),
  operation: z.enum(['goods', 'services']),
  quantity: Quantity,
  unit: Unit,
  /** Gross price of one unit, before the discount. */
  unitPrice: UnitPrice,
  discountRate: Rate,
  vat: VatRateClass,
  vatExemption: text(40).optional(),
  revenueAccount: AccountNumber,
  axes: Axes.optional(),
})
export type OrderLine = z.output<typeof OrderLine>

const LineQuantities = z.array(z.strictObject({ lineId: Uuid, quantity: Quantity })).max(500)

export const OrderPlaced = defineEvent(
  'commerce.OrderPlaced',
  z.strictObject({
    orderId: Uuid,
    entityId: Uuid,
    customerId: Uuid,
    /** Our number, unique in the entity. Not a series the law wants continuous. */
    number: text(35),
    /** The customer's own reference (BT-13). */
    purchaseOrder: text(60).optional(),
    orderedOn: Day,
    requestedOn: Day.optional(),
    currency: Currency,
    lines: z.array(OrderLine).min(1).max(500),
    /** Freight agreed for the whole order, net of VAT: billed once, as a document-level charge. */
    freight: CentsNotNegative,
    deliverTo: DeliveryPlace.optional(),
    /** Who sold it: a user's id. */
    salespersonId: Uuid.optional(),
  }),
)
export const OrderConfirmed = defineEvent(
  'commerce.OrderConfirmed',
  z.strictObject({ orderId: Uuid, confirmedOn: Day }),
)
export const OrderDelivered = defineEvent(
  'commerce.OrderDelivered',
  z.strictObject({
    orderId: Uuid,
    deliveryId: Uuid,
    deliveredOn: Day,
    carrier: text(100).optional(),
    lines: LineQuantities.min(1),
  }),
)
/** What was not yet delivered will not be. */
export const OrderRemainderCancelled = defineEvent(
  'commerce.OrderRemainderCancelled',
  z.strictObject({ orderId: Uuid, cancelledOn: Day, explanation: text(500), lines: LineQuantities.min(1) }),
)
/**
 * A claim: these quantities (and this freight) will be billed by that invoice and by no other (PROTOCOL 16). Added to
 * what the invoice claimed before: a claim only grows while its owner lives.
 */
export const BillingClaimed = defineEvent(
  'commerce.BillingClaimed',
  z.strictObject({
    orderId: Uuid,
    invoiceId: Uuid,
    /** The owner of the claim: `invoice-<invoiceId>`. */
    ownerStream: text(200),
    commandId: Uuid,
    lines: LineQuantities,
    freight: CentsNotNegative,
    /**
     * What of these quantities went out in which delivery: the next steps bill what was claimed, whatever is
     * delivered in between. Empty for lines billed without a delivery.
     */
    deliveries: z
      .array(z.strictObject({ deliveryId: Uuid, deliveredOn: Day, lines: LineQuantities.min(1) }))
      .max(200),
    /** All orders that the invoice claims, so that whoever completes the claim knows what belongs together. */
    orders: z.array(Uuid).min(1).max(20),
  }),
)
/** The claim's owner ended: what it did not use is to bill again, and it claims no more. */
export const BillingReleased = defineEvent(
  'commerce.BillingReleased',
  z.strictObject({
    orderId: Uuid,
    invoiceId: Uuid,
    commandId: Uuid,
    lines: LineQuantities,
    freight: CentsNotNegative,
  }),
)
/**
 * The command that had claimed the key of this order never came back. Nothing begins on this stream any more; its
 * key is free again (PROTOCOL 16). `commandId` is the command that had claimed.
 */
export const OrderPlacementAbandoned = defineEvent(
  'commerce.OrderPlacementAbandoned',
  z.strictObject({ orderId: Uuid, commandId: Uuid }),
)

export const orderEvents = [
  OrderPlaced,
  OrderConfirmed,
  OrderDelivered,
  OrderRemainderCancelled,
  BillingClaimed,
  BillingReleased,
  OrderPlacementAbandoned,
] as const
export type OrderEvent = EventOf<typeof orderEvents>
