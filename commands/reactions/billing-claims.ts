import type { OrderClaim } from '../invoicing/release.ts'

export const invoiceOfStream = (stream: string): string => stream.slice('invoice-'.length)

/** Whether something was claimed beyond what is billed. */
export const hasRemainder = (claimed: OrderClaim, billed: OrderClaim | undefined): boolean =>
  claimed.freight > (billed?.freight ?? 0n) ||
  [...claimed.lines].some(([lineId, quantity]) => quantity > (billed?.lines.get(lineId) ?? 0n))
