import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Uuid } from '../../domain/shared/values.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { accountOf } from '../sign-in/authentication.ts'
import { requireEntity } from '../sign-in/rights.ts'
import { keep, keptAnswer, keptAt, keptInput, removeKept, rolesOf } from './kept.ts'
import { IdParameter } from './reading.ts'

/** Templates of forms: what a form is filled in with, under a name, in the legal entity that it is sent in. */

const CHARACTERS_MAX = 100_000
const FIELD_CHARACTERS_MAX = 60

const CONTEXTS = ['commerce', 'invoicing', 'ledger'] as const

const place = {
  command: z
    .string()
    .regex(new RegExp(`^(${CONTEXTS.join('|')})\\.[a-zA-Z]{1,60}$`))
    .describe('What the form sends'),
  entityId: Uuid,
}
const Place = z.strictObject(place)
const FilledIn = z
  .record(z.string().max(FIELD_CHARACTERS_MAX), z.unknown())
  .refine(filledIn => JSON.stringify(filledIn).length <= CHARACTERS_MAX)
  .describe('What the form is filled in with, by its fields')
const TemplateInput = z.strictObject({ ...place, ...keptInput, filledIn: FilledIn })
const Template = z.strictObject({ templateId: Uuid, ...keptAnswer, filledIn: FilledIn })

/**
 * Who asks, by their roles in the entity alone: what is shared with a role there is nothing to who has it elsewhere.
 * @throws Problem FORBIDDEN where they may not read what the form is about
 */
const readerIn = (request: FastifyRequest, { command, entityId }: z.output<typeof Place>) => {
  const area = command.split('.')[0] as (typeof CONTEXTS)[number]
  requireEntity(request, area, entityId)
  const account = accountOf(request)
  const here = account.grants.filter(grant => grant.entityId === 'all' || grant.entityId === entityId)
  return { account, roles: rolesOf(here) }
}

const placeOf = ({ command, entityId }: z.output<typeof Place>): string => `${command} ${entityId}`

export const templateRoutes = (app: FastifyInstance, { preferences, accounts }: ApiDependencies): void => {
  const shelved = (request: FastifyRequest, asked: z.output<typeof Place>) => ({
    shelf: preferences.templates,
    ...readerIn(request, asked),
  })

  app.get('/api/me/templates', {
    schema: {
      summary:
        'Templates of a form: one’s own, and those that are shared with one’s roles in the legal entity',
      querystring: Place,
      response: { 200: z.strictObject({ items: z.array(Template) }) },
    },
    handler: async request => {
      const asked = request.query as z.output<typeof Place>
      const kept = await keptAt(accounts, shelved(request, asked), placeOf(asked))
      return {
        items: kept.map(({ id: templateId, place: _, content: filledIn, ...rest }) => ({
          templateId,
          filledIn,
          ...rest,
        })),
      }
    },
  })

  app.put('/api/me/templates/:id', {
    schema: {
      summary: 'Keeps a template of a form, new or changed',
      params: IdParameter,
      body: TemplateInput,
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const { id } = request.params as z.output<typeof IdParameter>
      const { name, sharedWith, filledIn, ...asked } = request.body as z.output<typeof TemplateInput>
      const kept = { id, place: placeOf(asked), name, content: filledIn, sharedWith }
      await keep(shelved(request, asked), kept)
      return reply.code(204).send()
    },
  })

  app.delete('/api/me/templates/:id', {
    schema: { summary: 'Removes a template of one’s own', params: IdParameter, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const { id } = request.params as z.output<typeof IdParameter>
      await removeKept(preferences.templates, accountOf(request), id)
      return reply.code(204).send()
    },
  })
}
