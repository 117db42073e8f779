import type { VatCategory } from '../../shared/journal-entry.ts'

/**
 * Why no French VAT is charged, as the invoice must say it (CGI ann. II 242 nonies A-I 12°; EN 16931 BT-120, BT-121).
 * The references are those of the code général des impôts; its articles on VAT move to the CIBS on 2027-01-01
 * (ordonnance 2025-1247): rows for that day are added when the official table of correspondence is.
 */
interface Exemption {
  /** VATEX code of the EN 16931 code list. */
  readonly code: string
  readonly category: Exclude<VatCategory, 'S' | 'Z'>
  /** Printed on the invoice, in French. */
  readonly reason: string
}

export const INTRA_UNION: Exemption = {
  code: 'VATEX-EU-IC',
  category: 'K',
  reason: 'Livraison intracommunautaire exonérée de TVA, article 262 ter I du CGI',
}
export const EXPORT: Exemption = {
  code: 'VATEX-EU-G',
  category: 'G',
  reason: 'Exportation exonérée de TVA, article 262 I du CGI',
}
export const REVERSE_CHARGE: Exemption = {
  code: 'VATEX-EU-AE',
  category: 'AE',
  reason: 'Autoliquidation, articles 44 et 196 de la directive 2006/112/CE',
}
export const OUT_OF_SCOPE: Exemption = {
  code: 'VATEX-EU-O',
  category: 'O',
  reason: 'TVA non applicable, article 259, 1° du CGI',
}

/** Exemptions that a product states, by their code. */
const OF_PRODUCTS: readonly Exemption[] = [
  {
    code: 'VATEX-FR-CGI261-4',
    category: 'E',
    reason: 'Exonération de TVA, article 261, 4-4° a du CGI (formation professionnelle continue)',
  },
  {
    code: 'VATEX-EU-132-1I',
    category: 'E',
    reason: 'Exonération de TVA, article 132, 1 i de la directive 2006/112/CE (enseignement et formation)',
  },
  { code: 'VATEX-FR-FRANCHISE', category: 'E', reason: 'TVA non applicable, article 293 B du CGI' },
]

/** The exemption of a code that products may state, or undefined for a code without a sentence to print. */
export const exemptionOf = (code: string | undefined): Exemption | undefined =>
  OF_PRODUCTS.find(e => e.code === code)

/** The codes that products may state. */
export const knownExemptions: readonly string[] = OF_PRODUCTS.map(({ code }) => code)
