import { describe } from 'vitest'
import { invoicingSentences } from '../../../commands/invoicing/sentences.ts'
import { expectSentences } from '../../support/sentences.ts'

const orderId = '01932f0c-0000-7000-8000-0000000000a1'

/** The types of `sentencesFor` see to it that none is missing; here each is read with data. */
const samples = {
  INVOICE_NOT_FOUND: {},
  INVOICE_ALREADY_EXISTS: {},
  INVOICE_CANCELLED: {},
  INVOICE_ALREADY_REQUESTED: {},
  INVOICE_EMPTY: {},
  FREIGHT_WITHOUT_LINE: {},
  ORDER_NAMED_TWICE: { orderId },
  ORDER_OF_OTHERS: { orderId, field: 'currency' },
  VAT_RULES_MISSING: { country: 'DE', day: '2009-12-31' },
  VAT_RATE_UNKNOWN: { rateClass: 'standard', day: '1990-12-31' },
  VAT_EXEMPTION_UNKNOWN: { exemption: undefined, known: ['VATEX-FR-CGI261-4'] },
  BUYER_SIREN_MISSING: { customer: 'VINET' },
  ADDRESS_INCOMPLETE: { name: 'Vins et alcools', missing: ['line1', 'postcode'] },
  DELIVERY_AFTER_ISSUE: { deliveredOn: '2026-11-21', day: '2026-11-20' },
  VAT_CHANGED_BETWEEN_DELIVERIES: { first: '2013-12-31', last: '2014-01-31' },
  GOODS_OF_SEVERAL_MONTHS: { months: ['2026-10', '2026-11'] },
  EXEMPTIONS_MIXED: { category: 'E', codes: ['VATEX-FR-CGI261-4', 'VATEX-FR-FRANCHISE'] },
  OUT_OF_SCOPE_MIXED: {},
  TOO_MANY_CHARGES: { charges: 22, max: 20 },
  INVOICE_WITHOUT_AMOUNT: {},
  INVOICE_DRAFT_TOO_LARGE: { line: 2, net: 5n * 10n ** 13n + 1n },
  INVOICE_AMOUNT_OUT_OF_BOUNDS: { gross: 10n ** 14n + 1n },
  INVOICE_CURRENCY_NOT_OF_LEDGER: { currency: 'USD', ledger: 'EUR' },
  NUMBER_TOO_LONG: { pattern: 'FACTURE-{number:9}' },
  INVOICE_TOO_LARGE: { bytes: 500_000, bytesMax: 460_800 },
  INVOICING_TERMS_NOT_SET: {},
  POSTING_ACCOUNTS_NOT_SET: { day: '2026-01-01' },
  SERIES_NOT_FOUND: { series: 'X' },
  SERIES_TO_CHOOSE: { series: ['F', 'G'] },
  PAYMENT_ALREADY_RECORDED: {},
  PAYMENT_ABANDONED: {},
  PAYMENT_CURRENCY_NOT_OF_LEDGER: { currency: 'USD', ledger: 'EUR' },
  RECORDED_BEFORE_BANK: { day: '2026-11-20', bankDate: '2026-11-21' },
  JOURNAL_NOT_OF_TREASURY: { journal: 'OD' },
  ALLOCATION_ALREADY_EXISTS: {},
  ALLOCATION_NOT_FOUND: {},
  DOCUMENT_NAMED_TWICE: { number: 'F2026-000001' },
  SETTLED_ON_ANOTHER_ACCOUNT: { number: 'F2026-000001', account: '4111', expected: '411' },
  ALLOCATION_EXCEEDS_DOCUMENT: { number: 'F2026-000001', left: 60_00n },
  ALLOCATION_EXCEEDS_PAYMENT: { reference: 'VIR 1', left: 30_00n },
  TOO_MANY_SETTLEMENTS: { settlements: 126, max: 125 },
  ALLOCATED_BEFORE_RECEIPT: { receivedOn: '2026-11-20' },
  ALLOCATED_BEFORE_ISSUE: { number: 'F2026-000001', issuedOn: '2026-11-20' },
  REVERSED_BEFORE_ALLOCATION: { allocatedOn: '2026-11-21' },
  PAYMENT_NOT_FOUND: { paymentId: orderId },
  PAYMENT_OF_ANOTHER_RECEIVABLE: { paymentId: orderId },
  INVOICE_NOT_ISSUED: { invoiceId: orderId },
  INVOICE_OF_ANOTHER_RECEIVABLE: { number: 'F2026-000001' },
} satisfies Record<keyof typeof invoicingSentences, object>

describe('what invoicing refuses', () => expectSentences(invoicingSentences, samples as never))
