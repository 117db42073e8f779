import { expect, it } from 'vitest'
import { isMissing } from '../../screens/forms/missing.ts'

const form = {
  fields: [{ name: 'customerId' }, { name: 'party.address.city' }, { name: 'purchaseOrder', optional: true }],
  lines: {
    name: 'lines',
    columns: [
      { name: 'productId' },
      { name: 'quantity' },
      { name: 'price', optional: true },
      { name: 'left', fixed: true },
    ],
  },
} as const

const missing = (values: Readonly<Record<string, unknown>>, fields: readonly string[]): readonly string[] =>
  fields.filter(field => isMissing(form, values, field))

const LINES = [0, 1, 2].flatMap(i => ['productId', 'quantity', 'price'].map(name => `lines.${i}.${name}`))

it('is what must be filled in and is not', () => {
  const fields = ['customerId', 'party.address.city', 'purchaseOrder', 'nothingOfTheKind', 'other.0.field']
  expect(missing({ customerId: '' }, fields)).toEqual(['customerId', 'party.address.city'])
  expect(missing({ customerId: 'a', 'party.address.city': 'Paris' }, fields)).toEqual([])
})

it('counts a line once it is begun, and the only one always', () => {
  expect(missing({ lines: [{}, {}] }, LINES)).toEqual(['lines.0.productId', 'lines.0.quantity'])
  expect(missing({ lines: [{}, { quantity: 1 }, { productId: 'a' }] }, LINES)).toEqual([
    'lines.1.productId',
    'lines.2.quantity',
  ])
})
