import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Uuid, text } from '../../domain/shared/values.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { accountOf } from '../sign-in/authentication.ts'
import { keep, keptAnswer, keptAt, keptInput, removeKept, rolesOf } from './kept.ts'
import { IdParameter } from './reading.ts'
import { templateRoutes } from './templates.ts'

const PARAMETERS_MAX = 60
const VALUES_MAX = 60
const VALUE_CHARACTERS_MAX = 500
const PINS_MAX = 50

const Value = z.string().max(VALUE_CHARACTERS_MAX)
const List = z
  .string()
  .max(100)
  .regex(/^\/api(\/[a-z-]+){2}$/)
  .describe('Address of the list in this API')

const viewFields = {
  list: List,
  search: z
    .record(z.string().max(60), z.union([Value, z.array(Value).max(VALUES_MAX)]))
    .refine(search => Object.keys(search).length <= PARAMETERS_MAX)
    .describe('What the address of the list asks: filters, sort, groups, columns'),
}
const ViewInput = z.strictObject({ ...viewFields, ...keptInput })
const View = z.strictObject({ viewId: Uuid, ...viewFields, ...keptAnswer })
const ViewsQuery = z.strictObject({ list: List })

const Pins = z.strictObject({
  items: z
    .array(
      z.strictObject({
        to: z
          .string()
          .max(200)
          .regex(/^\/[\w\-/]*$/)
          .describe('Address of the document’s screen'),
        label: text(120),
      }),
    )
    .max(PINS_MAX),
})

/** What people keep for themselves and their team. */
export const preferenceRoutes = (app: FastifyInstance, deps: ApiDependencies): void => {
  viewRoutes(app, deps)
  pinRoutes(app, deps)
  templateRoutes(app, deps)
}

const viewRoutes = (app: FastifyInstance, { preferences, accounts }: ApiDependencies): void => {
  const shelved = (request: FastifyRequest) => {
    const account = accountOf(request)
    return { shelf: preferences.views, account, roles: rolesOf(account.grants) }
  }

  app.get('/api/me/views', {
    schema: {
      summary: 'Views of a list: one’s own, and those that are shared with one’s roles',
      querystring: ViewsQuery,
      response: { 200: z.strictObject({ items: z.array(View) }) },
    },
    handler: async request => {
      const { list } = request.query as z.output<typeof ViewsQuery>
      const kept = await keptAt(accounts, shelved(request), list)
      return {
        items: kept.map(({ id: viewId, place, content: search, ...rest }) => ({
          viewId,
          list: place,
          search,
          ...rest,
        })),
      }
    },
  })

  app.put('/api/me/views/:id', {
    schema: {
      summary: 'Keeps a view of a list, new or changed',
      params: IdParameter,
      body: ViewInput,
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const { id } = request.params as z.output<typeof IdParameter>
      const { list, search, name, sharedWith } = request.body as z.output<typeof ViewInput>
      await keep(shelved(request), { id, place: list, name, content: search, sharedWith })
      return reply.code(204).send()
    },
  })

  app.delete('/api/me/views/:id', {
    schema: { summary: 'Removes a view of one’s own', params: IdParameter, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const { id } = request.params as z.output<typeof IdParameter>
      await removeKept(preferences.views, accountOf(request), id)
      return reply.code(204).send()
    },
  })
}

const pinRoutes = (app: FastifyInstance, { preferences }: ApiDependencies): void => {
  app.get('/api/me/pins', {
    schema: { summary: 'Documents that one keeps at hand', response: { 200: Pins } },
    handler: async request => ({ items: await preferences.pinsOf(accountOf(request).userId) }),
  })

  app.put('/api/me/pins', {
    schema: { summary: 'Which documents one keeps at hand', body: Pins, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const { items } = request.body as z.output<typeof Pins>
      await preferences.putPins(accountOf(request).userId, items)
      return reply.code(204).send()
    },
  })
}
