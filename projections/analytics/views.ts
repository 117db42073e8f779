import type pg from 'pg'
import { customers } from '../commerce/customers.ts'
import { orders } from '../commerce/orders.ts'
import { products } from '../commerce/products.ts'
import { schemaOf } from '../definition.ts'
import type { Projection } from '../definition.ts'
import { quote } from '../engine/tables.ts'
import { invoices } from '../invoicing/invoices.ts'
import { receivables } from '../invoicing/receivables.ts'
import { chart } from '../ledger/chart.ts'
import { ledger } from '../ledger/ledger.ts'
import { entities } from '../organisation/entities.ts'

/**
 * The schema for analysts: views over the read models, each column described, amounts in units of currency. A natural
 * person appears only by id. The role `grandlivre_analyst` may read these and nothing else.
 */

export const ANALYST_ROLE = 'grandlivre_analyst'
const SCHEMA = 'analytics'

/** A column: its name, the SQL that gives it, and what it holds. */
type ViewColumn = readonly [name: string, sql: string, comment: string]

export interface View {
  readonly name: string
  readonly comment: string
  readonly columns: readonly ViewColumn[]
  readonly from: string
}

const relation = (projection: Projection, table: string): string =>
  `${quote(schemaOf(projection))}.${quote(table)}`

/** Minor units as units of currency, and other scaled integers likewise. */
const money = (sql: string): string => `(${sql})::numeric / 100`
const quantity = (sql: string): string => `(${sql})::numeric / 10000`
const price = (sql: string): string => `(${sql})::numeric / 1000000`

const entityColumns: readonly ViewColumn[] = [['entity', 'en.code', 'Short code of the legal entity']]
const entityJoin = (id: string): string =>
  `join ${relation(entities, 'legal_entity')} en on en.entity_id = ${id}`
const customerColumns: readonly ViewColumn[] = [
  ['customer_code', 'cu.code', 'Short code of the customer'],
  ['customer_name', 'cu.name', 'Name of the company; null for a natural person'],
  ['customer_country', 'cu.country', 'Country of the customer, ISO 3166-1'],
]
const customerJoin = (id: string): string =>
  `join ${relation(customers, 'customer')} cu on cu.customer_id = ${id}`

