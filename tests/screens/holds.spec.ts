import { expect, it } from 'vitest'
import { holds } from '../../screens/lists/holds.ts'

const asked = (kind: string, value: string, field = 'field', options?: Readonly<Record<string, unknown>>) =>
  holds({ field, as: { kind, ...(options && { options }) } }, value)

it('tells what a field can be narrowed to from what somebody wrote into the address', () => {
  expect(asked('day', '2026-11-27')).toBe(true)
  for (const day of ['abc', '2026-02-30', '27/11/2026', '+3']) expect(asked('day', day)).toBe(false)
  expect(asked('amount', '-1200')).toBe(true)
  for (const amount of ['12,00', 'abc', '1e9']) expect(asked('amount', amount)).toBe(false)
  expect(asked('choice', 'draft', 'state', { draft: {} })).toBe(true)
  expect(asked('choice', 'zzz', 'state', { draft: {} })).toBe(false)
  expect(asked('flag', 'true')).toBe(true)
  expect(asked('flag', '1')).toBe(false)
  expect(asked('text', 'anything')).toBe(true)
})

it('takes an id for an id, and a code for whatever it is', () => {
  expect(asked('reference', '01a069b7-1000-7a5a-830c-780855345548', 'customerId')).toBe(true)
  expect(asked('reference', 'zzz', 'customerId')).toBe(false)
  expect(asked('reference', '411', 'account')).toBe(true)
})
