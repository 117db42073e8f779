import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Projection } from '../../projections/definition.ts'
import type { Sentence } from '../../commands/definition.ts'
import { BadListRequest, LIMIT_MAX } from '../../projections/lists.ts'
import type { Lookup, Page, Queryable } from '../../projections/lists.ts'
import { documentHistory, eventList } from '../../projections/organisation/history.queries.ts'
import { history } from '../../projections/organisation/history.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { invalidInput } from '../errors.ts'
import { Problem } from '../problems.ts'
import { isNotModified, setRevision } from '../revisions.ts'
import { entitiesOf } from '../sign-in/rights.ts'
import type { Area } from '../sign-in/rights.ts'
import { visibilityParameters, waitUntilVisible } from '../visibility.ts'
import { fieldSchema } from './fields.ts'

/** What the routes of queries have in common: waiting for one's own writes, rights, errors of the database. */

const LIMIT = {
  fr: `un nombre entier de 1 à ${LIMIT_MAX}`,
  en: `an integer from 1 to ${LIMIT_MAX}`,
} as const satisfies Sentence

export const pageParameters = {
  limit: z
    .string()
    .refine(text => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= LIMIT_MAX, { params: { expected: LIMIT } })
    .optional()
    .describe(`Rows of a page: 1 to ${LIMIT_MAX}, 50 when absent`),
  cursor: z.string().min(1).max(1_000).optional().describe('`next` of the page before'),
  ...visibilityParameters,
} as const

interface PageQuery {
  readonly limit?: string | undefined
  readonly cursor?: string | undefined
}

/** The page a query asks for, as the read models want it. */
export const pageOf = ({ limit, cursor }: PageQuery): { limit?: number; cursor?: string } => ({
  ...(limit !== undefined && { limit: Number(limit) }),
  ...(cursor !== undefined && { cursor }),
})

/**
 * Runs a query once its projections are where the caller wants them.
 * @throws Problem INVALID_INPUT for what no page holds, UNAVAILABLE while a read model is being built or is away
 */
export const reading = async <T>(
  deps: ApiDependencies,
  request: FastifyRequest,
  projections: readonly Projection[],
  query: (db: Queryable) => Promise<T>,
): Promise<T> => {
  await waitUntilVisible(deps, request, projections)
  try {
    return await query(deps.readModels)
  } catch (error) {
    throw problemOfQuery(error)
  }
}

/** By PostgreSQL's classes of errors: data out of range is the caller's, what is missing or away is not. */
const problemOfQuery = (error: unknown): unknown => {
  if (error instanceof BadListRequest) return invalidParameter(error.field, error.expected)
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error
  if (code.startsWith('22')) return invalidParameter('', OUT_OF_RANGE)
  if (/^(08|53|57P|42P01|3F000|ECONN|ETIMEDOUT|EPIPE)/.test(code)) return unavailable()
  return error
}

const OUT_OF_RANGE = { fr: 'des valeurs dans leurs bornes', en: 'values within their range' } as const

export const invalidParameter = (field: string, { fr, en }: Sentence): Problem =>
  invalidInput([
    {
      field,
      expected: { fr, en },
      fr: field === '' ? `Attendu : ${fr}.` : `Paramètre « ${field} » : attendu ${fr}.`,
      en: field === '' ? `Expected ${en}.` : `Parameter "${field}": expected ${en}.`,
    },
  ])

const unavailable = (): Problem =>
  new Problem(
    'UNAVAILABLE',
    {
      fr: 'La lecture se prépare ou sa base ne répond pas : réessayez dans un instant.',
      en: 'The read model is being prepared, or its database does not answer: try again in a moment.',
    },
    { retryAfterSeconds: 2 },
  )

export const notFound = (): Problem =>
  new Problem('NOT_FOUND', {
    fr: 'Aucun document ne porte cet identifiant.',
    en: 'No document has this identifier.',
  })

/** One document by its id, and its history. */
export interface DocumentRoute {
  /** The collection: `/api/commerce/orders`. */
  readonly path: string
  readonly summary: string
  readonly area: Area
  /** Of its stream: `<category>-<id>`. */
  readonly category: string
  readonly projection: Projection
  readonly find: Lookup<object>
  /** Columns of the row, for the description. */
  readonly fields: Parameters<typeof fieldSchema>[0]
}

