import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Cents, Day, Uuid, text } from '../../domain/shared/values.ts'
import { inputText, parseInput } from '../../commands/validation.ts'

const Schema = z.strictObject({
  id: Uuid,
  day: Day,
  name: text(5),
  kind: z.enum(['goods', 'services']),
  lines: z.array(z.strictObject({ amount: Cents })).min(1),
  party: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('company'), siren: z.string().regex(/^\d{9}$/) }),
  ]),
  place: z
    .union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string(), c: z.int() })])
    .optional(),
})
const good = {
  id: '01932f0c-0000-7000-8000-000000000001',
  day: '2026-11-22',
  name: 'Anne',
  kind: 'goods',
  lines: [{ amount: 5 }],
  party: { type: 'company', siren: '404833048' },
}
const issueOf = (changes: object) => {
  const parsed = parseInput(Schema, { ...good, ...changes })
  return parsed.ok ? [] : parsed.issues.map(({ field, found, en }) => ({ field, found: found?.en, en }))
}

describe('a bad input', () => {
  it.each([
    [{ day: '2026-02-30' }, 'day', 'text of 10 characters', 'Field "day": expected a real day YYYY-MM-DD.'],
    [{ name: 'Anne-Marie' }, 'name', 'text of 10 characters', 'Field "name": expected at most 5 characters.'],
    [{ kind: 'other' }, 'kind', 'text of 5 characters', 'Field "kind": expected one of goods, services.'],
    [{ lines: [] }, 'lines', 'a list of 0 items', 'Field "lines": expected at least 1 items.'],
    [
      { lines: [{ amount: 1.5 }] },
      'lines.0.amount',
      'a number',
      'Field "lines.0.amount": expected an integer.',
    ],
    [
      { lines: [{ amount: '5' }] },
      'lines.0.amount',
      'text of 1 characters',
      'Field "lines.0.amount": expected an integer.',
    ],
    [
      { party: { type: 'person' } },
      'party.type',
      'text of 6 characters',
      'Field "party.type": expected one of company.',
    ],
    [
      { party: { type: 'company' } },
      'party.siren',
      'nothing',
      'Field "party.siren": expected a SIREN: nine digits.',
    ],
    [{ place: { b: 'x' } }, 'place.c', 'nothing', 'Field "place.c": expected an integer.'],
    [{ colour: 'red' }, 'colour', undefined, 'Field "colour": expected no field of this name.'],
    [{ day: null }, 'day', 'null', 'Field "day": expected a real day YYYY-MM-DD.'],
    [{ id: undefined }, 'id', 'nothing', 'Field "id": expected a UUID in lower case.'],
    [{ name: 5 }, 'name', 'a number', 'Field "name": expected a text.'],
    [
      { lines: [{ amount: 1e300 }] },
      'lines.0.amount',
      'a number',
      'Field "lines.0.amount": expected at most 100000000000000.',
    ],
  ])('%j', (changes, field, found, en) => {
    expect(issueOf(changes)).toContainEqual({ field, found, en })
  })

  it('of another kind altogether is told as a whole', () => {
    for (const raw of ['text', 5, null, undefined, []]) {
      const parsed = parseInput(Schema, raw)
      expect(parsed.ok ? [] : parsed.issues.map(i => i.en)).toEqual(['Expected an object.'])
    }
  })

  it('never repeats the value: it may be a person’s', () => {
    const secret = 'Dupont Martin'
    const parsed = parseInput(Schema, {
      id: secret,
      day: secret,
      name: secret,
      kind: secret,
      lines: secret,
      party: secret,
      place: { a: { secret } },
    })
    expect(parsed.ok).toBe(false)
    expect(JSON.stringify(parsed)).not.toContain('Dupont')
  })

  it('is told in no more than 20 issues', () => {
    const lines = Array.from({ length: 100 }, () => ({ amount: 'x' }))
    expect(issueOf({ lines })).toHaveLength(20)
  })
})

it('PROTOCOL 13: equal inputs give equal texts, whatever the order of their keys', () => {
  const parsed = [good, Object.fromEntries(Object.entries(good).toReversed())].map(raw =>
    parseInput(Schema, raw),
  )
  const [a, b] = parsed.map(p => (p.ok ? inputText(p.input) : 'bad'))
  expect(a).toBe(b)
  expect(a).toContain('"lines":[{"amount":5}]')
})
