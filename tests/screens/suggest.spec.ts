import { describe, expect, it } from 'vitest'
import { suggestionsFor } from '../../screens/invoicing/allocation/suggest.ts'
import type { OpenInvoice } from '../../screens/invoicing/allocation/suggest.ts'

const invoice = (number: string, dueOn: string, leftOpen: number, ...alsoKnownAs: string[]): OpenInvoice => ({
  ...{ invoiceId: `id of ${number}`, number, dueOn, leftOpen, alsoKnownAs },
})

const open = [
  invoice('F2026-000003', '2026-03-31', 70_00, 'C-0017'),
  invoice('F2026-000001', '2026-01-31', 100_00, 'C-0009'),
  invoice('F2026-000002', '2026-02-28', 30_00),
]

const suggested = (reference: string, left: number, invoices = open) =>
  suggestionsFor({ reference, left }, invoices).map(({ reason, settlements }) => [
    reason,
    ...settlements.map(
      ({ invoiceId, amount }) => `${invoiceId.slice('id of F2026-00000'.length)}: ${amount}`,
    ),
  ])

describe('what a payment probably pays', () => {
  it('is first what the bank names, however it writes it', () => {
    expect(suggested('VIR F2026 000003 MERCI', 70_00)[0]).toEqual(['reference', '3: 7000'])
    expect(suggested('vir c0009', 40_00)[0]).toEqual(['reference', '1: 4000'])
  })

  it('then the invoice of that amount, then the few that add up to it, then the oldest', () => {
    expect(suggested('VIREMENT', 100_00)).toEqual([
      ['exact', '1: 10000'],
      ['sum', '2: 3000', '3: 7000'],
    ])
    expect(suggested('VIREMENT', 130_00)).toEqual([['sum', '1: 10000', '2: 3000']])
    expect(suggested('VIREMENT', 120_00)).toEqual([['oldest', '1: 10000', '2: 2000']])
  })

  it('says the same thing once, and nothing where there is nothing', () => {
    expect(suggested('F2026-000001', 100_00).map(([reason]) => reason)).toEqual(['reference', 'sum'])
    expect(suggested('VIREMENT', 100_00, [])).toEqual([])
    expect(suggested('VIREMENT', 0)).toEqual([])
  })

  it('never gives an invoice more than is left of it, nor more than is left of the payment', () => {
    expect(suggested('VIREMENT', 999_00)).toEqual([['oldest', '1: 10000', '2: 3000', '3: 7000']])
  })
})
