import type { InvoiceContent } from '../../domain/invoicing/invoice-content.ts'
import {
  CreditNoteIssued,
  CreditNoteRequested,
  InvoiceDraftCancelled,
  InvoiceDraftChanged,
  InvoiceDrafted,
  InvoiceIssueRequested,
  InvoiceIssued,
} from '../../domain/invoicing/invoice.events.ts'
import { AllocationReversed, PaymentAllocated } from '../../domain/invoicing/receivable.events.ts'
import { lineNet, sum } from '../../domain/shared/money.ts'
import { column, table } from '../definition.ts'
import type { Handler, On, Projection, Recorded, RowOf } from '../definition.ts'
import { partyColumns, present, searchText, SEARCH_COMMENT } from '../shared.ts'

type Draft = Recorded<typeof InvoiceDrafted | typeof InvoiceDraftChanged>['data']

/** What a draft says so far: VAT is decided when its issue is asked for. */
const draftOf = (draft: Draft) => {
  const orders = [
    ...new Set([...draft.lines.flatMap(l => l.order?.number ?? []), ...draft.freight.map(f => f.number)]),
  ]
  return {
    net: sum([
      ...draft.lines.map(l => lineNet(l.quantity, l.unitPrice, l.discountRate)),
      ...draft.freight.map(f => f.net),
    ]),
    order_numbers: orders,
    purchase_order: draft.purchaseOrder ?? null,
    search: searchText(...orders, draft.purchaseOrder),
  }
}

/** What the frozen content says. */
const contentOf = (content: InvoiceContent, number: string | null) => {
  const { name, person_id } = partyColumns(content.buyer.party)
  const orders = [
    ...new Set([
      ...content.lines.flatMap(l => l.order?.number ?? []),
      ...content.charges.flatMap(c => c.order?.number ?? []),
    ]),
  ]
  return {
    customer_id: content.buyer.customerId,
    currency: content.currency,
    buyer_code: content.buyer.code,
    buyer_name: name,
    buyer_person_id: person_id,
    net: content.totals.net,
    tax: content.totals.tax,
    gross: content.totals.gross,
    payable: content.totals.payable,
    order_numbers: orders,
    purchase_order: content.purchaseOrder ?? null,
    corrects_invoice_id: content.corrects?.invoiceId ?? null,
    corrects_number: content.corrects?.number ?? null,
    search: searchText(number, content.buyer.code, name, content.purchaseOrder, ...orders),
  }
}

const paymentState = (
  payable: bigint | null,
  settled: bigint,
): 'open' | 'partlySettled' | 'settled' | null => {
  if (payable === null) return null
  if (settled === 0n && payable > 0n) return 'open'
  return settled < payable ? 'partlySettled' : 'settled'
}

const unnumbered = {
  number: null,
  series: null,
  sequence: null,
  issued_on: null,
  due_on: null,
  register_stream: null,
  register_revision: null,
  settled: 0n,
  credited: 0n,
  settlement: null,
} as const

const noContent = {
  buyer_code: null,
  buyer_name: null,
  buyer_person_id: null,
  tax: null,
  gross: null,
  payable: null,
  corrects_invoice_id: null,
  corrects_number: null,
} as const

type Allocation = Recorded<typeof PaymentAllocated | typeof AllocationReversed>['data']
/** What an allocation settles of one document: of an invoice paid, or of a credit note used. */
const settledBy = ({ settlements, source }: Allocation, documentId: unknown): bigint =>
  sum(
    source.kind === 'creditNote' && source.id === documentId
      ? settlements.map(s => s.amount)
      : settlements.filter(s => s.invoiceId === documentId).map(s => s.amount),
  )
const documentsOf = ({ data }: { data: Allocation }) => {
  const ids = data.settlements.map(s => s.invoiceId)
  if (data.source.kind === 'creditNote') ids.push(data.source.id)
  return [...new Set(ids)].map(invoice_id => ({ invoice_id }))
}

