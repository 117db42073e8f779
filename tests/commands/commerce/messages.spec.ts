import { describe } from 'vitest'
import { commerceSentences } from '../../../commands/commerce/messages.ts'
import type { OrderPlacementRejection } from '../../../commands/commerce/place-order.ts'
import type { CustomerRejection } from '../../../domain/commerce/customer.ts'
import type { BillingRejection } from '../../../domain/commerce/order-billing.ts'
import type { OrderRejection } from '../../../domain/commerce/order-decisions.ts'
import type { ProductRejection } from '../../../domain/commerce/product.ts'
import { expectSentences, type Samples } from '../../support/sentences.ts'
import { identitySamples } from '../identity-samples.ts'

const lineId = '01932f0c-0000-7000-8000-000000000011'
const personId = '01932f0c-0000-7000-8000-0000000000a1'

const customer: Samples<CustomerRejection> = {
  ...identitySamples,
  CUSTOMER_NOT_FOUND: {},
  CUSTOMER_EXISTS: { customerCode: 'VINET' },
  CUSTOMER_ABANDONED: {},
  INVENTED_IDENTIFIER_ABSENT: { field: 'siret' },
  INVENTED_IDENTIFIER_IN_PRODUCTION: { field: 'vatNumber' },
  CONTACT_TWICE: { personId },
  CONTACT_NOT_FOUND: { personId },
}
const product: Samples<ProductRejection> = {
  CURRENCY_NOT_SUPPORTED: { currency: 'JPY' },
  PRODUCT_NOT_FOUND: {},
  PRODUCT_EXISTS: { productCode: 'P1' },
  PRODUCT_ABANDONED: {},
  PRODUCT_DISCONTINUED: { productCode: 'P1' },
  REVENUE_ACCOUNT_INVALID: { account: '607' },
  VAT_EXEMPTION_MISSING: {},
  VAT_EXEMPTION_UNEXPECTED: { vatExemption: 'VATEX-FR-CGI261-4', vat: 'standard' },
}
const order: Samples<OrderRejection> = {
  CURRENCY_NOT_SUPPORTED: { currency: 'JPY' },
  ORDER_NOT_FOUND: {},
  ORDER_EXISTS: { number: 'O-10248' },
  ORDER_ABANDONED: {},
  ORDER_NOT_CONFIRMED: { number: 'O-10248' },
  ORDER_FULLY_DELIVERED: { number: 'O-10248' },
  ORDER_WHOLLY_CANCELLED: { number: 'O-10248' },
  ORDER_LINE_TWICE: { lineId },
  ORDER_LINE_NOT_FOUND: { lineId },
  ORDER_AMOUNT_TOO_LARGE: { lineId, net: 50_000_000_000_001n, currency: 'EUR' },
  DAY_IN_FUTURE: { field: 'deliveredOn', day: '2026-11-23', today: '2026-11-22' },
  DAY_BEFORE_ORDER: { field: 'deliveredOn', day: '2026-11-19', orderedOn: '2026-11-20' },
  DELIVERY_EXISTS: { deliveryId: lineId },
  DELIVERY_EXCEEDS_ORDER: { lineId, asked: 12_5000n, remaining: 12_0000n },
}
const placement: Samples<OrderPlacementRejection> = {
  LEGAL_ENTITY_NOT_FOUND: {},
  CUSTOMER_NOT_FOUND: {},
  SALESPERSON_NOT_FOUND: { salespersonId: personId },
  ORDER_PRODUCT_UNCLEAR: { lineId },
  ORDER_PRODUCT_NOT_FOUND: { lineId, product: 'P9' },
  ORDER_PRODUCT_DISCONTINUED: { lineId, product: 'P1' },
  ORDER_PRICE_MISSING: { lineId, product: 'P1', currency: 'USD', productCurrency: 'EUR' },
}
const billing: Samples<BillingRejection> = {
  ORDER_NOT_FOUND: {},
  ORDER_LINE_TWICE: { lineId },
  ORDER_LINE_NOT_FOUND: { lineId },
  BILLING_EXCEEDS_DELIVERED: { lineId, asked: 5000n, remaining: 0n },
  FREIGHT_EXCEEDS_AGREED: { asked: 32_39n, remaining: 32_38n, currency: 'EUR' },
  BILLING_CLAIM_EMPTY: {},
  BILLING_CLAIM_ENDED: { invoiceId: lineId },
}
// Said by organisation, which owns it.
const { LEGAL_ENTITY_NOT_FOUND: _, ...own } = placement

describe('each refusal of commerce', () => {
  expectSentences(commerceSentences, { ...customer, ...product, ...order, ...own, ...billing })
})
