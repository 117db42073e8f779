import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { isSupportedCurrency } from '../shared/money.ts'
import { same } from '../shared/same.ts'
import { impossible, type Uuid } from '../shared/values.ts'
import {
  productEvents,
  type ProductChanged,
  type ProductEvent,
  type ProductPriceChanged,
  type ProductRegistered,
} from './product.events.ts'

type Registration = z.output<typeof ProductRegistered.data>
type Change = z.output<typeof ProductChanged.data>
type PriceChange = z.output<typeof ProductPriceChanged.data>

/** What can change of a product, its price apart. */
export type ProductDetails = Omit<Change, 'productId'>

export type Product =
  | { readonly status: 'none' }
  | { readonly status: 'abandoned' }
  | {
      readonly status: 'offered' | 'discontinued'
      readonly productId: Uuid
      readonly code: string
      readonly details: ProductDetails
      /** Gross, one unit. */
      readonly price: { readonly unitPrice: bigint; readonly currency: string }
    }
export type KnownProduct = Extract<Product, { status: 'offered' | 'discontinued' }>

export type ProductRejection =
  | { readonly code: 'PRODUCT_NOT_FOUND' }
  | { readonly code: 'PRODUCT_EXISTS'; readonly productCode: string }
  | { readonly code: 'PRODUCT_ABANDONED' }
  | { readonly code: 'PRODUCT_DISCONTINUED'; readonly productCode: string }
  | { readonly code: 'CURRENCY_NOT_SUPPORTED'; readonly currency: string }
  | { readonly code: 'REVENUE_ACCOUNT_INVALID'; readonly account: string }
  | { readonly code: 'VAT_EXEMPTION_MISSING' }
  | { readonly code: 'VAT_EXEMPTION_UNEXPECTED'; readonly vatExemption: string; readonly vat: string }

type ProductDecision = Decision<Product, ProductEvent, ProductRejection>

/** Revenue of sales stands on 70 of the PCG, 709 apart, which holds the reductions granted. */
const isRevenueAccount = (account: string): boolean => /^70[0-8]/.test(account)

const detailsProblem = (details: ProductDetails): ProductRejection | undefined => {
  const { vat, vatExemption, revenueAccount } = details
  if (!isRevenueAccount(revenueAccount)) return { code: 'REVENUE_ACCOUNT_INVALID', account: revenueAccount }
  if (vat === 'exempt' && vatExemption === undefined) return { code: 'VAT_EXEMPTION_MISSING' }
  if (vat !== 'exempt' && vatExemption !== undefined)
    return { code: 'VAT_EXEMPTION_UNEXPECTED', vatExemption, vat }
  return undefined
}

/** Decisions on a product that is offered. */
const offered = (
  decision: (product: KnownProduct) => E.Either<ProductRejection, readonly ProductEvent[]>,
): ProductDecision => {
  return product => {
    if (product.status === 'none' || product.status === 'abandoned')
      return E.left({ code: 'PRODUCT_NOT_FOUND' })
    if (product.status === 'discontinued')
      return E.left({ code: 'PRODUCT_DISCONTINUED', productCode: product.code })
    return decision(product)
  }
}

export const decide = {
  register:
    (data: Registration): ProductDecision =>
    product => {
      if (product.status === 'abandoned') return E.left({ code: 'PRODUCT_ABANDONED' })
      const { productId: _id, code, unitPrice, currency, ...details } = data
      if (product.status !== 'none')
        return product.code === code &&
          same(
            { details, price: { unitPrice, currency } },
            { details: product.details, price: product.price },
            'different',
          )
          ? E.right([])
          : E.left({ code: 'PRODUCT_EXISTS', productCode: product.code })
      if (!isSupportedCurrency(currency)) return E.left({ code: 'CURRENCY_NOT_SUPPORTED', currency })
      const problem = detailsProblem(details)
      return problem === undefined ? E.right([{ type: 'commerce.ProductRegistered', data }]) : E.left(problem)
    },

  change: (data: Change): ProductDecision =>
    offered(product => {
      const { productId: _id, ...details } = data
      if (same(details, product.details, 'different')) return E.right([])
      const problem = detailsProblem(details)
      return problem === undefined ? E.right([{ type: 'commerce.ProductChanged', data }]) : E.left(problem)
    }),

  /** Orders placed before keep their price. */
  changePrice: (data: PriceChange): ProductDecision =>
    offered(({ price }) => {
      const { currency, unitPrice } = data
      if (price.unitPrice === unitPrice && price.currency === currency) return E.right([])
      return isSupportedCurrency(currency)
        ? E.right([{ type: 'commerce.ProductPriceChanged', data }])
        : E.left({ code: 'CURRENCY_NOT_SUPPORTED', currency })
    }),

  discontinue:
    (productId: Uuid): ProductDecision =>
    product => {
      switch (product.status) {
        case 'none':
        case 'abandoned':
          return E.left({ code: 'PRODUCT_NOT_FOUND' })
        case 'discontinued':
          return E.right([])
        case 'offered':
          return E.right([{ type: 'commerce.ProductDiscontinued', data: { productId } }])
      }
    },

  /** Ends a registration that never came after its claim on the code, so that the code can be released. */
  abandon:
    (data: { readonly productId: Uuid; readonly commandId: Uuid }): ProductDecision =>
    product => {
      switch (product.status) {
        case 'none':
          return E.right([{ type: 'commerce.ProductRegistrationAbandoned', data }])
        case 'abandoned':
          return E.right([])
        case 'offered':
        case 'discontinued':
          return E.left({ code: 'PRODUCT_EXISTS', productCode: product.code })
      }
    },
}

const evolveOffered = (
  product: KnownProduct,
  event: Extract<
    ProductEvent,
    { type: 'commerce.ProductChanged' | 'commerce.ProductPriceChanged' | 'commerce.ProductDiscontinued' }
  >,
): Product => {
  switch (event.type) {
    case 'commerce.ProductChanged': {
      const { productId: _id, ...details } = event.data
      return { ...product, details }
    }
    case 'commerce.ProductPriceChanged': {
      const { productId: _id, ...price } = event.data
      return { ...product, price }
    }
    case 'commerce.ProductDiscontinued':
      return { ...product, status: 'discontinued' }
  }
}

const evolve = (product: Product, event: ProductEvent): Product => {
  switch (event.type) {
    case 'commerce.ProductRegistered': {
      if (product.status !== 'none') return impossible(`${event.type} on ${product.status}`)
      const { productId, code, unitPrice, currency, ...details } = event.data
      return { status: 'offered', productId, code, details, price: { unitPrice, currency } }
    }
    case 'commerce.ProductRegistrationAbandoned':
      return product.status === 'none'
        ? { status: 'abandoned' }
        : impossible(`${event.type} on ${product.status}`)
    case 'commerce.ProductChanged':
    case 'commerce.ProductPriceChanged':
    case 'commerce.ProductDiscontinued':
      return product.status === 'offered'
        ? evolveOffered(product, event)
        : impossible(`${event.type} on ${product.status}`)
  }
}

export const product: Aggregate<Product, ProductEvent> = {
  category: 'product',
  events: productEvents,
  initial: { status: 'none' },
  evolve,
}
