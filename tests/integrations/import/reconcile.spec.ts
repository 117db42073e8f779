import { describe, expect, it } from 'vitest'
import type { ControlTotals, YearTotals } from '../../../integrations/import/control.ts'
import { agrees, reconcile, type BookTotals } from '../../../integrations/import/reconcile.ts'

const year: YearTotals = {
  year: '1996',
  invoices: 2,
  lines: 90n,
  freight: 10n,
  net: 100n,
  vat: 20n,
  gross: 120n,
}
const source: ControlTotals = {
  orders: 3,
  orderLines: 5,
  openOrders: 1,
  years: [year],
  customers: new Map([
    ['A', 70n],
    ['B', 50n],
  ]),
}
const books: BookTotals = {
  orders: 3,
  orderLines: 5,
  openOrders: 1,
  invoices: [year],
  ledger: [{ year: '1996', revenue: 90n, freight: 10n, vat: 20n, customers: 120n }],
  receivables: new Map([
    ['A', 70n],
    ['B', 50n],
  ]),
}
const differing = (changed: Partial<BookTotals>) =>
  reconcile(source, { ...books, ...changed })
    .filter(c => !agrees(c))
    .map(({ figure, of, source: files, books: found }) => [figure, of, files, found])

describe('the books held against the files', () => {
  it('agree where every figure does', () => {
    expect(differing({})).toStrictEqual([])
    expect(reconcile(source, books).map(({ figure }) => figure)).toStrictEqual([
      'orders',
      'orderLines',
      'openOrders',
      'invoices',
      'lines',
      'freight',
      'net',
      'vat',
      'gross',
      'ledgerRevenue',
      'ledgerFreight',
      'ledgerVat',
      'ledgerCustomers',
      'receivables',
    ])
  })

  it('name the figure, the year or the customer that differs, by a cent or by a whole year', () => {
    expect(differing({ orderLines: 4 })).toStrictEqual([['orderLines', '', 5n, 4n]])
    expect(differing({ invoices: [{ ...year, vat: 21n }] })).toStrictEqual([['vat', '1996', 20n, 21n]])
    expect(differing({ ledger: [...books.ledger, { ...books.ledger[0]!, year: '1997' }] })).toStrictEqual([
      ['ledgerRevenue', '1997', 0n, 90n],
      ['ledgerFreight', '1997', 0n, 10n],
      ['ledgerVat', '1997', 0n, 20n],
      ['ledgerCustomers', '1997', 0n, 120n],
    ])
  })

  it('show two customers taken for each other, although the sum is right', () => {
    const receivables = new Map([
      ['A', 50n],
      ['B', 70n],
    ])
    expect(differing({ receivables })).toStrictEqual([
      ['receivable', 'A', 70n, 50n],
      ['receivable', 'B', 50n, 70n],
    ])
  })
})
