import { defineList, defineLookup } from '../lists.ts'
import { customerName } from '../commerce/customers.queries.ts'
import { entities } from '../organisation/entities.ts'
import { entityName } from '../organisation/organisation.queries.ts'
import { lateness } from './lateness.ts'
import { invoiceLineTable, invoiceTable, invoices } from './invoices.ts'

/** The newest first, of one day the last number; drafts, which have no day yet, before them. */
export const invoiceList = defineList({
  projection: invoices,
  table: invoiceTable,
  filters: [
    'invoice_id',
    'entity_id',
    'customer_id',
    'kind',
    'state',
    'settlement',
    'number',
    'series',
    'currency',
    'corrects_invoice_id',
    'overdue',
  ],
  ranges: ['issued_on', 'due_on', 'gross', 'changed_at'],
  sorts: [['issued_on', 'number'], 'number', 'due_on', 'gross', 'changed_at'],
  defaultSort: { by: 'issued_on', direction: 'desc' },
  groups: ['customer_id', 'state', 'settlement', 'kind', 'issued_on', 'due_on', 'entity_id'],
  sums: ['net', 'tax', 'gross', 'settled'],
  joined: [entities],
  derived: lateness(`t.kind = 'invoice' and t.settlement in ('open', 'partlySettled')`),
  names: { customer_id: customerName, entity_id: entityName },
})

export const invoiceLineList = defineList({
  projection: invoices,
  table: invoiceLineTable,
  filters: ['invoice_id', 'product_id', 'order_id'],
  ranges: [],
  sorts: ['line'],
  defaultSort: { by: 'line', direction: 'asc' },
})

/** By the id of the invoice or credit note. Its content stands in the event that `registerStream` names. */
export const findInvoice = defineLookup(invoices, invoiceTable)
