import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Role } from '../../domain/organisation/user.events.ts'
import { Uuid, text } from '../../domain/shared/values.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { VIEWS_MAX } from '../preferences/preferences.ts'
import { Problem } from '../problems.ts'
import { accountOf } from '../sign-in/authentication.ts'
import type { Account } from '../sign-in/accounts.ts'
import { IdParameter, invalidParameter, notFound } from './reading.ts'

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
  name: text(80),
  search: z
    .record(z.string().max(60), z.union([Value, z.array(Value).max(VALUES_MAX)]))
    .refine(search => Object.keys(search).length <= PARAMETERS_MAX)
    .describe('What the address of the list asks: filters, sort, groups, columns'),
  sharedWith: z.array(Role).max(Role.options.length).describe('Roles whose holders see it too: one’s own'),
}
const ViewInput = z.strictObject(viewFields)
const View = z.strictObject({
  viewId: Uuid,
  ...viewFields,
  sharedWith: z.array(z.string()),
  mine: z.boolean().describe('Only its owner changes or removes it'),
  ownerName: z.string().optional(),
})
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

const rolesOf = ({ grants }: Account): readonly string[] => [...new Set(grants.map(({ role }) => role))]

/** What people keep for themselves and their team. */
export const preferenceRoutes = (app: FastifyInstance, deps: ApiDependencies): void => {
  viewRoutes(app, deps)
  pinRoutes(app, deps)
}

const viewRoutes = (app: FastifyInstance, { preferences, accounts }: ApiDependencies): void => {
  app.get('/api/me/views', {
    schema: {
      summary: 'Views of a list: one’s own, and those that are shared with one’s roles',
      querystring: ViewsQuery,
      response: { 200: z.strictObject({ items: z.array(View) }) },
    },
    handler: async request => {
      const account = accountOf(request)
      const { list } = request.query as z.output<typeof ViewsQuery>
      const views = await preferences.viewsOf({ userId: account.userId, roles: rolesOf(account) }, list)
      const items = views.map(async ({ ownerId, ...view }) => {
        if (ownerId === account.userId) return { ...view, mine: true }
        const owner = await accounts.personOf(ownerId)
        return { ...view, mine: false, ...(owner && { ownerName: owner.name }) }
      })
      return { items: await Promise.all(items) }
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
      const account = accountOf(request)
      const { id: viewId } = request.params as z.output<typeof IdParameter>
      const view = request.body as z.output<typeof ViewInput>
      if (!view.sharedWith.every(role => rolesOf(account).includes(role))) throw notYourTeam()
      const outcome = await preferences.putView({ viewId, ownerId: account.userId, ...view })
      if (outcome === 'notYours') throw notYours()
      if (outcome === 'tooMany') throw tooMany()
      return reply.code(204).send()
    },
  })

  app.delete('/api/me/views/:id', {
    schema: { summary: 'Removes a view of one’s own', params: IdParameter, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const { id } = request.params as z.output<typeof IdParameter>
      if (!(await preferences.removeView(accountOf(request).userId, id))) throw notFound()
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

const notYourTeam = (): Problem =>
  invalidParameter('sharedWith', {
    fr: 'des rôles que vous avez vous-même',
    en: 'roles that you have yourself',
  })

const tooMany = (): Problem =>
  invalidParameter('name', {
    fr: `${VIEWS_MAX} vues par personne au plus : supprimez-en une`,
    en: `${VIEWS_MAX} views per person at most: remove one`,
  })

const notYours = (): Problem =>
  new Problem('FORBIDDEN', {
    fr: 'Cette vue est celle d’une autre personne : enregistrez la vôtre sous un autre nom.',
    en: 'This view is another person’s: save yours under another name.',
  })
