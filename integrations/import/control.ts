import type { CellFormat, FieldSource, Profile } from './profile.ts'
import { formatOfTable } from './profile.ts'
import type { Business, ReadOrder } from './read-business.ts'
import type { Row } from './csv-file.ts'
import type { TableName } from './fields.ts'

/**
 * Control totals of a business, computed from the cells of its files with an arithmetic of its own: none of what the
 * commands, the domain or the ledger compute with is used here, so that a fault there cannot hide here as well.
 * Amounts are cents. Sales within the company's country bear the VAT that the profile states, all others none.
 */

export interface YearTotals {
  readonly year: string
  readonly invoices: number
  /** Net of the lines, each rounded half up. */
  readonly lines: bigint
  readonly freight: bigint
  readonly net: bigint
  readonly vat: bigint
  readonly gross: bigint
}

export interface ControlTotals {
  readonly orders: number
  readonly orderLines: number
  readonly openOrders: number
  /** Invoices by year of their shipping, oldest first. */
  readonly years: readonly YearTotals[]
  /** Gross amount invoiced to each customer, by code. */
  readonly customers: ReadonlyMap<string, bigint>
}

/** A number as written: `digits / 10^decimals`. */
interface Fraction {
  readonly digits: bigint
  readonly decimals: number
}

const fractionOf = (cell: string, mark: string): Fraction => {
  const [whole = '', decimals = ''] = cell.trim().split(mark)
  return { digits: BigInt(whole + decimals), decimals: decimals.length }
}

const ZERO: Fraction = { digits: 0n, decimals: 0 }

/** Hundredths of a product, halves up. No factor is negative. */
const hundredths = (...factors: readonly Fraction[]): bigint => {
  const numerator = factors.reduce((product, { digits }) => product * digits, 100n)
  const denominator = 10n ** BigInt(factors.reduce((count, { decimals }) => count + decimals, 0))
  return (numerator + denominator / 2n) / denominator
}

/** 1 − discount, however the file writes discounts. */
const remainder = ({ digits, decimals }: Fraction, rates: CellFormat['rates']): Fraction => {
  const scale = rates === 'fraction' ? decimals : decimals + 2
  return { digits: 10n ** BigInt(scale) - digits, decimals: scale }
}

/** Reads one field of a row again, from the cell alone. */
const cellReader = (profile: Profile, table: TableName) => {
  const format = formatOfTable(profile, table)
  return (row: Row, field: string): Fraction => {
    const source: FieldSource | undefined = profile[table].fields[field]
    if (source === undefined) return ZERO
    const own = typeof source === 'string' ? { column: source } : source
    if ('invented' in own) return ZERO
    if ('constant' in own) return fractionOf(own.constant, format.decimalMark)
    const cell = (row.cells[own.column] ?? '').trim()
    const empty = own.empty ?? format.empty
    return cell === '' || cell === empty ? ZERO : fractionOf(cell, own.decimalMark ?? format.decimalMark)
  }
}

/** Net of the lines and freight of an order, in cents. */
const amountsReader = (profile: Profile) => {
  const ofLine = cellReader(profile, 'orderLines')
  const ofOrder = cellReader(profile, 'orders')
  const discount = profile.orderLines.fields['discount']
  const own = typeof discount === 'object' && 'column' in discount ? discount.rates : undefined
  const rates = own ?? formatOfTable(profile, 'orderLines').rates
  return ({ row, lines }: ReadOrder): { readonly lines: bigint; readonly freight: bigint } => ({
    lines: lines.reduce(
      (total, line) =>
        total +
        hundredths(
          ofLine(line.row, 'quantity'),
          ofLine(line.row, 'unitPrice'),
          remainder(ofLine(line.row, 'discount'), rates),
        ),
      0n,
    ),
    freight: hundredths(ofOrder(row, 'freight')),
  })
}

/** Control totals of what is imported of a business. */
export const controlTotals = (profile: Profile, business: Business): ControlTotals => {
  const amountsOf = amountsReader(profile)
  const home = profile.company.address.country
  const percent = fractionOf(profile.controlVatPercent, '.')
  const countries = new Map(business.customers.map(({ record }) => [record.code, record.country]))
  const years = new Map<string, YearTotals>()
  const customers = new Map<string, bigint>()
  for (const order of business.orders) {
    const { shippedOn, customer, deliverToCountry } = order.record
    if (shippedOn === undefined) continue
    const { lines, freight } = amountsOf(order)
    const net = lines + freight
    const taxed = (deliverToCountry ?? countries.get(customer)) === home
    const vat = taxed
      ? hundredths({ digits: net, decimals: 2 }, { ...percent, decimals: percent.decimals + 2 })
      : 0n
    const gross = net + vat
    const year = shippedOn.slice(0, 4)
    years.set(year, addTo(years.get(year), { year, invoices: 1, lines, freight, net, vat, gross }))
    customers.set(customer, (customers.get(customer) ?? 0n) + gross)
  }
  return {
    orders: business.orders.length,
    orderLines: business.orders.reduce((count, { lines }) => count + lines.length, 0),
    openOrders: business.orders.filter(({ record }) => record.shippedOn === undefined).length,
    years: [...years.values()].toSorted((a, b) => a.year.localeCompare(b.year)),
    customers,
  }
}

const addTo = (total: YearTotals | undefined, one: YearTotals): YearTotals =>
  total === undefined
    ? one
    : {
        year: one.year,
        invoices: total.invoices + one.invoices,
        lines: total.lines + one.lines,
        freight: total.freight + one.freight,
        net: total.net + one.net,
        vat: total.vat + one.vat,
        gross: total.gross + one.gross,
      }