const columns = {
  invoice_id: column.uuid('Identifier of the invoice or credit note'),
  kind: column.oneOf(['invoice', 'creditNote'], 'Which document'),
  entity_id: column.uuid('Legal entity that sells'),
  customer_id: column.uuid('Customer'),
  state: column.oneOf(
    ['draft', 'cancelled', 'requested', 'issued'],
    'How far it is (requested waits for its number)',
  ),
  currency: column.text('ISO 4217 code'),
  number: column.optional(column.text('Number of the gapless series')),
  series: column.optional(column.text('Series it is numbered in')),
  sequence: column.optional(column.integer('Count behind the number')),
  issued_on: column.optional(column.date('Day of issue')),
  due_on: column.optional(column.date('Day on which it is due')),
  net: column.bigint('Amount without VAT, minor units'),
  tax: column.optional(column.bigint('VAT, minor units; null on a draft')),
  gross: column.optional(column.bigint('Amount with VAT')),
  payable: column.optional(column.bigint('What is to be paid')),
  settled: column.bigint('Of it, what allocations settled; of a credit note, what of it was used'),
  credited: column.bigint('Gross amount of the credit notes that correct it'),
  settlement: column.optional(
    column.oneOf(['open', 'partlySettled', 'settled'], 'Whether it is settled, null before it is issued'),
  ),
  buyer_code: column.optional(column.text('Code of the customer on the document')),
  buyer_name: column.optional(column.text('Name of the company on the document')),
  buyer_person_id: column.optional(column.uuid('The natural person who buys')),
  order_numbers: column.texts('Numbers of the orders billed'),
  purchase_order: column.optional(column.text("The customer's own reference")),
  corrects_invoice_id: column.optional(column.uuid('Invoice that a credit note corrects')),
  corrects_number: column.optional(column.text('Its number')),
  register_stream: column.optional(column.text('Stream of the event that issued it')),
  register_revision: column.optional(column.integer('Revision of that event: its content is read there')),
  search: column.text(SEARCH_COMMENT),
  drafted_by: column.uuid('Who drafted it, or asked for the credit note'),
  changed_at: column.instant('Instant of its last change'),
}
type InvoiceRow = RowOf<typeof columns>
type Handlers = (on: On<InvoiceRow, unknown>) => readonly Handler<InvoiceRow, never>[]

const invoiceOf = (e: { readonly data: { readonly invoiceId: string } }) => [{ invoice_id: e.data.invoiceId }]

/** The row with what an event changes of it. */
const changed = (
  row: InvoiceRow | undefined,
  { recordedAt }: { readonly recordedAt: string },
  change: Partial<InvoiceRow>,
): InvoiceRow => ({ ...present(row), ...change, changed_at: recordedAt })

type Issued = Recorded<typeof InvoiceIssued | typeof CreditNoteIssued>
/** What its number makes of a document. */
const issuedOf = (row: InvoiceRow | undefined, e: Issued) => ({
  state: 'issued' as const,
  number: e.data.number,
  series: e.data.series,
  sequence: e.data.sequence,
  issued_on: e.data.issuedOn,
  register_stream: e.stream,
  register_revision: e.revision,
  ...contentOf(e.data.content, e.data.number),
  settlement: paymentState(e.data.content.totals.payable, present(row).settled),
})

/** Until its number: what a draft says, and what its request froze. */
const drafted: Handlers = on => [
  on(InvoiceDrafted, invoiceOf, (_, { data, recordedAt, actor }) => ({
    invoice_id: data.invoiceId,
    kind: 'invoice',
    entity_id: data.entityId,
    customer_id: data.customerId,
    state: 'draft',
    currency: data.currency,
    ...unnumbered,
    ...noContent,
    ...draftOf(data),
    drafted_by: actor,
    changed_at: recordedAt,
  })),
  on(InvoiceDraftChanged, invoiceOf, (row, e) => changed(row, e, draftOf(e.data))),
  on(
    InvoiceDraftCancelled,
    invoiceOf,
    // A claim whose command never came back is ended by cancelling an invoice that was never drafted.
    (row, e) => row && changed(row, e, { state: 'cancelled' }),
  ),
  on(
    InvoiceIssueRequested,
    // The number comes in milliseconds, with all that was frozen here: this event need not be decoded for it.
    e => [{ invoice_id: e.stream.slice('invoice-'.length) }],
    (row, e) => changed(row, e, { state: 'requested' }),
  ),
  on(
    CreditNoteRequested,
    e => [{ invoice_id: e.data.creditNoteId }],
    (_, { data, recordedAt, actor }) => ({
      invoice_id: data.creditNoteId,
      kind: 'creditNote',
      entity_id: data.entityId,
      state: 'requested',
      ...unnumbered,
      series: data.series,
      ...contentOf(data.content, null),
      drafted_by: actor,
      changed_at: recordedAt,
    }),
  ),
]

