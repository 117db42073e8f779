import { describe, expect, it } from 'vitest'
import { decide, product, type ProductDetails } from '../../../domain/commerce/product.ts'
import type { ProductEvent } from '../../../domain/commerce/product.events.ts'
import { specFor } from '../../support/spec.ts'

const given = specFor(product)
const productId = '01932f0c-0000-7000-8000-000000000002'
const commandId = '01932f0c-0000-7000-8000-00000000000c'

const details: ProductDetails = {
  name: 'Chai',
  family: 'Beverages',
  operation: 'goods',
  unit: 'C62',
  vat: 'standard',
  revenueAccount: '707',
}
const registration = { productId, code: 'P1', ...details, unitPrice: 18_000000n, currency: 'EUR' }
const registered: ProductEvent = { type: 'commerce.ProductRegistered', data: registration }
const discontinued: ProductEvent = { type: 'commerce.ProductDiscontinued', data: { productId } }
const abandoned: ProductEvent = {
  type: 'commerce.ProductRegistrationAbandoned',
  data: { productId, commandId },
}

describe('registering', () => {
  it('records what is sold, at what price', () =>
    given().when(decide.register(registration)).then(registered))
  it('adds nothing when heard twice', () =>
    given(registered).when(decide.register(registration)).thenNothing())
  it('refuses another registration under the same id', () => {
    for (const other of [{ code: 'P2' }, { unitPrice: 1n }, { name: 'Chang' }])
      given(registered)
        .when(decide.register({ ...registration, ...other }))
        .thenRejects({ code: 'PRODUCT_EXISTS', productCode: 'P1' })
  })
  it('refuses a currency without cents', () =>
    given()
      .when(decide.register({ ...registration, currency: 'JPY' }))
      .thenRejects({ code: 'CURRENCY_NOT_SUPPORTED', currency: 'JPY' }))
  it('takes accounts of revenue alone', () => {
    for (const account of ['607', '709', '411', '7'])
      given()
        .when(decide.register({ ...registration, revenueAccount: account }))
        .thenRejects({ code: 'REVENUE_ACCOUNT_INVALID', account })
  })
  it('wants the exemption of what is exempt, and no other', () => {
    given()
      .when(decide.register({ ...registration, vat: 'exempt' }))
      .thenRejects({ code: 'VAT_EXEMPTION_MISSING' })
    given()
      .when(decide.register({ ...registration, vatExemption: 'VATEX-FR-CGI261-4' }))
      .thenRejects({
        code: 'VAT_EXEMPTION_UNEXPECTED',
        vatExemption: 'VATEX-FR-CGI261-4',
        vat: 'standard',
      })
    const data = { ...registration, vat: 'exempt', vatExemption: 'VATEX-FR-CGI261-4' } as const
    given().when(decide.register(data)).then({ type: 'commerce.ProductRegistered', data })
  })
})

describe('changing', () => {
  const data = { productId, ...details, name: 'Chai tea' }
  const changed: ProductEvent = { type: 'commerce.ProductChanged', data }
  it('replaces what is known, the price apart', () => {
    given(registered).when(decide.change(data)).then(changed)
    expect(given(registered, changed).state()).toMatchObject({
      details: { name: 'Chai tea' },
      price: { unitPrice: 18_000000n },
    })
  })
  it('adds nothing when nothing changes', () =>
    given(registered, changed).when(decide.change(data)).thenNothing())
  it('holds the same rules as registering', () =>
    given(registered)
      .when(decide.change({ ...data, revenueAccount: '601' }))
      .thenRejects({ code: 'REVENUE_ACCOUNT_INVALID', account: '601' }))
  it('needs a product on offer', () => {
    given().when(decide.change(data)).thenRejects({ code: 'PRODUCT_NOT_FOUND' })
    given(abandoned).when(decide.change(data)).thenRejects({ code: 'PRODUCT_NOT_FOUND' })
    given(registered, discontinued)
      .when(decide.change(data))
      .thenRejects({ code: 'PRODUCT_DISCONTINUED', productCode: 'P1' })
  })
})

describe('the price', () => {
  const data = { productId, unitPrice: 19_000000n, currency: 'EUR' }
  const raised: ProductEvent = { type: 'commerce.ProductPriceChanged', data }
  it('changes, once', () => {
    given(registered).when(decide.changePrice(data)).then(raised)
    given(registered, raised).when(decide.changePrice(data)).thenNothing()
  })
  it('needs a currency with cents', () =>
    given(registered)
      .when(decide.changePrice({ ...data, currency: 'TND' }))
      .thenRejects({ code: 'CURRENCY_NOT_SUPPORTED', currency: 'TND' }))
})

describe('discontinuing', () => {
  it('happens once', () => {
    given(registered).when(decide.discontinue(productId)).then(discontinued)
    given(registered, discontinued).when(decide.discontinue(productId)).thenNothing()
  })
  it('needs a product', () =>
    given().when(decide.discontinue(productId)).thenRejects({ code: 'PRODUCT_NOT_FOUND' }))
})

describe('PROTOCOL 16: a registration that never came', () => {
  it('is ended at no-stream, once, and cannot come any more', () => {
    given().when(decide.abandon({ productId, commandId })).then(abandoned)
    given(abandoned).when(decide.abandon({ productId, commandId })).thenNothing()
    given(abandoned).when(decide.register(registration)).thenRejects({ code: 'PRODUCT_ABANDONED' })
  })
  it('is not ended where it came after all', () =>
    given(registered)
      .when(decide.abandon({ productId, commandId }))
      .thenRejects({ code: 'PRODUCT_EXISTS', productCode: 'P1' }))
})

it('a history that cannot have happened stops the program', () => {
  expect(() => given(registered, registered).state()).toThrow('impossible')
  expect(() => given(registered, abandoned).state()).toThrow('impossible')
  expect(() => given(registered, discontinued, discontinued).state()).toThrow('impossible')
})
