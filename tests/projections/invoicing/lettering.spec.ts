import { expect, it } from 'vitest'
import { letterOf, lettering } from '../../../projections/invoicing/lettering.ts'
import type { AllocationStep } from '../../../projections/invoicing/lettering.ts'

const documents = Object.entries({
  invoice1: 100n,
  invoice2: 50n,
  invoice3: 30n,
  payment1: -100n,
  payment2: -80n,
}).map(([documentId, amount]) => ({ documentId, amount }))

const step = (
  kind: AllocationStep['kind'],
  allocationId: string,
  sourceId: string,
  paid: Readonly<Record<string, bigint>>,
): AllocationStep => ({
  ...{ kind, allocationId, sourceId },
  settlements: Object.entries(paid).map(([documentId, amount]) => ({ documentId, amount })),
})

const codes = (...steps: readonly AllocationStep[]) => Object.fromEntries(lettering(documents, steps))

it('gives one letter to documents that settle each other to the cent', () => {
  expect(codes(step('allocated', 'a', 'payment1', { invoice1: 100n }))).toEqual({
    invoice1: 'A',
    payment1: 'A',
  })
})

it('gives none while something is left, of an invoice or of a payment', () => {
  expect(codes(step('allocated', 'a', 'payment1', { invoice1: 99n }))).toEqual({})
  expect(codes(step('allocated', 'a', 'payment2', { invoice2: 50n }))).toEqual({})
})

it('letters a group that several payments join, once its last cent is allocated', () => {
  const steps = [
    step('allocated', 'a', 'payment1', { invoice1: 70n, invoice3: 30n }),
    step('allocated', 'b', 'payment2', { invoice2: 50n }),
  ]
  expect(codes(...steps)).toEqual({})
  const all = codes(...steps, step('allocated', 'c', 'payment2', { invoice1: 30n }))
  expect(all).toEqual({ invoice1: 'A', invoice2: 'A', invoice3: 'A', payment1: 'A', payment2: 'A' })
})

it('takes the letter back with the allocation, and gives it to nobody else', () => {
  const first = step('allocated', 'a', 'payment1', { invoice1: 100n })
  const undone = step('reversed', 'a', 'payment1', { invoice1: 100n })
  const second = step('allocated', 'b', 'payment2', { invoice2: 50n, invoice3: 30n })
  expect(codes(first, undone)).toEqual({})
  expect(codes(first, undone, second)).toEqual({ invoice2: 'B', invoice3: 'B', payment2: 'B' })
  const again = step('allocated', 'c', 'payment1', { invoice1: 100n })
  expect(codes(first, second, undone, again)).toMatchObject({ invoice1: 'C', invoice2: 'B' })
})

it('counts letters as accountants do', () => {
  expect([0, 1, 25, 26, 27, 51, 52, 701, 702].map(letterOf)).toEqual([
    ...['A', 'B', 'Z', 'AA', 'AB', 'AZ', 'BA', 'ZZ', 'AAA'],
  ])
})