/** From its number on: what is left of it. */
const issued: Handlers = on => [
  on(InvoiceIssued, invoiceOf, (row, e) => changed(row, e, { ...issuedOf(row, e), due_on: e.data.dueOn })),
  on(
    CreditNoteIssued,
    e => [{ invoice_id: e.data.creditNoteId }, { invoice_id: e.data.invoiceId }],
    (row, e, key) =>
      key.invoice_id === e.data.creditNoteId
        ? changed(row, e, issuedOf(row, e))
        : changed(row, e, { credited: present(row).credited + e.data.content.totals.gross }),
  ),
  on([PaymentAllocated, AllocationReversed], documentsOf, (row, e, key) => {
    const amount = settledBy(e.data, key.invoice_id)
    const settled = present(row).settled + (e.type === PaymentAllocated.type ? amount : -amount)
    return changed(row, e, { settled, settlement: paymentState(present(row).payable, settled) })
  }),
]

export const invoiceTable = table({
  name: 'invoice',
  comment: 'Invoices and credit notes from draft to settlement',
  columns,
  key: ['invoice_id'],
  history: true,
  measures: ['net', 'tax', 'gross', 'payable', 'settled', 'credited'],
  indexes: [
    { columns: ['number'] },
    { columns: ['issued_on', 'number', 'invoice_id'] },
    { columns: ['customer_id', 'issued_on', 'number', 'invoice_id'] },
    { columns: ['changed_at', 'invoice_id'] },
    { columns: ['gross', 'invoice_id'] },
    { columns: ['search'], using: 'trigrams' },
    { columns: ['due_on', 'invoice_id'], where: `settlement in ('open', 'partlySettled')` },
  ],
  on: on => [...drafted(on), ...issued(on)],
})

export const invoiceLineTable = table({
  name: 'invoice_line',
  comment: 'Lines of issued invoices and credit notes',
  columns: {
    invoice_id: column.uuid('Invoice or credit note'),
    line: column.integer('Number of the line on the document'),
    product_id: column.optional(column.uuid('Product')),
    product_code: column.optional(column.text('Code of the product')),
    name: column.text('What was billed'),
    operation: column.oneOf(['goods', 'services'], 'What was sold'),
    quantity: column.bigint('Quantity billed, 4 decimals'),
    unit: column.text('UN/ECE Recommendation 20 code of the unit'),
    unit_price: column.bigint('Gross price of one unit, 6 decimals'),
    discount_rate: column.bigint('Discount in 1/10,000'),
    net: column.bigint('Net amount, minor units'),
    vat_category: column.text('UNCL5305 category'),
    vat_rate: column.bigint('Rate in 1/10,000'),
    account: column.text('Account of the revenue'),
    order_id: column.optional(column.uuid('Order billed')),
    order_line_id: column.optional(column.uuid('Line of the order')),
  },
  key: ['invoice_id', 'line'],
  appendOnly: true,
  measures: ['net', 'quantity'],
  indexes: [{ columns: ['product_id'] }, { columns: ['order_id'], where: 'order_id is not null' }],
  on: on => {
    const lineOf = (id: string, content: InvoiceContent, line: unknown) => {
      const found = present(content.lines.find(l => Number(l.number) === line))
      return {
        invoice_id: id,
        line: Number(found.number),
        product_id: found.productId ?? null,
        product_code: found.productCode ?? null,
        name: found.name,
        operation: found.operation,
        quantity: found.quantity,
        unit: found.unit,
        unit_price: found.unitPrice,
        discount_rate: found.discountRate,
        net: found.net,
        vat_category: found.vat.category,
        vat_rate: found.vat.rate,
        account: found.account,
        order_id: found.order?.orderId ?? null,
        order_line_id: found.order?.lineId ?? null,
      }
    }
    const idOf = (e: Issued) => (e.type === InvoiceIssued.type ? e.data.invoiceId : e.data.creditNoteId)
    return [
      on(
        [InvoiceIssued, CreditNoteIssued],
        e => e.data.content.lines.map(l => ({ invoice_id: idOf(e), line: Number(l.number) })),
        (_, e, key) => lineOf(idOf(e), e.data.content, key.line),
      ),
    ]
  },
})

export const invoices: Projection = {
  name: 'invoices',
  version: 3,
  comment: 'Invoices and credit notes',
  tables: [invoiceTable, invoiceLineTable],
}
