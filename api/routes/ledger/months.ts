import { z } from 'zod'
import { Code, Period, Uuid } from '../../../domain/shared/values.ts'
import { invoices } from '../../../projections/invoicing/invoices.ts'
import { receivables } from '../../../projections/invoicing/receivables.ts'
import { chart } from '../../../projections/ledger/chart.ts'
import { closingChecklist } from '../../../projections/ledger/checklist.queries.ts'
import { ledger } from '../../../projections/ledger/ledger.ts'
import { manualEntries } from '../../../projections/ledger/manual-entries.ts'
import { fiscalYears, ledgerMonths } from '../../../projections/ledger/months.queries.ts'
import type { LedgerMonth } from '../../../projections/ledger/months.queries.ts'
import { namesOf } from '../../sign-in/names.ts'
import { requireEntity } from '../../sign-in/rights.ts'
import { visibilityParameters } from '../../visibility.ts'
import type { RouteModule } from '../index.ts'
import { reading } from '../reading.ts'
import { sum } from '../fields.ts'

const area = 'ledger'

const MonthsQuery = z.strictObject({
  entityId: Uuid,
  year: Code.optional().describe(
    'Fiscal year by its name; absent: the one with the first month that is not cut',
  ),
  ...visibilityParameters,
})
const JournalMonth = z.strictObject({
  journal: z.string(),
  entries: z.int(),
  debit: sum().describe('Minor units'),
  credit: sum(),
  firstNumber: z.int().nullable(),
  lastNumber: z.int().nullable(),
  lockedAt: z.string().nullable(),
  lockedByName: z.string().nullable(),
})
const Month = z.strictObject({
  period: z.string(),
  state: z.enum(['open', 'cut', 'closed']),
  cutAt: z.string().nullable(),
  cutByName: z.string().nullable(),
  closedAt: z.string().nullable(),
  agrees: z.boolean().nullable().describe('Whether the ledger still finds what the close stated'),
  moved: z.int().describe('Entries dated in a cut month, and posted here'),
  journals: z.array(JournalMonth),
})
const FiscalYear = z.strictObject({ year: z.string(), startsOn: z.string(), endsOn: z.string() })
const Months = z.strictObject({
  years: z.array(FiscalYear),
  year: z.string().optional().describe('The one whose months these are'),
  journals: z.array(z.strictObject({ journal: z.string(), label: z.string(), kind: z.string() })),
  months: z.array(Month),
})

const PeriodParameter = z.strictObject({ period: Period })
const EntityQuery = z.strictObject({ entityId: Uuid, ...visibilityParameters })
const Checklist = z.strictObject({
  manualDrafts: z.int().describe('Entries by hand, dated in the month or before, that nobody validated'),
  invoiceDrafts: z.int().describe('Drafts of invoices'),
  invoiceRequests: z.int().describe('Invoices that wait for their number'),
  unallocatedPayments: z.int().describe('Payments of the month or before that something is left of'),
})

/** Who did it, by name: those who work on one ledger know each other. */
const named = (names: ReadonlyMap<string, string>) => {
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null))
  return ({ cutBy, journals, ...month }: LedgerMonth) => ({
    ...month,
    cutByName: nameOf(cutBy),
    journals: journals.map(({ lockedBy, ...journal }) => ({ ...journal, lockedByName: nameOf(lockedBy) })),
  })
}

const actorsOf = ({ cutBy, journals }: LedgerMonth): readonly string[] =>
  [cutBy, ...journals.map(({ lockedBy }) => lockedBy)].filter(actor => actor !== null)

/** Fiscal years, their months with their journals, and what is missing before one is closed. */
export const monthRoutes: RouteModule = (app, deps) => {
  app.get('/api/ledger/fiscal-years', {
    schema: {
      summary: 'Fiscal years of a legal entity, in the order of their days',
      querystring: EntityQuery,
      response: { 200: z.strictObject({ items: z.array(FiscalYear) }) },
    },
    handler: async request => {
      const { entityId } = request.query as z.output<typeof EntityQuery>
      requireEntity(request, area, entityId)
      return { items: await reading(deps, request, [ledger], db => fiscalYears(db, entityId)) }
    },
  })
  app.get('/api/ledger/months', {
    schema: {
      summary: 'Months of a fiscal year: state, journals with totals and locks',
      querystring: MonthsQuery,
      response: { 200: Months },
    },
    handler: async request => {
      const { entityId, year } = request.query as z.output<typeof MonthsQuery>
      requireEntity(request, area, entityId)
      const asked = { entityId, ...(year !== undefined && { year }) }
      const { months, ...of } = await reading(deps, request, [ledger, chart], db => ledgerMonths(db, asked))
      return { ...of, months: months.map(named(await namesOf(deps, months.flatMap(actorsOf)))) }
    },
  })
  app.get('/api/ledger/months/:period/checklist', {
    schema: {
      summary: 'What still waits before a month is closed: counts of what the lists show',
      params: PeriodParameter,
      querystring: EntityQuery,
      response: { 200: Checklist },
    },
    handler: async request => {
      const { entityId } = request.query as z.output<typeof EntityQuery>
      requireEntity(request, area, entityId)
      const { period } = request.params as z.output<typeof PeriodParameter>
      const projections = [ledger, manualEntries, invoices, receivables]
      return reading(deps, request, projections, db => closingChecklist(db, { entityId, period }))
    },
  })
}
