import * as E from 'fp-ts/lib/Either.js'
import { invoice } from '../../domain/invoicing/invoice.ts'
import type { InvoiceRejection } from '../../domain/invoicing/invoice.ts'
import type { FactReader } from '../definition.ts'

/** The entity whose invoice it is. One that was ended before it was drafted is nobody's. */
export const entityOfInvoice = async (
  { invoiceId }: { readonly invoiceId: string },
  read: FactReader,
): Promise<E.Either<InvoiceRejection, string>> => {
  const state = await read.state(invoice, invoiceId)
  if (state.status === 'None') return E.left({ code: 'INVOICE_NOT_FOUND' })
  return state.entityId === undefined ? E.left({ code: 'INVOICE_CANCELLED' }) : E.right(state.entityId)
}
