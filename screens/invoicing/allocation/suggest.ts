import { sum } from '../../../domain/shared/money.ts'

/** Which invoices a payment probably pays: what an accountant would try first. */

export interface OpenInvoice {
  readonly invoiceId: string
  readonly number: string
  readonly dueOn: string
  /** Minor units. */
  readonly leftOpen: number
  /** What else the customer may call it by: order numbers, their own reference. */
  readonly alsoKnownAs: readonly string[]
}

export interface OpenPayment {
  /** What the bank says of it. */
  readonly reference: string
  /** What is left of it, minor units. */
  readonly left: number
}

export interface Settlement {
  readonly invoiceId: string
  readonly amount: number
}

export interface Suggestion {
  readonly reason: 'reference' | 'exact' | 'sum' | 'oldest'
  readonly settlements: readonly Settlement[]
}

/** So many invoices are tried with each other at most, and so many of them together. */
const TRIED_MAX = 24
const TOGETHER_MAX = 4

const REFERENCE_LENGTH_MIN = 4

const byDueDay = (a: OpenInvoice, b: OpenInvoice): number =>
  a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0

const bare = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')

/** Whether the bank's text names the invoice, whatever stands between its signs. */
const isNamed = (reference: string, { number, alsoKnownAs }: OpenInvoice): boolean =>
  [number, ...alsoKnownAs].some(
    name => bare(name).length >= REFERENCE_LENGTH_MIN && bare(reference).includes(bare(name)),
  )

/** Fills invoices one after the other until nothing is left. */
const filled = (invoices: readonly OpenInvoice[], left: number): readonly Settlement[] => {
  const settlements: Settlement[] = []
  let rest = left
  for (const { invoiceId, leftOpen } of invoices) {
    const amount = Math.min(rest, leftOpen)
    if (amount <= 0) break
    settlements.push({ invoiceId, amount })
    rest -= amount
  }
  return settlements
}

/** The first few invoices, oldest first, whose sum is the amount. */
const adding = (
  invoices: readonly OpenInvoice[],
  left: number,
  chosen: readonly OpenInvoice[] = [],
): readonly OpenInvoice[] | undefined => {
  const lack = left - Number(sum(chosen.map(({ leftOpen }) => BigInt(leftOpen))))
  if (lack === 0) return chosen.length > 1 ? chosen : undefined
  if (lack < 0 || chosen.length === TOGETHER_MAX) return undefined
  for (const [i, invoice] of invoices.entries()) {
    const found = adding(invoices.slice(i + 1), left, [...chosen, invoice])
    if (found) return found
  }
  return undefined
}

/** Suggestions, the likeliest first; each different from those before it. */
export const suggestionsFor = (
  { reference, left }: OpenPayment,
  open: readonly OpenInvoice[],
): readonly Suggestion[] => {
  if (left <= 0 || open.length === 0) return []
  const invoices = open.toSorted(byDueDay)
  const named = invoices.filter(invoice => isNamed(reference, invoice))
  const exact = invoices.find(({ leftOpen }) => leftOpen === left)
  const together = adding(invoices.slice(0, TRIED_MAX), left)
  const all: readonly Suggestion[] = [
    { reason: 'reference', settlements: filled(named, left) },
    { reason: 'exact', settlements: exact ? filled([exact], left) : [] },
    { reason: 'sum', settlements: together ? filled(together, left) : [] },
    { reason: 'oldest', settlements: filled(invoices, left) },
  ]
  const seen = new Set<string>()
  return all.filter(({ settlements }) => {
    const key = settlements
      .map(({ invoiceId, amount }) => `${invoiceId} ${amount}`)
      .toSorted()
      .join()
    if (settlements.length === 0 || seen.has(key)) return false
    seen.add(key)
    return true
  })
}
