import * as E from 'fp-ts/lib/Either.js'
import { payment, decide as decidePayment } from '../../../domain/invoicing/payment.ts'
import type { PaymentEvent } from '../../../domain/invoicing/payment.events.ts'
import { decide as decideReceivable, receivable } from '../../../domain/invoicing/receivable.ts'
import type { ReceivableEvent } from '../../../domain/invoicing/receivable.events.ts'
import type { RegisterEvent } from '../../../domain/invoicing/invoice.events.ts'
import { decide as decideManual, manualEntry } from '../../../domain/ledger/manual-entry.ts'
import type { ManualEntryEvent } from '../../../domain/ledger/manual-entry.events.ts'
import { creditNoteLines, creditNoteRule } from '../../../domain/ledger/public.ts'
import { issue } from '../../../domain/invoicing/register.ts'
import type { DomainEvent } from '../../../domain/shared/events.ts'
import { INVOICE, goods, issuedOf, referenceOn, requestOf } from '../invoicing/sale.ts'
import { CUSTOMER, ENTITY, books } from './books.ts'
import { sales } from './worked-sales.ts'

/** Entries worked out by hand: the amounts stand here as an accountant wrote them, with the calculation beside. */

const decided = <T>(result: E.Either<{ code: string }, readonly T[]>): T => {
  if (E.isLeft(result)) throw new Error(result.left.code)
  const [event] = result.right
  if (event === undefined) throw new Error('nothing decided')
  return event
}

/** Every event with an entry that was worked out, for the checks that all of them must pass. */
export const worked: { name: string; event: DomainEvent; expected: readonly string[] }[] = []
const work = (name: string, event: DomainEvent, expected: readonly string[]): void => {
  worked.push({ name, event, expected })
}
for (const [name, { sale, expected }] of Object.entries(sales))
  work(`sale: ${name}`, issuedOf(sale), expected)

// 100.00 of goods at 20 % taken back: 120.00 to the customer's credit, base -100.00, tax -20.00, in effect when issued.
const creditNote = ((): RegisterEvent => {
  const { data } = requestOf({ lines: [goods(1, '100')], day: '2026-11-20', deliveredOn: '2026-11-02' })
  const content = {
    ...data.content,
    typeCode: '381' as const,
    corrects: { invoiceId: INVOICE, number: 'F2026-000007', issuedOn: '2026-11-03' },
  }
  return issue(
    {
      type: 'invoicing.CreditNoteRequested',
      data: {
        ...data,
        creditNoteId: '01932f0c-0000-7000-8000-0000000000f9',
        corrected: { ...referenceOn('2026-11-03', 6), stream: `invoiceRegister-${ENTITY}.F` },
        cause: 'returned',
        explanation: 'Retour',
        content,
        rule: creditNoteRule,
        entryLines: [...creditNoteLines(content, data.posting)],
      },
    },
    referenceOn('2026-11-20', 2),
    { sequence: 7, issuedOn: '2026-11-19', request: referenceOn('2026-11-19') },
  )
})()
work('credit note', creditNote, [
  'VE 2026-11-20 F2026-000008 of 2026-11-20 creditNote 1 corrects F2026-000007 at 6',
  'C 411 VINET 120.00 by 2026-11-20',
  'D 707 100.00 | S 20.00% delivery -100.00 + 0.00 due 2026-11-20',
  'D 44571 20.00 | S 20.00% delivery -100.00 + -20.00 due 2026-11-20',
])

// 569.69 reaches the bank.
const received = decided<PaymentEvent>(
  decidePayment.receive(
    {
      paymentId: '01932f0c-0000-7000-8000-0000000000b9',
      entityId: ENTITY,
      customer: { customerId: CUSTOMER, code: 'VINET' },
      bankDate: '1996-08-14',
      amount: 569_69n,
      currency: 'EUR',
      journal: 'BQ',
      bankReference: 'VIR 4711',
    },
    { chart: books, customers: '411', currency: 'EUR' },
  )(payment.initial),
)
work('receipt', received, [
  'BQ 1996-08-14 VIR 4711 of 1996-08-14 receipt 1',
  'D 512 569.69',
  'C 411 VINET 569.69',
])

