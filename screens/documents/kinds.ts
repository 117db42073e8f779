import { customers, orders, products } from '../commerce/references.ts'
import { invoices, payments } from '../invoicing/references.ts'
import { manualEntries } from '../ledger/references.ts'
import type { Reference } from '../shapes/reference.tsx'
import { dictionary } from '../words/words.ts'
import type { Text } from '../words/words.ts'

const words = dictionary('kinds', {
  customer: { fr: 'Client', en: 'Customer' },
  product: { fr: 'Article', en: 'Product' },
  order: { fr: 'Commande', en: 'Order' },
  invoice: { fr: 'Facture', en: 'Invoice' },
  payment: { fr: 'Encaissement', en: 'Payment' },
  manualEntry: { fr: 'Écriture manuelle', en: 'Entry by hand' },
})

interface Kind {
  readonly label: Text
  readonly to: string
  /** What its id stands for. */
  readonly as: Reference
}

/** Kinds of documents by the category of their streams, in the order in which business goes. */
export const kinds: Readonly<Record<string, Kind>> = {
  customer: { label: words.customer, to: '/commerce/customers', as: customers },
  product: { label: words.product, to: '/commerce/products', as: products },
  order: { label: words.order, to: '/commerce/orders', as: orders },
  invoice: { label: words.invoice, to: '/invoicing/invoices', as: invoices },
  payment: { label: words.payment, to: '/invoicing/payments', as: payments },
  manualEntry: { label: words.manualEntry, to: '/ledger/manual-entries', as: manualEntries },
}

/** Where the document of a stream opens. */
export const documentOf = (stream: string): (Kind & { readonly id: string }) | undefined => {
  const [category = '', id = ''] = [
    stream.slice(0, stream.indexOf('-')),
    stream.slice(stream.indexOf('-') + 1),
  ]
  const kind = kinds[category]
  return kind && { ...kind, id }
}

/** The category of the documents of a list. */
export const categoryOf = (list: string): string | undefined =>
  Object.keys(kinds).find(category => kinds[category]?.to === list)
