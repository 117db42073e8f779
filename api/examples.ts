/** An example of a wire shape, made from its JSON Schema: what a reader of the description may send as it stands. */

export interface JsonSchema {
  [keyword: string]: unknown
}

/** Values of fields that a pattern alone would not make plausible, by the field's name. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  siren: '732829320',
  siret: '73282932000074',
  vatNumber: 'FR44732829320',
  currency: 'EUR',
  country: 'FR',
  timeZone: 'Europe/Paris',
  postalCode: '75001',
  city: 'Paris',
  iban: 'FR7630006000011234567890189',
  bic: 'AGRIFRPP',
  email: 'comptabilite@exemple.fr',
  login: 'a.martin@exemple.fr',
  pattern: 'F{year}-{number:6}',
  account: '707',
  number: 'C-2026-0001',
  journal: 'OD',
  saleJournal: 'VE',
  operationsJournal: 'OD',
  revenueAccount: '707',
  customers: '411',
  vatCollected: '44571',
  vatCollectedPending: '44574',
  freight: '70851',
  period: '2026-01',
  year: '2026',
  unit: 'C62',
}

const BY_FORMAT: Readonly<Record<string, unknown>> = {
  date: '2026-01-15',
  'date-time': '2026-01-15T09:30:00.000Z',
  email: 'a.martin@exemple.fr',
  uuid: '01932f0c-5a00-7000-8000-000000000001',
}

/** Texts that fit the patterns of the scalar values (domain/shared/values.ts). */
const CANDIDATES = [
  '01932f0c-5a00-7000-8000-000000000001',
  '2026-01-15',
  '2026-01-15T09:30:00.000Z',
  '2026-01',
  'EUR',
  'FR',
  '732829320',
  '73282932000074',
  'F2026-000001',
  'F',
  '707',
  'a',
  '0'.repeat(64),
]

const LINE_ID = '01932f0c-5a00-7000-8000-000000000002'

/** What no schema tells: which of two optional fields a line needs, and that a payment is posted to a bank's journal. */
const BY_COMMAND: Readonly<Record<string, object>> = {
  'commerce.placeOrder': { lines: [{ lineId: LINE_ID, productCode: 'CONSEIL', quantity: 20_000 }] },
  'invoicing.recordPayment': { journal: 'BQ' },
}

/** The example of a command's input. */
export const exampleOfCommand = (command: string, input: JsonSchema): unknown => {
  const example = exampleOf(input)
  return Object.hasOwn(BY_COMMAND, command) ? { ...(example as object), ...BY_COMMAND[command] } : example
}

export const exampleOf = (schema: JsonSchema, name = '', root: JsonSchema = schema): unknown => {
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  const inner = chosen(schema, root)
  return inner ? exampleOf(inner, name, root) : exampleOfType(schema, name, root)
}

/** What a reference or a choice stands for: the first option. */
const chosen = (schema: JsonSchema, root: JsonSchema): JsonSchema | undefined => {
  if (typeof schema['$ref'] === 'string') return resolve(schema['$ref'], root)
  const options = (schema['anyOf'] ?? schema['oneOf']) as readonly JsonSchema[] | undefined
  return options?.[0]
}

const exampleOfType = (schema: JsonSchema, name: string, root: JsonSchema): unknown => {
  switch (schema['type']) {
    case 'object':
      return exampleObject(schema, root)
    case 'array':
      return [exampleOf((schema['items'] ?? {}) as JsonSchema, name, root)]
    case 'integer':
    case 'number':
      return exampleNumber(schema)
    case 'boolean':
      return true
    case 'string':
      return exampleText(schema, name)
    default:
      return null
  }
}

const resolve = (reference: string, root: JsonSchema): JsonSchema =>
  reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter(part => part !== '')
    .reduce<JsonSchema>((at, part) => at[part] as JsonSchema, root)

/** Required fields alone: what is optional is told by the schema. */
const exampleObject = (schema: JsonSchema, root: JsonSchema): unknown => {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>
  const required = (schema['required'] ?? []) as readonly string[]
  return Object.fromEntries(required.map(key => [key, exampleOf(properties[key] ?? {}, key, root)]))
}

const exampleNumber = (schema: JsonSchema): number => {
  const minimum = (schema['minimum'] as number | undefined) ?? Number.NEGATIVE_INFINITY
  const maximum = (schema['maximum'] as number | undefined) ?? Number.POSITIVE_INFINITY
  return Math.min(Math.max(2_000, minimum), maximum)
}

const exampleText = (schema: JsonSchema, name: string): unknown => {
  const patterns = patternsOf(schema)
  const fits = (text: string): boolean => patterns.every(pattern => pattern.test(text))
  const named = BY_NAME[name]
  if (typeof named === 'string' && fits(named)) return named
  const formatted = BY_FORMAT[String(schema['format'])]
  if (formatted !== undefined) return formatted
  const short = name.slice(0, (schema['maxLength'] as number | undefined) ?? 40)
  if (patterns.length === 0 || (short !== '' && fits(short))) return short
  return CANDIDATES.find(fits) ?? short
}

/** A text of several patterns tells them in `allOf`. */
const patternsOf = (schema: JsonSchema): readonly RegExp[] =>
  [schema, ...((schema['allOf'] ?? []) as readonly JsonSchema[])].flatMap(({ pattern }) =>
    typeof pattern === 'string' ? [new RegExp(pattern, 'u')] : [],
  )
