import { z } from 'zod'
import { Day, Uuid } from '../../../domain/shared/values.ts'
import { ledger } from '../../../projections/ledger/ledger.ts'
import { ledgerMoment } from '../../../projections/ledger/moments.queries.ts'
import type { Asked } from '../../../projections/ledger/moments.queries.ts'
import { entities } from '../../../projections/organisation/entities.ts'
import { history } from '../../../projections/organisation/history.ts'
import { requireEntity } from '../../sign-in/rights.ts'
import { visibilityParameters } from '../../visibility.ts'
import type { RouteModule } from '../index.ts'
import { asOfParameter, invalidParameter, reading } from '../reading.ts'

const MomentQuery = z.strictObject({
  entityId: Uuid,
  asOf: asOfParameter,
  at: z.iso.datetime().optional().describe('What was known at this instant'),
  on: Day.optional().describe('What was known at the end of this day, where the legal entity is'),
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

const askedOf = ({ asOf, at, on }: z.output<typeof MomentQuery>): Asked => {
  const [asked, ...others] = [
    ...(asOf === undefined ? [] : [{ ordinal: Number(asOf) }]),
    ...(at === undefined ? [] : [{ instant: at }]),
    ...(on === undefined ? [] : [{ day: on }]),
  ]
  if (asked && others.length === 0) return asked
  throw invalidParameter('asOf', {
    fr: 'un seul de « asOf », « at » et « on »',
    en: 'one of "asOf", "at" and "on"',
  })
}

/** Where the ledger of an entity stood: what its balances and lines are then asked as of. */
export const momentRoute: RouteModule = (app, deps) => {
  app.get('/api/ledger/moment', {
    schema: {
      summary:
        'The moment of a ledger that an ordinal, an instant or the end of a day falls into, and those around it',
      querystring: MomentQuery,
      response: { 200: Moment },
    },
    handler: async request => {
      const query = request.query as z.output<typeof MomentQuery>
      requireEntity(request, 'ledger', query.entityId)
      const asked = askedOf(query)
      return reading(deps, request, [ledger, history, entities], db =>
        ledgerMoment(db, query.entityId, asked),
      )
    },
  })
}
