import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { customer, decideBilling, order } from '../../domain/commerce/public.ts'
import type { BillingRejection, PlacedOrder } from '../../domain/commerce/public.ts'
import { decide, invoice, notADraft } from '../../domain/invoicing/invoice.ts'
import type { DraftContent } from '../../domain/invoicing/build-content.ts'
import type { Invoice, InvoiceRejection } from '../../domain/invoicing/invoice.ts'
import { DraftLine, InvoiceDrafted } from '../../domain/invoicing/invoice.events.ts'
import { CentsNotNegative, Quantity, Uuid, text } from '../../domain/shared/values.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import { DeliveryPlaceInput } from '../commerce/inputs.ts'
import { defineCommand, step } from '../definition.ts'
import type { AnyStep, CommandContext, FactReader, Steps } from '../definition.ts'
import { draftContent, wantedOf } from './draft-content.ts'
import type { ClaimedOrder, ToBill } from './draft-content.ts'
import { entityOfInvoice } from './entity-of-invoice.ts'
import { releaseStep } from './release.ts'

/**
 * Commands on the draft of an invoice. What it bills of orders is claimed there first (PROTOCOL 16); the draft is then
 * made from the stored claims.
 */

const { buyerReference, purchaseOrder, contract } = InvoiceDrafted.data.shape

const Lines = z
  .array(z.strictObject({ lineId: Uuid, quantity: Quantity }))
  .min(1)
  .max(500)
const References = { deliverTo: DeliveryPlaceInput.optional(), buyerReference, purchaseOrder, contract }
/** Lines that no order stands behind. */
const FreeLines = z.array(DraftLine.omit({ order: true, delivery: true })).max(500)

const DraftInput = z.strictObject({
  invoiceId: Uuid,
  entityId: Uuid,
  customerId: Uuid,
  currency: InvoiceDrafted.data.shape.currency,
  /** What to bill of each order; all that can be billed where lines or freight are absent. */
  orders: z
    .array(z.strictObject({ orderId: Uuid, lines: Lines.optional(), freight: CentsNotNegative.optional() }))
    .max(20),
  lines: FreeLines.optional(),
  ...References,
})

const ChangeInput = z.strictObject({
  invoiceId: Uuid,
  /** All that it is to bill of each order; what it billed before and does not any more stays claimed until it ends. */
  orders: z
    .array(z.strictObject({ orderId: Uuid, lines: Lines.optional(), freight: CentsNotNegative }))
    .max(20),
  lines: FreeLines.optional(),
  ...References,
})

export type DraftRejection =
  | { readonly code: 'CUSTOMER_NOT_FOUND' }
  | { readonly code: 'LEGAL_ENTITY_NOT_FOUND' }
  | { readonly code: 'INVOICE_EMPTY' }
  | { readonly code: 'FREIGHT_WITHOUT_LINE' }
  | { readonly code: 'ORDER_NAMED_TWICE'; readonly orderId: string }
  | {
      readonly code: 'ORDER_OF_OTHERS'
      readonly orderId: string
      readonly field: 'entityId' | 'customerId' | 'currency'
    }
  | Extract<BillingRejection, { code: 'ORDER_NOT_FOUND' }>

type Of = Pick<Extract<Invoice, { status: 'Draft' }>, 'invoiceId' | 'entityId' | 'customerId' | 'currency'>

interface DraftFacts extends Of {
  /** Where the customer's goods go when nothing else is said. */
  readonly deliverTo: DraftContent['deliverTo']
  readonly orders: readonly ClaimedOrder[]
}

/** Customer and orders of an invoice, read, and found to belong together. */
const factsOf = async (
  invoice: Of,
  asked: readonly ToBill[],
  read: FactReader,
): Promise<E.Either<DraftRejection, DraftFacts>> => {
  const buyer = await read.state(customer, invoice.customerId)
  if (buyer.status !== 'registered') return E.left({ code: 'CUSTOMER_NOT_FOUND' })
  const orders: ClaimedOrder[] = []
  for (const [index, ask] of asked.entries()) {
    const { orderId } = ask
    if (asked.findIndex(other => other.orderId === orderId) !== index)
      return E.left({ code: 'ORDER_NAMED_TWICE', orderId })
    const state = await read.state(order, orderId)
    if (state.status === 'none' || state.status === 'abandoned') return E.left({ code: 'ORDER_NOT_FOUND' })
    const field = foreignField(invoice, state)
    if (field !== undefined) return E.left({ code: 'ORDER_OF_OTHERS', orderId, field })
    orders.push({ order: state, wanted: wantedOf(state, invoice.invoiceId, ask) })
  }
  return E.right({ ...invoice, orders, deliverTo: buyer.details.deliverTo })
}

