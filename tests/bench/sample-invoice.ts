import { randomUUID } from 'node:crypto'

const vat = { category: 'S', rate: 2060n, regime: 'delivery' } as const

const line = (n: number) => ({
  number: String(n),
  order: { orderId: randomUUID(), lineId: randomUUID(), number: '10248' },
  productId: randomUUID(),
  productCode: `P${n}`,
  name: 'Singaporean Hokkien Fried Mee',
  operation: 'goods',
  quantity: 120_000n,
  unit: 'H87',
  unitPrice: 14_000_000n,
  discountRate: 0n,
  net: 16_800n,
  vat,
  account: '707',
})

const entryLine = (account: string, side: 'debit' | 'credit', amount: bigint) => ({
  account,
  label: 'F1996-000001 VINET',
  side,
  amount,
  vat: { side: 'collected', ...vat, base: amount, tax: 0n, taxPoint: '1996-07-16' },
})

/** An issued invoice of three lines with its journal entry, as the domain holds it: what a replay reads most of. */
export const sampleInvoiceIssued = () => ({
  type: 'invoicing.InvoiceIssued',
  data: {
    invoiceId: randomUUID(),
    entityId: randomUUID(),
    series: 'F',
    number: 'F1996-000001',
    sequence: 1,
    issuedOn: '1996-07-16',
    request: {
      stream: `invoice-${randomUUID()}`,
      revision: 1,
      eventId: randomUUID(),
      recordedAt: '1996-07-16T09:12:31.004Z',
    },
    content: {
      typeCode: '380',
      businessProcess: 'B1',
      currency: 'EUR',
      seller: {
        name: 'Northwind France',
        legalForm: 'SAS',
        siren: '303265045',
        vatNumber: 'FR40303265045',
        address: { line1: '1 rue de la Paix', postcode: '75002', city: 'Paris', country: 'FR' },
      },
      buyer: {
        customerId: randomUUID(),
        code: 'VINET',
        party: {
          kind: 'company',
          name: 'Vins et alcools Chevalier',
          siren: '303265045',
          address: { line1: "59 rue de l'Abbaye", postcode: '51100', city: 'Reims', country: 'FR' },
        },
      },
      deliveredOn: '1996-07-16',
      deliveries: [{ deliveryId: randomUUID(), orderId: randomUUID(), deliveredOn: '1996-07-16' }],
      lines: [line(1), line(2), line(3)],
      charges: [{ reasonCode: 'FC', reason: 'Freight', net: 3_238n, vat, account: '7085' }],
      vat: [
        {
          category: 'S',
          rate: 2060n,
          base: 53_638n,
          tax: 11_049n,
          parts: [{ regime: 'delivery', base: 53_638n, tax: 11_049n }],
        },
      ],
      totals: {
        lines: 50_400n,
        charges: 3_238n,
        net: 53_638n,
        tax: 11_049n,
        gross: 64_687n,
        prepaid: 0n,
        payable: 64_687n,
      },
      vatOnDebits: false,
      notes: [{ subject: 'PMT', text: 'Indemnité forfaitaire de recouvrement : 40 EUR' }],
      paymentTermDays: 30,
      payment: { means: '30', iban: 'FR7630006000011234567890189' },
    },
    posting: {
      journal: 'VE',
      currency: 'EUR',
      label: 'VINET',
      customers: '411',
      vatCollected: '44571',
      vatCollectedPending: '44574',
    },
    journalEntry: {
      entityId: randomUUID(),
      journal: 'VE',
      accountingDate: '1996-07-16',
      documentDate: '1996-07-16',
      documentReference: 'F1996-000001',
      label: 'F1996-000001 VINET',
      currency: 'EUR',
      rule: { id: 'sale', version: 1 },
      lines: [
        {
          account: '411',
          auxiliary: { kind: 'customer', id: randomUUID(), code: 'VINET' },
          label: 'F1996-000001 VINET',
          side: 'debit',
          amount: 64_687n,
          dueOn: '1996-08-15',
        },
        entryLine('707', 'credit', 50_400n),
        entryLine('7085', 'credit', 3_238n),
        entryLine('44571', 'credit', 11_049n),
      ],
    },
    dueOn: '1996-08-15',
  },
})
