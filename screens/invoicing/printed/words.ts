import { dictionary } from '../../words/words.ts'

export const words = dictionary('invoicing.printed', {
  print: { fr: 'Imprimer', en: 'Print' },
  printed: { fr: 'Facture imprimable', en: 'Printable invoice' },
  backToInvoice: { fr: 'Retour à la facture', en: 'Back to the invoice' },
})