const allocationOf = (
  allocationId: string,
  amount: bigint,
  document: { payable: bigint; base: bigint; tax: bigint; rate?: bigint; number?: string },
  day: string,
) => ({
  allocationId: `01932f0c-0000-7000-8000-0000000${allocationId}`,
  entityId: ENTITY,
  customerId: CUSTOMER,
  currency: 'EUR',
  source: {
    kind: 'payment' as const,
    id: '01932f0c-0000-7000-8000-0000000000b9',
    reference: 'VIR 4711',
    amount: 10_000_00n,
    day,
    account: '411',
    vat: [],
  },
  settlements: [
    {
      invoiceId: INVOICE,
      number: document.number ?? 'F2026-000001',
      issuedOn: '2026-11-20',
      payable: document.payable,
      account: '411',
      amount,
      pending: [
        {
          category: 'S' as const,
          rate: document.rate ?? 2000n,
          pendingAccount: '44574',
          dueAccount: '44571',
          documentBase: document.base,
          documentTax: document.tax,
        },
      ],
    },
  ],
  allocatedOn: '2026-12-15',
  journal: 'OD',
})

const allocations = (
  ...steps: readonly Parameters<typeof allocationOf>[]
): { state: typeof receivable.initial; events: ReceivableEvent[] } => {
  let state = receivable.initial
  const events = steps.map(step => {
    const event = decided(decideReceivable.allocate(allocationOf(...step), books)(state))
    state = receivable.evolve(state, event)
    return event
  })
  return { state, events }
}

// The invoice of 2,400.00 (base 2,000.00, tax 400.00), paid 1,000.00 then 1,400.00.
const large = { payable: 2400_00n, base: 2000_00n, tax: 400_00n }
const twice = allocations(['00a01', 1000_00n, large, '2026-12-03'], ['00a02', 1400_00n, large, '2026-12-14'])
// 400.00 × 1,000 / 2,400 = 166.666… → 166.67; base 2,000.00 × 1,000 / 2,400 = 833.333… → 833.33.
work('VAT on a first receipt', twice.events[0]!, [
  'OD 2026-12-15 VIR 4711 of 2026-12-03 vatOnReceipt 1',
  'D 44574 166.67 | S 20.00% receipts -833.33 + -166.67 waits',
  'C 44571 166.67 | S 20.00% receipts 833.33 + 166.67 due 2026-12-03',
])
// The remainder: 400.00 - 166.67 = 233.33; 2,000.00 - 833.33 = 1,166.67.
work('VAT on the last receipt', twice.events[1]!, [
  'OD 2026-12-15 VIR 4711 of 2026-12-14 vatOnReceipt 1',
  'D 44574 233.33 | S 20.00% receipts -1166.67 + -233.33 waits',
  'C 44571 233.33 | S 20.00% receipts 1166.67 + 233.33 due 2026-12-14',
])

// 1.20 (base 1.00, tax 0.20) paid in thirds of 0.40: cumulated tax 0.0667 → 0.07, 0.1333 → 0.13, 0.20: so 0.07, 0.06, 0.07.
const small = { payable: 1_20n, base: 1_00n, tax: 20n, number: 'F2026-000002' }
const thirds = allocations(
  ['00a03', 40n, small, '2026-12-01'],
  ['00a04', 40n, small, '2026-12-02'],
  ['00a05', 40n, small, '2026-12-03'],
)
work('VAT on the second of three receipts', thirds.events[1]!, [
  'OD 2026-12-15 VIR 4711 of 2026-12-02 vatOnReceipt 1',
  // Base: 1.00 × 0.80 / 1.20 = 0.666… → 0.67, less the 0.33 of the first.
  'D 44574 0.06 | S 20.00% receipts -0.34 + -0.06 waits',
  'C 44571 0.06 | S 20.00% receipts 0.34 + 0.06 due 2026-12-02',
])