export const analyticsViews: readonly View[] = [
  {
    name: 'customer',
    comment: 'Customers as they stand now',
    columns: [
      ['customer_id', 'c.customer_id', 'Identifier of the customer'],
      ['code', 'c.code', 'Short code'],
      ['name', 'c.name', 'Name of the company; null for a natural person'],
      ['person_id', 'c.person_id', 'Identifier of a natural person'],
      ['country', 'c.country', 'Country, ISO 3166-1'],
      ['city', 'c.city', 'City of the company'],
      ['registered_at', 'c.registered_at', 'Instant of registration'],
    ],
    from: `${relation(customers, 'customer')} c`,
  },
  {
    name: 'product',
    comment: 'The catalogue as it stands now',
    columns: [
      ['product_id', 'p.product_id', 'Identifier of the product'],
      ['code', 'p.code', 'Code'],
      ['name', 'p.name', 'Name'],
      ['family', 'p.family', 'Family'],
      ['operation', 'p.operation', 'goods or services'],
      ['unit_price', price('p.unit_price'), 'Gross price of one unit'],
      ['currency', 'p.currency', 'Currency of the price, ISO 4217'],
      ['discontinued', 'p.discontinued', 'No longer offered'],
    ],
    from: `${relation(products, 'product')} p`,
  },
  {
    name: 'sales_order',
    comment: 'Orders of customers, one row each',
    columns: [
      ['order_id', 'o.order_id', 'Identifier of the order'],
      ...entityColumns,
      ...customerColumns,
      ['number', 'o.number', 'Our number'],
      ['state', 'o.state', 'placed, confirmed, partlyDelivered, delivered or cancelled'],
      ['ordered_on', 'o.ordered_on', 'Day of the order'],
      ['delivered_on', 'o.delivered_on', 'Day of the last delivery'],
      ['net', money('o.net'), 'Net amount of the lines as ordered'],
      ['freight', money('o.freight'), 'Freight agreed, net'],
      ['currency', 'o.currency', 'Currency, ISO 4217'],
    ],
    from: `${relation(orders, 'order')} o ${entityJoin('o.entity_id')} ${customerJoin('o.customer_id')}`,
  },
  {
    name: 'sales_order_line',
    comment: 'Lines of orders, with what became of them',
    columns: [
      ['order_id', 'l.order_id', 'Identifier of the order'],
      ['position', 'l.position', 'Place in the order, from 1'],
      ['product_code', 'l.product_code', 'Code of the product on the day of the order'],
      ['name', 'l.name', 'Name on the day of the order'],
      ['net', money('l.net'), 'Net amount as ordered'],
      ['ordered', quantity('l.ordered'), 'Quantity ordered'],
      ['delivered', quantity('l.delivered'), 'Quantity delivered'],
      ['cancelled', quantity('l.cancelled'), 'Quantity that will not be delivered'],
      ['billed', quantity('l.billed'), 'Quantity that invoices claim, drafts included'],
    ],
    from: `${relation(orders, 'order_line')} l`,
  },
  {
    name: 'invoice',
    comment: 'Issued invoices and credit notes; credit notes count negative',
    columns: [
      ['invoice_id', 'i.invoice_id', 'Identifier of the document'],
      ['kind', 'i.kind', 'invoice or creditNote'],
      ...entityColumns,
      ...customerColumns,
      ['number', 'i.number', 'Number'],
      ['issued_on', 'i.issued_on', 'Day of issue'],
      ['due_on', 'i.due_on', 'Day on which it is due'],
      ['net', money(`case when i.kind = 'creditNote' then -i.net else i.net end`), 'Amount without VAT'],
      ['tax', money(`case when i.kind = 'creditNote' then -i.tax else i.tax end`), 'VAT'],
      ['gross', money(`case when i.kind = 'creditNote' then -i.gross else i.gross end`), 'Amount with VAT'],
      ['settled', money('i.settled'), 'What payments and credit notes settled of it'],
      ['settlement', 'i.settlement', 'open, partlySettled or settled'],
      ['currency', 'i.currency', 'Currency, ISO 4217'],
    ],
    from:
      `${relation(invoices, 'invoice')} i ${entityJoin('i.entity_id')} ${customerJoin('i.customer_id')} ` +
      `where i.state = 'issued'`,
  },
  {
    name: 'invoice_line',
    comment: 'Lines of issued invoices and credit notes; credit notes count negative',
    columns: [
      ['invoice_id', 'l.invoice_id', 'Identifier of the document'],
      ['line', 'l.line', 'Number of the line'],
      ['issued_on', 'i.issued_on', 'Day of issue'],
      ['customer_code', 'i.buyer_code', 'Short code of the customer on the document'],
      ['product_code', 'l.product_code', 'Code of the product'],
      ['name', 'l.name', 'What was billed'],
      ['operation', 'l.operation', 'goods or services'],
      ['quantity', quantity('l.quantity'), 'Quantity billed'],
      ['net', money(`case when i.kind = 'creditNote' then -l.net else l.net end`), 'Net amount'],
      ['vat_rate', quantity('l.vat_rate'), 'VAT rate: 0.2 is 20 %'],
      ['account', 'l.account', 'Account of the revenue'],
      ['currency', 'i.currency', 'Currency, ISO 4217'],
    ],
    from: `${relation(invoices, 'invoice_line')} l join ${relation(invoices, 'invoice')} i on i.invoice_id = l.invoice_id`,
  },
  {
    name: 'open_item',
    comment: 'What is open of invoices, credit notes and payments',
    columns: [
      ['document_id', 'd.document_id', 'Identifier of the document'],
      ['kind', 'd.kind', 'invoice, creditNote or payment'],
      ...entityColumns,
      ['customer_code', 'd.customer_code', 'Short code of the customer'],
      ['reference', 'd.reference', 'Number or reference'],
      ['document_on', 'd.document_on', 'Day of the document'],
      ['due_on', 'd.due_on', 'Day on which it is due'],
      ['amount', money('d.amount'), 'Amount: owed to us positive, owed by us negative'],
      ['left_open', money('d.left_open'), 'What is left of it'],
      ['currency', 'd.currency', 'Currency, ISO 4217'],
    ],
    from: `${relation(receivables, 'open_item')} d ${entityJoin('d.entity_id')} where d.left_open <> 0`,
  },
  {
    name: 'journal_line',
    comment: 'Lines of the general ledger with their entries',
    columns: [
      ...entityColumns,
      ['journal', 'e.journal', 'Journal code'],
      ['fiscal_year', 'e.fiscal_year', 'Fiscal year'],
      ['number', 'e.number', 'Number of the entry in journal and year'],
      ['line', 'l.line', 'Line of the entry'],
      ['posted_on', 'l.posted_on', 'Posting day'],
      ['document_reference', 'e.document_reference', 'Reference of the document'],
      ['account', 'l.account', 'Account'],
      ['account_label', 'a.label', 'Label of the account'],
      ['party_code', 'l.party_code', 'Code of the third party'],
      ['label', 'l.label', 'Label of the line'],
      ['debit', money('greatest(l.amount, 0)'), 'Debit'],
      ['credit', money('greatest(-l.amount, 0)'), 'Credit'],
      ['axes', 'l.axes', 'Analytic axes, by name'],
      ['event_id', 'e.event_id', 'The event that carries the entry'],
    ],
    from:
      `${relation(ledger, 'entry_line')} l join ${relation(ledger, 'entry')} e on e.ordinal = l.ordinal ` +
      `${entityJoin('l.entity_id')} ` +
      `left join ${relation(chart, 'account')} a on a.entity_id = l.entity_id and a.account = l.account`,
  },
  {
    name: 'account_month',
    comment: 'Movements of each account in each month',
    columns: [
      ...entityColumns,
      ['account', 'b.account', 'Account'],
      ['account_label', 'a.label', 'Label of the account'],
      ['class', 'left(b.account, 1)', 'Class of the account'],
      ['period', 'b.period', 'Month, YYYY-MM'],
      ['debit', money('b.debit'), 'Sum of debits'],
      ['credit', money('b.credit'), 'Sum of credits'],
      ['movement', money('b.debit - b.credit'), 'Debits less credits'],
    ],
    from:
      `${relation(ledger, 'account_period')} b ${entityJoin('b.entity_id')} ` +
      `left join ${relation(chart, 'account')} a on a.entity_id = b.entity_id and a.account = b.account`,
  },
]

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const statementsOf = (schema: string, view: View): readonly string[] => {
  const name = `${schema}.${view.name}`
  return [
    `create view ${name} as select ${view.columns.map(([column, sql]) => `${sql} as ${column}`).join(', ')} from ${view.from}`,
    `comment on view ${name} is ${literal(view.comment)}`,
    ...view.columns.map(
      ([column, , comment]) => `comment on column ${name}.${column} is ${literal(comment)}`,
    ),
  ]
}

