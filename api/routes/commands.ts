import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { uuidv5 } from '../../event-store/uuid.ts'
import type { Outcome } from '../../commands/outcome.ts'
import type { CommandDescription } from '../../commands/registry.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { invalidInput, streamDamaged } from '../errors.ts'
import { locationOf } from '../locations.ts'
import type { Metrics } from '../metrics.ts'
import { Problem } from '../problems.ts'
import { refusedFields } from '../refused-fields.ts'
import { revisionOfHeader, setRevision } from '../revisions.ts'
import { accountOf } from '../sign-in/authentication.ts'
import { SECRET_COMMANDS } from '../sign-in/secrets.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The command a route carries out: its description is the registry's. */
    command?: CommandDescription
  }
}

const Query = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: answers what the command would record, and records nothing'),
})

const EventSummary = z.strictObject({
  id: z.string(),
  type: z.string(),
  stream: z.string(),
  revision: z.int(),
})
export const CommandAnswer = z
  .strictObject({
    outcome: z.enum(['done', 'nothing', 'preview']),
    commandId: z.string().optional().describe('What `effectsOf` of a query takes'),
    events: z.array(EventSummary).or(z.array(z.unknown())),
    position: z.string().optional().describe('What `minPosition` of a query takes'),
    result: z.strictObject({ number: z.string(), issuedOn: z.string(), eventId: z.string() }).optional(),
  })
  .describe('Recorded; or already so (`nothing`); or, with dryRun, what would be recorded')
const Accepted = z
  .strictObject({
    outcome: z.literal('accepted'),
    commandId: z.string().optional(),
    events: z.array(EventSummary),
    position: z.string(),
  })
  .describe('Recorded; its number is still to come, see Location')

/** One route for each command of the registry. */
export const commandRoutes = (app: FastifyInstance, deps: ApiDependencies, metrics: Metrics): void => {
  const answer = commandAnswerer(deps, metrics)
  for (const command of deps.registry.describe()) {
    if (SECRET_COMMANDS.has(command.name)) continue
    const schema = { querystring: Query, response: { 200: CommandAnswer, 202: Accepted } }
    app.post(`/api/commands/${command.name}`, { config: { command }, schema }, (request, reply) =>
      answer(command.name, request, reply),
    )
  }
  app.post('/api/commands/:name', { schema: { hide: true } }, async () => {
    throw unknownCommand()
  })
}

const unknownCommand = (): Problem =>
  new Problem(
    'UNKNOWN_COMMAND',
    {
      fr: "Aucune commande ne porte ce nom : la liste des commandes est dans la description de l'API.",
      en: 'No command has this name: the commands are listed in the description of the API.',
    },
    {
      errors: [
        {
          field: 'name',
          expected: { fr: 'une commande de /api/openapi.json', en: 'a command of /api/openapi.json' },
        },
      ],
    },
  )

const commandAnswerer =
  ({ commands }: ApiDependencies, metrics: Metrics) =>
  async (name: string, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const actor = accountOf(request)
    const key = keyOf(request)
    if (key !== undefined) request.commandId = uuidv5(actor.userId, key)
    const began = performance.now()
    const outcome = await commands.handle({
      name,
      input: request.body,
      actor,
      key,
      dryRun: (request.query as z.output<typeof Query>).dryRun === 'true',
      expectedRevision: revisionOfHeader(request),
      origin: request.via === 'session' ? 'screen' : 'api',
    })
    metrics.commandAnswered(name, outcome, (performance.now() - began) / 1_000)
    return answerOf(outcome, request.body, reply, request.commandId)
  }

export const keyOf = (request: FastifyRequest): string | undefined => {
  const key = request.headers['idempotency-key']
  return Array.isArray(key) ? key.join() : key
}

/** The HTTP answer of an outcome. @throws Problem for every kind that is none of the caller's wishes */
export const answerOf = (
  outcome: Outcome,
  input: unknown,
  reply: FastifyReply,
  commandId?: string,
): unknown => {
  const command = commandId === undefined ? {} : { commandId }
  switch (outcome.kind) {
    case 'done': {
      const { events, position, issued } = outcome
      setRevision(reply, lastRevision(events))
      const result = issued && { number: issued.number, issuedOn: issued.issuedOn, eventId: issued.id }
      return { outcome: 'done', ...command, events, position, ...(result && { result }) }
    }
    case 'accepted': {
      const location = locationOf(outcome.events[0]?.stream ?? '')
      if (location !== undefined) reply.header('Location', location)
      reply.code(202)
      return { outcome: 'accepted', ...command, events: outcome.events, position: outcome.position }
    }
    case 'nothing':
      return { outcome: 'nothing', events: [] }
    case 'preview':
      return { outcome: 'preview', events: outcome.events }
    default:
      throw problemOfOutcome(outcome, input)
  }
}

/** Revision of the document that the command was about: the last of its first stream. */
const lastRevision = (
  events: readonly { readonly stream: string; readonly revision: number }[],
): number | undefined => events.findLast(event => event.stream === events[0]?.stream)?.revision

type Failed = Exclude<Outcome, { kind: 'done' | 'accepted' | 'nothing' | 'preview' }>

const problemOfOutcome = (outcome: Failed, input: unknown): Problem => {
  switch (outcome.kind) {
    case 'invalid':
      return invalidInput(outcome.issues)
    case 'refused': {
      const { code, ...data } = outcome.rejection
      const errors = refusedFields(outcome.rejection, input, outcome.sentence)
      return new Problem('REFUSED', outcome.sentence, { code, data, errors })
    }
    case 'keyConflict':
      return new Problem('KEY_CONFLICT', outcome.sentence, {
        errors: [
          {
            field: 'Idempotency-Key',
            expected: { fr: 'une clé qui n’a pas encore servi', en: 'a key not used before' },
          },
        ],
      })
    case 'conflict':
      return outcome.reason === 'busy'
        ? new Problem('BUSY', outcome.sentence, { retryAfterSeconds: 1 })
        : new Problem('STALE_REVISION', outcome.sentence, {
            errors: [
              {
                field: 'If-Match',
                expected: {
                  fr: 'la révision actuelle du document',
                  en: 'the present revision of the document',
                },
              },
            ],
          })
    case 'forbidden':
      return new Problem('FORBIDDEN', outcome.sentence, {
        ...(outcome.duty && { code: 'SEPARATION_OF_DUTIES' }),
      })
    case 'unknownCommand':
      return unknownCommand()
    case 'unavailable':
      return outcome.damaged === undefined
        ? new Problem('UNAVAILABLE', outcome.sentence, { retryAfterSeconds: 2 })
        : streamDamaged(outcome.damaged)
  }
}
