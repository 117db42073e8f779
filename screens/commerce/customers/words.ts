import { choice } from '../../shapes/shapes.tsx'
import { dictionary } from '../../words/words.ts'

export const words = dictionary('commerce.customers', {
  company: { fr: 'société', en: 'company' },
  person: { fr: 'personne', en: 'person' },
  kind: { fr: 'Nature', en: 'Kind' },
  city: { fr: 'Ville', en: 'City' },
  postcode: { fr: 'Code postal', en: 'Postcode' },
  country: { fr: 'Pays', en: 'Country' },
  siren: { fr: 'SIREN', en: 'SIREN' },
  vatNumber: { fr: 'N° de TVA', en: 'VAT number' },
  terms: { fr: 'Délai de paiement (jours)', en: 'Payment term (days)' },
  registeredAt: { fr: 'Enregistré le', en: 'Registered' },
  change: { fr: 'Modifier', en: 'Change' },
  register: { fr: 'Enregistrer', en: 'Register' },
  isRegistered: { fr: 'Client {{code}} enregistré', en: 'Customer {{code}} registered' },
  isChanged: { fr: 'Client modifié', en: 'Customer changed' },
  companyName: { fr: 'Raison sociale', en: 'Company name' },
  personName: { fr: 'Nom et prénom', en: 'Full name' },
  line1: { fr: 'Adresse', en: 'Address' },
  line2: { fr: 'Complément d’adresse', en: 'Address, continued' },
  accounts: { fr: 'Ses comptes', en: 'Accounts' },
  ledgerAccount: { fr: 'Compte de tiers', en: 'Third-party account' },
  openItems: { fr: 'Postes ouverts', en: 'Open items' },
  invoices: { fr: 'Factures', en: 'Invoices' },
  empty: { fr: 'Aucun client pour l’instant', en: 'No customer yet' },
})

export const customerKind = choice({ company: words.company, person: words.person })
