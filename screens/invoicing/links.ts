import type { AnyRow } from '../shapes/row.ts'

interface Naming {
  readonly invoiceId?: string
  readonly creditNoteId?: string
  readonly paymentId?: string
  /** What an allocation takes from, and what it settles. */
  readonly source?: { readonly kind: string; readonly id: string }
  readonly settlements?: readonly { readonly invoiceId: string }[]
}

/** Invoices, credit notes and payments that an event of whatever context names. */
export const linksOf = (data: AnyRow): readonly string[] => {
  const { invoiceId, creditNoteId, paymentId, source, settlements = [] } = data as Naming
  const invoices = [invoiceId, creditNoteId, ...settlements.map(settled => settled.invoiceId)]
  return [
    ...invoices.flatMap(id => (id === undefined ? [] : [`invoice-${id}`])),
    ...(paymentId === undefined ? [] : [`payment-${paymentId}`]),
    ...(source ? [`${source.kind === 'payment' ? 'payment' : 'invoice'}-${source.id}`] : []),
  ]
}
