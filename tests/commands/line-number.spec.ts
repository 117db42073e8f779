import { expect, it } from 'vitest'
import { lineNumber } from '../../commands/line-number.ts'
import { createRegistry } from '../../commands/registry.ts'
import { CONTEXTS } from './support/business.ts'

const lines = [{ lineId: 'a' }, { lineId: 'b' }]
const twice = { code: 'ORDER_LINE_TWICE', lineId: 'b' }

it('counts the line that a refusal names, also in the lines of one of several orders', () => {
  expect(lineNumber(twice, { lines })).toBe(2)
  expect(lineNumber(twice, { orders: [{ orderId: 'o' }, { orderId: 'p', lines }] })).toBe(2)
  expect(lineNumber(twice, { lines: [null, 'x', {}] })).toBeUndefined()
  expect(lineNumber({ code: 'ORDER_NOT_FOUND' }, { lines })).toBeUndefined()
})

it('is what people are told instead of an id', () => {
  const registry = createRegistry(CONTEXTS)
  expect(registry.sentence(twice, { lines }).fr).toContain('la ligne 2 y figure')
  expect(registry.sentence(twice, {}).fr).toContain('la ligne b y figure')
})