const READ: readonly Projection[] = [
  entities,
  customers,
  products,
  orders,
  invoices,
  receivables,
  chart,
  ledger,
]

/** The role is the server's, not the database's; without the right to create it, somebody else grants. */
const CREATE_ROLE = `do $$ begin
  create role ${ANALYST_ROLE} nologin;
exception when duplicate_object or unique_violation or insufficient_privilege then null;
end $$`

/**
 * Makes the views anew over the present tables, beside those that are being read, and puts them in their place. Runs
 * in the transaction of a swap; does nothing as long as a projection they read is missing.
 */
export const makeAnalyticsViews = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ missing: string }>(
    `select count(*)::text as missing from unnest($1::text[]) s where to_regnamespace(s) is null`,
    [READ.map(schemaOf)],
  )
  if (rows[0]?.missing !== '0') return
  await client.query(`drop schema if exists ${SCHEMA}_old cascade`)
  await client.query(`drop schema if exists ${SCHEMA}_new cascade`)
  await client.query(`create schema ${SCHEMA}_new`)
  await client.query(
    `comment on schema ${SCHEMA}_new is 'Read models for analysis: documented views, amounts in units of currency'`,
  )
  for (const view of analyticsViews)
    for (const statement of statementsOf(`${SCHEMA}_new`, view)) await client.query(statement)
  await grant(client)
  const present = await client.query(`select 1 from pg_namespace where nspname = $1`, [SCHEMA])
  if (present.rows.length > 0) await client.query(`alter schema ${SCHEMA} rename to ${SCHEMA}_old`)
  await client.query(`alter schema ${SCHEMA}_new rename to ${SCHEMA}`)
}

const grant = async (client: pg.ClientBase): Promise<void> => {
  await client.query(CREATE_ROLE)
  const role = await client.query(`select 1 from pg_roles where rolname = $1`, [ANALYST_ROLE])
  if (role.rows.length === 0) return
  await client.query(`grant usage on schema ${SCHEMA}_new to ${ANALYST_ROLE}`)
  await client.query(`grant select on all tables in schema ${SCHEMA}_new to ${ANALYST_ROLE}`)
}
