import { describe, expect, it } from 'vitest'
import {
  formatsOf,
  parseDay,
  parseScaled,
  readingsOf,
  shiftDay,
  writeScaled,
} from '../../screens/words/formats.ts'

/** Without the spaces that keep figures together. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('what is typed', () => {
  it.each([
    ['1 234,5', 123450],
    ['1,234.50', 123450],
    ['1.234,50', 123450],
    ['1234.5', 123450],
    ['1,234,567', 123456700],
    ['-12', -1200],
    [',5', 50],
    ['12 €', 1200],
  ])('is the amount that people of either language mean: %s', (typed, minor) => {
    expect(parseScaled(typed, 'amount', 'fr')).toBe(minor)
    expect(parseScaled(typed, 'amount', 'en')).toBe(minor)
  })

  it.each(['', 'douze', '1,234.567', '1.2.3,4', '12,345', '--1', '99999999999999999'])(
    'is no amount: %s',
    typed => {
      expect(parseScaled(typed, 'amount', 'fr')).toBeUndefined()
      expect(parseScaled(typed, 'amount', 'en')).toBeUndefined()
    },
  )

  it('is read by the decimal mark of its language; a text that may mean two numbers is none of them', () => {
    expect(parseScaled('1,250', 'price', 'fr')).toBe(1_250_000)
    expect(parseScaled('1.250', 'price', 'en')).toBe(1_250_000)
    expect(parseScaled('1,250', 'price', 'en')).toBeUndefined()
    expect(parseScaled('-1.250', 'quantity', 'fr')).toBeUndefined()
    expect(readingsOf('1,250', 'en')).toEqual([1250, 1.25])
    expect(readingsOf('12.500 €', 'fr')).toEqual([12500, 12.5])
    // No number begins with a zero and goes on with thousands, and none has thousands of other lengths.
    for (const typed of ['0,250', '1,25', '1,2500', '1234,567', '1,250.00', '1,250,000'])
      expect(readingsOf(typed, 'en')).toBeUndefined()
    expect(parseScaled('0,250', 'price', 'en')).toBe(250_000)
  })

  it('has as many decimals as its scale, and is written back as it was typed', () => {
    expect(parseScaled('12,3456', 'quantity', 'fr')).toBe(123456)
    expect(parseScaled('12,34567', 'quantity', 'fr')).toBeUndefined()
    expect(writeScaled(123456, 'quantity', 'fr')).toBe('12,3456')
    expect(writeScaled(120000, 'quantity', 'fr')).toBe('12')
    expect(writeScaled(-5, 'amount', 'en')).toBe('-0.05')
    expect(writeScaled(14_000_000, 'price', 'en')).toBe('14')
  })

  it.each([
    ['27/11/2026', '2026-11-27'],
    ['27/11', '2026-11-27'],
    ['27.11.26', '2026-11-27'],
    ['271126', '2026-11-27'],
    ['2026-11-27', '2026-11-27'],
    ['+3', '2026-01-04'],
    ['-1', '2025-12-31'],
  ])('is a day: %s', (typed, day) => expect(parseDay(typed, '2026-01-01')).toBe(day))

  it.each(['31/02/2026', '29/02/2025', '13/13', 'demain', '2026-02-30', ''])('is no day: %s', typed =>
    expect(parseDay(typed, '2026-01-01')).toBeUndefined(),
  )

  it('counts days across months and leap years', () => {
    expect(shiftDay('2028-02-28', 1)).toBe('2028-02-29')
    expect(shiftDay('2026-03-01', -1)).toBe('2026-02-28')
  })
})

describe('what is shown', () => {
  it('is written as people of the language write it', () => {
    const [fr, en] = [formatsOf('fr'), formatsOf('en')]
    expect(plain(fr.money(123450, 'EUR'))).toBe('1 234,50 €')
    expect(en.money(123450, 'EUR')).toBe('€1,234.50')
    expect(plain(fr.rate(2000))).toBe('20 %')
    expect(en.day('2026-11-27')).toBe('27/11/2026')
    expect(fr.month('2026-11')).toBe('novembre 2026')
  })

  it('tells an instant in the time zone of its place', () => {
    const instant = '2026-11-27T23:30:00Z'
    expect(plain(formatsOf('fr', 'Europe/Paris').instant(instant))).toBe('28/11/2026 00:30')
    expect(plain(formatsOf('fr', 'America/New_York').instant(instant))).toBe('27/11/2026 18:30')
  })
})
