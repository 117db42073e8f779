import { PaymentAllocated } from '../../domain/invoicing/receivable.events.ts'
import { column, table } from '../definition.ts'
import type { RowOf } from '../definition.ts'
import { distinct, present } from '../shared.ts'
import { allocations, changesBy, openedBy, openings } from './open-documents.ts'
import type { Allocation, Change, DocumentKey } from './open-documents.ts'

/** A document of an `open_day` that its sum does not hold. */
interface Apart {
  /** Kind and id. */
  readonly document: string
  readonly dueOn: string
  readonly left: number
}

const openDayColumns = {
  entity_id: column.uuid('Legal entity'),
  customer_id: column.uuid('Customer'),
  customer_code: column.text('Code of the customer'),
  currency: column.text('ISO 4217 code'),
  side: column.oneOf(['owed', 'owing'], 'Owed to us (invoices) or by us (credit notes, payments)'),
  document_on: column.date('Day of issue, or day of the bank'),
  due_on: column.date('Day on which the first of its documents is due'),
  amount: column.bigint('Sum of those that are due on that day and wholly open: owed to us positive'),
  documents: column.integer('How many these are'),
  apart: column.json<readonly Apart[]>('Those settled in part, or due on another day, one by one'),
}
type OpenDay = RowOf<typeof openDayColumns>

const nameOf = ({ kind, document_id }: DocumentKey): string => `${kind}-${document_id}`

const sideOf = (amount: bigint): OpenDay['side'] => (amount > 0n ? 'owed' : 'owing')

const changed = (
  day: OpenDay,
  document: { readonly name: string; readonly dueOn: string; readonly amount: bigint },
  left: { readonly before: bigint; readonly after: bigint },
): OpenDay => {
  const { name, dueOn, amount } = document
  const isInSum = (open: bigint): boolean => open === amount && dueOn === day.due_on
  const more = Number(isInSum(left.after)) - Number(isInSum(left.before))
  const others = day.apart.filter(other => other.document !== name)
  // One due on another day stays also when it is settled: should that be taken back, its day must be known.
  const isApart = !isInSum(left.after) && (left.after !== 0n || dueOn !== day.due_on)
  return {
    ...day,
    amount: day.amount + BigInt(more) * amount,
    documents: day.documents + more,
    apart: isApart ? [...others, { document: name, dueOn, left: Number(left.after) }] : others,
  }
}

/** One that is not listed apart was wholly open before an allocation took from it, and settled before it gives back. */
const allocated = (day: OpenDay, changing: Change, e: Allocation): OpenDay => {
  const { amount, change } = changing
  const name = nameOf(changing)
  const listed = day.apart.find(({ document }) => document === name)
  const unlisted = e.type === PaymentAllocated.type ? amount : 0n
  const before = listed ? BigInt(listed.left) : unlisted
  return changed(
    day,
    { name, dueOn: listed?.dueOn ?? day.due_on, amount },
    { before, after: before + change },
  )
}

/**
 * What the ageing adds up. By the day of the documents, since an allocation tells that one and not when they are due:
 * almost always that is one day too, and what differs is held apart.
 */
export const openDayTable = table({
  name: 'open_day',
  comment: 'What is open of each customer, by the day of the documents',
  columns: openDayColumns,
  key: ['entity_id', 'customer_id', 'currency', 'side', 'document_on'],
  indexes: [
    {
      columns: ['entity_id', 'customer_code', 'customer_id', 'currency'],
      include: ['due_on', 'amount', 'documents'],
      where: 'documents > 0',
    },
    { columns: ['entity_id', 'customer_code', 'customer_id', 'currency'], where: `apart <> '[]'` },
  ],
  on: on => [
    on(
      openings,
      e => {
        const { entity_id, customer_id, currency, document_on, amount } = openedBy(e)
        return amount === 0n ? [] : [{ entity_id, customer_id, currency, document_on, side: sideOf(amount) }]
      },
      (row, e) => {
        const opened = openedBy(e)
        const { due_on, amount, ...item } = opened
        const { entity_id, customer_id, customer_code, currency, document_on } = item
        const none = { due_on, amount: 0n, documents: 0, apart: [] }
        const key = { entity_id, customer_id, customer_code, currency, document_on, side: sideOf(amount) }
        return changed(
          row ?? { ...key, ...none },
          { name: nameOf(opened), dueOn: due_on, amount },
          { before: 0n, after: amount },
        )
      },
    ),
    on(
      allocations,
      e => {
        const { entityId: entity_id, customerId: customer_id, currency } = e.data
        return distinct(
          changesBy(e).map(({ document_on, amount }) => ({
            ...{ entity_id, customer_id, currency, document_on },
            side: sideOf(amount),
          })),
        )
      },
      (row, e, key) => {
        const isHere = (c: Change) => c.document_on === key.document_on && sideOf(c.amount) === key.side
        return changesBy(e)
          .filter(isHere)
          .reduce((day, c) => allocated(day, c, e), present(row))
      },
    ),
  ],
})
