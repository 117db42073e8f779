import { get } from '../../api/client.ts'
import type { Row } from '../../api/client.ts'
import type { OpenInvoice } from './suggest.ts'

export type Payment = Row<'/api/invoicing/unallocated-payments'>

const ROWS_MAX = '500'

/** What a customer has open in the currency of a payment, the first due first, with what the bank may call it by. */
export const openInvoicesOf = async (
  { entityId, customerId, currency }: Payment,
  signal?: AbortSignal,
): Promise<readonly OpenInvoice[]> => {
  const of = { entityId, customerId, currency, limit: ROWS_MAX }
  const [items, invoices] = await Promise.all([
    get('/api/invoicing/open-items', {
      query: { ...of, kind: 'invoice', sort: 'dueOn' },
      ...(signal && { signal }),
    }),
    get('/api/invoicing/invoices', {
      query: { ...of, settlement: ['open', 'partlySettled'] },
      ...(signal && { signal }),
    }),
  ])
  const known = new Map(invoices.items.map(invoice => [invoice.invoiceId, invoice]))
  return items.items.map(({ documentId, reference, dueOn, leftOpen }) => {
    const { orderNumbers = [], purchaseOrder = null } = known.get(documentId) ?? {}
    return {
      invoiceId: documentId,
      number: reference,
      dueOn,
      leftOpen,
      alsoKnownAs: [...orderNumbers, ...(purchaseOrder === null ? [] : [purchaseOrder])],
    }
  })
}