export const IdParameter = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .describe('A UUID'),
})
/** As rows stood once: where their table keeps history. */
export const asOfParameter = z
  .string()
  .regex(/^\d{1,15}$/)
  .optional()
  .describe('As it stood behind the event of this ordinal')

const documentQuery = ({ find }: DocumentRoute) =>
  z.strictObject({ ...visibilityParameters, ...(find.asOf && { asOf: asOfParameter }) })
const HistoryQuery = z.strictObject(pageParameters)

/**
 * The row of a document that this account may read. One of another legal entity is answered as one that does not exist:
 * a link tells nothing to those who may not follow it.
 * @throws Problem NOT_FOUND; FORBIDDEN where the whole area is closed, before anything is looked up
 */
export const readableRow = async (
  request: FastifyRequest,
  row: Promise<object | undefined>,
  area: Area,
): Promise<object> => {
  entitiesOf(request, area)
  const found = await row
  if (!found) throw notFound()
  if ('entityId' in found) requireVisible(request, area, String(found.entityId))
  return found
}

/** @throws Problem NOT_FOUND for a document of a legal entity that this account may not read in */
export const requireVisible = (request: FastifyRequest, area: Area, entityId: string): void => {
  const entities = entitiesOf(request, area)
  if (entities !== 'all' && !entities.includes(entityId)) throw notFound()
}

export const documentRoutes = (app: FastifyInstance, deps: ApiDependencies, route: DocumentRoute): void => {
  app.get(`${route.path}/:id`, {
    schema: {
      summary: route.summary,
      params: IdParameter,
      querystring: documentQuery(route),
      response: { 200: fieldSchema(route.fields) },
    },
    handler: (request, reply) => answerDocument(deps, route, request, reply),
  })
  app.get(`${route.path}/:id/history`, {
    schema: {
      summary: `${route.summary}: everything that concerns it, in the order of the log`,
      params: IdParameter,
      querystring: HistoryQuery,
      response: { 200: pageSchema(fieldSchema(eventList.columns)) },
    },
    handler: async (request, reply) => {
      const { id } = request.params as z.output<typeof IdParameter>
      const page = pageOf(request.query as z.output<typeof HistoryQuery>)
      return reading(deps, request, [route.projection, history], async db => {
        await readableRow(request, route.find(db, id), route.area)
        return sendPage(reply, await documentHistory(db, { stream: `${route.category}-${id}`, ...page }))
      })
    },
  })
}

const answerDocument = async (
  deps: ApiDependencies,
  { projection, find, area, category }: DocumentRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> => {
  const { id } = request.params as z.output<typeof IdParameter>
  const { asOf } = request.query as { readonly asOf?: string }
  if (asOf !== undefined && find.asOf) {
    const then = find.asOf
    return reading(deps, request, [projection], db => readableRow(request, then(db, Number(asOf), id), area))
  }
  return reading(deps, request, [projection, history], async db => {
    // The revision is read first: the row can only be newer, and a command that trusts the revision is then refused.
    const [last] = (await eventList.page(db, { filter: { stream: `${category}-${id}` }, limit: 1 })).rows
    const row = await readableRow(request, find(db, id), area)
    setRevision(reply, last?.revision)
    if (last && isNotModified(request, last.revision)) return reply.code(304).send()
    return row
  })
}

/** A page on the wire. */
export const pageSchema = (item: z.ZodType): z.ZodType =>
  z.strictObject({ items: z.array(item), next: z.string().optional().describe('Cursor of the next page') })

export const wirePage = <R>({ rows, next }: Page<R>) => ({ items: rows, ...(next !== undefined && { next }) })

/** Sends a page whose rows are JSON already. */
export const sendPage = (reply: FastifyReply, { rows, next }: Page<string>): FastifyReply => {
  const end = next === undefined ? '' : `,"next":${JSON.stringify(next)}`
  return reply.type('application/json; charset=utf-8').send(`{"items":[${rows.join(',')}]${end}}`)
}
