import { FIRST_PLACE, readCodeCursor, writeCodeCursor } from '../code-cursor.ts'
import { customerName } from '../commerce/customers.queries.ts'
import { entities } from '../organisation/entities.ts'
import { entityName } from '../organisation/organisation.queries.ts'
import { schemaOf } from '../definition.ts'
import { checkedLimit, defineList, defineLookup } from '../lists.ts'
import type { Page, Queryable } from '../lists.ts'
import { lateness } from './lateness.ts'
import { openDayTable } from './open-days.ts'
import { allocationTable, openItemTable, paymentTable, receivables } from './receivables.ts'

/** What is not settled, the first due first. */
export const openItemList = defineList({
  projection: receivables,
  table: openItemTable,
  filters: ['entity_id', 'customer_id', 'kind', 'currency', 'reference', 'overdue'],
  ranges: ['due_on', 'document_on', 'left_open'],
  sorts: ['due_on', 'document_on', 'left_open'],
  defaultSort: { by: 'due_on', direction: 'asc' },
  groups: ['customer_id', 'kind', 'due_on', 'document_on', 'entity_id'],
  sums: ['amount', 'left_open'],
  joined: [entities],
  derived: lateness('t.left_open > 0'),
  where: 'left_open <> 0',
  names: { customer_id: customerName, entity_id: entityName },
})

export const paymentList = defineList({
  projection: receivables,
  table: paymentTable,
  filters: ['payment_id', 'entity_id', 'customer_id', 'currency', 'bank_account', 'bank_reference'],
  ranges: ['bank_date', 'amount', 'received_at'],
  sorts: ['bank_date', 'amount', 'received_at'],
  defaultSort: { by: 'bank_date', direction: 'desc' },
  groups: ['customer_id', 'bank_date', 'bank_account', 'entity_id'],
  sums: ['amount', 'allocated'],
  names: { customer_id: customerName, entity_id: entityName },
})

/** Payments that something is left of. */
export const unallocatedPaymentList = defineList({
  projection: receivables,
  table: paymentTable,
  filters: ['entity_id', 'customer_id', 'currency'],
  ranges: ['bank_date', 'amount'],
  sorts: ['bank_date', 'amount'],
  defaultSort: { by: 'bank_date', direction: 'asc' },
  groups: ['customer_id', 'bank_date', 'entity_id'],
  sums: ['amount', 'allocated'],
  where: 'allocated < amount',
  names: { customer_id: customerName, entity_id: entityName },
})

export const allocationList = defineList({
  projection: receivables,
  table: allocationTable,
  filters: ['entity_id', 'customer_id', 'invoice_id', 'source_id'],
  ranges: ['allocated_on'],
  sorts: ['allocated_on'],
  defaultSort: { by: 'allocated_on', direction: 'desc' },
  groups: ['customer_id', 'allocated_on', 'entity_id'],
  sums: ['amount'],
  names: { customer_id: customerName, entity_id: entityName },
})

/** By the payment's id. */
export const findPayment = defineLookup(receivables, paymentTable)

/** What is open of one customer in one currency at a day, by how long it has been due. Minor units. */
export interface Ageing {
  readonly notDue: bigint
  readonly days1To30: bigint
  readonly days31To60: bigint
  readonly days61To90: bigint
  readonly over90: bigint
  /** Credit notes and payments not allocated yet: negative. */
  readonly unallocated: bigint
  readonly total: bigint
  readonly items: number
}
export interface CustomerAgeing extends Ageing {
  readonly customerId: string
  readonly customerCode: string
  readonly currency: string
}

const BUCKETS = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90', 'unallocated', 'total'] as const

const OPEN_DAY = `${schemaOf(receivables)}.${openDayTable.name}`

/**
 * What is open, by day due: the sums of `open_day`, and what is held apart from them. Both in the order of an index,
 * so that a page reads the rows of its own customers and no others.
 */
