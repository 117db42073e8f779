import type { InvoiceContent } from '../../../domain/invoicing/invoice-content.ts'
import { addToMonth, monthOf } from '../../../domain/shared/days.ts'
import { lineNet, vatOf } from '../../../domain/shared/money.ts'
import { ENTITY, customerFact, fact, id, line, opening, productFact } from './facts.ts'
import type { Fact } from './facts.ts'

/** A trading company from order to payment: figures agree with each other. */

const dayOf = (n: number): string => {
  const month = addToMonth('1996-07', Math.floor(n / 28) % 24)
  return `${month}-${String((n % 28) + 1).padStart(2, '0')}`
}

interface Sale {
  readonly n: number
  readonly customer: number
  readonly day: string
  readonly dueOn: string
  readonly orderId: string
  readonly invoiceId: string
  readonly number: string
  readonly lines: readonly { lineId: string; product: number; quantity: bigint; net: bigint }[]
  readonly net: bigint
  readonly tax: bigint
}

const saleOf = (n: number, customers: number): Sale => {
  const day = dayOf(Math.floor(n / 8))
  const lines = [0, 1, 2].slice(0, 1 + (n % 3)).map(i => {
    const product = (n * 7 + i) % 77
    const quantity = BigInt(1 + ((n + i) % 40)) * 10_000n
    return {
      lineId: id(`line ${n}.${i}`),
      product,
      quantity,
      net: lineNet(quantity, BigInt(product + 1) * 1_000_000n, 0n),
    }
  })
  const net = lines.reduce((sum, l) => sum + l.net, 0n)
  return {
    n,
    customer: n % customers,
    day,
    dueOn: `${addToMonth(monthOf(day), 1)}-28`,
    orderId: id(`order ${n}`),
    invoiceId: id(`invoice ${n}`),
    number: `F${day.slice(0, 4)}-${String(n + 1).padStart(6, '0')}`,
    lines,
    net,
    tax: vatOf(net, 2060n),
  }
}

const vat = { category: 'S', rate: 2060n, regime: 'delivery' } as const
const posting = {
  journal: 'VE',
  currency: 'EUR',
  label: 'sale',
  customers: '411',
  vatCollected: '44571',
  vatCollectedPending: '44574',
}
const rule = { id: 'sale', version: 1 }

const contentOf = (s: Sale): InvoiceContent => ({
  typeCode: '380',
  businessProcess: 'B1',
  currency: 'EUR',
  seller: {
    name: 'Northwind France',
    legalForm: 'SAS',
    siren: '303265045',
    vatNumber: 'FR40303265045',
    address: { city: 'Paris', country: 'FR' },
  },
  buyer: {
    customerId: id(`customer ${s.customer}`),
    code: `C${String(s.customer).padStart(4, '0')}`,
    party: { kind: 'company', name: `Customer ${s.customer}`, address: { city: 'Reims', country: 'FR' } },
  },
  deliveredOn: s.day,
  deliveries: [{ deliveryId: id(`delivery ${s.n}`), orderId: s.orderId, deliveredOn: s.day }],
  lines: s.lines.map((l, i) => ({
    number: String(i + 1),
    order: { orderId: s.orderId, lineId: l.lineId, number: String(10_000 + s.n) },
    productId: id(`product ${l.product}`),
    productCode: `P${l.product}`,
    name: `Product ${l.product}`,
    operation: 'goods',
    quantity: l.quantity,
    unit: 'H87',
    unitPrice: BigInt(l.product + 1) * 1_000_000n,
    discountRate: 0n,
    net: l.net,
    vat,
    account: '707',
    axes: { department: l.product % 2 === 0 ? 'food' : 'drinks' },
  })),
  charges: [],
  vat: [
    {
      category: 'S',
      rate: 2060n,
      base: s.net,
      tax: s.tax,
      parts: [{ regime: 'delivery', base: s.net, tax: s.tax }],
    },
  ],
  totals: {
    lines: s.net,
    charges: 0n,
    net: s.net,
    tax: s.tax,
    gross: s.net + s.tax,
    prepaid: 0n,
    payable: s.net + s.tax,
  },
  vatOnDebits: false,
  notes: [{ subject: 'PMT', text: 'Indemnité forfaitaire de recouvrement : 40 EUR' }],
  paymentTermDays: 30,
})

