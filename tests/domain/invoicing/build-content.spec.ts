import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildContent } from '../../../domain/invoicing/build-content.ts'
import { InvoiceContent } from '../../../domain/invoicing/invoice-content.ts'
import { buyerOf, sellerOf } from '../../../domain/invoicing/parties.ts'
import { saleLines } from '../../../domain/ledger/public.ts'
import type { Sale } from './sale.ts'
import { CUSTOMER } from '../ledger/books.ts'
import {
  anna,
  companyIn,
  contentOf,
  factsOf,
  goods,
  posting,
  seller,
  services,
  terms,
  vinet,
} from './sale.ts'

const day = '2026-11-20'
const refusal = (sale: Sale) => {
  const content = buildContent(factsOf(sale))
  return E.isLeft(content) ? content.left : undefined
}
const noteOf = (sale: Sale, subject: string) => contentOf(sale).notes.filter(note => note.subject === subject)
const training = services(1, '450', { vat: 'exempt', vatExemption: 'VATEX-FR-CGI261-4' })

describe('an invoice says', () => {
  const content = contentOf({
    lines: [goods(2, '10.00', { discountRate: 500n, productCode: 'P1', description: 'Boîte' })],
    freight: '3.00',
    deliveredOn: '2026-11-18',
    day,
  })

  it('its lines, numbered from 1, with what they were ordered and delivered by', () =>
    expect(content.lines).toStrictEqual([
      {
        number: '1',
        order: expect.objectContaining({ number: '10248' }) as object,
        name: 'Chai',
        productCode: 'P1',
        description: 'Boîte',
        operation: 'goods',
        quantity: 2_0000n,
        unit: 'C62',
        unitPrice: 10_000_000n,
        discountRate: 500n,
        net: 19_00n,
        vat: { category: 'S', rate: 2000n, regime: 'delivery' },
        account: '707',
      },
    ]))
  it('freight as a document-level charge', () =>
    expect(content.charges).toMatchObject([
      { reasonCode: 'FC', reason: 'Port, commande 10248', net: 3_00n, account: '7085' },
    ]))
  it('its totals', () =>
    expect(content.totals).toStrictEqual({
      lines: 19_00n,
      charges: 3_00n,
      net: 22_00n,
      tax: 4_40n,
      gross: 26_40n,
      prepaid: 0n,
      payable: 26_40n,
    }))
  it('when it was delivered, how and until when it is to be paid', () => {
    expect(content.deliveredOn).toBe('2026-11-18')
    expect(content.paymentTermDays).toBe(30)
    expect(content.payment).toStrictEqual({ means: '30', iban: terms.iban, bic: terms.bic })
  })
  it('the notes PMT, PMD and AAB, each once (BR-FR-05/06)', () => {
    const subjects = content.notes.map(({ subject }) => subject)
    for (const subject of ['PMT', 'PMD', 'AAB', 'BAR'] as const)
      expect(subjects.filter(s => s === subject)).toHaveLength(1)
  })
  it('nothing that its stored shape refuses', () =>
    expect(() => z.encode(InvoiceContent, content)).not.toThrow())
})

describe('the note BAR', () => {
  it.each<[string, Sale]>([
    ['B2B', { lines: [goods(1, '1')], day }],
    ['B2BINT', { lines: [goods(1, '1')], day, buyer: companyIn('DE', 'DE136695976') }],
    ['B2C', { lines: [goods(1, '1')], day, buyer: anna }],
    ['OUTOFSCOPE', { lines: [training], day }],
    ['B2B', { lines: [training, services(1, '1')], day }],
  ])('is %s', (text, sale) => expect(noteOf(sale, 'BAR')).toStrictEqual([{ subject: 'BAR', text }]))
})

