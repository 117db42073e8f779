import { z } from 'zod'
import { Uuid } from '../../../domain/shared/values.ts'
import { ledger } from '../../../projections/ledger/ledger.ts'
import { ledgerMoment } from '../../../projections/ledger/moments.queries.ts'
import type { Asked } from '../../../projections/ledger/moments.queries.ts'
import { history } from '../../../projections/organisation/history.ts'
import { requireEntity } from '../../sign-in/rights.ts'
import { visibilityParameters } from '../../visibility.ts'
import type { RouteModule } from '../index.ts'
import { asOfParameter, invalidParameter, reading } from '../reading.ts'

const MomentQuery = z.strictObject({
  entityId: Uuid,
  asOf: asOfParameter,
  at: z.iso.datetime().optional().describe('What was known at this instant'),
  ...visibilityParameters,
})
const ordinal = () => z.int().nullable()
const Moment = z.strictObject({
  ordinal: z.int().describe('Of the event with the last entry known then; 0 before the first'),
  recordedAt: z.string().nullable().describe('When that entry was recorded'),
  journal: z.string().nullable(),
  documentReference: z.string().nullable(),
  earlier: ordinal().describe('The moment before'),
  later: ordinal().describe('The moment after'),
  first: ordinal().describe('The first of all'),
  last: ordinal().describe('The newest'),
})

const askedOf = ({ asOf, at }: z.output<typeof MomentQuery>): Asked => {
  if (at !== undefined && asOf === undefined) return { instant: at }
  if (asOf !== undefined && at === undefined) return { ordinal: Number(asOf) }
  throw invalidParameter('asOf', { fr: '« asOf » ou « at »', en: '"asOf" or "at"' })
}

/** Where the ledger of an entity stood: what its balances and lines are then asked as of. */
export const momentRoute: RouteModule = (app, deps) => {
  app.get('/api/ledger/moment', {
    schema: {
      summary: 'The moment of a ledger that an ordinal or an instant falls into, and those around it',
      querystring: MomentQuery,
      response: { 200: Moment },
    },
    handler: async request => {
      const query = request.query as z.output<typeof MomentQuery>
      requireEntity(request, 'ledger', query.entityId)
      const asked = askedOf(query)
      return reading(deps, request, [ledger, history], db => ledgerMoment(db, query.entityId, asked))
    },
  })
}
