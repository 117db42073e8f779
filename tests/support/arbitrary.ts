import fc from 'fast-check'
import { z } from 'zod'
import { ProtectedField } from '../../domain/shared/protected.ts'

/**
 * Values that a schema accepts in its decoded (domain) form, made from the schema itself, so that no event can be
 * declared without being tried. Values that a pattern makes rare come from examples, and a string is checked against
 * its schema: what this file cannot make it refuses, and the test that wanted it is red.
 */
export const arbitraryOf = (schema: z.ZodType): fc.Arbitrary<unknown> => {
  if (schema === ProtectedField) return fc.constant(PROTECTED)
  if (schema instanceof z.ZodOptional) return arbitraryOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodNullable) return fc.option(arbitraryOf(schema.unwrap() as z.ZodType))
  if (schema instanceof z.ZodObject) return objectOf(schema)
  if (schema instanceof z.ZodArray) return arrayOf(schema)
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(o => arbitraryOf(o as z.ZodType)))
  if (schema instanceof z.ZodRecord) return recordOf(schema)
  if (schema instanceof z.ZodCodec)
    return arbitraryOf(schema.in as z.ZodType).map(n => BigInt(n as number | string))
  if (schema instanceof z.ZodNumber) return numberOf(schema)
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  return stringOf(schema)
}

const PROTECTED = {
  $protected: `v1.01932f0c-0000-7000-8000-000000000001.${'A'.repeat(16)}.${'B'.repeat(30)}`,
}

const objectOf = (schema: z.ZodObject): fc.Arbitrary<unknown> => {
  const entries = Object.entries(schema.shape) as [string, z.ZodType][]
  const required = entries.filter(([, s]) => !(s instanceof z.ZodOptional)).map(([key]) => key)
  return fc.record(Object.fromEntries(entries.map(([key, s]) => [key, arbitraryOf(s)])), {
    requiredKeys: required,
    noNullPrototype: true,
  })
}

interface CheckDef {
  readonly check: string
  readonly minimum?: number
  readonly maximum?: number
  readonly value?: number
}

/** The bounds that a schema's checks set on a length or a number. */
const boundsOf = (schema: z.ZodType): { min: number | undefined; max: number | undefined } => {
  const checks = (schema._zod.def.checks ?? []).map(c => c._zod.def as CheckDef)
  const of = (name: string) => checks.filter(c => c.check === name)
  const mins = [...of('min_length').map(c => c.minimum), ...of('greater_than').map(c => c.value)]
  const maxs = [...of('max_length').map(c => c.maximum), ...of('less_than').map(c => c.value)]
  return { min: mins.at(-1), max: maxs.at(-1) }
}

/** Long arrays add time and no cases. */
const ARRAY_MAX = 3

const arrayOf = (schema: z.ZodArray): fc.Arbitrary<unknown> => {
  const { min = 0, max = ARRAY_MAX } = boundsOf(schema)
  const maxLength = Math.max(min, Math.min(max, ARRAY_MAX))
  return fc.array(arbitraryOf(schema.element as z.ZodType), { minLength: min, maxLength })
}

const recordOf = (schema: z.ZodRecord): fc.Arbitrary<unknown> =>
  fc.dictionary(
    arbitraryOf(schema.keyType as z.ZodType) as fc.Arbitrary<string>,
    arbitraryOf(schema.valueType as z.ZodType),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  )

const numberOf = (schema: z.ZodNumber): fc.Arbitrary<number> => {
  const { min, max } = boundsOf(schema)
  const range = { min: min ?? Number.MIN_SAFE_INTEGER, max: max ?? Number.MAX_SAFE_INTEGER }
  return fc.oneof(fc.integer(range), fc.constantFrom(range.min, range.max))
}

const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
const digits = (min: number, max = min) =>
  fc.string({ minLength: min, maxLength: max, unit: fc.constantFrom(...'0123456789') })

