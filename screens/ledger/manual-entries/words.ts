import { choice } from '../../shapes/shapes.tsx'
import { dictionary } from '../../words/words.ts'

export const words = dictionary('ledger.manualEntries', {
  draft: { fr: 'à valider', en: 'to validate' },
  validated: { fr: 'validée', en: 'validated' },
  reversed: { fr: 'extournée', en: 'reversed' },
  cancelled: { fr: 'abandonnée', en: 'cancelled' },
  state: { fr: 'État', en: 'State' },
  accountingDate: { fr: 'Date comptable', en: 'Accounting date' },
  documentDate: { fr: 'Date de la pièce', en: 'Document date' },
  documentReference: { fr: 'Pièce', en: 'Document' },
  label: { fr: 'Libellé', en: 'Label' },
  journal: { fr: 'Journal', en: 'Journal' },
  changedAt: { fr: 'Modifiée le', en: 'Changed' },
  empty: { fr: 'Aucune écriture manuelle pour l’instant', en: 'No entry by hand yet' },
  lines: { fr: 'Lignes', en: 'Lines' },
  account: { fr: 'Compte', en: 'Account' },
  party: { fr: 'Tiers', en: 'Third party' },
  dueOn: { fr: 'Échéance', en: 'Due' },
  debit: { fr: 'Débit', en: 'Debit' },
  credit: { fr: 'Crédit', en: 'Credit' },
  axes: { fr: 'Axes', en: 'Axes' },
  total: { fr: 'Total', en: 'Total' },
  missing: { fr: 'Manque pour équilibrer', en: 'Missing to balance' },
  balanced: { fr: 'Équilibrée, écart', en: 'Balanced, difference' },
  save: { fr: 'Enregistrer le brouillon', en: 'Save the draft' },
  isDrafted: {
    fr: 'Écriture {{reference}} préparée : une autre personne la valide',
    en: 'Entry {{reference}} drafted: another person validates it',
  },
  change: { fr: 'Modifier', en: 'Change' },
  isChanged: { fr: 'Écriture modifiée', en: 'Entry changed' },
  validate: { fr: 'Valider', en: 'Validate' },
  validateNote: {
    fr: 'Une fois validée, l’écriture compte dans les livres et ne change plus : elle ne peut qu’être extournée.',
    en: 'Once validated, the entry counts in the books and no longer changes: it can only be reversed.',
  },
  isValidated: { fr: 'Écriture validée', en: 'Entry validated' },
  cancel: { fr: 'Abandonner', en: 'Cancel the entry' },
  isCancelled: { fr: 'Écriture abandonnée', en: 'Entry cancelled' },
  reverse: { fr: 'Extourner', en: 'Reverse' },
  reverseNote: {
    fr: 'Une écriture contraire est passée au jour choisi ; l’écriture d’origine reste telle quelle.',
    en: 'An opposite entry is posted on the day chosen; the original stays as it is.',
  },
  reversedOn: { fr: 'Extournée le', en: 'Reversed on' },
  isReversed: { fr: 'Écriture extournée', en: 'Entry reversed' },
  useAsModel: { fr: 'Utiliser comme modèle', en: 'Use as a model' },
  explanation: { fr: 'Motif', en: 'Reason' },
  posted: { fr: 'Au grand livre', en: 'In the ledger' },
  postedAs: { fr: '{{journal}} {{number}} du {{day}}', en: '{{journal}} {{number}} of {{day}}' },
  notPosted: {
    fr: 'Pas encore : un brouillon ne compte nulle part.',
    en: 'Not yet: a draft counts nowhere.',
  },
  checks: { fr: 'Avant la validation', en: 'Before validation' },
  ready: {
    fr: 'Rien ne manque : une autre personne peut valider.',
    en: 'Nothing is missing: another person can validate.',
  },
  incomplete: {
    fr: 'Ligne {{line}} : il manque le compte ou le montant.',
    en: 'Line {{line}}: account or amount is missing.',
  },
  tooFew: { fr: 'Il faut deux lignes au moins.', en: 'It takes two lines at least.' },
  tooMany: { fr: '{{max}} lignes au plus.', en: '{{max}} lines at most.' },
  notPositive: {
    fr: 'Ligne {{line}} : attendu un montant positif, de l’autre côté au besoin.',
    en: 'Line {{line}}: expected an amount above zero, on the other side if need be.',
  },
  tooLarge: {
    fr: 'Le total dépasse ce qui peut être enregistré.',
    en: 'The total exceeds what can be recorded.',
  },
  unbalanced: {
    fr: 'Pas équilibrée : débit {{debit}}, crédit {{credit}}.',
    en: 'Not balanced: debit {{debit}}, credit {{credit}}.',
  },
  partyMissing: {
    fr: 'Ligne {{line}} : le compte {{account}} demande un client.',
    en: 'Line {{line}}: account {{account}} asks for a customer.',
  },
  partyUnknown: {
    fr: 'Ligne {{line}} : le compte {{account}} demande un tiers qui n’est pas un client ; le programme n’en tient pas encore la liste.',
    en: 'Line {{line}}: account {{account}} asks for a third party who is no customer; the program does not keep a list of them yet.',
  },
  axesUnread: {
    fr: 'Ligne {{line}} : axes attendus sous la forme « projet=ALPHA; service=conseil ».',
    en: 'Line {{line}}: expected axes such as “project=ALPHA; department=consulting”.',
  },
  monthClosed: {
    fr: '{{month}} est arrêté : à cette date, l’écriture sera refusée.',
    en: '{{month}} is cut: at this date, the entry will be refused.',
  },
  journalLocked: {
    fr: 'Le journal {{journal}} est verrouillé pour {{month}} : à cette date, l’écriture sera refusée.',
    en: 'Journal {{journal}} is locked for {{month}}: at this date, the entry will be refused.',
  },
})

export const manualEntryState = choice({
  draft: [words.draft, 'warn'],
  validated: [words.validated, 'good'],
  reversed: [words.reversed, 'accent'],
  cancelled: [words.cancelled, 'quiet'],
})
