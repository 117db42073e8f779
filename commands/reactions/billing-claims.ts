import type { z } from 'zod'
import type { InvoiceIssueRequested } from '../../domain/invoicing/invoice.events.ts'
import type { RecordedEvent } from '../../event-store/log.ts'

/** What an invoice claims, or bills, of one order. */
export interface OrderClaim {
  /** Quantities by line. */
  readonly lines: Map<string, bigint>
  readonly freight: bigint
}

export const invoiceOfStream = (stream: string): string => stream.slice('invoice-'.length)

/** What the frozen content bills of each order. */
export const billedOf = ({ data }: Pick<RecordedEvent, 'data'>): Map<string, OrderClaim> => {
  const { lines, charges } = (data as z.output<typeof InvoiceIssueRequested.data>).content
  const billed = new Map<string, OrderClaim>()
  const of = (orderId: string): OrderClaim => billed.get(orderId) ?? { lines: new Map(), freight: 0n }
  for (const { order, quantity } of lines) {
    if (!order) continue
    const claim = of(order.orderId)
    claim.lines.set(order.lineId, (claim.lines.get(order.lineId) ?? 0n) + quantity)
    billed.set(order.orderId, claim)
  }
  for (const { order, net } of charges) {
    if (!order) continue
    const claim = of(order.orderId)
    billed.set(order.orderId, { ...claim, freight: claim.freight + net })
  }
  return billed
}

/** Whether something was claimed beyond what is billed. */
export const hasRemainder = (claimed: OrderClaim, billed: OrderClaim | undefined): boolean =>
  claimed.freight > (billed?.freight ?? 0n) ||
  [...claimed.lines].some(([lineId, quantity]) => quantity > (billed?.lines.get(lineId) ?? 0n))
