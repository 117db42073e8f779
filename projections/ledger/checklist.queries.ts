import { lastDayOf } from '../../domain/shared/days.ts'
import { schemaOf } from '../definition.ts'
import { invoices } from '../invoicing/invoices.ts'
import { receivables } from '../invoicing/receivables.ts'
import type { Queryable } from '../lists.ts'
import { manualEntries } from './manual-entries.ts'

/** What still waits when a month is about to be closed: counts of what the lists show one by one. */
export interface ClosingChecklist {
  /** Entries by hand that are dated in the month or before, and not validated: they will never be posted there. */
  readonly manualDrafts: number
  /** Drafts of invoices: what was delivered on them is not invoiced yet. */
  readonly invoiceDrafts: number
  /** Invoices that wait for their number: the cut is refused while one is dated in the month. */
  readonly invoiceRequests: number
  /** Payments of the month or before that are not wholly allocated: the VAT that they release is not posted. */
  readonly unallocatedPayments: number
}

/** What has no day of issue stands together in the index of those days. */
const COUNTS = `
  select
    (select count(*) from ${schemaOf(manualEntries)}.manual_entry
      where entity_id = $1 and state = 'draft' and accounting_date <= $2::date)::int as "manualDrafts",
    (select count(*) from ${schemaOf(invoices)}.invoice
      where entity_id = $1 and issued_on is null and state = 'draft')::int as "invoiceDrafts",
    (select count(*) from ${schemaOf(invoices)}.invoice
      where entity_id = $1 and issued_on is null and state = 'requested')::int as "invoiceRequests",
    (select count(*) from ${schemaOf(receivables)}.payment
      where entity_id = $1 and allocated < amount and bank_date <= $2::date)::int as "unallocatedPayments"`

/** @param period the month that is to be closed */
export const closingChecklist = async (
  db: Queryable,
  { entityId, period }: { readonly entityId: string; readonly period: string },
): Promise<ClosingChecklist> => {
  const { rows } = await db.query<{ [K in keyof ClosingChecklist]: number }>({
    name: 'closing-checklist',
    text: COUNTS,
    values: [entityId, lastDayOf(period)],
  })
  const [counts] = rows
  if (!counts) throw new Error('a count that yields no row')
  return counts
}
