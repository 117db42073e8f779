import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Projection } from '../../projections/definition.ts'
import type { List, ListField, ListRequest } from '../../projections/lists.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { entitiesOf, requireEntity } from '../sign-in/rights.ts'
import type { Area } from '../sign-in/rights.ts'
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

const parameters = (list: List<object>): z.ZodType =>
  z.strictObject({
    ...pageParameters,
    sort: z
      .enum(list.sorts.flatMap(name => [name, `-${name}`]))
      .optional()
      .describe('A field, upwards; with a minus before it, downwards'),
    ...(list.searchable && {
      search: z.string().max(200).optional().describe('Part of a name, number or code'),
    }),
    ...(list.keepsHistory && { asOf: asOfParameter }),
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
  for (const { path, summary, area, projection, list, completed } of routes)
    app.get(path, {
      schema: {
        summary,
        querystring: parameters(list),
        response: { 200: pageSchema(fieldSchema([...list.columns, ...(completed?.fields ?? [])])) },
      },
      handler: async (request, reply) => {
        const query = withinRights(request, area, list, request.query as Query)
        const asked = requestOf(list, query)
        return reading(deps, request, [projection], async db => {
          if (!completed) return sendPage(reply, await list.json(db, asked))
          const { rows, next } = await list.page(db, asked)
          return wirePage({ rows: await completed.rows(request, rows), next })
        })
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
