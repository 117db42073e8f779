import { choice, flagWords } from '../../shapes/shapes.tsx'
import { dictionary } from '../../words/words.ts'

export const words = dictionary('ledger.chart', {
  account: { fr: 'Compte', en: 'Account' },
  label: { fr: 'Libellé', en: 'Label' },
  auxiliary: { fr: 'Tenu par', en: 'Kept by' },
  customer: { fr: 'client', en: 'customer' },
  supplier: { fr: 'fournisseur', en: 'supplier' },
  person: { fr: 'personne', en: 'person' },
  lettering: { fr: 'Lettrable', en: 'May be lettered' },
  opened: { fr: 'Ouvert par la société', en: 'Opened by the company' },
  state: { fr: 'État', en: 'State' },
  closed: { fr: 'fermé', en: 'closed' },
  inUse: { fr: 'ouvert', en: 'open' },
  open: { fr: 'Ouvrir le compte', en: 'Open the account' },
  isOpened: { fr: 'Compte {{account}} ouvert', en: 'Account {{account}} opened' },
  openNote: {
    fr: 'Sous un compte du plan comptable général, dont il garde la classe : 7085 donne 70851.',
    en: 'Below an account of the standard chart, whose class it keeps: 7085 gives 70851.',
  },
  close: { fr: 'Fermer le compte', en: 'Close the account' },
  closeNote: {
    fr: 'Aucune écriture nouvelle ne pourra l’employer ; celles qui y sont restent.',
    en: 'No new entry may use it; those that stand on it stay.',
  },
  isClosed: { fr: 'Compte {{account}} fermé', en: 'Account {{account}} closed' },
  empty: {
    fr: 'Aucun compte : la société n’a pas encore adopté de plan comptable',
    en: 'No account: the company has not adopted a chart yet',
  },
  adopt: { fr: 'Adopter le plan comptable', en: 'Adopt the chart' },
  edition: { fr: 'Édition du plan comptable général', en: 'Edition of the standard chart' },
  isAdopted: { fr: 'Plan comptable adopté', en: 'Chart adopted' },
  journal: { fr: 'Code', en: 'Code' },
  kind: { fr: 'Nature', en: 'Kind' },
  treasury: { fr: 'Compte de trésorerie (512, 53)', en: 'Treasury account (512, 53)' },
  openJournal: { fr: 'Ouvrir le journal', en: 'Open the journal' },
  journalOpened: { fr: 'Journal {{journal}} ouvert', en: 'Journal {{journal}} opened' },
  sale: { fr: 'ventes', en: 'sales' },
  purchase: { fr: 'achats', en: 'purchases' },
  bank: { fr: 'banque', en: 'bank' },
  cash: { fr: 'caisse', en: 'cash' },
  operations: { fr: 'opérations diverses', en: 'operations' },
  payroll: { fr: 'paie', en: 'payroll' },
  expenses: { fr: 'notes de frais', en: 'expenses' },
  opening: { fr: 'à-nouveaux', en: 'opening' },
  closing: { fr: 'clôture', en: 'closing' },
  setAccounts: { fr: 'Choisir ces comptes', en: 'Choose these accounts' },
  accountsSet: {
    fr: 'Comptes des écritures automatiques choisis',
    en: 'Accounts of automatic entries chosen',
  },
  from: { fr: 'À partir du', en: 'From' },
  customers: { fr: 'Clients', en: 'Customers' },
  vatCollected: { fr: 'TVA collectée', en: 'VAT collected' },
  vatCollectedPending: { fr: 'TVA en attente d’encaissement', en: 'VAT waiting for the receipt' },
  freight: { fr: 'Port facturé', en: 'Freight charged' },
  saleJournal: { fr: 'Journal des ventes', en: 'Journal of sales' },
  operationsJournal: { fr: 'Journal des opérations diverses', en: 'Journal of operations' },
})

export const auxiliary = choice({
  customer: words.customer,
  supplier: words.supplier,
  person: words.person,
})
export const openedBy = choice({ true: flagWords.yes, false: flagWords.no })
export const accountState = choice({ false: [words.inUse, 'good'], true: [words.closed, 'quiet'] })
export const journalKind = choice({
  sale: words.sale,
  purchase: words.purchase,
  bank: words.bank,
  cash: words.cash,
  operations: words.operations,
  payroll: words.payroll,
  expenses: words.expenses,
  opening: words.opening,
  closing: words.closing,
})