describe('CGI 267-I-2°: freight', () => {
  it('is taxed like the goods of its order, not like the services beside them', () =>
    expect(
      contentOf({ lines: [services(1, '900', { vat: 'reduced' }), goods(1, '10')], day, freight: '3.00' })
        .charges,
    ).toMatchObject([{ net: 3_00n, vat: { category: 'S', rate: 2000n, regime: 'delivery' } }]))
  it('is split over the rates of its goods alone', () =>
    expect(
      contentOf({
        lines: [goods(1, '10'), goods(1, '20', { vat: 'reduced' }), services(1, '900')],
        day,
        freight: '3.00',
      }).charges.map(({ net, vat }) => [net, vat.rate, vat.regime]),
    ).toStrictEqual([
      [1_00n, 2000n, 'delivery'],
      [2_00n, 550n, 'delivery'],
    ]))
})

describe('the business process', () => {
  it.each([
    ['B1', [goods(1, '1')]],
    ['S1', [services(1, '1')]],
    ['M1', [goods(1, '1'), services(1, '1')]],
  ])('is %s', (process, lines) => expect(contentOf({ lines, day }).businessProcess).toBe(process))
})

it('mentions the option for debits exactly where it is used', () => {
  expect(contentOf({ lines: [services(1, '1')], day, services: 'debits' }).vatOnDebits).toBe(true)
  expect(contentOf({ lines: [services(1, '1')], day }).vatOnDebits).toBe(false)
  expect(contentOf({ lines: [goods(1, '1')], day, services: 'debits' }).vatOnDebits).toBe(false)
})

it('names the article that exempts, on the line and in the breakdown', () => {
  const { lines, vat } = contentOf({ lines: [training], day })
  for (const said of [lines[0]?.vat, vat[0]])
    expect(said).toMatchObject({
      exemptionCode: 'VATEX-FR-CGI261-4',
      exemptionReason: expect.any(String) as string,
    })
})

it('applies the rate of the delivery, not of the invoice', () => {
  const content = contentOf({ lines: [goods(1, '100')], deliveredOn: '2013-12-31', day: '2014-01-02' })
  expect(content.vat[0]).toMatchObject({ rate: 1960n, tax: 19_60n })
})

it('applies the rule of the place the goods go to', () => {
  const deliverTo = { kind: 'company' as const, name: 'Lager', address: { city: 'Genève', country: 'CH' } }
  expect(contentOf({ lines: [goods(1, '100')], day, deliverTo }).vat[0]?.category).toBe('G')
})

