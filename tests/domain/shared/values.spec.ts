import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { Day, Instant, Period, beginningOf, text } from '../../../domain/shared/values.ts'
import { parseInput } from '../../../commands/validation.ts'

const accepts = (schema: z.ZodType, text: string): boolean => schema.safeParse(text).success

describe('what is dated', () => {
  it('is a real day of the years that business lies in', () => {
    expect(['1900-01-01', '1996-02-29', '2026-12-31', '2999-12-31'].filter(d => !accepts(Day, d))).toEqual([])
    const refused = ['0000-01-01', '1899-12-31', '3000-01-01', '9999-12-31', '2026-02-29', '2026-02-30']
    expect(refused.filter(d => accepts(Day, d))).toEqual([])
  })

  it('is a month of those years', () => {
    expect(['1996-07', '2999-12'].filter(p => !accepts(Period, p))).toEqual([])
    expect(['0000-01', '2026-13', '3000-01'].filter(p => accepts(Period, p))).toEqual([])
  })

  it('is a real instant with milliseconds, in UTC', () => {
    expect(
      ['1996-07-01T08:00:00.000Z', '2026-12-31T23:59:59.999Z'].filter(i => !accepts(Instant, i)),
    ).toEqual([])
    const refused = [
      '2026-99-99T99:99:99.999Z',
      '2026-02-30T10:00:00.000Z',
      '2026-01-01T24:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.000+01:00',
    ]
    expect(refused.filter(i => accepts(Instant, i))).toEqual([])
  })

  it('is refused with the years expected, in both languages', () => {
    const parsed = parseInput(Day, '0000-01-01')
    expect(parsed.ok ? [] : parsed.issues).toMatchObject([
      { fr: 'Attendu : une date de 1900 à 2999.', en: 'Expected a date from 1900 to 2999.' },
    ])
  })
})

describe('the beginning of a text', () => {
  it('keeps within the length, whole characters alone', () => {
    expect(beginningOf('abc', 3)).toBe('abc')
    expect(beginningOf('abc', 2)).toBe('ab')
    expect(beginningOf('a😀', 2)).toBe('a')
    expect(beginningOf('a😀', 3)).toBe('a😀')
  })
  it('is a text that the schema of its length accepts', () =>
    fc.assert(
      fc.property(
        // Of the characters that a line may hold: graphemes include separators of lines and paragraphs.
        fc.string({ unit: 'grapheme', maxLength: 60 }).filter(whole => accepts(text(200), `A${whole}A`)),
        fc.integer({ min: 1, max: 60 }),
        (whole, max) => {
          const beginning = beginningOf(`A${whole}`, max).trimEnd()
          expect(accepts(text(60), `A${whole}`.trimEnd())).toBe(`A${whole}`.trimEnd().length <= 60)
          expect(accepts(text(max), beginning)).toBe(true)
        },
      ),
    ))
})
