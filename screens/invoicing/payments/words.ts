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
  recordedOn: { fr: 'Comptabilisé le', en: 'Booked on' },
  record: { fr: 'Enregistrer l’encaissement', en: 'Record the payment' },
  isRecorded: { fr: 'Encaissement {{reference}} enregistré', en: 'Payment {{reference}} recorded' },
  leftToAllocate: { fr: 'Il reste {{amount}} à affecter.', en: '{{amount}} is left to allocate.' },
  allocate: { fr: 'Affecter', en: 'Allocate' },
  empty: { fr: 'Aucun encaissement pour l’instant', en: 'No payment yet' },
})
