import type { EventWords } from '../documents/declaration.ts'
import { dictionary } from '../words/words.ts'
import type { Formats } from '../words/formats.ts'

const words = dictionary('invoicing.events', {
  drafted: { fr: 'Facture préparée, {{lines}} ligne(s)', en: 'Invoice drafted, {{lines}} line(s)' },
  draftChanged: { fr: 'Brouillon modifié, {{lines}} ligne(s)', en: 'Draft changed, {{lines}} line(s)' },
  draftCancelled: { fr: 'Brouillon annulé', en: 'Draft cancelled' },
  issueRequested: {
    fr: 'Émission demandée : le contenu est figé, {{gross}} TTC',
    en: 'Issue asked for: the content is frozen, {{gross}} with VAT',
  },
  issued: {
    fr: 'Facture {{number}} émise le {{day}}, {{gross}} TTC, échéance {{dueOn}}',
    en: 'Invoice {{number}} issued on {{day}}, {{gross}} with VAT, due {{dueOn}}',
  },
  creditRequested: { fr: 'Avoir demandé, {{gross}} TTC', en: 'Credit note asked for, {{gross}} with VAT' },
  creditIssued: {
    fr: 'Avoir {{number}} émis le {{day}}, {{gross}} TTC',
    en: 'Credit note {{number}} issued on {{day}}, {{gross}} with VAT',
  },
  paymentReceived: {
    fr: 'Encaissement de {{amount}} le {{day}}, référence {{reference}}',
    en: 'Payment of {{amount}} received on {{day}}, reference {{reference}}',
  },
  allocated: {
    fr: '{{reference}} : {{amount}} affecté(s) à {{numbers}}',
    en: '{{reference}}: {{amount}} allocated to {{numbers}}',
  },
  allocationReversed: {
    fr: '{{reference}} : affectation de {{amount}} à {{numbers}} annulée',
    en: '{{reference}}: allocation of {{amount}} to {{numbers}} reversed',
  },
})

interface Said {
  readonly number?: string
  readonly lines?: readonly unknown[]
  readonly issuedOn?: string
  readonly dueOn?: string
  readonly bankDate?: string
  readonly bankReference?: string
  readonly amount?: number
  readonly currency?: string
  readonly content?: { readonly currency: string; readonly totals: { readonly gross: number } }
  readonly source?: { readonly reference: string }
  readonly settlements?: readonly { readonly number: string; readonly amount: number }[]
}

const grossOf = ({ content }: Said, f: Formats): string =>
  content ? f.money(content.totals.gross, content.currency) : ''

const dayOf = (f: Formats, day: string | undefined): string => (day === undefined ? '' : f.day(day))

const allocationOf = ({ source, settlements = [], currency = 'EUR' }: Said, f: Formats) => ({
  reference: source?.reference ?? '',
  amount: f.money(
    settlements.reduce((sum, { amount }) => sum + amount, 0),
    currency,
  ),
  numbers: settlements.map(({ number }) => number).join(', '),
})

/** What happens to invoices and payments, in words. */
export const invoicingEvents: EventWords = {
  'invoicing.InvoiceDrafted': (data: Said) => [words.drafted, { lines: data.lines?.length ?? 0 }],
  'invoicing.InvoiceDraftChanged': (data: Said) => [words.draftChanged, { lines: data.lines?.length ?? 0 }],
  'invoicing.InvoiceDraftCancelled': () => [words.draftCancelled],
  'invoicing.InvoiceIssueRequested': (data: Said, f) => [words.issueRequested, { gross: grossOf(data, f) }],
  'invoicing.InvoiceIssued': (data: Said, f) => [
    words.issued,
    {
      number: data.number ?? '',
      day: dayOf(f, data.issuedOn),
      dueOn: dayOf(f, data.dueOn),
      gross: grossOf(data, f),
    },
  ],
  'invoicing.CreditNoteRequested': (data: Said, f) => [words.creditRequested, { gross: grossOf(data, f) }],
  'invoicing.CreditNoteIssued': (data: Said, f) => [
    words.creditIssued,
    { number: data.number ?? '', day: dayOf(f, data.issuedOn), gross: grossOf(data, f) },
  ],
  'invoicing.PaymentReceived': (data: Said, f) => [
    words.paymentReceived,
    {
      amount: f.money(data.amount ?? 0, data.currency ?? 'EUR'),
      day: dayOf(f, data.bankDate),
      reference: data.bankReference ?? '',
    },
  ],
  'invoicing.PaymentAllocated': (data: Said, f) => [words.allocated, allocationOf(data, f)],
  'invoicing.AllocationReversed': (data: Said, f) => [words.allocationReversed, allocationOf(data, f)],
}
