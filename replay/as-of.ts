import { stateAsOf } from '../projections/as-of.ts'
import type { CutState } from '../projections/as-of.ts'
import type { Projection, Row, RowOf, Table } from '../projections/definition.ts'
import { invoiceLineTable, invoiceTable, invoices } from '../projections/invoicing/invoices.ts'
import { customerBalanceTable, openItemTable, receivables } from '../projections/invoicing/receivables.ts'
import { partyBalance, periodBalance } from '../projections/ledger/balances.ts'
import { accountTable } from '../projections/ledger/chart.ts'
import { ledger } from '../projections/ledger/ledger.ts'
import { fiscalYearTable } from '../projections/ledger/periods.ts'
import type { TrialBalance } from '../projections/ledger/trial-balance.queries.ts'
import { checkConditions } from './conditions.ts'
import { requireReached } from './cut.ts'
import type { Cut, Resolved, Source } from './cut.ts'
import { trialBalanceOf } from './trial-balance.ts'

/**
 * The state as it was known at an instant, or behind a place in the log: the very folds that write the read models,
 * in memory, over the log cut there (PROTOCOL 11). Only the tables asked for are folded.
 */

export interface AsOf<A> extends Resolved {
  readonly answer: A
}

/** @throws CutBeyondHead */
const folded = async (
  source: Source,
  projection: Projection,
  tables: readonly Table[],
  cut: Cut | undefined,
): Promise<CutState> => {
  const state = await stateAsOf(source, { ...projection, tables }, cut)
  requireReached(cut, state.ordinal)
  return state
}

const answered = <A>({ ordinal, eventId, provisional }: CutState, answer: A): AsOf<A> => ({
  ordinal,
  eventId,
  provisional,
  answer,
})

const rowsOf = <T extends Table>(state: CutState, { name }: T): readonly RowOf<T['columns']>[] =>
  (state.rows.get(name) ?? []) as readonly RowOf<T['columns']>[]

/**
 * Rows of any table whose columns have these values, written as text.
 * @throws FigureUnknown for a column that the table does not have, or a value that its column cannot hold
 */
export const rowsAsOf = async (
  source: Source,
  { projection, table }: { readonly projection: Projection; readonly table: Table },
  where: Readonly<Record<string, string>>,
  cut?: Cut,
): Promise<AsOf<readonly Row[]>> => {
  checkConditions(table, where)
  const state = await folded(source, projection, [table], cut)
  const wanted = Object.entries(where)
  const rows = (state.rows.get(table.name) ?? []).filter(row =>
    wanted.every(([column, value]) => String(row[column] as string | bigint | number) === value),
  )
  return answered(state, rows)
}

export interface TrialBalanceAsOf {
  readonly entityId: string
  /** First and last month, `YYYY-MM`, inclusive. */
  readonly from: string
  readonly to: string
}

/** The trial balance with openings derived, as the query of the same name gives it. */
export const trialBalanceAsOf = async (
  source: Source,
  request: TrialBalanceAsOf,
  cut?: Cut,
): Promise<AsOf<TrialBalance>> => {
  const state = await folded(source, ledger, [periodBalance, fiscalYearTable, accountTable], cut)
  const mine = <R extends { readonly entity_id: string }>(rows: readonly R[]) =>
    rows.filter(row => row.entity_id === request.entityId)
  const answer = trialBalanceOf(request, {
    balances: mine(rowsOf(state, periodBalance)),
    years: mine(rowsOf(state, fiscalYearTable)),
    accounts: mine(rowsOf(state, accountTable)),
  })
  return answered(state, answer)
}

export interface PartyState {
  /** What the customer owes, by entity and currency. */
  readonly balances: readonly RowOf<(typeof customerBalanceTable)['columns']>[]
  /** Documents with something left. */
  readonly openItems: readonly RowOf<(typeof openItemTable)['columns']>[]
  /** Movements on the accounts of the ledger, by month. */
  readonly movements: readonly RowOf<(typeof partyBalance)['columns']>[]
}

/** A customer, by id: what was owed, which documents were open, what the ledger held. */
export const partyAsOf = async (source: Source, partyId: string, cut?: Cut): Promise<AsOf<PartyState>> => {
  const owed = await folded(source, receivables, [customerBalanceTable, openItemTable], cut)
  // The same events, also where the log went on meanwhile.
  const held = await folded(source, ledger, [partyBalance], { ordinal: owed.ordinal })
  return answered(owed, {
    balances: rowsOf(owed, customerBalanceTable).filter(row => row.customer_id === partyId),
    openItems: rowsOf(owed, openItemTable).filter(row => row.customer_id === partyId && row.left_open !== 0n),
    movements: rowsOf(held, partyBalance).filter(row => row.party_id === partyId),
  })
}

export interface InvoiceState {
  /** Absent: not drafted yet. */
  readonly invoice: RowOf<(typeof invoiceTable)['columns']> | undefined
  readonly lines: readonly RowOf<(typeof invoiceLineTable)['columns']>[]
}

/** An invoice or credit note, by id: draft, issued, settled in part. */
export const invoiceAsOf = async (
  source: Source,
  invoiceId: string,
  cut?: Cut,
): Promise<AsOf<InvoiceState>> => {
  const state = await folded(source, invoices, [invoiceTable, invoiceLineTable], cut)
  return answered(state, {
    invoice: rowsOf(state, invoiceTable).find(row => row.invoice_id === invoiceId),
    lines: rowsOf(state, invoiceLineTable).filter(row => row.invoice_id === invoiceId),
  })
}
