import * as E from 'fp-ts/lib/Either.js'
import { customer, order, product } from '../../domain/commerce/public.ts'
import { invoice } from '../../domain/invoicing/invoice.ts'
import { payment } from '../../domain/invoicing/payment.ts'
import { manualEntry } from '../../domain/ledger/manual-entry.ts'
import type { Role } from '../../domain/organisation/user.events.ts'
import type { FactReader } from '../definition.ts'

/** The documents that people may speak about: who works with each kind, and whose each is. */

export const CATEGORIES = ['customer', 'product', 'order', 'invoice', 'payment', 'manualEntry'] as const
export type Category = (typeof CATEGORIES)[number]

/** Those who read a kind of document and change something: who only reads does not write here either. */
export const ROLES_OF_TRADE = ['sales', 'billing', 'accountant', 'chiefAccountant'] as const
const ROLES_OF_LEDGER = ['accountant', 'chiefAccountant'] as const

/** Who may speak about documents of a kind. */
export const rolesAbout = (category: Category): readonly Role[] =>
  category === 'manualEntry' ? ROLES_OF_LEDGER : ROLES_OF_TRADE

/** The legal entity of a document; `shared` by all of them, as customers are; undefined where there is none. */
type Owner = 'shared' | { readonly entityId: string } | undefined

const OWNERS: Readonly<Record<Category, (id: string, read: FactReader) => Promise<Owner>>> = {
  customer: async (id, read) =>
    (await read.state(customer, id)).status === 'registered' ? 'shared' : undefined,
  product: async (id, read) => {
    const { status } = await read.state(product, id)
    return status === 'none' || status === 'abandoned' ? undefined : 'shared'
  },
  order: async (id, read) => {
    const state = await read.state(order, id)
    return state.status === 'none' || state.status === 'abandoned' ? undefined : state.placed
  },
  invoice: async (id, read) => {
    const state = await read.state(invoice, id)
    if (state.status === 'None' || state.entityId === undefined) return undefined
    return { entityId: state.entityId }
  },
  payment: async (id, read) => {
    const state = await read.state(payment, id)
    return state.status === 'Received' ? state : undefined
  },
  manualEntry: async (id, read) => {
    const state = await read.state(manualEntry, id)
    return state.status === 'None' ? undefined : state
  },
}

export interface DocumentRejection {
  readonly code: 'DOCUMENT_NOT_FOUND'
  readonly category: Category
}

/** The legal entity of the document that is spoken about, or none where all entities share it. */
export const entityOfDocument = async (
  {
    about: { category, documentId },
  }: {
    readonly about: { readonly category: Category; readonly documentId: string }
  },
  read: FactReader,
): Promise<E.Either<DocumentRejection, string | undefined>> => {
  const owner = await OWNERS[category](documentId, read)
  if (owner === undefined) return E.left({ code: 'DOCUMENT_NOT_FOUND', category })
  return E.right(owner === 'shared' ? undefined : owner.entityId)
}
