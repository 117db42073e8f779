import { hash } from 'node:crypto'
import { customerId, entityId, productId } from '../commands/support/business.ts'
import { chanceOf } from './scheduler.ts'

export const CLIENTS = 8

export interface KeyedCommand {
  readonly name: string
  readonly input: unknown
  readonly key: string
}

/** A UUID that the same words always give. */
const uuidOf = (...words: readonly (string | number)[]): string => {
  const digits = hash('sha256', words.join(' '))
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

/** Products that all clients raise: a few, so that they meet. */
export const sharedProduct = (seed: number, n: number): string => uuidOf(seed, 'shared', n)
export const SHARED = 3

const DAY = '2026-01-02'

/** From an order to its number: each step under its key. */
const invoiced = (item: string): KeyedCommand[] => {
  const [orderId, lineId, invoiceId] = [uuidOf(item, 'order'), uuidOf(item, 'line'), uuidOf(item, 'invoice')]
  const lines = [{ lineId, quantity: 1_0000 }]
  const order = { orderId, entityId, customerId, number: `O${item}`, orderedOn: DAY }
  const steps: [string, object][] = [
    ['commerce.placeOrder', { ...order, lines: [{ ...lines[0], productId }] }],
    ['commerce.confirmOrder', { orderId, confirmedOn: DAY }],
    ['commerce.deliverOrder', { orderId, deliveryId: uuidOf(item, 'delivery'), deliveredOn: DAY, lines }],
    ['invoicing.draftInvoice', { invoiceId, entityId, customerId, currency: 'EUR', orders: [{ orderId }] }],
    ['invoicing.issueInvoice', { invoiceId }],
  ]
  return steps.map(([name, input]) => ({ name, input, key: `${item}/${name}` }))
}

/**
 * What a client does as its i-th item, in commands of one key each: it raises a shared price, claims a code and sets
 * the price of its own product, or takes an order through to its invoice.
 */
export const itemOf = (seed: number, client: number, i: number): readonly KeyedCommand[] => {
  const chance = chanceOf(seed * 1_000_003 + client * 10_007 + i)
  const key = `${seed}.${client}.${i}`
  if (chance.percent(40)) return invoiced(key)
  if (chance.percent(50))
    return [{ name: 'test.raisePrice', input: { productId: sharedProduct(seed, chance.below(SHARED)) }, key }]
  return [{ name: 'test.claimCode', input: { code: `C${key}`, productId: uuidOf(key), unitPrice: 5 }, key }]
}
