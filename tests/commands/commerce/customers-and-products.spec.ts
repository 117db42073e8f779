import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommandHarness } from '../../support/command-harness.ts'
import { business, chai, customer, customerId, product, unknown } from './business.ts'

let house: CommandHarness
beforeEach(async () => {
  house = await business()
})
afterEach(() => house.stop())

const typesOf = async (stream: string) => (await house.events(stream)).map(event => event.type)
const ana = { personId: unknown, name: 'Ana Trujillo', email: 'ana@example.org' }

describe('a customer', () => {
  it('is registered behind the claim on the code', async () => {
    const [registered] = await house.events(`customer-${customerId}`)
    expect(registered?.data).toMatchObject({ code: 'VINET', contacts: [] })
    const before = await house.store.head()
    expect(
      await house.rejection('commerce.registerCustomer', {
        ...customer,
        customerId: unknown,
        code: 'vinet',
      }),
    ).toStrictEqual({ code: 'KEY_TAKEN', kind: 'customerCode', ownerStream: `customer-${customerId}` })
    expect(await house.store.head()).toStrictEqual(before)
  })

  it('leaves no claim behind when it is refused', async () => {
    const wrong = { ...customer.party, siren: '732829321' }
    expect(
      await house.rejection('commerce.registerCustomer', {
        ...customer,
        customerId: unknown,
        code: 'NEW',
        party: wrong,
      }),
    ).toStrictEqual({ code: 'SIREN_INVALID', siren: '732829321' })
    await house.done('commerce.registerCustomer', { ...customer, customerId: unknown, code: 'NEW' })
  })

  it('may have invented identifiers, this being a sandbox', async () => {
    await house.done('commerce.changeCustomer', {
      customerId,
      party: { ...customer.party, invented: ['siren'] },
      currency: 'EUR',
    })
    expect(await typesOf(`customer-${customerId}`)).toStrictEqual([
      'commerce.CustomerRegistered',
      'commerce.CustomerChanged',
    ])
  })

  it('has contacts whose names the log holds protected', async () => {
    await house.done('commerce.setCustomerContact', { customerId, contact: ana })
    const [, set] = await house.events(`customer-${customerId}`)
    expect(set?.data).toMatchObject({
      contact: { personId: unknown, name: { $protected: expect.any(String) as string } },
    })
    await house.done('commerce.removeCustomerContact', { customerId, personId: unknown })
    expect(await typesOf(`customer-${customerId}`)).toHaveLength(3)
  })

  it('may be a natural person, whose fields come in clear alone', async () => {
    const party = { kind: 'person', personId: unknown, name: 'Ana Trujillo', city: 'Reims', country: 'FR' }
    await house.done('commerce.registerCustomer', {
      customerId: unknown,
      code: 'ANA',
      party,
      currency: 'EUR',
    })
    const [registered] = await house.events(`customer-${unknown}`)
    const stored = (registered?.data as { party: { name: object } }).party
    expect(stored.name).toStrictEqual({ $protected: expect.any(String) as string })
    const outcome = await house.send('commerce.registerCustomer', {
      customerId: chai,
      code: 'ANA2',
      party: { ...party, name: stored.name },
      currency: 'EUR',
    })
    expect(outcome).toMatchObject({ kind: 'invalid', issues: [{ field: 'party.name' }] })
  })

  it('is registered again exactly as it is, or refused by name, also where only a protected field differs', async () => {
    const party = { kind: 'person', personId: unknown, name: 'Ana Trujillo', city: 'Reims', country: 'FR' }
    const ofAna = { customerId: unknown, code: 'ANA', party, currency: 'EUR' }
    await house.done('commerce.registerCustomer', ofAna)
    expect(await house.send('commerce.registerCustomer', ofAna)).toStrictEqual({ kind: 'nothing' })
    for (const other of [{ name: 'Ana T.' }, { line1: '1 rue du Port' }, { city: 'Paris' }])
      expect(
        await house.rejection('commerce.registerCustomer', { ...ofAna, party: { ...party, ...other } }),
      ).toStrictEqual({ code: 'CUSTOMER_EXISTS', customerCode: 'ANA' })
  })

  it('that nobody knows is refused by name', async () => {
    const change = { customerId: unknown, party: customer.party, currency: 'EUR' }
    expect(await house.rejection('commerce.changeCustomer', change)).toStrictEqual({
      code: 'CUSTOMER_NOT_FOUND',
    })
  })
})

describe('a product', () => {
  it('is registered behind the claim on its code, changed, priced, and no longer offered', async () => {
    const { code: _code, unitPrice: _price, currency: _currency, ...details } = product
    expect(
      await house.rejection('commerce.registerProduct', { ...product, productId: unknown }),
    ).toStrictEqual({
      code: 'KEY_TAKEN',
      kind: 'productCode',
      ownerStream: `product-${chai}`,
    })
    await house.done('commerce.changeProduct', { ...details, name: 'Chai tea' })
    await house.done('commerce.changeProductPrice', {
      productId: chai,
      unitPrice: 19_000000,
      currency: 'EUR',
    })
    await house.done('commerce.discontinueProduct', { productId: chai })
    expect(await typesOf(`product-${chai}`)).toStrictEqual([
      'commerce.ProductRegistered',
      'commerce.ProductChanged',
      'commerce.ProductPriceChanged',
      'commerce.ProductDiscontinued',
    ])
  })
})

describe('rights', () => {
  const auditor = { userId: unknown, grants: [{ role: 'auditor', entityId: 'all' } as const] }
  it('are asked first: who only reads changes nothing', async () => {
    for (const [name, input] of [
      ['commerce.registerCustomer', customer],
      ['commerce.registerProduct', product],
    ] as const)
      expect(await house.send(name, input, { as: auditor })).toMatchObject({ kind: 'forbidden' })
  })
})
