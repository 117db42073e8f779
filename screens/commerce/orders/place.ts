import { lineNet } from '../../../domain/shared/money.ts'
import { defineForm, given, whole } from '../../forms/declaration.ts'
import type { Line, Values } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { amount, day, price, quantity, rate, text } from '../../shapes/shapes.tsx'
import { commerceEvents } from '../event-words.ts'
import { customers, products } from '../references.ts'
import { words as commerce } from '../words.ts'
import { words } from './words.ts'

/** What is typed of a line. */
interface Typed {
  readonly lineId: string
  readonly productId?: string
  readonly quantity?: number
  readonly unitPrice?: number
  readonly discountRate?: number
}

const emptyLine = (): Typed => ({ lineId: newId() })

const leftOut = (line: Line): boolean => {
  const { productId, quantity, unitPrice, discountRate } = line as Partial<Typed>
  return (productId ?? quantity ?? unitPrice ?? discountRate) === undefined
}

const netOf = (line: Line): bigint | undefined => {
  const { quantity, unitPrice, discountRate = 0 } = line as unknown as Typed
  if (quantity === undefined || unitPrice === undefined) return undefined
  return lineNet(BigInt(quantity), BigInt(unitPrice), BigInt(discountRate))
}

/** The lines that the command takes: those that were typed in whole; undefined where one is not. */
const linesOf = (values: Values) => {
  const typed = ((values['lines'] ?? []) as readonly Typed[]).filter(line => !leftOut({ ...line }))
  const lines = typed.map(({ lineId, productId, quantity, unitPrice, discountRate }) => {
    const needed = whole({ lineId, productId, quantity })
    return needed && { ...needed, ...given({ unitPrice, discountRate }) }
  })
  return lines.length === 0 || lines.includes(undefined)
    ? undefined
    : lines.filter(line => line !== undefined)
}

export default defineForm({
  command: 'commerce.placeOrder',
  title: commerce.newOrder,
  submit: words.place,
  fields: [
    { name: 'customerId', label: commerce.customer, as: customers },
    { name: 'number', label: commerce.number, as: text },
    { name: 'orderedOn', label: words.orderedOn, as: day },
    { name: 'purchaseOrder', label: words.purchaseOrder, as: text, optional: true },
    { name: 'requestedOn', label: words.requestedOn, as: day, optional: true },
    { name: 'freight', label: words.freight, as: amount, optional: true },
  ],
  lines: {
    name: 'lines',
    label: words.lines,
    empty: () => ({ ...emptyLine() }),
    columns: [
      {
        name: 'productId',
        label: commerce.product,
        as: products,
        width: 340,
        picked: row => ({ unitPrice: row['unitPrice'] }),
      },
      { name: 'quantity', label: words.quantity, as: quantity, width: 110 },
      { name: 'unitPrice', label: words.unitPrice, as: price, width: 120, optional: true },
      { name: 'discountRate', label: words.discount, as: rate, width: 90, optional: true },
    ],
    leftOut,
    total: { label: words.net, of: netOf },
  },
  begin: ({ entity, today, userId }) => ({
    orderId: newId(),
    entityId: entity?.entityId,
    salespersonId: userId,
    orderedOn: today,
    number: proposedNumber(today),
    lines: [emptyLine()],
  }),
  input: values => {
    const { customerId, number, orderedOn, purchaseOrder, requestedOn, freight } = values as Partial<
      Record<string, string>
    >
    const needed = whole({
      orderId: values['orderId'] as string,
      entityId: values['entityId'] as string | undefined,
      salespersonId: values['salespersonId'] as string,
      customerId,
      number: number || undefined,
      orderedOn,
      lines: linesOf(values),
    })
    const optional = given({ purchaseOrder, requestedOn, freight: freight as number | undefined })
    return needed && { ...needed, ...optional }
  },
  events: commerceEvents,
  opens: ({ orderId }) => `/commerce/orders/${orderId}`,
  done: (_, { number }) => [words.isPlaced, { number }],
})

const DAY_MS = 86_400_000

/** A number that nobody else proposes: the day, and the second of it. The house may write its own over it. */
const proposedNumber = (today: string): string =>
  `C${today.slice(2).replaceAll('-', '')}-${String(Math.floor((Date.now() % DAY_MS) / 1_000)).padStart(5, '0')}`
