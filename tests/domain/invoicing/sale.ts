import * as E from 'fp-ts/lib/Either.js'
import { buildContent } from '../../../domain/invoicing/build-content.ts'
import type { ContentFacts } from '../../../domain/invoicing/build-content.ts'
import type { DraftLine, InvoiceEvent } from '../../../domain/invoicing/invoice.events.ts'
import type { InvoiceContent, SalePosting } from '../../../domain/invoicing/invoice-content.ts'
import { decide, evolve, invoice } from '../../../domain/invoicing/invoice.ts'
import type { IssueFacts } from '../../../domain/invoicing/invoice.ts'
import { issue } from '../../../domain/invoicing/register.ts'
import type { RegisterEvent } from '../../../domain/invoicing/invoice.events.ts'
import type { z } from 'zod'
import { CUSTOMER, ENTITY, books, postingAccounts } from '../ledger/books.ts'

/** A French seller, its customers, and what it sells: the samples of invoicing. */

export const INVOICE = '01932f0c-0000-7000-8000-0000000000f1'
export const ORDER = '01932f0c-0000-7000-8000-0000000000a1'
export const DELIVERY = '01932f0c-0000-7000-8000-0000000000d1'

type Line = z.output<typeof DraftLine>

export const seller: ContentFacts['seller'] = {
  name: 'Northwind France',
  legalForm: 'SAS',
  capital: '50 000 EUR',
  registration: 'RCS Paris',
  siren: '404833048',
  vatNumber: 'FR83404833048',
  address: { line1: '1 rue de la Paix', postcode: '75002', city: 'Paris', country: 'FR' },
}

export const terms: ContentFacts['terms'] = {
  paymentTermDays: 30,
  latePaymentNote: 'Pénalités de retard : taux de refinancement de la BCE majoré de 10 points.',
  recoveryNote: 'Indemnité forfaitaire pour frais de recouvrement : 40 €.',
  discountNote: 'Pas d’escompte pour paiement anticipé.',
  iban: 'FR7630006000011234567890189',
  bic: 'AGRIFRPP',
}

type Party = ContentFacts['buyer']['party']
export const vinet: Party = {
  kind: 'company',
  name: 'Vins et alcools Chevalier',
  siren: '732829320',
  vatNumber: 'FR44732829320',
  address: { line1: "59 rue de l'Abbaye", postcode: '51100', city: 'Reims', country: 'FR' },
}
const abroad = (country: string, vatNumber?: string): Party => ({
  kind: 'company',
  name: 'Around the Horn',
  ...(vatNumber === undefined ? {} : { vatNumber }),
  address: { line1: '1', postcode: '1', city: 'X', country },
})
export const companyIn = abroad
export const anna: Party = {
  kind: 'person',
  personId: '01932f0c-0000-7000-8000-0000000000b1',
  name: 'Anna Trujillo',
  city: 'Reims',
  country: 'FR',
}

const hundredths = (text: string): bigint => BigInt(Math.round(Number(text) * 100))

/** A line of goods: quantity and price as people write them. */
export const goods = (quantity: number, price: string, more: Partial<Line> = {}): Line => ({
  name: 'Chai',
  operation: 'goods',
  quantity: BigInt(Math.round(quantity * 10_000)),
  unit: 'C62',
  unitPrice: BigInt(Math.round(Number(price) * 1_000_000)),
  discountRate: 0n,
  vat: 'standard',
  revenueAccount: '707',
  ...more,
})
export const services = (quantity: number, price: string, more: Partial<Line> = {}): Line =>
  goods(quantity, price, {
    name: 'Conseil',
    operation: 'services',
    unit: 'DAY',
    revenueAccount: '706',
    ...more,
  })

export interface Sale {
  readonly lines: readonly Line[]
  readonly buyer?: Party
  readonly freight?: string
  /** Day of the one delivery; none where absent. */
  readonly deliveredOn?: string
  readonly day: string
  readonly services?: 'receipts' | 'debits'
  readonly deliverTo?: ContentFacts['draft']['deliverTo']
}

const orderRef = { orderId: ORDER, lineId: DELIVERY, number: '10248' }

export const factsOf = (sale: Sale): ContentFacts => ({
  draft: {
    lines: sale.lines.map(line => ({ order: orderRef, ...line })),
    freight:
      sale.freight === undefined ? [] : [{ orderId: ORDER, number: '10248', net: hundredths(sale.freight) }],
    deliveries:
      sale.deliveredOn === undefined
        ? []
        : [{ deliveryId: DELIVERY, orderId: ORDER, deliveredOn: sale.deliveredOn }],
    ...(sale.deliverTo === undefined ? {} : { deliverTo: sale.deliverTo }),
  },
  currency: 'EUR',
  seller,
  buyer: { customerId: CUSTOMER, code: 'VINET', party: sale.buyer ?? vinet },
  terms,
  paymentTermDays: undefined,
  services: sale.services ?? 'receipts',
  freightAccount: '7085',
  day: sale.day,
})

export const contentOf = (sale: Sale): InvoiceContent => {
  const content = buildContent(factsOf(sale))
  if (E.isLeft(content)) throw new Error(content.left.code)
  return content.right
}

export const posting: SalePosting = {
  journal: 'VE',
  currency: 'EUR',
  label: 'VINET Vins et alcools Chevalier',
  customers: '411',
  vatCollected: '44571',
  vatCollectedPending: '44574',
}

export const issueFactsOf = (sale: Sale): IssueFacts => {
  const { draft: _, currency: __, freightAccount: ___, ...facts } = factsOf(sale)
  return {
    ...facts,
    series: 'F',
    pattern: 'F{year}-{number:6}',
    timeZone: 'Europe/Paris',
    journal: 'VE',
    ledgerCurrency: 'EUR',
    accounts: postingAccounts,
    chart: books,
  }
}

export const draftedOf = (sale: Sale): InvoiceEvent => ({
  type: 'invoicing.InvoiceDrafted',
  data: {
    invoiceId: INVOICE,
    entityId: ENTITY,
    customerId: CUSTOMER,
    currency: 'EUR',
    ...factsOf(sale).draft,
  },
})

export const requestOf = (sale: Sale): Extract<InvoiceEvent, { type: 'invoicing.InvoiceIssueRequested' }> => {
  const decided = decide.requestIssue(issueFactsOf(sale))(evolve(invoice.initial, draftedOf(sale)))
  if (E.isLeft(decided)) throw new Error(decided.left.code)
  const [request] = decided.right
  if (request?.type !== 'invoicing.InvoiceIssueRequested') throw new Error('no request')
  return request
}

/** Where a request stands in the log: recorded at noon, UTC. */
export const referenceOn = (day: string, revision = 1) => ({
  stream: `invoice-${INVOICE}`,
  revision,
  eventId: '01932f0c-0000-5000-8000-0000000000c1',
  recordedAt: `${day}T12:00:00.000Z`,
})

/** The whole way: drafted, asked for, numbered. */
export const issuedOf = (sale: Sale): Extract<RegisterEvent, { type: 'invoicing.InvoiceIssued' }> => {
  const issued = issue(requestOf(sale), referenceOn(sale.day), undefined)
  if (issued.type !== 'invoicing.InvoiceIssued') throw new Error(issued.type)
  return issued
}
