import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { decideBilling, order } from '../../domain/commerce/public.ts'
import type { BillingDemand } from '../../domain/commerce/public.ts'
import { decide, invoice } from '../../domain/invoicing/invoice.ts'
import { InvoiceIssueRequested } from '../../domain/invoicing/invoice.events.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import { Uuid, text } from '../../domain/shared/values.ts'
import { defineCommand, step } from '../definition.ts'
import type { AnyStep, FactReader } from '../definition.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'

/** What the end of an invoice gives back of what it had claimed on orders (PROTOCOL 16). */

/** What an invoice claims, or bills, of one order. */
export interface OrderClaim {
  /** Quantities by line. */
  readonly lines: Map<string, bigint>
  /** Net, minor units. */
  readonly freight: bigint
}

/** What the content that a request froze bills of each order. */
export const billedOf = ({ data }: Pick<DomainEvent, 'data'>): Map<string, OrderClaim> => {
  const { lines, charges } = (data as z.output<typeof InvoiceIssueRequested.data>).content
  const billed = new Map<string, OrderClaim>()
  const of = (orderId: string): OrderClaim => billed.get(orderId) ?? { lines: new Map(), freight: 0n }
  for (const { order: from, quantity } of lines) {
    if (!from) continue
    const claim = of(from.orderId)
    claim.lines.set(from.lineId, (claim.lines.get(from.lineId) ?? 0n) + quantity)
    billed.set(from.orderId, claim)
  }
  for (const { order: from, net } of charges) {
    if (!from) continue
    const claim = of(from.orderId)
    billed.set(from.orderId, { ...claim, freight: claim.freight + net })
  }
  return billed
}

/** Gives back what an ended invoice had claimed of an order and did not use. */
export const releaseStep = (orderId: string, used: BillingDemand): AnyStep =>
  step({ aggregate: order, id: orderId, decide: decideBilling.release(used) })

/** Gives back what an invoice had claimed of an order beyond what its request froze. */
export const releaseUnused = (
  orderId: string,
  request: Pick<DomainEvent, 'data'>,
  commandId: string,
): AnyStep => {
  const { invoiceId } = request.data as z.output<typeof InvoiceIssueRequested.data>
  const billed = billedOf(request).get(orderId)
  const lines = [...(billed?.lines ?? [])].map(([lineId, quantity]) => ({ lineId, quantity }))
  return releaseStep(orderId, { invoiceId, commandId, lines, freight: billed?.freight ?? 0n })
}

/** How an invoice ended; nothing where it lives as a draft. */
type End =
  { readonly kind: 'unused' } | { readonly kind: 'issued'; readonly request: DomainEvent } | undefined

const endOf = async (invoiceId: string, read: FactReader): Promise<End> => {
  const { status } = await read.state(invoice, invoiceId)
  if (status === 'Draft') return undefined
  return status === 'Requested'
    ? { kind: 'issued', request: await requestOf(invoiceId, read) }
    : { kind: 'unused' }
}

/** The request that an invoice's state says its stream holds. */
const requestOf = async (invoiceId: string, read: FactReader): Promise<DomainEvent> => {
  for (let revision = 0; ; revision++) {
    const event = await read.event(`invoice-${invoiceId}`, revision)
    if (event.type === InvoiceIssueRequested.type) return event
  }
}

/**
 * Ends an invoice that was claimed for and never drafted, then releases what was claimed. One that was drafted in the
 * meantime is left alone, with its claims; of one that was issued, what a paused command claimed behind its end is
 * released.
 */
export const abandonInvoice = defineCommand({
  name: 'invoicing.abandonInvoice',
  summary: {
    fr: 'Libérer ce qu’une facture avait réservé et que personne ne facturera',
    en: 'Release what an invoice had claimed and nobody will bill',
  },
  input: z.strictObject({ invoiceId: Uuid, orders: z.array(Uuid).min(1).max(20), explanation: text(500) }),
  roles: [],
  actors: [SYSTEM_ACTORS.reactions],
  facts: async ({ invoiceId }, read): Promise<E.Either<never, End>> => E.right(await endOf(invoiceId, read)),
  steps: ({ invoiceId, orders, explanation }, end, { commandId }) => [
    step({ aggregate: invoice, id: invoiceId, decide: decide.abandon(invoiceId, explanation) }),
    ...(end === undefined ? [] : orders).map(orderId =>
      end?.kind === 'issued'
        ? releaseUnused(orderId, end.request, commandId)
        : releaseStep(orderId, { invoiceId, commandId, lines: [], freight: 0n }),
    ),
  ],
})
