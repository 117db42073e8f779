import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Projection } from '../../projections/definition.ts'
import type { List, ListField, ListRequest } from '../../projections/lists.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { entitiesOf, requireEntity } from '../sign-in/rights.ts'
import type { Area } from '../sign-in/rights.ts'
import { exportRoute } from './exports.ts'
import { fieldSchema, filterSchema, parameterSchema } from './fields.ts'
import {
  IdParameter,
  asOfParameter,
  pageOf,
  pageParameters,
  pageSchema,
  readableRow,
  reading,
  sendPage,
  wirePage,
} from './reading.ts'
import type { DocumentRoute } from './reading.ts'

/** A list of the read models as a route: its filters, ranges, sorts and columns are those it declares. */
export interface ListRoute {
  readonly path: string
  readonly summary: string
  readonly area: Area
  readonly projection: Projection
  readonly list: List<object>
  /** What the rows are told with besides their columns: names, which stand in no table of the list. */
  readonly completed?: {
    readonly fields: readonly ListField[]
    readonly rows: (request: FastifyRequest, rows: readonly object[]) => Promise<readonly object[]>
  }
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>

const sortParameter = (sorts: readonly string[]): z.ZodType =>
  z
    .enum(sorts.flatMap(name => [name, `-${name}`]))
    .optional()
    .describe('A field, upwards; with a minus before it, downwards')

const parameters = (list: List<object>): z.ZodType =>
  z.strictObject({ ...pageParameters, sort: sortParameter(list.sorts), ...narrowing(list) })

const sumsParameters = (list: List<object>): z.ZodType =>
  z.strictObject({
    ...pageParameters,
    ...(list.sums.groups.length > 0 && {
      groupBy: z
        .enum(list.sums.groups)
        .optional()
        .describe('What the rows of a group have in common; absent: all rows are one group'),
    }),
    sort: sortParameter(list.sums.sorts),
    ...narrowing(list),
  })

/** What the rows of a list are narrowed by. */
const narrowing = (list: List<object>): Readonly<Record<string, z.ZodType>> => ({
  ...(list.searchable && {
    search: z
      .string()
      .max(200)
      .optional()
      .describe('Parts of a name, number or code: accents and case do not count'),
  }),
  ...(list.keepsHistory && {
    asOf: asOfParameter,
  }),
  ...Object.fromEntries(list.filters.map(field => [field.name, filterSchema(field)])),
  ...Object.fromEntries(
    list.ranges.flatMap(field => [
      [`${field.name}From`, parameterSchema(field)],
      [`${field.name}To`, parameterSchema(field)],
    ]),
  ),
})

const named = (
  query: Query,
  fields: readonly ListField[],
  suffix: string,
): Record<string, string | undefined> =>
  Object.fromEntries(fields.map(({ name }) => [name, query[`${name}${suffix}`] as string | undefined]))

const requestOf = (list: List<object>, query: Query): ListRequest => {
  const one = (name: string) => query[name] as string | undefined
  const sort = one('sort')
  const asOf = one('asOf')
  return {
    filter: Object.fromEntries(list.filters.map(({ name }) => [name, query[name]])),
    from: named(query, list.ranges, 'From'),
    to: named(query, list.ranges, 'To'),
    search: one('search'),
    ...(sort !== undefined && {
      sort: { by: sort.replace(/^-/, ''), direction: sort.startsWith('-') ? 'desc' : 'asc' },
    }),
    ...(asOf !== undefined && { asOf: Number(asOf) }),
    ...pageOf({ limit: one('limit'), cursor: one('cursor') }),
  }
}

/** Narrows a list to the entities this account may read; what is asked for beyond them is refused, not hidden. */
const withinRights = (request: FastifyRequest, area: Area, list: List<object>, query: Query): Query => {
  const entities = entitiesOf(request, area)
  if (!list.filters.some(field => field.name === 'entityId')) return query
  const asked = query['entityId']
  if (asked === undefined) return entities === 'all' ? query : { ...query, entityId: entities }
  for (const entityId of [asked].flat()) requireEntity(request, area, entityId)
  return query
}

export const listRoutes = (
  app: FastifyInstance,
  deps: ApiDependencies,
  routes: readonly ListRoute[],
): void => {
  for (const route of routes) {
    rowsRoute(app, deps, route)
    sumsRoute(app, deps, route)
  }
}

/** What a request asks of the list, within the rights of who asks. */
const askedOf = (request: FastifyRequest, { area, list }: ListRoute): ListRequest =>
  requestOf(list, withinRights(request, area, list, request.query as Query))

const rowsRoute = (app: FastifyInstance, deps: ApiDependencies, route: ListRoute): void => {
  const { path, summary, projection, list, completed } = route
  const querystring = parameters(list)
  const fields = [...list.columns, ...(completed?.fields ?? [])]
  app.get(path, {
    schema: { summary, querystring, response: { 200: pageSchema(fieldSchema(fields)) } },
    handler: async (request, reply) => {
      const asked = askedOf(request, route)
      return reading(deps, request, [projection, ...list.joined], async db => {
        if (!completed) return sendPage(reply, await list.json(db, asked))
        const { rows, next } = await list.page(db, asked)
        return wirePage({ rows: await completed.rows(request, rows), next })
      })
    },
  })
  exportRoute(app, deps, {
    path,
    summary,
    projections: [projection, ...list.joined, ...list.named],
    querystring,
    fields: list.columns,
    rows: request => {
      const asked = askedOf(request, route)
      return client => list.all(client, asked)
    },
  })
}

const sumsRoute = (app: FastifyInstance, deps: ApiDependencies, route: ListRoute): void => {
  const { projection, list } = route
  const path = `${route.path}/sums`
  const summary = `${route.summary}: how many, and their sums, in all or by group, each currency for itself`
  const querystring = sumsParameters(list)
  const askedFor = (request: FastifyRequest) => {
    const { groupBy } = request.query as { readonly groupBy?: string }
    return { ...askedOf(request, route), groupBy }
  }
  app.get(path, {
    schema: { summary, querystring, response: { 200: pageSchema(fieldSchema(list.sums.columns)) } },
    handler: async (request, reply) => {
      const asked = askedFor(request)
      const read = [projection, ...list.joined]
      return sendPage(reply, await reading(deps, request, read, db => list.sums.json(db, asked)))
    },
  })
  exportRoute(app, deps, {
    path,
    summary,
    projections: [projection, ...list.joined, ...list.named],
    querystring,
    fields: list.sums.columns,
    rows: request => {
      const asked = askedFor(request)
      return client => list.sums.all(client, asked)
    },
  })
}

/** A list of what belongs to one document: whoever may read the document may read it. */
export interface PartsRoute {
  readonly document: DocumentRoute
  /** Below the document: `lines`. */
  readonly name: string
  readonly summary: string
  readonly list: List<object>
  /** The filter that holds the document's id. */
  readonly by: string
}

export const partsRoute = (
  app: FastifyInstance,
  deps: ApiDependencies,
  { document, name, summary, list, by }: PartsRoute,
): void => {
  app.get(`${document.path}/:id/${name}`, {
    schema: {
      summary,
      params: IdParameter,
      querystring: parameters({ ...list, filters: list.filters.filter(field => field.name !== by) }),
      response: { 200: pageSchema(fieldSchema(list.columns)) },
    },
    handler: async (request, reply) => {
      const { id } = request.params as z.output<typeof IdParameter>
      const query = request.query as Query
      const asked = requestOf(list, { ...query, [by]: id })
      return reading(deps, request, [document.projection], async db => {
        await readableRow(request, document.find(db, id), document.area)
        return sendPage(reply, await list.json(db, asked))
      })
    },
  })
}
