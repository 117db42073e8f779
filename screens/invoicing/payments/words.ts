import { dictionary } from '../../words/words.ts'

export const words = dictionary('invoicing.payments', {
  bankDate: { fr: 'Date de banque', en: 'Bank date' },
  bankMonth: { fr: 'Mois de banque', en: 'Bank month' },
  reference: { fr: 'Référence', en: 'Reference' },
  account: { fr: 'Compte', en: 'Account' },
  amount: { fr: 'Montant', en: 'Amount' },
  allocated: { fr: 'Affecté', en: 'Allocated' },
  receivedAt: { fr: 'Saisi le', en: 'Recorded' },
  journal: { fr: 'Journal de banque', en: 'Bank journal' },
  record: { fr: 'Enregistrer', en: 'Record' },
  isRecorded: { fr: 'Encaissement enregistré', en: 'Payment recorded' },
  empty: { fr: 'Aucun encaissement pour l’instant', en: 'No payment yet' },
})
