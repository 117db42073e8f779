import type { Answer } from '../../api/client.ts'
import type { Commands } from '../../api/generated.ts'
import { action } from '../../documents/declaration.ts'
import { lastSaid } from '../../documents/last-said.ts'
import { given, typedIn } from '../../forms/declaration.ts'
import type { Line, Values } from '../../forms/declaration.ts'
import { quantity, text } from '../../shapes/shapes.tsx'
import { words } from './words.ts'

/** What a draft bills, while it can still be changed: less of a line, or nothing of it, and the buyer's references. */

type Invoice = Answer<'/api/invoicing/invoices/{id}'>
type Change = Commands['invoicing.changeInvoiceDraft']
type FreeLine = NonNullable<Change['lines']>[number]
type DraftLine = FreeLine & {
  readonly order?: { readonly orderId: string; readonly lineId: string; readonly number: string }
  readonly delivery?: object
}

/** What the draft says last. */
interface Said {
  readonly lines: readonly DraftLine[]
  readonly freight: readonly { readonly orderId: string; readonly net: number }[]
  readonly deliverTo?: Change['deliverTo']
  readonly buyerReference?: string
  readonly purchaseOrder?: string
  readonly contract?: string
}

/** A line as it is typed: of an order, or one that none stands behind. */
interface Typed {
  readonly name: string
  readonly orderNumber: string
  readonly quantity?: number
  readonly of?: { readonly orderId: string; readonly lineId: string }
  readonly free?: FreeLine
}

/** Several deliveries of one line of an order are one line here. */
const typedLines = (lines: readonly DraftLine[]): readonly Typed[] => {
  const typed = new Map<string, Typed>()
  for (const [index, { order, delivery: _, ...line }] of lines.entries()) {
    const key = order ? `${order.orderId} ${order.lineId}` : String(index)
    const before = typed.get(key)
    typed.set(key, {
      name: line.name,
      orderNumber: order?.number ?? '',
      quantity: (before?.quantity ?? 0) + line.quantity,
      ...(order ? { of: { orderId: order.orderId, lineId: order.lineId } } : { free: line }),
    })
  }
  return [...typed.values()]
}

const linesOf = (values: Values) => values['lines'] as readonly Typed[]

/** Of each order what is left of its lines, and its freight. */
const ordersOf = (lines: readonly Typed[], freight: Said['freight']): Change['orders'] => {
  const orders = new Set([
    ...lines.flatMap(({ of }) => (of ? [of.orderId] : [])),
    ...freight.map(({ orderId }) => orderId),
  ])
  return [...orders].flatMap(orderId => {
    const billed = lines.flatMap(({ of, quantity }) =>
      of?.orderId === orderId && quantity ? [{ lineId: of.lineId, quantity }] : [],
    )
    const net = freight.find(each => each.orderId === orderId)?.net ?? 0
    if (billed.length === 0 && net === 0) return []
    return [{ orderId, freight: net, ...(billed.length > 0 && { lines: billed }) }]
  })
}

export const changeDraft = action<Invoice, 'invoicing.changeInvoiceDraft'>(({ state }) => state === 'draft', {
  command: 'invoicing.changeInvoiceDraft',
  title: words.changeDraft,
  submit: words.changeDraft,
  fields: [
    { name: 'purchaseOrder', label: words.purchaseOrder, as: text, optional: true },
    { name: 'buyerReference', label: words.buyerReference, as: text, optional: true },
    { name: 'contract', label: words.contract, as: text, optional: true },
  ],
  lines: {
    name: 'lines',
    label: words.lines,
    columns: [
      { name: 'orderNumber', label: words.order, as: text, width: 110, fixed: true },
      { name: 'name', label: words.designation, as: text, width: 300, fixed: true },
      { name: 'quantity', label: words.quantity, as: quantity, width: 110, optional: true },
    ],
  },
  begin: async (_, { invoiceId }) => {
    const said = (await lastSaid('/api/invoicing/invoices/{id}/story', invoiceId, [
      'invoicing.InvoiceDrafted',
      'invoicing.InvoiceDraftChanged',
    ])) as unknown as Said
    const { lines, freight, deliverTo, purchaseOrder, buyerReference, contract } = said
    return {
      ...given({ purchaseOrder, buyerReference, contract }),
      lines: typedLines(lines) as unknown as readonly Line[],
      kept: { freight, deliverTo },
    }
  },
  input: (values, { invoiceId }) => {
    const typed = typedIn(values)
    const { freight, deliverTo } = values['kept'] as Pick<Said, 'freight' | 'deliverTo'>
    const lines = linesOf(values)
    const free = lines.flatMap(({ free, quantity }) => (free && quantity ? [{ ...free, quantity }] : []))
    // The place of a private person is nothing that a screen reads: the customer's own is taken again.
    const place = deliverTo?.kind === 'company' ? deliverTo : undefined
    const references = {
      purchaseOrder: typed('purchaseOrder'),
      buyerReference: typed('buyerReference'),
      contract: typed('contract'),
    }
    return {
      invoiceId,
      orders: ordersOf(lines, freight),
      ...(free.length > 0 && { lines: free }),
      ...given({ ...references, deliverTo: place }),
    }
  },
  done: () => [words.isChanged, {}],
})