const auxiliary = (s: Sale) => ({
  kind: 'customer' as const,
  id: id(`customer ${s.customer}`),
  code: `C${String(s.customer).padStart(4, '0')}`,
})

const orderFacts = (s: Sale): readonly Fact[] => {
  const order = `order-${s.orderId}`
  const quantities = s.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  return [
    fact(order, 'commerce.OrderPlaced', {
      orderId: s.orderId,
      entityId: ENTITY,
      customerId: id(`customer ${s.customer}`),
      number: String(10_000 + s.n),
      orderedOn: s.day,
      currency: 'EUR',
      lines: s.lines.map(l => ({
        lineId: l.lineId,
        productId: id(`product ${l.product}`),
        productCode: `P${l.product}`,
        name: `Product ${l.product}`,
        operation: 'goods',
        quantity: l.quantity,
        unit: 'H87',
        unitPrice: BigInt(l.product + 1) * 1_000_000n,
        discountRate: 0n,
        vat: 'standard',
        revenueAccount: '707',
      })),
      freight: 0n,
    }),
    fact(order, 'commerce.OrderConfirmed', { orderId: s.orderId, confirmedOn: s.day }),
    fact(order, 'commerce.OrderDelivered', {
      orderId: s.orderId,
      deliveryId: id(`delivery ${s.n}`),
      deliveredOn: s.day,
      lines: quantities,
    }),
    fact(order, 'commerce.BillingClaimed', {
      orderId: s.orderId,
      invoiceId: s.invoiceId,
      ownerStream: `invoice-${s.invoiceId}`,
      commandId: id(`billing ${s.n}`),
      lines: quantities,
      freight: 0n,
      deliveries: [],
      orders: [s.orderId],
    }),
  ]
}

const invoiceFacts = (s: Sale): readonly Fact[] => {
  const content = contentOf(s)
  const invoice = `invoice-${s.invoiceId}`
  const gross = s.net + s.tax
  return [
    fact(invoice, 'invoicing.InvoiceDrafted', {
      invoiceId: s.invoiceId,
      entityId: ENTITY,
      customerId: id(`customer ${s.customer}`),
      currency: 'EUR',
      lines: content.lines.map(({ number: _, net: __, vat: ___, account, ...l }) => ({
        ...l,
        vat: 'standard',
        revenueAccount: account,
      })),
      freight: [],
      deliveries: content.deliveries,
    }),
    fact(invoice, 'invoicing.InvoiceIssueRequested', {
      invoiceId: s.invoiceId,
      entityId: ENTITY,
      series: 'F',
      pattern: 'F{year}-{number:6}',
      timeZone: 'Europe/Paris',
      content,
      posting,
      rule,
      entryLines: [
        { ...line('411', 'debit', gross, { auxiliary: auxiliary(s) }), due: true },
        line('707', 'credit', s.net),
        line('44571', 'credit', s.tax),
      ],
    }),
    fact(`invoiceRegister-${ENTITY}.F`, 'invoicing.InvoiceIssued', {
      invoiceId: s.invoiceId,
      entityId: ENTITY,
      series: 'F',
      number: s.number,
      sequence: s.n + 1,
      issuedOn: s.day,
      request: {
        stream: invoice,
        revision: 1,
        eventId: id(`request ${s.n}`),
        recordedAt: `${s.day}T08:00:00.000Z`,
      },
      content,
      posting,
      journalEntry: {
        entityId: ENTITY,
        journal: 'VE',
        accountingDate: s.day,
        documentDate: s.day,
        documentReference: s.number,
        label: s.number,
        currency: 'EUR',
        rule,
        lines: [
          line('411', 'debit', gross, { auxiliary: auxiliary(s), dueOn: s.dueOn }),
          line('707', 'credit', s.net, {
            axes: { department: s.n % 2 === 0 ? 'food' : 'drinks' },
            vat: { side: 'collected', ...vat, base: s.net, tax: 0n, taxPoint: s.day },
          }),
          line('44571', 'credit', s.tax, {
            vat: { side: 'collected', ...vat, base: s.net, tax: s.tax, taxPoint: s.day },
          }),
        ],
      },
      dueOn: s.dueOn,
    }),
  ]
}