describe('is refused', () => {
  it('without the SIREN of a French company, since 2025', () => {
    const buyer = companyIn('FR')
    expect(refusal({ lines: [goods(1, '1')], day: '2024-12-31', buyer })).toBeUndefined()
    expect(refusal({ lines: [goods(1, '1')], day: '2025-01-01', buyer })).toStrictEqual({
      code: 'BUYER_SIREN_MISSING',
      customer: 'VINET',
    })
  })
  it('without the street of a company, nor the postcode in France', () => {
    const partial = (address: { readonly line1?: string; readonly city: string; readonly country: string }) =>
      refusal({
        lines: [goods(1, '1')],
        day,
        buyer: { kind: 'company', name: 'Vinet', siren: '732829320', address },
      })
    const incomplete = { code: 'ADDRESS_INCOMPLETE', name: 'Vinet' }
    expect(partial({ city: 'Reims', country: 'FR' })).toStrictEqual({
      ...incomplete,
      missing: ['line1', 'postcode'],
    })
    expect(partial({ line1: '1 rue X', city: 'Reims', country: 'FR' })).toStrictEqual({
      ...incomplete,
      missing: ['postcode'],
    })
    expect(partial({ line1: '1 Street', city: 'Cork', country: 'IE' })).toBeUndefined()
  })
  it('for a delivery still to come', () =>
    expect(refusal({ lines: [goods(1, '1')], day, deliveredOn: '2026-11-21' })).toStrictEqual({
      code: 'DELIVERY_AFTER_ISSUE',
      deliveredOn: '2026-11-21',
      day,
    }))
  it('with two reasons of one category', () =>
    expect(
      refusal({
        lines: [training, services(1, '1', { vat: 'exempt', vatExemption: 'VATEX-FR-FRANCHISE' })],
        day,
      }),
    ).toStrictEqual({
      code: 'EXEMPTIONS_MIXED',
      category: 'E',
      codes: ['VATEX-FR-CGI261-4', 'VATEX-FR-FRANCHISE'],
    }))
  it('with services out of scope beside others', () =>
    expect(refusal({ lines: [goods(1, '1'), services(1, '1')], day, buyer: companyIn('US') })).toStrictEqual({
      code: 'OUT_OF_SCOPE_MIXED',
    }))
  it('without an amount', () =>
    expect(refusal({ lines: [goods(1, '1', { discountRate: 10_000n })], day })).toStrictEqual({
      code: 'INVOICE_WITHOUT_AMOUNT',
    }))
  it('above what can be stored', () =>
    expect(
      refusal({ lines: [goods(1, '1', { quantity: 10n ** 12n, unitPrice: 10n ** 14n })], day }),
    ).toMatchObject({ code: 'INVOICE_AMOUNT_OUT_OF_BOUNDS' }))
  it('when the rate changed between deliveries that its lines do not tell apart', () => {
    const facts = factsOf({ lines: [services(1, '1')], day: '2014-02-01', deliveredOn: '2013-12-31' })
    const [first] = facts.draft.deliveries
    const deliveries = [first!, { ...first!, deliveredOn: '2014-01-31' }]
    expect(buildContent({ ...facts, draft: { ...facts.draft, deliveries } })).toStrictEqual(
      E.left({ code: 'VAT_CHANGED_BETWEEN_DELIVERIES', first: '2013-12-31', last: '2014-01-31' }),
    )
  })
  it('with more charges than the shape holds', () => {
    const facts = factsOf({ lines: [goods(1, '1'), goods(1, '1', { vat: 'reduced' })], day })
    const freight = Array.from({ length: 11 }, (_, i) => ({ ...ORDER, number: `${i}`, net: 10_00n }))
    expect(buildContent({ ...facts, draft: { ...facts.draft, freight } })).toStrictEqual(
      E.left({ code: 'TOO_MANY_CHARGES', charges: 22, max: 20 }),
    )
  })
  const ORDER = { orderId: CUSTOMER }
})

describe('CGI 289-I-3: goods of different months', () => {
  const sent = (deliveredOn: string) => ({ deliveryId: CUSTOMER, deliveredOn })
  const first = goods(1, '1', { delivery: sent('2026-10-31') })

  it('do not go on one invoice', () =>
    expect(refusal({ lines: [goods(1, '1', { delivery: sent('2026-11-01') }), first], day })).toStrictEqual({
      code: 'GOODS_OF_SEVERAL_MONTHS',
      months: ['2026-10', '2026-11'],
    }))
  it('nor where the lines do not tell which went out when', () => {
    const facts = factsOf({ lines: [goods(1, '1')], day, deliveredOn: '2026-10-31' })
    const deliveries = [
      ...facts.draft.deliveries,
      ...factsOf({ lines: [], day, deliveredOn: day }).draft.deliveries,
    ]
    expect(buildContent({ ...facts, draft: { ...facts.draft, deliveries } })).toStrictEqual(
      E.left({ code: 'GOODS_OF_SEVERAL_MONTHS', months: ['2026-10', '2026-11'] }),
    )
  })
  it('are dated by the goods where a service beside them is of a later month', () => {
    const late = services(1, '1', { delivery: sent('2026-11-15') })
    const content = contentOf({ lines: [first, late], day, deliveredOn: '2026-11-15', freight: '2' })
    expect(content.deliveredOn).toBe('2026-10-31')
    const points = saleLines(content, posting).flatMap(({ vat }) =>
      vat?.regime === 'delivery' ? [vat.taxPointOn] : [],
    )
    expect(new Set(points)).toStrictEqual(new Set(['2026-10-31']))
  })
})

