import type { z } from 'zod'
import type { InvoicingTerms as TermsOfEntity } from '../organisation/public.ts'
import type { Buyer, InvoiceContent, InvoiceLine } from './invoice-content.ts'
import { vatCountryOf } from './vat/territory.ts'

export type InvoicingTerms = Omit<TermsOfEntity, 'entityId'>

/** BT-23 of what is delivered or performed and not yet paid: B1 goods, S1 services, M1 both (BR-FR-08). */
export const businessProcessOf = (
  lines: readonly Pick<InvoiceLine, 'operation'>[],
): InvoiceContent['businessProcess'] => {
  const operations = new Set(lines.map(({ operation }) => operation))
  if (operations.size > 1) return 'M1'
  return operations.has('goods') ? 'B1' : 'S1'
}

type Lines = readonly Pick<InvoiceLine, 'vat'>[]

/**
 * The notes that French law asks for (C. com. L441-9, D441-5; BR-FR-05/06), each once: PMT the recovery fee of 40 €,
 * PMD the late-payment penalties, AAB the discount for early payment, BAR what kind of buyer it is for the reform.
 */
export const notesOf = (
  terms: InvoicingTerms,
  buyer: z.output<typeof Buyer>,
  lines: Lines,
): InvoiceContent['notes'] => [
  { subject: 'PMT', text: terms.recoveryNote },
  { subject: 'PMD', text: terms.latePaymentNote },
  { subject: 'AAB', text: terms.discountNote },
  { subject: 'BAR', text: processingOf(buyer, lines) },
]

/**
 * How the e-invoicing reform treats the document (BR-FR, note BAR). Domestic operations that CGI 261 to 261 E exempt
 * are outside it (art. 289 bis); an invoice that also holds taxed ones is inside.
 */
const processingOf = ({ party }: z.output<typeof Buyer>, lines: Lines): string => {
  const isBusiness = party.kind === 'company' || party.trader === true
  if (!isBusiness) return 'B2C'
  const country = party.kind === 'company' ? party.address.country : party.country
  if (vatCountryOf(country) !== 'FR') return 'B2BINT'
  return lines.every(({ vat }) => vat.category === 'E' && isArticle261(vat.exemptionCode))
    ? 'OUTOFSCOPE'
    : 'B2B'
}

/** Exemptions of CGI 261 to 261 E; VATEX-EU-132-1I is the same exemption of training by its European name. */
const isArticle261 = (code: string | undefined): boolean =>
  code !== undefined && (code.startsWith('VATEX-FR-CGI261') || code === 'VATEX-EU-132-1I')
