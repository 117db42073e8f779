import { describe, expect, it } from 'vitest'
import { readable, withReadable } from '../../screens/forms/input.ts'
import { meantBy, parseAs } from '../../screens/shapes/typed.ts'

const reading = { language: 'fr', today: '2026-11-27' } as const

describe('what is typed', () => {
  it.each([
    ['rate', '5O'],
    ['rate', '101'],
    ['amount', 'douze'],
    ['quantity', '1O'],
    ['quantity', '-4'],
    ['price', '-1'],
    ['price', '1.250'],
    ['day', '31/02/2027'],
    ['count', '1,5'],
  ] as const)('is kept where it cannot be read, and never taken for nothing: %s %s', (kind, typed) => {
    expect(parseAs(kind, typed, reading)).toEqual({ unreadable: typed })
  })

  it('is nothing where it is nothing', () => {
    expect(parseAs('rate', '  ', reading)).toBeUndefined()
    expect(parseAs('rate', '5,5 %', reading)).toBe(550)
    expect(parseAs('day', '+3', reading)).toBe('2026-11-30')
  })
})

describe('a form', () => {
  const { input } = withReadable({
    input: (values: Readonly<Record<string, unknown>>, _: undefined) => values,
  })
  const wrong = { unreadable: 'douze' }

  it('has no input while anything in it cannot be read, wherever it stands', () => {
    expect(input({ freight: wrong }, undefined)).toBeUndefined()
    expect(input({ lines: [{ quantity: 1 }, { quantity: wrong }] }, undefined)).toBeUndefined()
    expect(input({ lines: [{ quantity: 1 }] }, undefined)).toEqual({ lines: [{ quantity: 1 }] })
  })

  it('computes with what can be read', () => {
    expect(readable({ freight: wrong, number: 'C-1', lines: [{ quantity: wrong, price: 2 }] })).toEqual({
      freight: undefined,
      number: 'C-1',
      lines: [{ quantity: undefined, price: 2 }],
    })
  })
})

describe('letters', () => {
  const [one, other] = [{ code: 'A1' }, { code: 'A2' }]
  it('choose what they name exactly, else the only one that matches, and never the first of several', () => {
    expect(meantBy(one, [])).toBe(one)
    expect(meantBy(undefined, [other])).toBe(other)
    expect(meantBy(undefined, [one, other])).toBe('several')
    expect(meantBy(undefined, [])).toBe('none')
  })
})
