import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  addToMonth,
  addYears,
  dayIn,
  firstDayOf,
  isTimeZone,
  lastDayOf,
  monthOf,
} from '../../../domain/shared/days.ts'

const day = fc
  .integer({ min: Date.UTC(1950, 0, 1) / 86_400_000, max: Date.UTC(2099, 11, 31) / 86_400_000 })
  .map(n => new Date(n * 86_400_000).toISOString().slice(0, 10))

describe('days', () => {
  it('cross months, years and 29 February', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
  })

  it('added and taken away again are the same day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (d, n) => {
        expect(addDays(addDays(d, n), -n)).toBe(d)
        expect(addDays(d, n) > d).toBe(n > 0)
      }),
    )
  })
})

describe('months', () => {
  it('have first and last days', () => {
    expect([firstDayOf('2024-02'), lastDayOf('2024-02'), lastDayOf('2026-02'), lastDayOf('2026-12')]).toEqual(
      ['2024-02-01', '2024-02-29', '2026-02-28', '2026-12-31'],
    )
    expect([addToMonth('2026-12', 1), addToMonth('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
  })

  it('hold their days: the day after the last is the first of the next', () => {
    fc.assert(
      fc.property(day, d => {
        const month = monthOf(d)
        expect(firstDayOf(month) <= d && d <= lastDayOf(month)).toBe(true)
        expect(addDays(lastDayOf(month), 1)).toBe(firstDayOf(addToMonth(month, 1)))
      }),
    )
  })
})

describe('the day of an instant', () => {
  it('is the zone’s: summer time, and the other side of the world', () => {
    expect(dayIn('Europe/Paris', '2026-06-30T21:59:59.999Z')).toBe('2026-06-30')
    expect(dayIn('Europe/Paris', '2026-06-30T22:00:00.000Z')).toBe('2026-07-01')
    expect(dayIn('Europe/Paris', '2026-12-31T22:59:59.999Z')).toBe('2026-12-31')
    expect(dayIn('Europe/Paris', '2026-12-31T23:00:00.000Z')).toBe('2027-01-01')
    expect(dayIn('Pacific/Noumea', '2026-12-31T13:00:00.000Z')).toBe('2027-01-01')
    expect(dayIn('UTC', '2026-12-31T23:59:59.999Z')).toBe('2026-12-31')
  })

  it('needs a zone that exists', () => {
    expect(['Europe/Paris', 'UTC', 'Europe/Nowhere', '+01:00', ''].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
