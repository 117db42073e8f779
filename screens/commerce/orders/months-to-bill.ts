import type { StoryEvent } from '../../documents/story.ts'
import type { OrderedLine } from './ordered-lines.ts'
import { orderedLines } from './ordered-lines.ts'

/**
 * What of an order is still to bill, by the calendar month of its deliveries. Goods of two months do not stand on one
 * invoice (CGI 289 I-3); what is claimed is taken from the first deliveries, so that the first month comes first.
 */

interface LineQuantity {
  readonly lineId: string
  readonly quantity: number
}
interface Delivered {
  readonly deliveryId: string
  readonly deliveredOn: string
  readonly lines: readonly LineQuantity[]
}
interface Said {
  readonly invoiceId: string
  readonly lines: readonly LineQuantity[]
  readonly deliveries: readonly Pick<Delivered, 'deliveryId' | 'lines'>[]
}

export interface MonthToBill {
  readonly month: string
  readonly lines: readonly LineQuantity[]
}

/** A part of a delivery: taken by an invoice, or not yet. */
interface Part extends LineQuantity {
  readonly deliveryId: string
}
const partsOf = ({ deliveryId, lines }: Pick<Delivered, 'deliveryId' | 'lines'>): readonly Part[] =>
  lines.map(line => ({ deliveryId, ...line }))

/** What a release gives back: of the parts of its claim, the last ones. */
const givenBack = (claimed: readonly Part[], released: readonly LineQuantity[]): readonly Part[] => {
  const left = new Map(released.map(({ lineId, quantity }) => [lineId, quantity]))
  return claimed.toReversed().map(part => {
    const quantity = Math.min(left.get(part.lineId) ?? 0, part.quantity)
    left.set(part.lineId, (left.get(part.lineId) ?? 0) - quantity)
    return { ...part, quantity }
  })
}

/** How much of each delivery invoices hold, by delivery and line. */
const takenOf = (story: readonly StoryEvent[]): ReadonlyMap<string, number> => {
  const taken = new Map<string, number>()
  const claims = new Map<string, readonly Part[]>()
  const count = (parts: readonly Part[], sign: 1 | -1): void => {
    for (const { deliveryId, lineId, quantity } of parts) {
      const key = `${deliveryId} ${lineId}`
      taken.set(key, (taken.get(key) ?? 0) + sign * quantity)
    }
  }
  for (const { type, data } of story) {
    const said = data as unknown as Said
    if (type === 'commerce.BillingClaimed') {
      const parts = said.deliveries.flatMap(partsOf)
      claims.set(said.invoiceId, [...(claims.get(said.invoiceId) ?? []), ...parts])
      count(parts, 1)
    }
    if (type === 'commerce.BillingReleased')
      count(givenBack(claims.get(said.invoiceId) ?? [], said.lines), -1)
  }
  return taken
}

/** By month, as the order's own events tell; nothing where one invoice can hold all of it. */
export const monthsToBill = (story: readonly StoryEvent[]): readonly MonthToBill[] => {
  const ordered = orderedLines(story)
  const taken = takenOf(story)
  const months = new Map<string, Map<string, number>>()
  for (const { type, data } of story) {
    if (type !== 'commerce.OrderDelivered') continue
    const { deliveryId, deliveredOn, lines } = data as unknown as Delivered
    for (const { lineId, quantity } of lines) {
      const left = quantity - (taken.get(`${deliveryId} ${lineId}`) ?? 0)
      if (left <= 0) continue
      const month = deliveredOn.slice(0, 7)
      const known = months.get(month) ?? new Map<string, number>()
      months.set(month, known.set(lineId, (known.get(lineId) ?? 0) + left))
    }
  }
  const found = [...months].map(([month, lines]) => ({
    month,
    lines: [...lines].map(([lineId, quantity]) => ({ lineId, quantity })),
  }))
  const ofGoods = found.filter(({ lines }) => lines.some(({ lineId }) => isGoods(ordered.get(lineId))))
  return ofGoods.length > 1 ? found : []
}

const isGoods = (line: OrderedLine | undefined): boolean => line?.operation === 'goods'
