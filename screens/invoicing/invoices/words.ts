import { choice } from '../../shapes/shapes.tsx'
import { dictionary } from '../../words/words.ts'

export const words = dictionary('invoicing.invoices', {
  draft: { fr: 'brouillon', en: 'draft' },
  requested: { fr: 'attend son numéro', en: 'waits for its number' },
  issued: { fr: 'émise', en: 'issued' },
  cancelled: { fr: 'annulée', en: 'cancelled' },
  open: { fr: 'à payer', en: 'to be paid' },
  partlySettled: { fr: 'payée en partie', en: 'partly paid' },
  settled: { fr: 'payée', en: 'paid' },
  kindInvoice: { fr: 'facture', en: 'invoice' },
  kindCreditNote: { fr: 'avoir', en: 'credit note' },
  kind: { fr: 'Nature', en: 'Kind' },
  number: { fr: 'Numéro', en: 'Number' },
  settlement: { fr: 'Paiement', en: 'Payment' },
  issuedOn: { fr: 'Émise le', en: 'Issued' },
  issuedMonth: { fr: 'Mois d’émission', en: 'Month issued' },
  dueOn: { fr: 'Échéance', en: 'Due' },
  dueMonth: { fr: 'Mois d’échéance', en: 'Month due' },
  net: { fr: 'HT', en: 'Net' },
  tax: { fr: 'TVA', en: 'VAT' },
  gross: { fr: 'TTC', en: 'With VAT' },
  settledAmount: { fr: 'Réglé', en: 'Settled' },
  orders: { fr: 'Commandes', en: 'Orders' },
  purchaseOrder: { fr: 'Référence client', en: 'Their reference' },
  changedAt: { fr: 'Modifiée le', en: 'Changed' },
  empty: { fr: 'Aucune facture pour l’instant', en: 'No invoice yet' },
  draftName: { fr: 'Brouillon', en: 'Draft' },
  lines: { fr: 'Lignes', en: 'Lines' },
  product: { fr: 'Article', en: 'Product' },
  designation: { fr: 'Désignation', en: 'Description' },
  quantity: { fr: 'Quantité', en: 'Quantity' },
  unit: { fr: 'Unité', en: 'Unit' },
  unitPrice: { fr: 'Prix unitaire', en: 'Unit price' },
  discount: { fr: 'Remise', en: 'Discount' },
  vatRate: { fr: 'TVA', en: 'VAT' },
  account: { fr: 'Compte', en: 'Account' },
  issue: { fr: 'Émettre', en: 'Issue' },
  isIssued: { fr: 'Facture {{number}} émise', en: 'Invoice {{number}} issued' },
  numberComes: { fr: 'Émission demandée : le numéro vient', en: 'Issue asked for: the number is coming' },
  changeDraft: { fr: 'Modifier le brouillon', en: 'Change the draft' },
  isChanged: { fr: 'Brouillon modifié', en: 'Draft changed' },
  order: { fr: 'Commande', en: 'Order' },
  buyerReference: { fr: 'Référence de l’acheteur', en: 'Buyer reference' },
  contract: { fr: 'Contrat', en: 'Contract' },
  cancelDraft: { fr: 'Annuler le brouillon', en: 'Cancel the draft' },
  isCancelled: { fr: 'Brouillon annulé', en: 'Draft cancelled' },
  explanation: { fr: 'Motif', en: 'Reason' },
  entry: { fr: 'Écriture', en: 'Entry' },
})

export const invoiceState = choice({
  draft: [words.draft, 'warn'],
  requested: [words.requested, 'accent'],
  issued: [words.issued, 'good'],
  cancelled: [words.cancelled, 'quiet'],
})

export const settlement = choice({
  open: [words.open, 'accent'],
  partlySettled: [words.partlySettled, 'warn'],
  settled: [words.settled, 'good'],
})

export const invoiceKind = choice({ invoice: words.kindInvoice, creditNote: words.kindCreditNote })
