import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { customer, type RegisteredCustomer } from '../../domain/commerce/customer.ts'
import { decide } from '../../domain/commerce/order-decisions.ts'
import { order } from '../../domain/commerce/order.ts'
import { OrderLine, OrderPlaced } from '../../domain/commerce/order.events.ts'
import { product, type KnownProduct } from '../../domain/commerce/product.ts'
import { keyId, keyText, legalEntity, uniqueKey } from '../../domain/organisation/public.ts'
import { user } from '../../domain/organisation/user.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import { Uuid, type Day } from '../../domain/shared/values.ts'
import { claimKey } from '../claims.ts'
import { defineCommand, step, type CommandContext, type FactReader } from '../definition.ts'
import { DeliveryPlaceInput } from './inputs.ts'

/** What is missing or unclear of what an order names. */
export type OrderPlacementRejection =
  | { readonly code: 'LEGAL_ENTITY_NOT_FOUND' }
  | { readonly code: 'CUSTOMER_NOT_FOUND' }
  | { readonly code: 'SALESPERSON_NOT_FOUND'; readonly salespersonId: string }
  | { readonly code: 'ORDER_PRODUCT_UNCLEAR'; readonly lineId: string }
  | { readonly code: 'ORDER_PRODUCT_NOT_FOUND'; readonly lineId: string; readonly product: string }
  | { readonly code: 'ORDER_PRODUCT_DISCONTINUED'; readonly lineId: string; readonly product: string }
  | {
      readonly code: 'ORDER_PRICE_MISSING'
      readonly lineId: string
      readonly product: string
      readonly currency: string
      readonly productCurrency: string
    }

const line = OrderLine.shape
const LineInput = z.strictObject({
  lineId: Uuid,
  /** One of `productId` and `productCode`. */
  productId: Uuid.optional(),
  productCode: line.productCode.optional(),
  quantity: line.quantity,
  /** The product's price when absent. */
  unitPrice: line.unitPrice.optional(),
  /** None when absent. */
  discountRate: line.discountRate.optional(),
  axes: line.axes,
})
type LineInput = z.output<typeof LineInput>

const placed = OrderPlaced.data.shape
const Input = z.strictObject({
  orderId: Uuid,
  entityId: Uuid,
  customerId: Uuid,
  number: placed.number,
  purchaseOrder: placed.purchaseOrder,
  orderedOn: placed.orderedOn,
  requestedOn: placed.requestedOn,
  /** The customer's currency when absent. */
  currency: placed.currency.optional(),
  lines: z.array(LineInput).min(1).max(500),
  freight: placed.freight.optional(),
  /** Where the customer says goods go, when absent. */
  deliverTo: DeliveryPlaceInput.optional(),
  salespersonId: placed.salespersonId,
})
type Input = z.output<typeof Input>

interface Facts {
  readonly today: Day
  readonly buyer: RegisteredCustomer
  readonly currency: string
  readonly lines: OrderLine[]
}

/** The id of the product a line names: given, or held by the claim on its code. */
const productIdOf = async (
  { lineId, productId, productCode }: LineInput,
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<OrderPlacementRejection, string>> => {
  if ((productId === undefined) === (productCode === undefined))
    return E.left({ code: 'ORDER_PRODUCT_UNCLEAR', lineId })
  if (productId !== undefined) return E.right(productId)
  const named = productCode ?? ''
  const digest = context.digest(keyText('productCode', named))
  const key = await read.state(uniqueKey, keyId('productCode', digest))
  return key.status === 'claimed'
    ? E.right(key.ownerStream.slice(streamOf(product, '').length))
    : E.left({ code: 'ORDER_PRODUCT_NOT_FOUND', lineId, product: named })
}

/** The line as agreed: what the input says, and what the product says this day. */
const frozenLine = (
  input: LineInput,
  { productId, code, details, price }: KnownProduct,
  currency: string,
): E.Either<OrderPlacementRejection, OrderLine> => {
  const { lineId, quantity, discountRate = 0n, axes } = input
  const unitPrice = input.unitPrice ?? (price.currency === currency ? price.unitPrice : undefined)
  if (unitPrice === undefined)
    return E.left({
      code: 'ORDER_PRICE_MISSING',
      lineId,
      product: code,
      currency,
      productCurrency: price.currency,
    })
  const { name, operation, unit, vat, vatExemption, revenueAccount } = details
  return E.right({
    lineId,
    productId,
    productCode: code,
    name,
    operation,
    quantity,
    unit,
    unitPrice,
    discountRate,
    vat,
    ...(vatExemption !== undefined && { vatExemption }),
    revenueAccount,
    ...(axes !== undefined && { axes }),
  })
}

const lineFacts =
  (read: FactReader, context: CommandContext, currency: string) =>
  async (input: LineInput): Promise<E.Either<OrderPlacementRejection, OrderLine>> => {
    const productId = await productIdOf(input, read, context)
    if (E.isLeft(productId)) return productId
    const known = await read.state(product, productId.right)
    const { lineId, productCode } = input
    if (known.status === 'none' || known.status === 'abandoned')
      return E.left({ code: 'ORDER_PRODUCT_NOT_FOUND', lineId, product: productCode ?? productId.right })
    if (known.status === 'discontinued')
      return E.left({ code: 'ORDER_PRODUCT_DISCONTINUED', lineId, product: known.code })
    return frozenLine(input, known, currency)
  }

const placementFacts = async (
  input: Input,
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<OrderPlacementRejection, Facts>> => {
  const { entityId, customerId, salespersonId } = input
  const [entity, buyer, salesperson] = await Promise.all([
    read.state(legalEntity, entityId),
    read.state(customer, customerId),
    salespersonId === undefined ? undefined : read.state(user, salespersonId),
  ])
  if (entity.status !== 'registered') return E.left({ code: 'LEGAL_ENTITY_NOT_FOUND' })
  if (buyer.status !== 'registered') return E.left({ code: 'CUSTOMER_NOT_FOUND' })
  if (salespersonId !== undefined && !(salesperson?.status === 'active' || salesperson?.status === 'left'))
    return E.left({ code: 'SALESPERSON_NOT_FOUND', salespersonId })
  const currency = input.currency ?? buyer.details.currency
  const lines: OrderLine[] = []
  for (const found of await Promise.all(input.lines.map(lineFacts(read, context, currency)))) {
    if (E.isLeft(found)) return found
    lines.push(found.right)
  }
  return E.right({ today: context.dayIn(entity.registered.timeZone), buyer, currency, lines })
}

export const placeOrder = defineCommand({
  name: 'commerce.placeOrder',
  summary: { fr: 'Passer une commande', en: 'Place an order' },
  input: Input,
  roles: ['sales', 'billing'],
  entity: ({ entityId }) => entityId,
  facts: placementFacts,
  steps: (input, { today, buyer, currency, lines }, context) => {
    const { freight = 0n, deliverTo = buyer.details.deliverTo } = input
    const data = { ...input, currency, lines, freight, ...(deliverTo !== undefined && { deliverTo }) }
    return [
      claimKey(context, {
        kind: 'orderNumber',
        parts: [input.entityId, input.number],
        ownerStream: streamOf(order, input.orderId),
      }),
      step({ aggregate: order, id: input.orderId, decide: decide.place(data, today) }),
    ]
  },
})
