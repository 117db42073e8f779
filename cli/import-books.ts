import type pg from 'pg'
import type { BookTotals } from '../integrations/import/reconcile.ts'
import { orderLineTable, orderTable, orders } from '../projections/commerce/orders.ts'
import { invoiceLineTable, invoiceTable, invoices } from '../projections/invoicing/invoices.ts'
import { customerBalanceTable, receivables } from '../projections/invoicing/receivables.ts'
import { periodBalance } from '../projections/ledger/balances.ts'
import { ledger } from '../projections/ledger/ledger.ts'
import { periodTable } from '../projections/ledger/periods.ts'
import { schemaOf } from '../projections/definition.ts'

/** Totals of an imported business as the read models have them. */

const T = {
  order: `${schemaOf(orders)}."${orderTable.name}"`,
  orderLine: `${schemaOf(orders)}."${orderLineTable.name}"`,
  invoice: `${schemaOf(invoices)}."${invoiceTable.name}"`,
  invoiceLine: `${schemaOf(invoices)}."${invoiceLineTable.name}"`,
  account: `${schemaOf(ledger)}."${periodBalance.name}"`,
  period: `${schemaOf(ledger)}."${periodTable.name}"`,
  balance: `${schemaOf(receivables)}."${customerBalanceTable.name}"`,
}

/** Projections that these totals are read from. */
export const bookProjections = [orders, invoices, receivables, ledger]

const ORDERS = `
  select count(*)::text as orders, count(*) filter (where delivered = 0)::text as open,
    (select count(*) from ${T.orderLine} l join ${T.order} o using (order_id) where o.entity_id = $1)::text as lines
  from ${T.order} where entity_id = $1`

const INVOICES = `
  select to_char(issued_on, 'YYYY') as year, count(*)::text as invoices, sum(l.net)::text as lines,
    sum(i.net)::text as net, sum(i.tax)::text as vat, sum(i.gross)::text as gross
  from ${T.invoice} i
  cross join lateral (select coalesce(sum(net), 0) as net from ${T.invoiceLine} where invoice_id = i.invoice_id) l
  where entity_id = $1 and state = 'issued' and kind = 'invoice' group by 1 order by 1`

const LEDGER = `
  select left(period, 4) as year,
    coalesce(sum(credit - debit) filter (where account like '70%' and account <> $2), 0)::text as revenue,
    coalesce(sum(credit - debit) filter (where account = $2), 0)::text as freight,
    coalesce(sum(credit - debit) filter (where account in ($3, $4)), 0)::text as vat,
    coalesce(sum(debit - credit) filter (where account = $5), 0)::text as customers
  from ${T.account} where entity_id = $1 group by 1 order by 1`

const RECEIVABLES = `select customer_code as code, balance::text from ${T.balance} where entity_id = $1`

type Texts<K extends string> = Readonly<Record<K, string>>

/** Accounts that the totals of the ledger are read from. */
export interface ReadAccounts {
  readonly freight: string
  readonly vatCollected: string
  readonly vatCollectedPending: string
  readonly customers: string
}

export const readBooks = async (
  db: pg.Pool,
  entityId: string,
  { freight, vatCollected, vatCollectedPending, customers }: ReadAccounts,
): Promise<BookTotals> => {
  const accounts = [freight, vatCollected, vatCollectedPending, customers]
  const [ordered, invoiced, posted, owed] = await Promise.all([
    db.query<Texts<'orders' | 'open' | 'lines'>>(ORDERS, [entityId]),
    db.query<Texts<'year' | 'invoices' | 'lines' | 'net' | 'vat' | 'gross'>>(INVOICES, [entityId]),
    db.query<Texts<'year' | 'revenue' | 'freight' | 'vat' | 'customers'>>(LEDGER, [entityId, ...accounts]),
    db.query<Texts<'code' | 'balance'>>(RECEIVABLES, [entityId]),
  ])
  return {
    orders: Number(ordered.rows[0]?.orders),
    orderLines: Number(ordered.rows[0]?.lines),
    openOrders: Number(ordered.rows[0]?.open),
    invoices: invoiced.rows.map(({ year, invoices: count, lines, net, vat, gross }) => ({
      year,
      invoices: Number(count),
      lines: BigInt(lines),
      freight: BigInt(net) - BigInt(lines),
      net: BigInt(net),
      vat: BigInt(vat),
      gross: BigInt(gross),
    })),
    ledger: posted.rows.map(row => ({
      year: row.year,
      revenue: BigInt(row.revenue),
      freight: BigInt(row.freight),
      vat: BigInt(row.vat),
      customers: BigInt(row.customers),
    })),
    receivables: new Map(owed.rows.map(({ code, balance }) => [code, BigInt(balance)])),
  }
}

/** Months of an entity that are closed for ever. */
export const closedMonths = async (db: pg.Pool, entityId: string): Promise<readonly string[]> => {
  const { rows } = await db.query<Texts<'period'>>(
    `select period from ${T.period} where entity_id = $1 and state = 'closed' order by period`,
    [entityId],
  )
  return rows.map(({ period }) => period)
}