const paymentFacts = (s: Sale, share: bigint): readonly Fact[] => {
  const paymentId = id(`payment ${s.n}`)
  const customerId = id(`customer ${s.customer}`)
  const gross = s.net + s.tax
  const amount = (gross * share) / 100n
  return [
    fact(`payment-${paymentId}`, 'invoicing.PaymentReceived', {
      paymentId,
      entityId: ENTITY,
      customer: { customerId, code: auxiliary(s).code },
      bankDate: s.dueOn,
      amount,
      currency: 'EUR',
      journal: 'BQ',
      bankAccount: '512',
      customerAccount: '411',
      bankReference: `BANK-${s.n}`,
      journalEntry: {
        entityId: ENTITY,
        journal: 'BQ',
        accountingDate: s.dueOn,
        documentDate: s.dueOn,
        documentReference: `BANK-${s.n}`,
        label: `BANK-${s.n}`,
        currency: 'EUR',
        rule: { id: 'receipt', version: 1 },
        lines: [line('512', 'debit', amount), line('411', 'credit', amount, { auxiliary: auxiliary(s) })],
      },
    }),
    fact(`receivable-${ENTITY}.${customerId}.EUR`, 'invoicing.PaymentAllocated', {
      allocationId: id(`allocation ${s.n}`),
      entityId: ENTITY,
      customerId,
      currency: 'EUR',
      source: {
        kind: 'payment',
        id: paymentId,
        reference: `BANK-${s.n}`,
        amount,
        day: s.dueOn,
        account: '411',
        vat: [],
      },
      settlements: [
        {
          invoiceId: s.invoiceId,
          number: s.number,
          issuedOn: s.day,
          account: '411',
          payable: gross,
          amount,
          vat: [],
        },
      ],
      allocatedOn: s.dueOn,
      journal: 'OD',
    }),
  ]
}

/** The n-th sale from order to payment: most are paid whole, some in half, some not at all. */
export const sale = (n: number, customers = 90): readonly Fact[] => {
  const s = saleOf(n, customers)
  const key = (kind: string, stream: string): Fact =>
    fact(`uniqueKey-${kind}.${n}`, 'organisation.KeyClaimed', {
      kind,
      ownerStream: stream,
      commandId: id(`key ${n}`),
    })
  const paid = n % 10 < 7 ? 100n : n % 10 === 7 ? 50n : 0n
  return [
    key('orderNumber', `order-${s.orderId}`),
    ...orderFacts(s),
    ...invoiceFacts(s),
    ...(paid > 0n ? [key('bankReference', `payment-${id(`payment ${n}`)}`), ...paymentFacts(s, paid)] : []),
  ]
}

const GROUP = 50

/** A company with so many customers and sales; sales go side by side, step by step. */
export function* company(sales: number, customers = 90): Generator<Fact> {
  yield* opening()
  for (let n = 0; n < customers; n++) yield customerFact(n)
  for (let n = 0; n < 77; n++) yield productFact(n)
  for (let from = 0; from < sales; from += GROUP) {
    const group = Array.from({ length: Math.min(GROUP, sales - from) }, (_, i) => sale(from + i, customers))
    for (let step = 0; group.some(facts => step < facts.length); step++)
      for (const facts of group) yield* facts.slice(step, step + 1)
  }
}