/** Strings by what their schemas want; each is used only where the schema mostly takes it. */
const CANDIDATES: fc.Arbitrary<string>[] = [
  fc.uuid({ version: 7 }),
  day.map(d => d.toISOString()),
  day.map(d => d.toISOString().slice(0, 10)),
  day.map(d => d.toISOString().slice(0, 7)),
  fc.string({ minLength: 64, maxLength: 64, unit: fc.constantFrom(...'0123456789abcdef') }),
  ...[1, 3, 5, 9, 14].map(n => digits(n)),
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.constantFrom('Zoé Müller', '東京 🚂', 'a "quoted" \\ thing', "l'été", 'é'.repeat(20)),
  fc.bigInt({ min: 2n ** 53n, max: 10n ** 40n - 1n }).map(String),
  fc.constantFrom('EUR', 'USD'),
  fc.constantFrom('FR', 'DE'),
  fc.constantFrom('project', 'department'),
  fc.constantFrom('VE', 'F2026'),
  fc.constantFrom('0225', '9957'),
  fc.constantFrom('411', '44571', '7085X'),
  fc.constantFrom('FR40303265045', 'DE811128135'),
  fc.constantFrom('F{year}-{number:6}', 'A/{number:4}'),
  fc.constantFrom('FR7630006000011234567890189', 'DE89370400440532013000'),
  fc.constantFrom('AGRIFRPP', 'AGRIFRPPXXX'),
]
const SAMPLES = 20

const strings = new WeakMap<z.ZodType, fc.Arbitrary<unknown>>()

const stringOf = (schema: z.ZodType): fc.Arbitrary<unknown> => {
  const known = strings.get(schema) ?? candidatesFor(schema)
  strings.set(schema, known)
  return known
}

const candidatesFor = (schema: z.ZodType): fc.Arbitrary<unknown> => {
  const accepted = (value: string): boolean => schema.safeParse(value).success
  const usable = CANDIDATES.filter(
    candidate => fc.sample(candidate, { numRuns: SAMPLES, seed: 1 }).filter(accepted).length > SAMPLES / 4,
  )
  if (usable.length === 0)
    throw new Error(`no example of ${JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' }))}`)
  return fc.oneof(...usable.map(candidate => candidate.filter(accepted)))
}

/** A value with one thing wrong: what a strict codec must refuse as zod does, or take as zod does. */
export const spoiled = (value: unknown, form: 'stored' | 'domain'): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.nat(), fc.constantFrom(...SPOILS, ...(form === 'domain' ? DOMAIN_SPOILS : [])))
    .map(([at, spoil]) => spoilAt(structuredClone(value), { left: at % (countPlaces(value) || 1) }, spoil))

type Spoil = (value: unknown) => unknown
const EXTRA = Symbol('extra key')
const MISSING = Symbol('missing')
const SPOILS: Spoil[] = [
  () => EXTRA,
  () => MISSING,
  () => null,
  () => 'another text',
  () => 'x'.repeat(2_000),
  () => '',
  () => 1.5,
  () => -0,
  () => 2 ** 53,
  () => -1,
  () => true,
  () => [],
  () => ({}),
  v => [v],
  v => (typeof v === 'string' ? `${v} ` : v),
  v => (typeof v === 'number' ? String(v) : v),
  v => (Array.isArray(v) ? Object.assign({}, v) : v),
]

/** What JSON cannot hold and the domain can. */
const DOMAIN_SPOILS: Spoil[] = [() => 2n ** 53n, () => -1n, () => undefined, () => 10n ** 20n]

const countPlaces = (value: unknown): number =>
  value !== null && typeof value === 'object'
    ? Object.values(value).reduce((sum: number, v) => sum + 1 + countPlaces(v), 0)
    : 0

/** Spoils the n-th place of a tree, counted depth first. */
const spoilAt = (value: unknown, count: { left: number }, spoil: Spoil): unknown => {
  if (value === null || typeof value !== 'object') return value
  const node = value as Record<string, unknown>
  for (const key of Object.keys(node)) {
    if (count.left-- === 0) {
      const next = spoil(node[key])
      if (next === MISSING) Reflect.deleteProperty(node, key)
      else if (next === EXTRA) node['undeclared'] = 1
      else node[key] = next
      return value
    }
    spoilAt(node[key], count, spoil)
    if (count.left < 0) return value
  }
  return value
}
