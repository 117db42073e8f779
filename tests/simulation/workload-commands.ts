import { hash } from 'node:crypto'
import { chanceOf } from './scheduler.ts'

/** A UUID that the same words always give. */
const uuidOf = (...words: readonly (string | number)[]): string => {
  const digits = hash('sha256', words.join(' '))
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

/** Products that all clients raise: a few, so that they meet. */
export const sharedProduct = (seed: number, n: number): string => uuidOf(seed, 'shared', n)
export const SHARED = 3

/** The i-th command of a client: raises a shared price, or claims a code and sets the price of its own product. */
export const commandOf = (seed: number, client: number, i: number) => {
  const chance = chanceOf(seed * 1_000_003 + client * 10_007 + i)
  const key = `${seed}.${client}.${i}`
  if (chance.percent(60))
    return { name: 'test.raisePrice', input: { productId: sharedProduct(seed, chance.below(SHARED)) }, key }
  const productId = uuidOf(seed, client, i)
  return { name: 'test.claimCode', input: { code: `C${key}`, productId, unitPrice: 5 }, key }
}
