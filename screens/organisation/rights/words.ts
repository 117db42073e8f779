import { dictionary } from '../../words/words.ts'

export const words = dictionary('organisation.rights', {
  hint: {
    fr: 'Ce que chaque rôle peut faire et lire, tel que le programme l’applique. Un rôle vaut dans une société, ou dans toutes.',
    en: 'What each role may do and read, as the program applies it. A role holds in one company, or in all of them.',
  },
  export: { fr: 'Exporter (CSV)', en: 'Export (CSV)' },
  what: { fr: 'Acte', en: 'Act' },
  reading: { fr: 'Lecture', en: 'Reading' },
  own: { fr: 'pour soi-même, sans rôle', en: 'for oneself, without a role' },
  yes: { fr: 'oui', en: 'yes' },
  separated: { fr: 'Tâches séparées', en: 'Separated duties' },
  duty: { fr: 'Tâche', en: 'Duty' },
  separatedFrom: { fr: 'Séparée de', en: 'Separated from' },
  rule: { fr: 'Règle', en: 'Rule' },
  combined: { fr: 'Qui cumule des tâches séparées', en: 'Who holds separated duties together' },
  combinedHint: {
    fr: 'Ces personnes peuvent faire l’une et l’autre, jamais sur le même document : le programme le refuse.',
    en: 'These people may do the one and the other, never on the same document: the program refuses that.',
  },
  nobody: { fr: 'Personne.', en: 'Nobody.' },
  place: { fr: 'Société', en: 'Company' },
  everywhere: { fr: 'Toutes les sociétés', en: 'All companies' },
  commerce: { fr: 'Commerce', en: 'Sales' },
  collaboration: { fr: 'Échanges', en: 'Collaboration' },
  invoicing: { fr: 'Facturation', en: 'Invoicing' },
  ledger: { fr: 'Comptabilité', en: 'Accounting' },
  organisation: { fr: 'Organisation', en: 'Organisation' },
  readCommerce: { fr: 'Commandes, clients, articles', en: 'Orders, customers, products' },
  readInvoicing: { fr: 'Factures, encaissements', en: 'Invoices, payments' },
  readLedger: { fr: 'Comptabilité', en: 'Ledger' },
  readOrganisation: { fr: 'Sociétés, séries', en: 'Companies, series' },
  readUsers: { fr: 'Utilisateurs', en: 'Users' },
  readAudit: {
    fr: 'Journal des actes, refus, lectures sensibles',
    en: 'Log of acts, refusals, sensitive reads',
  },
})

export const contextWords = {
  commerce: words.commerce,
  collaboration: words.collaboration,
  invoicing: words.invoicing,
  ledger: words.ledger,
  organisation: words.organisation,
} as const

export const areaWords = {
  commerce: words.readCommerce,
  invoicing: words.readInvoicing,
  ledger: words.readLedger,
  organisation: words.readOrganisation,
  users: words.readUsers,
  audit: words.readAudit,
} as const
