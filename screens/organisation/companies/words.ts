import { choice, several } from '../../shapes/shapes.tsx'
import { dictionary } from '../../words/words.ts'

export const words = dictionary('organisation.companies', {
  code: { fr: 'Code', en: 'Code' },
  name: { fr: 'Raison sociale', en: 'Name' },
  legalForm: { fr: 'Forme juridique', en: 'Legal form' },
  capital: { fr: 'Capital', en: 'Share capital' },
  registration: { fr: 'Immatriculation', en: 'Registration' },
  siren: { fr: 'SIREN', en: 'SIREN' },
  siret: { fr: 'SIRET du siège', en: 'SIRET of the seat' },
  vatNumber: { fr: 'Numéro de TVA', en: 'VAT number' },
  currency: { fr: 'Devise de tenue', en: 'Currency of the ledger' },
  timeZone: { fr: 'Fuseau horaire', en: 'Time zone' },
  terms: { fr: 'Délai de paiement (jours)', en: 'Payment term (days)' },
  iban: { fr: 'IBAN', en: 'IBAN' },
  bic: { fr: 'BIC', en: 'BIC' },
  latePaymentNote: { fr: 'Pénalités de retard', en: 'Late payment' },
  recoveryNote: { fr: 'Indemnité de recouvrement', en: 'Recovery fee' },
  discountNote: { fr: 'Escompte', en: 'Discount for early payment' },
  usualLate: {
    fr: 'Pénalités de retard : trois fois le taux d’intérêt légal.',
    en: 'Late payment interest: three times the legal rate.',
  },
  usualRecovery: {
    fr: 'Indemnité forfaitaire pour frais de recouvrement : 40 EUR.',
    en: 'Fixed recovery fee: 40 EUR.',
  },
  usualDiscount: {
    fr: 'Pas d’escompte pour paiement anticipé.',
    en: 'No discount for early payment.',
  },
  register: { fr: 'Enregistrer la société', en: 'Register the company' },
  isRegistered: {
    fr: 'Société {{code}} enregistrée : ouvrez maintenant son exercice et ses livres',
    en: 'Company {{code}} registered: now open its fiscal year and its books',
  },
  change: { fr: 'Modifier', en: 'Change' },
  isChanged: { fr: 'Société modifiée', en: 'Company changed' },
  setTerms: { fr: 'Conditions de facturation', en: 'Terms of invoicing' },
  termsSet: { fr: 'Conditions de facturation fixées', en: 'Terms of invoicing set' },
  openYear: { fr: 'Ouvrir un exercice', en: 'Open a fiscal year' },
  year: { fr: 'Exercice', en: 'Fiscal year' },
  startsOn: { fr: 'Du', en: 'From' },
  endsOn: { fr: 'Au', en: 'To' },
  yearOpened: { fr: 'Exercice ouvert', en: 'Fiscal year opened' },
  openSeries: { fr: 'Ouvrir une série de numéros', en: 'Open a series of numbers' },
  seriesNote: {
    fr: 'Une série est continue et ne se rouvre pas : {year} est l’année, {number:6} le rang sur six chiffres.',
    en: 'A series has no gap and is not opened twice: {year} is the year, {number:6} the count on six digits.',
  },
  series: { fr: 'Série', en: 'Series' },
  seriesList: { fr: 'Séries de numéros', en: 'Series of numbers' },
  documents: { fr: 'Documents', en: 'Documents' },
  invoice: { fr: 'factures', en: 'invoices' },
  creditNote: { fr: 'avoirs', en: 'credit notes' },
  both: { fr: 'factures et avoirs', en: 'invoices and credit notes' },
  journal: { fr: 'Journal', en: 'Journal' },
  pattern: { fr: 'Modèle', en: 'Pattern' },
  seriesOpened: { fr: 'Série ouverte', en: 'Series opened' },
  chooseRegime: { fr: 'Exigibilité de la TVA', en: 'When VAT falls due' },
  regimes: { fr: 'Exigibilité de la TVA sur les services', en: 'When VAT on services falls due' },
  from: { fr: 'À partir du', en: 'From' },
  services: { fr: 'Services', en: 'Services' },
  receipts: { fr: 'à l’encaissement', en: 'on receipts' },
  debits: { fr: 'sur les débits', en: 'on debits' },
  regimeChosen: { fr: 'Exigibilité choisie', en: 'Regime chosen' },
  books: { fr: 'Livres', en: 'Books' },
  empty: { fr: 'Aucune société pour l’instant', en: 'No company yet' },
})

export const regime = choice({ receipts: words.receipts, debits: words.debits })
/** What a series is to number. */
export const numbered = choice({ invoice: words.invoice, creditNote: words.creditNote, both: words.both })

/** What a series numbers. */
export const numberedAll = several(numbered)
