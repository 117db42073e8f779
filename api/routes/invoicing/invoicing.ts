import { z } from 'zod'
import { Day, Uuid } from '../../../domain/shared/values.ts'
import { findInvoice, invoiceLineList, invoiceList } from '../../../projections/invoicing/invoices.queries.ts'
import { invoices } from '../../../projections/invoicing/invoices.ts'
import {
  ageing,
  ageingTotals,
  allocationList,
  findPayment,
  openItemList,
  paymentList,
  unallocatedPaymentList,
} from '../../../projections/invoicing/receivables.queries.ts'
import { receivables } from '../../../projections/invoicing/receivables.ts'
import { requireEntity } from '../../sign-in/rights.ts'
import { visibilityParameters } from '../../visibility.ts'
import { sum } from '../fields.ts'
import type { RouteModule } from '../index.ts'
import { commentsRoute } from '../comments.ts'
import { listRoutes, partsRoute } from '../lists.ts'
import { documentRoutes, pageOf, pageParameters, pageSchema, reading, wirePage } from '../reading.ts'
import type { DocumentRoute } from '../reading.ts'
import { storyRoute } from '../story.ts'
import { invoiceContentRoute } from './content.ts'

const area = 'invoicing'

const invoice = {
  path: '/api/invoicing/invoices',
  summary: 'An invoice or credit note',
  area,
  category: 'invoice',
  projection: invoices,
  find: findInvoice,
  fields: findInvoice.columns,
} as const satisfies DocumentRoute

const payment = {
  path: '/api/invoicing/payments',
  summary: 'A payment received',
  area,
  category: 'payment',
  projection: receivables,
  find: findPayment,
  fields: paymentList.columns,
} as const satisfies DocumentRoute

const Buckets = {
  currency: z.string(),
  notDue: sum().describe('Not due yet'),
  days1To30: sum().describe('Overdue by 1 to 30 days'),
  days31To60: sum(),
  days61To90: sum(),
  over90: sum(),
  unallocated: sum().describe('Payments and credit notes not allocated yet: negative'),
  total: sum(),
  items: z.int().describe('How many documents are open'),
}
const AgeingTotalsQuery = z.strictObject({
  entityId: Uuid,
  at: Day.describe('The day that overdue is judged by'),
  ...visibilityParameters,
})
const AgeingQuery = AgeingTotalsQuery.extend(pageParameters)
const AgeingTotals = z.strictObject({ items: z.array(z.strictObject(Buckets)) })
const AgeingPage = pageSchema(
  z.strictObject({ customerId: z.string(), customerCode: z.string(), ...Buckets }),
)

/** Invoices, payments, and what is owed. */
export const invoicingRoutes: RouteModule = (app, deps) => {
  const of = { area, projection: receivables } as const
  listRoutes(app, deps, [
    {
      path: invoice.path,
      summary: 'Invoices and credit notes',
      area,
      projection: invoices,
      list: invoiceList,
    },
    { ...of, path: payment.path, summary: 'Payments received', list: paymentList },
    {
      ...of,
      path: '/api/invoicing/unallocated-payments',
      summary: 'Payments that something is left of',
      list: unallocatedPaymentList,
    },
    { ...of, path: '/api/invoicing/open-items', summary: 'What is not settled', list: openItemList },
    { ...of, path: '/api/invoicing/allocations', summary: 'Allocations', list: allocationList },
  ])
  for (const document of [invoice, payment]) {
    documentRoutes(app, deps, document)
    storyRoute(app, deps, document)
    commentsRoute(app, deps, document)
  }
  invoiceContentRoute(app, deps)
  partsRoute(app, deps, {
    document: invoice,
    name: 'lines',
    summary: 'Lines of an invoice',
    list: invoiceLineList,
    by: 'invoiceId',
  })
  app.get('/api/invoicing/ageing', {
    schema: {
      summary: 'What each customer owes, by how long it has been due',
      querystring: AgeingQuery,
      response: { 200: AgeingPage },
    },
    handler: async request => {
      const { entityId, at, ...page } = request.query as z.output<typeof AgeingQuery>
      requireEntity(request, area, entityId)
      const query = { entityId, at, ...pageOf(page) }
      return wirePage(await reading(deps, request, [receivables], db => ageing(db, query)))
    },
  })
  app.get('/api/invoicing/ageing/totals', {
    schema: {
      summary: 'What is owed in all, by how long it has been due',
      querystring: AgeingTotalsQuery,
      response: { 200: AgeingTotals },
    },
    handler: async request => {
      const { entityId, at } = request.query as z.output<typeof AgeingTotalsQuery>
      requireEntity(request, area, entityId)
      const totals = { entityId, at }
      return { items: await reading(deps, request, [receivables], db => ageingTotals(db, totals)) }
    },
  })
}
