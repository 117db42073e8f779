import { describe, expect, it } from 'vitest'
import { evolve as evolveChart } from '../../../domain/ledger/chart.ts'
import { decide, invoice } from '../../../domain/invoicing/invoice.ts'
import type { InvoiceEvent } from '../../../domain/invoicing/invoice.events.ts'
import { specFor } from '../../support/spec.ts'
import { ENTITY, books } from '../ledger/books.ts'
import { INVOICE, ORDER, anna, draftedOf, factsOf, goods, issueFactsOf, requestOf, vinet } from './sale.ts'

const given = specFor(invoice)
const sale = { lines: [goods(12, '14.00')], freight: '32.38', deliveredOn: '2026-11-18', day: '2026-11-20' }
const drafted = draftedOf(sale) as Extract<InvoiceEvent, { type: 'invoicing.InvoiceDrafted' }>
const { draft } = factsOf(sale)
const other = { ...draft, freight: [] }
const changed: InvoiceEvent = {
  type: 'invoicing.InvoiceDraftChanged',
  data: { invoiceId: INVOICE, ...other },
}
const cancelled: InvoiceEvent = {
  type: 'invoicing.InvoiceDraftCancelled',
  data: { invoiceId: INVOICE, explanation: 'Doublon' },
}
const requested = requestOf(sale)
const request = decide.requestIssue(issueFactsOf(sale))

describe('draft', () => {
  it('is made once', () => {
    given().when(decide.draft(drafted.data)).then(drafted)
    given(drafted).when(decide.draft(drafted.data)).thenNothing()
  })
  it('is not overwritten by another of its id', () =>
    given(drafted)
      .when(decide.draft({ ...drafted.data, freight: [] }))
      .thenRejects({ code: 'INVOICE_ALREADY_EXISTS' }))
  it('does not tell another legal entity what became of an invoice', () => {
    for (const past of [
      [drafted, cancelled],
      [drafted, requested],
    ])
      given(...past)
        .when(decide.draft({ ...drafted.data, entityId: INVOICE }))
        .thenRejects({ code: 'INVOICE_ALREADY_EXISTS' })
  })
})

describe('PROTOCOL 7: amounts that nothing can hold', () => {
  const [line] = draft.lines
  /** At 100 million apiece; 5,000 of them are half of the bound. */
  const free = (quantity: bigint) => {
    const { order: _, delivery: __, ...said } = line!
    return { ...said, quantity, unitPrice: 100_000_000_000000n }
  }
  it('are drafted on no invoice, and no draft is changed to hold them', () => {
    const tooLarge = { ...draft, lines: [line!, free(1n), free(5_000_0001n)] }
    const refused = { code: 'INVOICE_DRAFT_TOO_LARGE', line: 2, net: 50_000_001_000_000n } as const
    given()
      .when(decide.draft({ ...drafted.data, ...tooLarge }))
      .thenRejects(refused)
    given(drafted).when(decide.change(tooLarge)).thenRejects(refused)
  })
  it('are not those of the lines alone', () =>
    given()
      .when(decide.draft({ ...drafted.data, lines: [free(5_000_0000n), free(1n)], freight: [] }))
      .thenRejects({ code: 'INVOICE_DRAFT_TOO_LARGE', line: undefined, net: 50_000_001_000_000n }))
})

describe('CGI 289-I-3: goods of different months', () => {
  const { deliveries } = draft
  const october = { ...deliveries[0]!, deliveredOn: '2026-10-31' }
  const mixed = { ...draft, deliveries: [october, ...deliveries] }
  const refused = { code: 'GOODS_OF_SEVERAL_MONTHS', months: ['2026-10', '2026-11'] } as const

  it('are drafted on no invoice, and no draft is changed to hold them', () => {
    given()
      .when(decide.draft({ ...drafted.data, ...mixed }))
      .thenRejects(refused)
    given(drafted).when(decide.change(mixed)).thenRejects(refused)
  })
  it('are not issued by a draft that held them before', () =>
    given({ ...drafted, data: { ...drafted.data, ...mixed } })
      .when(request)
      .thenRejects(refused))
})

describe('change', () => {
  it('replaces what the draft says', () => {
    given(drafted).when(decide.change(other)).then(changed)
    given(drafted, changed).when(decide.change(other)).thenNothing()
  })
  it('PROTOCOL 16: keeps every order that was ever claimed', () =>
    expect(
      given(drafted, {
        ...changed,
        data: { ...changed.data, lines: [goods(1, '1')] },
      }).state(),
    ).toMatchObject({ orders: [ORDER] }))
})

