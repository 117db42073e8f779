import { z } from 'zod'
import { Purpose } from '../../../domain/shared/protected.ts'
import {
  commandDoneList,
  commandRefusedList,
  sensitiveReadList,
  signInRefusedList,
} from '../../../projections/organisation/commands.queries.ts'
import { commands } from '../../../projections/organisation/commands.ts'
import { entities } from '../../../projections/organisation/entities.ts'
import { eventList } from '../../../projections/organisation/history.queries.ts'
import { history } from '../../../projections/organisation/history.ts'
import {
  findLegalEntity,
  findPerson,
  legalEntityList,
  numberSeriesList,
  vatRegimeList,
} from '../../../projections/organisation/organisation.queries.ts'
import { persons } from '../../../projections/organisation/persons.ts'
import { accountOf } from '../../sign-in/authentication.ts'
import { entitiesOf } from '../../sign-in/rights.ts'
import type { Area } from '../../sign-in/rights.ts'
import { visibilityParameters } from '../../visibility.ts'
import type { RouteModule } from '../index.ts'
import { fieldSchema } from '../fields.ts'
import { listRoutes, partsRoute } from '../lists.ts'
import { IdParameter, documentRoutes, notFound, reading } from '../reading.ts'
import { storyRoute } from '../story.ts'
import type { DocumentRoute } from '../reading.ts'

const legalEntity = {
  path: '/api/organisation/legal-entities',
  summary: 'A legal entity',
  area: 'organisation',
  category: 'legalEntity',
  projection: entities,
  find: findLegalEntity,
  fields: legalEntityList.columns,
} as const satisfies DocumentRoute

/** Whose work needs a person's fields, by what they are kept for. */
const AREA_OF_PURPOSE: Readonly<Record<z.output<typeof Purpose>, Area>> = {
  account: 'users',
  prospecting: 'commerce',
  contract: 'commerce',
  accounting: 'invoicing',
}
const PersonQuery = z.strictObject({ purpose: Purpose, ...visibilityParameters })

const organisationLists: RouteModule = (app, deps) => {
  const audit = { area: 'audit', projection: commands } as const
  listRoutes(app, deps, [
    {
      path: legalEntity.path,
      summary: 'Legal entities',
      area: 'organisation',
      projection: entities,
      list: legalEntityList,
    },
    {
      path: '/api/organisation/number-series',
      summary: 'Number series',
      area: 'organisation',
      projection: entities,
      list: numberSeriesList,
    },
    { ...audit, path: '/api/organisation/commands-done', summary: 'Commands done', list: commandDoneList },
    {
      ...audit,
      path: '/api/organisation/commands-refused',
      summary: 'Commands refused',
      list: commandRefusedList,
    },
    {
      ...audit,
      path: '/api/organisation/sensitive-reads',
      summary: 'Sensitive reads',
      list: sensitiveReadList,
    },
    {
      ...audit,
      path: '/api/organisation/sign-ins-refused',
      summary: 'Sign-ins refused',
      list: signInRefusedList,
    },
    {
      area: 'audit',
      projection: history,
      path: '/api/organisation/log',
      summary: 'The whole log without its contents',
      list: eventList,
    },
  ])
}

/** Legal entities, persons, and what was done and refused. */
export const organisationRoutes: RouteModule = (app, deps) => {
  organisationLists(app, deps)
  documentRoutes(app, deps, legalEntity)
  storyRoute(app, deps, legalEntity)
  partsRoute(app, deps, {
    document: legalEntity,
    name: 'series',
    summary: 'Number series of a legal entity',
    list: numberSeriesList,
    by: 'entityId',
  })
  partsRoute(app, deps, {
    document: legalEntity,
    name: 'vat-regimes',
    summary: 'When VAT on services of a legal entity falls due, from which day on',
    list: vatRegimeList,
    by: 'entityId',
  })
  app.get('/api/organisation/persons/:id', {
    schema: {
      summary: 'Fields of a natural person kept for a purpose: a read that is written down',
      params: IdParameter,
      querystring: PersonQuery,
      response: { 200: fieldSchema(findPerson.columns) },
    },
    handler: async request => {
      const { purpose } = request.query as z.output<typeof PersonQuery>
      const { id } = request.params as z.output<typeof IdParameter>
      entitiesOf(request, AREA_OF_PURPOSE[purpose])
      const { userId: actor } = accountOf(request)
      deps.audit.recordSensitiveRead({ actor, query: 'person', subject: `person-${id}`, purpose })
      const row = await reading(deps, request, [persons], db => findPerson(db, id, purpose))
      if (!row) throw notFound()
      return row
    },
  })
}