const openBehind = (customer: string): string => {
  const order = 'd.customer_code, d.customer_id, d.currency'
  const behind = `d.entity_id = $1::uuid and (${order}) > ${customer}`
  return `
  ((select ${order}, d.due_on, d.amount, d.documents
    from ${OPEN_DAY} d where ${behind} and d.documents > 0 order by ${order})
   union all
   (select ${order}, a."dueOn", a."left", 1
    from ${OPEN_DAY} d cross join lateral jsonb_to_recordset(d.apart) as a("dueOn" date, "left" bigint)
    where ${behind} and d.apart <> '[]' and a."left" <> 0 order by ${order})) o`
}

/** Sums by bucket over them, at the day $2. */
const SUMS = `
  coalesce(sum(amount) filter (where amount > 0 and due_on >= $2::date), 0)::text,
  coalesce(sum(amount) filter (where amount > 0 and due_on < $2::date and due_on >= $2::date - 30), 0)::text,
  coalesce(sum(amount) filter (where amount > 0 and due_on < $2::date - 30 and due_on >= $2::date - 60), 0)::text,
  coalesce(sum(amount) filter (where amount > 0 and due_on < $2::date - 60 and due_on >= $2::date - 90), 0)::text,
  coalesce(sum(amount) filter (where amount > 0 and due_on < $2::date - 90), 0)::text,
  coalesce(sum(amount) filter (where amount < 0), 0)::text,
  coalesce(sum(amount), 0)::text,
  coalesce(sum(documents), 0)::text`

/** With the limit in its text: a plan that does not know it reads every customer. */
const pageOf = (limit: number): string => `
  select o.customer_id::text, o.customer_code, o.currency, ${SUMS}
  from ${openBehind('($3::text, $4::uuid, $5::text)')}
  group by o.customer_code, o.customer_id, o.currency
  order by o.customer_code, o.customer_id, o.currency limit ${limit}`

const TOTALS = `
  select o.currency, ${SUMS} from ${openBehind(`('', '${FIRST_PLACE[1]}'::uuid, '')`)}
  group by o.currency order by o.currency`

const ageingOf = (texts: readonly string[]): Ageing => ({
  ...(Object.fromEntries(BUCKETS.map((b, i) => [b, BigInt(texts[i] as string)])) as Record<
    (typeof BUCKETS)[number],
    bigint
  >),
  items: Number(texts[BUCKETS.length]),
})

export interface AgeingRequest {
  readonly entityId: string
  /** The day that "due" is judged by. */
  readonly at: string
  readonly limit?: number
  readonly cursor?: string
}

/**
 * Customers with something open, in the order of their codes, with buckets by days overdue.
 * @throws BadListRequest
 */
export const ageing = async (db: Queryable, request: AgeingRequest): Promise<Page<CustomerAgeing>> => {
  const { entityId, at, limit = 50, cursor } = request
  checkedLimit(limit)
  const after = cursor === undefined ? FIRST_PLACE : readCodeCursor(cursor)
  const { rows } = await db.query<string[]>({
    name: `ageing-page-${limit}`,
    text: pageOf(limit + 1),
    values: [entityId, at, ...after],
    rowMode: 'array',
  })
  const page = rows.slice(0, limit).map(([customerId = '', customerCode = '', currency = '', ...texts]) => ({
    customerId,
    customerCode,
    currency,
    ...ageingOf(texts),
  }))
  const last = rows.length > limit ? page.at(-1) : undefined
  const next = last && writeCodeCursor([last.customerCode, last.customerId, last.currency])
  return { rows: page, next }
}

/** The same in all, by currency. */
export const ageingTotals = async (
  db: Queryable,
  { entityId, at }: Pick<AgeingRequest, 'entityId' | 'at'>,
): Promise<readonly (Ageing & { readonly currency: string })[]> => {
  const { rows } = await db.query<string[]>({
    name: 'ageing-totals',
    text: TOTALS,
    values: [entityId, at],
    rowMode: 'array',
  })
  return rows.map(([currency = '', ...texts]) => ({ currency, ...ageingOf(texts) }))
}
