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
  contacts: { fr: 'Contacts', en: 'Contacts' },
  noContact: { fr: 'Aucun contact', en: 'No contact' },
  contactName: { fr: 'Nom', en: 'Name' },
  role: { fr: 'Fonction', en: 'Role' },
  email: { fr: 'Courriel', en: 'E-mail' },
  phone: { fr: 'Téléphone', en: 'Telephone' },
  reveal: { fr: 'Afficher les coordonnées', en: 'Show names and numbers' },
  revealHint: {
    fr: 'Données de personnes : chaque consultation est notée.',
    en: 'Data of persons: that they are looked at is written down.',
  },
  forgotten: { fr: 'effacé', en: 'forgotten' },
  addContact: { fr: 'Ajouter un contact', en: 'Add a contact' },
  contactSet: { fr: 'Contact enregistré', en: 'Contact recorded' },
  removeContact: { fr: 'Retirer', en: 'Remove' },
  contactRemoved: { fr: 'Contact retiré', en: 'Contact removed' },
  removeHint: {
    fr: 'Il n’est plus proposé ; ce qui en fut enregistré obéit aux durées de conservation.',
    en: 'It is offered no more; what was recorded of it is kept as long as it must be.',
  },
  accounts: { fr: 'Ses comptes', en: 'Accounts' },
  ledgerAccount: { fr: 'Compte de tiers', en: 'Third-party account' },
  openItems: { fr: 'Postes ouverts', en: 'Open items' },
  invoices: { fr: 'Factures', en: 'Invoices' },
  empty: { fr: 'Aucun client pour l’instant', en: 'No customer yet' },
})

export const customerKind = choice({ company: words.company, person: words.person })
