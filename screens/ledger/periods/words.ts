import { dictionary } from '../../words/words.ts'

export const words = dictionary('ledger.periods', {
  locks: { fr: 'Journaux verrouillés', en: 'Journals locked' },
  allLocked: { fr: 'tous', en: 'all' },
  moved: { fr: 'Reportées ici', en: 'Moved here' },
  cutAt: { fr: 'Arrêté le', en: 'Cut' },
  closedAt: { fr: 'Clôturé le', en: 'Closed' },
  by: { fr: '{{at}}, {{name}}', en: '{{at}}, {{name}}' },
  agrees: { fr: 'Empreintes', en: 'Digests' },
  digestsAgree: { fr: 'conformes', en: 'as stated' },
  digestsDiffer: { fr: 'différentes : voir le contrôle', en: 'not as stated: see verify' },
  back: { fr: 'Toutes les périodes', en: 'All periods' },
  checklist: { fr: 'Avant d’arrêter le mois', en: 'Before the month is cut' },
  manualDrafts: {
    fr: 'Écritures manuelles à valider, au plus tard ce mois',
    en: 'Entries by hand to validate, of this month or before',
  },
  manualDraftsHint: {
    fr: 'Une fois le mois arrêté, elles ne s’y comptabilisent plus.',
    en: 'Once the month is cut, they no longer post into it.',
  },
  unallocatedPayments: {
    fr: 'Encaissements à affecter, au plus tard ce mois',
    en: 'Payments to allocate, of this month or before',
  },
  unallocatedHint: {
    fr: 'La TVA exigible à l’encaissement attend leur affectation.',
    en: 'VAT that is due on receipt waits for their allocation.',
  },
  invoiceDrafts: { fr: 'Brouillons de factures', en: 'Drafts of invoices' },
  invoiceDraftsHint: {
    fr: 'Facturés plus tard, ils porteront la date de leur émission.',
    en: 'Issued later, they will bear the day of their issue.',
  },
  invoiceRequests: { fr: 'Factures qui attendent leur numéro', en: 'Invoices that wait for their number' },
  invoiceRequestsHint: {
    fr: 'L’arrêté est refusé tant qu’il en reste de ce mois.',
    en: 'The cut is refused while one of this month is left.',
  },
  unlocked: { fr: 'Journaux qui ne sont pas verrouillés', en: 'Journals that are not locked' },
  unlockedHint: {
    fr: 'Le verrou est provisoire et n’est pas obligatoire.',
    en: 'A lock is provisional, and not required.',
  },
  verdict: { fr: 'Ce que répondrait l’arrêté maintenant', en: 'What the cut would answer now' },
  wouldCut: { fr: 'Le mois peut être arrêté.', en: 'The month can be cut.' },
  chiefOnly: {
    fr: 'Un chef comptable arrête, verrouille et déverrouille.',
    en: 'A chief accountant cuts, locks and unlocks.',
  },
  isCut: {
    fr: 'Arrêté : plus rien ne s’y comptabilise. Ce qui est daté de ce mois et arrive encore est porté au premier jour ouvert.',
    en: 'Cut: nothing posts into it any more. What is dated in it and comes late goes to the first open day.',
  },
  closeComes: {
    fr: 'La clôture, avec les totaux et les empreintes, vient d’elle-même.',
    en: 'The close, with totals and digests, comes by itself.',
  },
  journal: { fr: 'Journal', en: 'Journal' },
  entries: { fr: 'Écritures', en: 'Entries' },
  numbers: { fr: 'Numéros', en: 'Numbers' },
  lock: { fr: 'Verrouiller', en: 'Lock' },
  lockNote: {
    fr: '{{entity}} : les commandes datées de ce mois dans ce journal sont refusées, jusqu’à ce qu’un autre chef comptable déverrouille. Ce qui était en route se comptabilise encore.',
    en: '{{entity}}: commands dated in this month and journal are refused until another chief accountant unlocks. What was under way still posts.',
  },
  isLocked: { fr: 'Journal {{journal}} verrouillé', en: 'Journal {{journal}} locked' },
  unlock: { fr: 'Déverrouiller', en: 'Unlock' },
  unlockNote: {
    fr: '{{entity}} : le journal reprend des écritures à ce mois. Le motif reste dans l’historique.',
    en: '{{entity}}: the journal takes entries of this month again. The reason stays in the history.',
  },
  isUnlocked: { fr: 'Journal {{journal}} déverrouillé', en: 'Journal {{journal}} unlocked' },
  cut: { fr: 'Arrêter le mois', en: 'Cut the month' },
  cutNote: {
    fr: '{{entity}}, pour toujours : plus rien ne se comptabilise dans ce mois, et rien ne le rouvre. Les numéros de ses écritures deviennent définitifs.',
    en: '{{entity}}, for ever: nothing posts into this month any more, and nothing opens it again. The numbers of its entries become final.',
  },
  isCutNow: { fr: 'Mois arrêté', en: 'Month cut' },
  explanation: { fr: 'Motif', en: 'Reason' },
  lockState: { fr: 'Verrou', en: 'Lock' },
  unlockedState: { fr: 'ouvert', en: 'open' },
})