/** Freight goes with a line of the same invoice: its VAT is that line's, and an invoice has one (EN 16931 BR-16). */
const withALine = (
  facts: E.Either<DraftRejection, DraftFacts>,
  free: readonly unknown[] = [],
): E.Either<DraftRejection, DraftFacts> => {
  if (E.isLeft(facts) || free.length > 0) return facts
  const wanted = facts.right.orders.map(order => order.wanted)
  const isFreightAlone = wanted.every(({ lines }) => lines.length === 0) && wanted.some(w => w.freight > 0n)
  return isFreightAlone ? E.left({ code: 'FREIGHT_WITHOUT_LINE' }) : facts
}

const foreignField = (
  invoice: Of,
  { placed }: PlacedOrder,
): 'entityId' | 'customerId' | 'currency' | undefined =>
  (['entityId', 'customerId', 'currency'] as const).find(field => invoice[field] !== placed[field])

/** One claim per order, then the invoice. */
const claimsThen = (
  { invoiceId, orders }: DraftFacts,
  { commandId }: CommandContext,
  invoiceStep: (stored: readonly DomainEvent[]) => AnyStep,
): Steps => [
  ...orders.map(({ order: { placed }, wanted }) => {
    const demand = { invoiceId, commandId, ...wanted, orders: orders.map(o => o.order.placed.orderId) }
    return step({ aggregate: order, id: placed.orderId, decide: decideBilling.claim(demand) })
  }),
  invoiceStep,
]

export const draftInvoice = defineCommand({
  name: 'invoicing.draftInvoice',
  summary: { fr: 'Préparer une facture', en: 'Draft an invoice' },
  input: DraftInput,
  roles: ['billing'],
  entity: ({ entityId }) => entityId,
  facts: async (input, read): Promise<E.Either<DraftRejection, DraftFacts>> => {
    const { invoiceId, entityId, customerId, currency } = input
    if (input.orders.length === 0 && (input.lines ?? []).length === 0)
      return E.left({ code: 'INVOICE_EMPTY' })
    return withALine(
      await factsOf({ invoiceId, entityId, customerId, currency }, input.orders, read),
      input.lines,
    )
  },
  steps: (input, facts, context) =>
    claimsThen(facts, context, stored => {
      const { invoiceId, entityId, customerId, currency } = facts
      const content = draftContent(input, facts, stored)
      const data = { invoiceId, entityId, customerId, currency, ...content }
      return step({ aggregate: invoice, id: invoiceId, decide: decide.draft(data) })
    }),
})

export const changeInvoiceDraft = defineCommand({
  name: 'invoicing.changeInvoiceDraft',
  summary: { fr: 'Modifier une facture en préparation', en: 'Change a drafted invoice' },
  input: ChangeInput,
  roles: ['billing'],
  entity: entityOfInvoice,
  facts: async (input, read): Promise<E.Either<DraftRejection | InvoiceRejection, DraftFacts>> => {
    const draft: Invoice = await read.state(invoice, input.invoiceId)
    if (draft.status !== 'Draft') return E.left(notADraft(draft.status))
    if (input.orders.length === 0 && (input.lines ?? []).length === 0)
      return E.left({ code: 'INVOICE_EMPTY' })
    const { invoiceId, entityId, customerId, currency } = draft
    const asked = input.orders.map(o => ({ ...o, lines: o.lines ?? [] }))
    return withALine(await factsOf({ invoiceId, entityId, customerId, currency }, asked, read), input.lines)
  },
  steps: (input, facts, context) =>
    claimsThen(facts, context, stored => {
      const { invoiceId } = facts
      const content = draftContent(input, facts, stored)
      return step({ aggregate: invoice, id: invoiceId, decide: decide.change(content) })
    }),
})

export const cancelInvoiceDraft = defineCommand({
  name: 'invoicing.cancelInvoiceDraft',
  summary: { fr: 'Abandonner une facture en préparation', en: 'Cancel a drafted invoice' },
  input: z.strictObject({ invoiceId: Uuid, explanation: text(500) }),
  roles: ['billing'],
  entity: entityOfInvoice,
  facts: async ({ invoiceId }, read): Promise<E.Either<never, { orders: readonly string[] }>> => {
    const draft: Invoice = await read.state(invoice, invoiceId)
    return E.right({ orders: draft.status === 'None' ? [] : draft.orders })
  },
  // The end first, then what was claimed (PROTOCOL 16).
  steps: ({ invoiceId, explanation }, { orders }, { commandId }) => [
    step({ aggregate: invoice, id: invoiceId, decide: decide.cancel(explanation) }),
    ...orders.map(orderId => releaseStep(orderId, { invoiceId, commandId, lines: [], freight: 0n })),
  ],
})