describe('the law of totals (EN 16931 BR-CO-10 to 17) against a rational model', () => {
  const anyLine = fc
    .record({
      quantity: fc.bigInt(1n, 200_0000n),
      unitPrice: fc.bigInt(0n, 500_000_000n),
      discountRate: fc.bigInt(0n, 10_000n),
      vat: fc.constantFrom('standard' as const, 'reduced' as const, 'intermediate' as const),
      isGoods: fc.boolean(),
    })
    .map(({ isGoods, ...line }) => (isGoods ? goods(1, '1', line) : services(1, '1', line)))

  /** Nearest integer to a fraction above zero, halves up, by another way than the code's. */
  const nearest = (numerator: bigint, denominator: bigint): bigint => {
    const below = numerator / denominator
    return numerator - below * denominator >= (below + 1n) * denominator - numerator ? below + 1n : below
  }
  const sum = (of: readonly bigint[]) => of.reduce((a, b) => a + b, 0n)

  it('holds for any invoice', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 12 }),
        fc.bigInt(0n, 99_99n),
        (lines, freight) => {
          const facts = factsOf({ lines, day, freight: '1' })
          const draft = { ...facts.draft, freight: facts.draft.freight.map(f => ({ ...f, net: freight })) }
          const built = buildContent({ ...facts, draft })
          if (E.isLeft(built)) {
            expect(built.left.code).toBe('INVOICE_WITHOUT_AMOUNT')
            return
          }
          const { lines: said, charges, vat, totals } = built.right
          for (const line of said)
            expect(line.net).toBe(
              nearest(
                line.quantity * line.unitPrice * (10_000n - line.discountRate),
                10n ** 4n * 10n ** 4n * 10n ** 4n,
              ),
            )
          expect(sum(charges.map(c => c.net))).toBe(freight)
          expect(totals.lines).toBe(sum(said.map(l => l.net)))
          expect(totals.charges).toBe(freight)
          expect(totals.net).toBe(totals.lines + totals.charges)
          expect(totals.tax).toBe(sum(vat.map(v => v.tax)))
          expect(totals.gross).toBe(totals.net + totals.tax)
          expect(totals.payable).toBe(totals.gross - totals.prepaid)
          expect(sum(vat.map(v => v.base))).toBe(totals.net)
          for (const total of vat) {
            const items = [...said, ...charges].filter(i => i.vat.rate === total.rate)
            expect(total.base).toBe(sum(items.map(i => i.net)))
            expect(total.tax).toBe(nearest(total.base * total.rate, 10_000n))
            expect(sum(total.parts.map(p => p.base))).toBe(total.base)
            expect(sum(total.parts.map(p => p.tax))).toBe(total.tax)
            for (const part of total.parts) {
              const exact = part.base * total.rate - part.tax * 10_000n
              expect(exact < 10_000n && exact > -10_000n).toBe(true)
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('seller and buyer', () => {
  it('have the address of the French directory where they say no other', () => {
    expect(sellerOf(seller).electronicAddress).toStrictEqual({ scheme: '0225', id: '404833048' })
    const own = { scheme: '0225', id: '404833048_ACHATS' }
    expect(sellerOf({ ...seller, electronicAddress: own }).electronicAddress).toStrictEqual(own)
    const ids = { customerId: CUSTOMER, code: 'VINET' }
    expect(buyerOf({ ...ids, party: vinet }).party).toMatchObject({
      electronicAddress: { scheme: '0225', id: '732829320' },
    })
    expect(buyerOf({ ...ids, party: companyIn('DE') }).party).toStrictEqual(companyIn('DE'))
    expect(buyerOf({ ...ids, party: anna }).party).toStrictEqual(anna)
  })
})
