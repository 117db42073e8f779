import { sum } from '../../../domain/shared/money.ts'
import type { AnyForm, Foot, Line, Lines, Values } from '../../forms/declaration.ts'
import { action } from '../../documents/declaration.ts'
import { given, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { amount, day, text } from '../../shapes/shapes.tsx'
import { invoices } from '../references.ts'
import { openInvoicesOf } from './open-invoices.ts'
import type { Payment } from './open-invoices.ts'
import { suggestionsFor } from './suggest.ts'
import type { OpenInvoice, Settlement } from './suggest.ts'
import { words } from './words.ts'

/** The allocation of one payment: the open invoices of its customer, and what it pays of each. */

export interface TypedSettlement extends OpenInvoice {
  readonly orders: string
  readonly amount?: number | undefined
}

export const settlementsIn = (values: Values): readonly TypedSettlement[] =>
  (values['settlements'] ?? []) as readonly TypedSettlement[]

export const leftOf = (payment: Pick<Payment, 'amount' | 'allocated'>): number =>
  payment.amount - payment.allocated

/** The lines with the amounts of a suggestion, and no others. */
export const suggested = (
  lines: readonly TypedSettlement[],
  settlements: readonly Settlement[],
): readonly TypedSettlement[] => {
  const amounts = new Map(settlements.map(({ invoiceId, amount }) => [invoiceId, amount]))
  return lines.map(line => ({ ...line, amount: amounts.get(line.invoiceId) }))
}

const allocatedBy = (lines: readonly TypedSettlement[]): bigint =>
  sum(lines.map(({ amount = 0 }) => BigInt(amount)))

const foot = (lines: readonly Line[], values: Values): readonly Foot[] => {
  const allocated = allocatedBy(lines as unknown as readonly TypedSettlement[])
  const left = BigInt(values['left'] as number) - allocated
  return [
    { label: words.allocatedNow, figures: { amount: allocated } },
    left < 0n
      ? { label: words.tooMuch, figures: { amount: -left }, tone: 'bad' }
      : { label: words.remains, figures: { amount: left }, ...(left === 0n && { tone: 'good' as const }) },
  ]
}

/** As much as the invoice takes of what the other lines leave. */
const missing = (lines: readonly Line[], row: number, values: Values): Line => {
  const typed = lines as unknown as readonly TypedSettlement[]
  const left = BigInt(values['left'] as number) - allocatedBy(typed.filter((_, i) => i !== row))
  const open = typed[row]?.leftOpen ?? 0
  return { amount: left > 0n ? Math.min(Number(left), open) : undefined }
}

/** An invoice that nothing is said to be paid of. */
const leftOut = (line: Line): boolean => !(line as Partial<TypedSettlement>).amount

const lines: Lines = {
  name: 'settlements',
  label: words.invoices,
  columns: [
    { name: 'invoiceId', label: words.number, as: invoices, width: 130, fixed: true },
    { name: 'dueOn', label: words.dueOn, as: day, width: 84, fixed: true },
    { name: 'orders', label: words.orders, as: text, width: 150, fixed: true },
    { name: 'leftOpen', label: words.leftOpen, as: amount, width: 110, fixed: true },
    { name: 'amount', label: words.toAllocate, as: amount, width: 120, optional: true, missing },
  ],
  leftOut,
  foot,
}

const { form } = action((_: Payment) => true, {
  command: 'invoicing.allocatePayment',
  title: words.allocate,
  submit: words.allocate,
  fields: [{ name: 'allocatedOn', label: words.allocatedOn, as: day }],
  lines,
  begin: async ({ today }, payment) => {
    const open = await openInvoicesOf(payment)
    const left = leftOf(payment)
    const [best] = suggestionsFor({ reference: payment.bankReference, left }, open)
    return {
      allocationId: newId(),
      left,
      allocatedOn: today,
      settlements: suggested(
        open.map(invoice => ({ ...invoice, orders: invoice.alsoKnownAs.join(', ') })),
        best?.settlements ?? [],
      ) as unknown as readonly Line[],
    }
  },
  input: (values, { entityId, customerId, currency, paymentId }) => {
    const { allocationId, allocatedOn } = values as Readonly<Record<string, string | undefined>>
    const settlements = settlementsIn(values).flatMap(({ invoiceId, amount }) =>
      amount ? [{ invoiceId, amount }] : [],
    )
    const needed = whole({
      ...{ allocationId, entityId, customerId, currency, paymentId },
      settlements: settlements.length > 0 ? settlements : undefined,
    })
    return needed && { ...needed, ...given({ allocatedOn }) }
  },
  done: () => [words.isAllocated, {}],
})

export const allocateForm: AnyForm = form
