import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Period, Uuid } from '../../../domain/shared/values.ts'
import { chart } from '../../../projections/ledger/chart.ts'
import { trialBalanceComparison } from '../../../projections/ledger/comparison.queries.ts'
import { ledger } from '../../../projections/ledger/ledger.ts'
import { trialBalance } from '../../../projections/ledger/trial-balance.queries.ts'
import type { TrialBalanceRequest } from '../../../projections/ledger/trial-balance.queries.ts'
import { requireEntity } from '../../sign-in/rights.ts'
import { visibilityParameters } from '../../visibility.ts'
import { exportRoute } from '../exports.ts'
import type { RouteModule } from '../index.ts'
import { asOfParameter, reading } from '../reading.ts'
import { balanceFields, balanceRows } from './exports.ts'
import { inOrder, inPair } from './ranges.ts'
import { sum } from '../fields.ts'

const area = 'ledger'

const Months = {
  entityId: Uuid,
  from: Period.describe('First month; its fiscal year says where openings begin'),
  to: Period.describe('Last month, inclusive'),
}
const Balance = {
  opening: sum().describe('Debit positive, credit negative, minor units'),
  debit: sum(),
  credit: sum(),
  closing: sum(),
}
const notPosted = z.boolean().describe('The result of earlier years, as long as nobody posted it')

const TrialBalanceQuery = z.strictObject({
  ...Months,
  axis: z
    .string()
    .regex(/^[a-z][A-Za-z]{0,29}$/)
    .optional(),
  value: z.string().max(60).optional().describe('Of the axis'),
  asOf: asOfParameter,
  ...visibilityParameters,
})
const TrialBalance = z.strictObject({
  lines: z.array(
    z.strictObject({
      account: z.string(),
      label: z.string(),
      ...Balance,
      notPosted,
    }),
  ),
  ...Balance,
  yearFrom: z.string(),
})

const ComparisonQuery = z.strictObject({
  ...Months,
  againstFrom: Period.describe('First month that they are compared with'),
  againstTo: Period.describe('Last month of those, inclusive'),
  basis: z
    .enum(['closing', 'movement'])
    .optional()
    .describe('closing, also where absent: balances at the end; movement: debits less credits'),
  ...visibilityParameters,
})
const Compared = {
  value: sum().describe('Debit positive, credit negative, minor units'),
  against: sum(),
  difference: sum(),
  share: z
    .int()
    .nullable()
    .describe('By how much it grew, as a part of `against`, in 1/10,000; null where that is 0'),
}
const Comparison = z.strictObject({
  lines: z.array(z.strictObject({ account: z.string(), label: z.string(), notPosted, ...Compared })),
  total: z.strictObject(Compared),
})

const PATH = '/api/ledger/trial-balance'

/** What is asked, within the rights of who asks. */
const balanceAsked = (request: FastifyRequest): TrialBalanceRequest => {
  const query = request.query as z.output<typeof TrialBalanceQuery>
  const { entityId, from, to, axis, value, asOf } = query
  requireEntity(request, area, entityId)
  inOrder(from, to)
  inPair(query)
  return {
    entityId,
    from,
    to,
    ...(axis !== undefined && value !== undefined && { axis: { name: axis, value } }),
    ...(asOf !== undefined && { asOf: Number(asOf) }),
  }
}

/** The trial balance, alone and against other months. */
export const trialBalanceRoutes: RouteModule = (app, deps) => {
  app.get(PATH, {
    schema: { summary: 'Trial balance', querystring: TrialBalanceQuery, response: { 200: TrialBalance } },
    handler: async request => {
      const asked = balanceAsked(request)
      return reading(deps, request, [ledger, chart], db => trialBalance(db, asked))
    },
  })
  exportRoute(app, deps, {
    path: PATH,
    summary: 'Trial balance',
    projections: [ledger, chart],
    querystring: TrialBalanceQuery,
    fields: balanceFields,
    rows: request => {
      const asked = balanceAsked(request)
      return client => balanceRows(client, asked)
    },
  })
  app.get('/api/ledger/trial-balance/comparison', {
    schema: {
      summary: 'Trial balance of some months against that of others: difference and share',
      querystring: ComparisonQuery,
      response: { 200: Comparison },
    },
    handler: async request => {
      const query = request.query as z.output<typeof ComparisonQuery>
      const { entityId, from, to, againstFrom, againstTo, basis = 'closing' } = query
      requireEntity(request, area, entityId)
      inOrder(from, to)
      inOrder(againstFrom, againstTo, 'againstTo')
      const asked = { entityId, months: { from, to }, against: { from: againstFrom, to: againstTo }, basis }
      return reading(deps, request, [ledger, chart], db => trialBalanceComparison(db, asked))
    },
  })
}
