import type { VatRegime } from '../shared/journal-entry.ts'
import { sum, vatOf } from '../shared/money.ts'
import { impossible } from '../shared/values.ts'
import type { InvoiceContent, VatTotal } from './invoice-content.ts'

/** An item that is taxed: a line or a charge. */
export type TaxedItem = Pick<InvoiceContent['lines'][number], 'net' | 'vat'>

/** Order of the parts of a total, so that the same items always give the same cents. */
const REGIMES: readonly VatRegime[] = ['delivery', 'debits', 'receipts']

/**
 * The VAT breakdown of a document (EN 16931 BG-23): tax rounded once per category and rate on the sum of nets, half
 * up (BR-CO-17), then split by regime in proportion to the bases, cumulated so that the parts add up.
 */
export const vatTotals = (items: readonly TaxedItem[]): VatTotal[] => {
  const groups = new Map<string, TaxedItem[]>()
  for (const item of items) {
    const key = `${item.vat.category} ${item.vat.rate}`
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups.values()].map(vatTotal)
}

const vatTotal = (items: readonly TaxedItem[]): VatTotal => {
  const { category, rate, exemptionCode, exemptionReason } = (items[0] ?? impossible('no item')).vat
  const base = baseOf(items)
  return {
    category,
    rate,
    base,
    tax: vatOf(base, rate),
    parts: partsOf(items, rate),
    ...(exemptionCode === undefined ? {} : { exemptionCode }),
    ...(exemptionReason === undefined ? {} : { exemptionReason }),
  }
}

const partsOf = (items: readonly TaxedItem[], rate: bigint): VatTotal['parts'] => {
  let before = 0n
  return REGIMES.flatMap(regime => {
    const ofRegime = items.filter(item => item.vat.regime === regime)
    if (ofRegime.length === 0) return []
    const base = baseOf(ofRegime)
    const tax = vatOf(before + base, rate) - vatOf(before, rate)
    before += base
    return { regime, base, tax }
  })
}

const baseOf = (items: readonly TaxedItem[]): bigint => sum(items.map(({ net }) => net))
