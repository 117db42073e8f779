import { join } from 'node:path'
import prettier from 'prettier'
import { openApiDocument } from '../api/openapi.ts'
import { projectFolder } from './home.ts'

/**
 * Types of the API for the screens, from its description: what each address takes and answers, and the input of each
 * command. Written by `npm run docs` and checked like it, so that a screen that asks for what is not there does not
 * compile.
 */

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const COMMAND = '/api/commands/'

/** A JSON schema as a TypeScript type. What says nothing of itself is unknown. */
const typeOf = (schema: Schema): string => {
  const { anyOf, oneOf, allOf, enum: values, const: value } = schema
  if (values) return values.map(v => JSON.stringify(v)).join(' | ')
  if (value !== undefined) return JSON.stringify(value)
  const choices = anyOf ?? oneOf
  if (choices) return choices.map(typeOf).join(' | ')
  if (schema.type === undefined && allOf) return allOf.map(typeOf).join(' & ')
  if (typeof schema.type === 'object') return schema.type.map(type => typeOf({ ...schema, type })).join(' | ')
  switch (schema.type) {
    case 'integer':
      return 'number'
    case 'array':
      return `readonly (${typeOf(schema.items ?? {})})[]`
    case 'object':
      return objectType(schema)
    case undefined:
      return 'unknown'
    default:
      return schema.type
  }
}

const objectType = ({ properties, required = [], additionalProperties }: Schema): string => {
  if (!properties)
    return `Readonly<Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'}>>`
  const fields = Object.entries(properties).map(
    ([name, schema]) =>
      `readonly ${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  )
  return `{ ${fields.join('; ')} }`
}

const parametersType = (place: string, parameters: readonly Parameter[] = []): string => {
  const fields = parameters
    .filter(parameter => parameter.in === place)
    .map(
      ({ name, required, schema }) =>
        `readonly ${JSON.stringify(name)}${required ? '' : '?'}: ${typeOf(schema)}`,
    )
  return `{ ${fields.join('; ')} }`
}

const answerType = ({ responses }: Operation): string => {
  const schema = responses['200']?.content?.['application/json']?.schema
  return schema ? typeOf(schema) : 'undefined'
}

const getType = (path: string, operation: Operation): string =>
  `readonly ${JSON.stringify(path)}: {
    readonly path: ${parametersType('path', operation.parameters)}
    readonly query: ${parametersType('query', operation.parameters)}
    readonly answer: ${answerType(operation)}
  }`

const commandType = (path: string, { requestBody }: Operation): string =>
  `readonly ${JSON.stringify(path.slice(COMMAND.length))}: ${typeOf(requestBody?.content['application/json']?.schema ?? {})}`

/** The file as it is checked in. */
export const apiTypesText = async (): Promise<string> => {
  const { paths } = (await openApiDocument()) as Description
  const operations = Object.entries(paths)
  const gets = operations.flatMap(([path, { get }]) => (get ? [getType(path, get)] : []))
  const commands = operations.flatMap(([path, { post }]) =>
    post && path.startsWith(COMMAND) ? [commandType(path, post)] : [],
  )
  const text = `// Written by \`npm run docs\` from docs/openapi.json. Not edited by hand.

/** What can be read, by address. */
export interface Gets {
${gets.join('\n')}
}

/** The input of each command, by its name. */
export interface Commands {
${commands.join('\n')}
}
`
  const options = await prettier.resolveConfig(join(projectFolder, 'screens', 'api', 'generated.ts'))
  return prettier.format(text, { ...options, parser: 'typescript' })
}
