import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { z } from 'zod'
import packageJson from '../package.json' with { type: 'json' }
import type { CommandDescription } from '../commands/registry.ts'
import { exampleOfCommand } from './examples.ts'
import type { JsonSchema } from './examples.ts'

/** The OpenAPI 3.1 description of every route, made from the routes themselves and the registry of commands. */

const wireSchema = (schema: unknown): JsonSchema => {
  const { $schema: _, ...json } = z.toJSONSchema(schema as z.ZodType, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  }) as JsonSchema & { $schema?: string }
  return json
}

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence in the language asked for (fr, en)' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'expected'],
        properties: {
          field: { type: 'string' },
          expected: { type: 'string' },
          found: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
    data: { type: 'object' },
    requestId: { type: 'string' },
  },
} as const satisfies JsonSchema

const PROBLEM_RESPONSE = {
  description: 'A problem (RFC 9457)',
  content: { 'application/problem+json': { schema: PROBLEM_SCHEMA } },
}

interface Document {
  readonly components?: object
  readonly paths?: Record<string, Record<string, { responses?: Record<string, unknown> }>>
}

/** Every operation may answer a problem: described once. */
const withProblems = <D extends Document>(document: D): D => {
  for (const operations of Object.values(document.paths ?? {}))
    for (const operation of Object.values(operations))
      operation.responses = { ...operation.responses, default: { $ref: '#/components/responses/Problem' } }
  return { ...document, components: { ...document.components, responses: { Problem: PROBLEM_RESPONSE } } }
}

const COMMAND_HEADERS = {
  type: 'object',
  required: ['Idempotency-Key'],
  properties: {
    'Idempotency-Key': {
      type: 'string',
      description: 'A key new for each command, the same for its repeats; may be absent with dryRun',
    },
    'If-Match': { type: 'string', description: 'The ETag of the document as the caller saw it' },
  },
} as const

const commandParts = (command: CommandDescription): Record<string, unknown> => {
  const input = { ...(command.input as JsonSchema) }
  delete input['$schema']
  return {
    operationId: command.name,
    summary: command.summary.en,
    description: [
      command.summary.fr,
      `Roles: ${command.roles.join(', ')}${command.perEntity ? ', in the legal entity concerned' : ''}.`,
      ...(command.duty ? [command.duty.en] : []),
    ].join('\n\n'),
    tags: [command.context],
    headers: COMMAND_HEADERS,
    body: { ...input, examples: [exampleOfCommand(command.name, input)] },
  }
}

const responsesOf = (response: unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries((response ?? {}) as Record<string, z.ZodType>).map(([status, schema]) => [
      status,
      { description: schema.description ?? 'The answer', ...wireSchema(schema) },
    ]),
  )

const tagOf = (url: string): string => /^\/api\/([a-zA-Z]+)/.exec(url)?.[1] ?? 'operations'

const transformed = (
  schema: FastifySchema & { hide?: boolean },
  url: string,
  command?: CommandDescription,
) => {
  const { querystring, params, headers, body, response, hide, ...rest } = schema
  return {
    tags: [tagOf(url)],
    ...rest,
    ...(hide && { hide }),
    ...(querystring ? { querystring: wireSchema(querystring) } : {}),
    ...(params ? { params: wireSchema(params) } : {}),
    ...(headers ? { headers: wireSchema(headers) } : {}),
    ...(body ? { body: wireSchema(body) } : {}),
    ...(command && commandParts(command)),
    response: responsesOf(response),
  } as FastifySchema
}

const INTEGERS =
  'Amounts are integers of minor units. A sum of them beyond 2^53 - 1 is the text of its digits: no JSON number is rounded.'

export const describeApi = (app: FastifyInstance): void => {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Grandlivre',
        version: packageJson.version,
        description: [packageJson.description, INTEGERS].join('\n\n'),
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'grandlivre' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transformObject: input => withProblems('openapiObject' in input ? (input.openapiObject as Document) : {}),
    transform: ({ schema, url, route }) => ({
      schema: transformed(
        { ...schema, ...(route.config?.open && { security: [] }) },
        url,
        route.config?.command,
      ),
      url,
    }),
  })
}
