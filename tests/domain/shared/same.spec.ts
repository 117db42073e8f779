import { expect, it } from 'vitest'
import { same } from '../../../domain/shared/same.ts'

const hidden = (ciphertext: string) => ({ $protected: ciphertext })

it('compares values, lists and records; an absent key is an undefined one', () => {
  const data = { a: 1n, b: ['x', { c: 'y' }], d: undefined }
  expect(same(data, { b: ['x', { c: 'y' }], a: 1n }, 'different')).toBe(true)
  for (const other of [{ ...data, a: 2n }, { ...data, b: ['x'] }, { ...data, e: 0 }, null, 'x', []])
    expect(same(data, other, 'same')).toBe(false)
})

it('takes a protected field for what it is told to', () => {
  const stored = { name: hidden('v1.a') }
  expect(same(stored, { name: hidden('v1.a') }, 'different')).toBe(true)
  for (const other of [{ name: 'Ana' }, { name: hidden('v1.b') }]) {
    expect(same(stored, other, 'same')).toBe(true)
    expect(same(other, stored, 'same')).toBe(true)
    expect(same(stored, other, 'different')).toBe(false)
  }
  expect(same(stored, {}, 'same')).toBe(false)
})
