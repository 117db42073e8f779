import { expect, it } from 'vitest'
import { amountText, dayText, quantityText } from '../../commands/wording.ts'

it('writes quantities without the zeros at their end', () => {
  expect([120_000n, 45_000n, 1n, 0n, 100_0000n].map(q => quantityText(q).en)).toEqual([
    '12',
    '4.5',
    '0.0001',
    '0',
    '100',
  ])
  expect(quantityText(45_000n).fr).toBe('4,5')
})

it('writes amounts with two decimals and their currency', () => {
  expect(amountText(123_450n, 'EUR')).toEqual({ fr: '1234,50 EUR', en: '1234.50 EUR' })
  expect(amountText(-5n, 'EUR')).toEqual({ fr: '-0,05 EUR', en: '-0.05 EUR' })
})

it('writes days as each language does', () =>
  expect(dayText('2026-12-31')).toEqual({ fr: '31/12/2026', en: '2026-12-31' }))