// A credit note of 120.00 (base 100.00, tax 20.00 that waits) pays as much of the large invoice: 400.00 × 120 / 2,400 =
// 20.00 fall due there, and its own 20.00 come back on the other sides.
const byCreditNote = allocationOf('00a06', 120_00n, large, '2026-12-05')
work(
  'VAT of a credit note that pays',
  decided(
    decideReceivable.allocate(
      {
        ...byCreditNote,
        source: {
          ...byCreditNote.source,
          kind: 'creditNote',
          id: '01932f0c-0000-7000-8000-0000000000f9',
          reference: 'F2026-000009',
          amount: 120_00n,
          vat: [
            {
              category: 'S',
              rate: 2000n,
              pendingAccount: '44574',
              dueAccount: '44571',
              documentBase: 100_00n,
              documentTax: 20_00n,
              base: 100_00n,
              tax: 20_00n,
            },
          ],
        },
      },
      books,
    )(receivable.initial),
  ),
  [
    'OD 2026-12-15 F2026-000009 of 2026-12-05 vatOnReceipt 1',
    'D 44574 20.00 | S 20.00% receipts -100.00 + -20.00 waits',
    'C 44571 20.00 | S 20.00% receipts 100.00 + 20.00 due 2026-12-05',
    'C 44574 20.00 | S 20.00% receipts 100.00 + 20.00 waits',
    'D 44571 20.00 | S 20.00% receipts -100.00 + -20.00 due 2026-12-05',
  ],
)

// The first receipt of the large invoice taken back: its 166.67 waits again. It stood at revision 0.
work(
  'VAT of an allocation taken back',
  decided(
    decideReceivable.reverse(
      {
        allocationId: '01932f0c-0000-7000-8000-000000000a01',
        reversedOn: '2026-12-20',
        explanation: 'Mauvaise facture',
      },
      books,
    )(twice.state),
  ),
  [
    'OD 2026-12-20 VIR 4711 of 2026-12-20 reversal 1 corrects VIR 4711 at 0',
    'C 44574 166.67 | S 20.00% receipts 833.33 + 166.67 waits',
    'D 44571 166.67 | S 20.00% receipts -833.33 + -166.67 due 2026-12-03',
  ],
)

// Rent of 1,200.00 with 240.00 of deductible VAT, owed to the bank directly: 1,440.00.
const drafted: ManualEntryEvent = {
  type: 'ledger.ManualEntryDrafted',
  data: {
    entryId: '01932f0c-0000-7000-8000-0000000000c9',
    entityId: ENTITY,
    journal: 'OD',
    accountingDate: '2026-11-30',
    documentDate: '2026-11-28',
    documentReference: 'LOYER 11',
    label: 'Loyer de novembre',
    lines: [
      { account: '6132', label: 'Loyer', side: 'debit', amount: 1200_00n },
      { account: '44566', label: 'TVA', side: 'debit', amount: 240_00n },
      { account: '512', label: 'Loyer', side: 'credit', amount: 1440_00n },
    ],
  },
}
const onDraft = manualEntry.evolve(manualEntry.initial, drafted)
const validated = decided(
  decideManual.validate({ chart: books, currency: 'EUR', today: '2026-11-30' })(onDraft),
)
work('manual', validated, [
  'OD 2026-11-30 LOYER 11 of 2026-11-28 manual 1',
  'D 6132 1200.00',
  'D 44566 240.00',
  'C 512 1440.00',
])
work(
  'reversal',
  decided(decideManual.reverse('2026-12-01', 'Doublon')(manualEntry.evolve(onDraft, validated))),
  [
    'OD 2026-12-01 LOYER 11 of 2026-12-01 reversal 1 corrects LOYER 11 at 1',
    'C 6132 1200.00',
    'C 44566 240.00',
    'D 512 1440.00',
  ],
)
