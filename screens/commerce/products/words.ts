import { choice } from '../../shapes/shapes.tsx'
import { dictionary } from '../../words/words.ts'

export const words = dictionary('commerce.products', {
  family: { fr: 'Famille', en: 'Family' },
  operation: { fr: 'Nature', en: 'Kind' },
  goods: { fr: 'bien', en: 'goods' },
  services: { fr: 'service', en: 'service' },
  unit: { fr: 'Unité', en: 'Unit' },
  unitPrice: { fr: 'Prix unitaire', en: 'Unit price' },
  vat: { fr: 'TVA', en: 'VAT' },
  standard: { fr: 'taux normal', en: 'standard rate' },
  intermediate: { fr: 'taux intermédiaire', en: 'intermediate rate' },
  reduced: { fr: 'taux réduit', en: 'reduced rate' },
  superReduced: { fr: 'taux particulier', en: 'super-reduced rate' },
  exempt: { fr: 'exonéré', en: 'exempt' },
  revenueAccount: { fr: 'Compte de produit', en: 'Revenue account' },
  discontinued: { fr: 'Retiré', en: 'Discontinued' },
  offered: { fr: 'en vente', en: 'offered' },
  notOffered: { fr: 'retiré', en: 'discontinued' },
  register: { fr: 'Enregistrer', en: 'Register' },
  change: { fr: 'Modifier', en: 'Change' },
  description: { fr: 'Description', en: 'Description' },
  vatExemption: { fr: 'Code d’exonération (VATEX)', en: 'Exemption code (VATEX)' },
  isRegistered: { fr: 'Article {{code}} enregistré', en: 'Product {{code}} registered' },
  isChanged: { fr: 'Article modifié', en: 'Product changed' },
  empty: { fr: 'Aucun article pour l’instant', en: 'No product yet' },
  changePrice: { fr: 'Changer le prix', en: 'Change the price' },
  priceChanged: { fr: 'Prix changé', en: 'Price changed' },
  discontinue: { fr: 'Retirer de la vente', en: 'Stop offering' },
  isDiscontinued: { fr: 'Article retiré de la vente', en: 'No longer offered' },
})

export const operation = choice({ goods: words.goods, services: words.services })
export const vatClass = choice({
  standard: words.standard,
  intermediate: words.intermediate,
  reduced: words.reduced,
  superReduced: words.superReduced,
  exempt: words.exempt,
})
export const offering = choice({ false: [words.offered, 'good'], true: [words.notOffered, 'quiet'] })