describe('cancel', () => {
  it('ends a draft once', () => {
    given(drafted).when(decide.cancel('Doublon')).then(cancelled)
    given(drafted, cancelled).when(decide.cancel('Doublon')).thenNothing()
  })
  it('PROTOCOL 16: abandon ends what was never drafted, and leaves a living draft alone', () => {
    given().when(decide.abandon(INVOICE, 'Doublon')).then(cancelled)
    given(drafted).when(decide.abandon(INVOICE, 'Doublon')).thenNothing()
    given(cancelled).when(decide.draft(drafted.data)).thenRejects({ code: 'INVOICE_CANCELLED' })
  })
})

describe('what only a draft can do', () => {
  it.each<[string, InvoiceEvent[], 'INVOICE_NOT_FOUND' | 'INVOICE_CANCELLED' | 'INVOICE_ALREADY_REQUESTED']>([
    ['nothing', [], 'INVOICE_NOT_FOUND'],
    ['a cancelled draft', [drafted, cancelled], 'INVOICE_CANCELLED'],
    ['an invoice asked for', [drafted, requested], 'INVOICE_ALREADY_REQUESTED'],
  ])('is refused of %s', (_, past, code) => {
    given(...past)
      .when(decide.change(other))
      .thenRejects({ code })
    if (code !== 'INVOICE_CANCELLED')
      given(...past)
        .when(decide.cancel('x'))
        .thenRejects({ code })
    if (code !== 'INVOICE_ALREADY_REQUESTED')
      given(...past)
        .when(request)
        .thenRejects({ code })
  })
})

describe('requestIssue', () => {
  it('freezes content, accounts and the lines of the entry', () => {
    given(drafted).when(request).then(requested)
    expect(requested.data.entryLines).toStrictEqual([
      {
        account: '411',
        auxiliary: { kind: 'customer', id: drafted.data.customerId, code: 'VINET' },
        label: 'VINET Vins et alcools Chevalier',
        side: 'debit',
        amount: 240_46n,
        due: true,
      },
      ...[
        ['707', 168_00n, 168_00n, 0n],
        ['7085', 32_38n, 32_38n, 0n],
        ['44571', 40_08n, 200_38n, 40_08n],
      ].map(([account, amount, base, tax]) => ({
        account,
        label: 'VINET Vins et alcools Chevalier',
        side: 'credit',
        amount,
        vat: {
          side: 'collected',
          category: 'S',
          rate: 2000n,
          regime: 'delivery',
          base,
          tax,
          taxPointOn: '2026-11-18',
        },
      })),
    ])
  })

  it('is won by exactly one request: a second adds nothing', () =>
    given(drafted, requested).when(request).thenNothing())

  it('keeps the name of a natural person out of the ledger', () =>
    expect(requestOf({ ...sale, buyer: anna }).data.posting.label).toBe('VINET'))

  it('refuses content that is not complete', () =>
    given(drafted)
      .when(decide.requestIssue(issueFactsOf({ ...sale, day: '2026-11-17' })))
      .thenRejects({ code: 'DELIVERY_AFTER_ISSUE', deliveredOn: '2026-11-18', day: '2026-11-17' }))

  it('refuses another currency than the ledger’s', () =>
    given(drafted)
      .when(decide.requestIssue({ ...issueFactsOf(sale), ledgerCurrency: 'USD' }))
      .thenRejects({ code: 'INVOICE_CURRENCY_NOT_OF_LEDGER', currency: 'EUR', ledger: 'USD' }))

  it('PROTOCOL 20: refuses accounts that are closed, as `issue` reads no chart', () => {
    const chart = evolveChart(books, {
      type: 'ledger.AccountClosed',
      data: { entityId: ENTITY, account: '707' },
    })
    given(drafted)
      .when(decide.requestIssue({ ...issueFactsOf(sale), chart }))
      .thenRejects({ code: 'ACCOUNT_NO_LONGER_OPEN', line: 2, account: '707' })
  })

  it('PROTOCOL 20, 22: refuses a pattern whose numbers could grow too long', () => {
    const pattern = `${'F'.repeat(24)}{number:6}`
    given(drafted)
      .when(decide.requestIssue({ ...issueFactsOf(sale), pattern }))
      .thenRejects({ code: 'NUMBER_TOO_LONG', pattern })
  })

  it('cannot have happened on what is no draft', () =>
    expect(() => given(requested).state()).toThrow('impossible'))
})

it('labels the entry with whole characters of a long name', () => {
  const party = { ...vinet, name: '🍷'.repeat(99) }
  const { posting } = requestOf({ ...sale, buyer: party }).data
  expect(posting.label).toBe(`VINET ${'🍷'.repeat(77)}`)
})
