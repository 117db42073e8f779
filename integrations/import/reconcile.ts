import type { Sentence } from '../../commands/definition.ts'
import type { ControlTotals, YearTotals } from './control.ts'

/** What the read models say of an imported business: the other side of the control totals. Amounts are cents. */
export interface BookTotals {
  readonly orders: number
  readonly orderLines: number
  /** Orders of which nothing was delivered. */
  readonly openOrders: number
  /** Invoices by year of issue. */
  readonly invoices: readonly YearTotals[]
  /** Ledger by year: credit of revenue, freight and VAT, debit of the customers' account. */
  readonly ledger: readonly LedgerYear[]
  /** What each customer owes, by code. */
  readonly receivables: ReadonlyMap<string, bigint>
}

export interface LedgerYear {
  readonly year: string
  readonly revenue: bigint
  readonly freight: bigint
  readonly vat: bigint
  readonly customers: bigint
}

/** One figure on both sides. */
export interface Comparison {
  readonly figure: string
  readonly label: Sentence
  /** The year, or the customer, that it is of. */
  readonly of: string
  readonly unit: 'count' | 'cents'
  /** Computed from the files. */
  readonly source: bigint
  /** Read from the books. */
  readonly books: bigint
}

export const agrees = ({ source, books }: Comparison): boolean => source === books

const NO_YEAR = { invoices: 0, lines: 0n, freight: 0n, net: 0n, vat: 0n, gross: 0n }
const NO_LEDGER = { revenue: 0n, freight: 0n, vat: 0n, customers: 0n }

/**
 * Holds the books against the files, figure by figure: counts, invoices, ledger and receivables. Of the customers only
 * the sum is listed, and each one that differs.
 */
export const reconcile = (source: ControlTotals, books: BookTotals): readonly Comparison[] => [
  count('orders', '', source.orders, books.orders),
  count('orderLines', '', source.orderLines, books.orderLines),
  count('openOrders', '', source.openOrders, books.openOrders),
  ...years(source, books).flatMap(year => ofYear(year, source, books)),
  ...customers(source.customers, books.receivables),
]

const years = (source: ControlTotals, books: BookTotals): readonly string[] =>
  [...new Set([...source.years, ...books.invoices, ...books.ledger].map(({ year }) => year))].toSorted()

const ofYear = (year: string, source: ControlTotals, books: BookTotals): readonly Comparison[] => {
  const files = source.years.find(y => y.year === year) ?? NO_YEAR
  const invoices = books.invoices.find(y => y.year === year) ?? NO_YEAR
  const ledger = books.ledger.find(y => y.year === year) ?? NO_LEDGER
  return [
    count('invoices', year, files.invoices, invoices.invoices),
    amount('lines', year, files.lines, invoices.lines),
    amount('freight', year, files.freight, invoices.freight),
    amount('net', year, files.net, invoices.net),
    amount('vat', year, files.vat, invoices.vat),
    amount('gross', year, files.gross, invoices.gross),
    amount('ledgerRevenue', year, files.lines, ledger.revenue),
    amount('ledgerFreight', year, files.freight, ledger.freight),
    amount('ledgerVat', year, files.vat, ledger.vat),
    amount('ledgerCustomers', year, files.gross, ledger.customers),
  ]
}

const customers = (
  source: ReadonlyMap<string, bigint>,
  books: ReadonlyMap<string, bigint>,
): readonly Comparison[] => {
  const sum = (amounts: ReadonlyMap<string, bigint>): bigint =>
    [...amounts.values()].reduce((a, b) => a + b, 0n)
  const codes = [...new Set([...source.keys(), ...books.keys()])].toSorted()
  const each = codes.map(code => amount('receivable', code, source.get(code) ?? 0n, books.get(code) ?? 0n))
  const all = amount('receivables', '', sum(source), sum(books))
  return [all, ...each.filter(comparison => !agrees(comparison))]
}

const count = (figure: FigureName, of: string, source: number, books: number): Comparison => ({
  figure,
  label: LABELS[figure],
  of,
  unit: 'count',
  source: BigInt(source),
  books: BigInt(books),
})

const amount = (figure: FigureName, of: string, source: bigint, books: bigint): Comparison => ({
  figure,
  label: LABELS[figure],
  of,
  unit: 'cents',
  source,
  books,
})

type FigureName = keyof typeof LABELS

const LABELS = {
  orders: { en: 'Orders', fr: 'Commandes' },
  orderLines: { en: 'Order lines', fr: 'Lignes de commande' },
  openOrders: { en: 'Orders not delivered', fr: 'Commandes non livrées' },
  invoices: { en: 'Invoices', fr: 'Factures' },
  lines: { en: 'Invoices: lines, net', fr: 'Factures : lignes HT' },
  freight: { en: 'Invoices: freight, net', fr: 'Factures : port HT' },
  net: { en: 'Invoices: net', fr: 'Factures : total HT' },
  vat: { en: 'Invoices: VAT', fr: 'Factures : TVA' },
  gross: { en: 'Invoices: gross', fr: 'Factures : total TTC' },
  ledgerRevenue: { en: 'Ledger: revenue 70', fr: 'Grand livre : produits 70' },
  ledgerFreight: { en: 'Ledger: freight', fr: 'Grand livre : ports' },
  ledgerVat: { en: 'Ledger: VAT collected', fr: 'Grand livre : TVA collectée' },
  ledgerCustomers: { en: 'Ledger: customers', fr: 'Grand livre : clients' },
  receivables: { en: 'Receivables, all customers', fr: 'Créances, tous clients' },
  receivable: { en: 'Receivable of', fr: 'Créance sur' },
} satisfies Record<string, Sentence>
