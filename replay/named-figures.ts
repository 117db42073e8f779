import { z } from 'zod'
import { BUSINESS_YEARS, Period } from '../domain/shared/values.ts'
import type { Projection, Table } from '../projections/definition.ts'
import { invoiceTable, invoices } from '../projections/invoicing/invoices.ts'
import { customerBalanceTable, receivables } from '../projections/invoicing/receivables.ts'
import { periodBalance } from '../projections/ledger/balances.ts'
import { ledger } from '../projections/ledger/ledger.ts'
import { FigureUnknown } from './explain.ts'
import type { Figure } from './explain.ts'

/** Figures as people name them. */

/** A month `YYYY-MM`, or a year `YYYY`, of those that business lies in. */
export const MonthOrYear = z.union([
  Period,
  z
    .string()
    .regex(/^\d{4}$/)
    .refine(year => BUSINESS_YEARS.test(`${year}-`)),
])

export interface AccountRequest {
  readonly entityId: string
  /** Its number; `44*` for all that begin so. */
  readonly account: string
  /** A month `YYYY-MM`, or a year `YYYY`; absent: all that was ever posted. */
  readonly period?: string | undefined
}

/** Movements of an account of the trial balance. */
export const accountFigure = (request: AccountRequest): Figure => ({
  projection: ledger,
  table: periodBalance,
  where: [
    {
      entity_id: request.entityId,
      account: request.account,
      ...(request.period && {
        period: /^\d{4}$/.test(request.period) ? `${request.period}-*` : request.period,
      }),
    },
  ],
})

/** What a customer owes in all, in every entity and currency. */
export const customerFigure = (customerId: string): Figure => ({
  projection: receivables,
  table: customerBalanceTable,
  where: [{ customer_id: customerId }],
})

/** The amounts of an invoice or credit note, and what was settled of it. */
export const invoiceFigure = (invoiceId: string): Figure => ({
  projection: invoices,
  table: invoiceTable,
  where: [{ invoice_id: invoiceId }],
})

export interface NamedTable {
  readonly projection: Projection
  readonly table: Table
}

/**
 * A table by its name, `projection.table`.
 * @throws FigureUnknown
 */
export const tableNamed = (projections: readonly Projection[], name: string): NamedTable => {
  const all = projections.flatMap(projection => projection.tables.map(table => ({ projection, table })))
  const found = all.find(({ projection, table }) => `${projection.name}.${table.name}` === name)
  if (found) return found
  throw new FigureUnknown(
    'table',
    name,
    all.map(({ projection, table }) => `${projection.name}.${table.name}`),
  )
}
