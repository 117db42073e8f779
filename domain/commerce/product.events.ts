import { z } from 'zod'
import { defineEvent, type EventOf } from '../shared/events.ts'
import { AccountNumber, Currency, UnitPrice, Uuid, text, Unit } from '../shared/values.ts'

/** Stream `product-<productId>`. */

/** Which of a country's rates applies: the rate itself is dated data. */
export const VatRateClass = z.enum(['standard', 'intermediate', 'reduced', 'superReduced', 'exempt'])
export type VatRateClass = z.output<typeof VatRateClass>

const Details = {
  name: text(200),
  description: text(1000).optional(),
  family: text(60).optional(),
  /** Goods or services: decides when VAT falls due, and the operation category of the invoice. */
  operation: z.enum(['goods', 'services']),
  /** UN/ECE Recommendation 20 code: C62 piece, HUR hour, DAY day, LS lump sum, KGM kilogram. */
  unit: Unit,
  vat: VatRateClass,
  /** VATEX code of the exemption, required when `vat` is exempt. */
  vatExemption: text(40).optional(),
  /** Account of the revenue: 70x. */
  revenueAccount: AccountNumber,
}

export const ProductRegistered = defineEvent(
  'commerce.ProductRegistered',
  z.strictObject({ productId: Uuid, code: text(40), ...Details, unitPrice: UnitPrice, currency: Currency }),
)
export const ProductChanged = defineEvent(
  'commerce.ProductChanged',
  z.strictObject({ productId: Uuid, ...Details }),
)
export const ProductPriceChanged = defineEvent(
  'commerce.ProductPriceChanged',
  z.strictObject({ productId: Uuid, unitPrice: UnitPrice, currency: Currency }),
)
/** No longer offered; open orders go on. */
export const ProductDiscontinued = defineEvent(
  'commerce.ProductDiscontinued',
  z.strictObject({ productId: Uuid }),
)
/**
 * The command that had claimed the key of this product never came back. Nothing begins on this stream any more; its
 * key is free again (PROTOCOL 16). `commandId` is the command that had claimed.
 */
export const ProductRegistrationAbandoned = defineEvent(
  'commerce.ProductRegistrationAbandoned',
  z.strictObject({ productId: Uuid, commandId: Uuid }),
)

export const productEvents = [
  ProductRegistered,
  ProductChanged,
  ProductPriceChanged,
  ProductDiscontinued,
  ProductRegistrationAbandoned,
] as const
export type ProductEvent = EventOf<typeof productEvents>
