import { z } from 'zod'
import { withJsonIntegers } from '../domain/shared/json.ts'
import { Bic, Iban, NumberPattern } from '../domain/organisation/legal-entity.events.ts'
import { ElectronicScheme, Siren, Siret, VatNumber } from '../domain/shared/party.ts'
import {
  AccountNumber,
  AxisName,
  BUSINESS_YEARS,
  Code,
  Country,
  Currency,
  Instant,
  Period,
  Sha256,
  Uuid,
  multiline,
  text,
} from '../domain/shared/values.ts'
import type { Sentence } from './definition.ts'
import { unknownCodes } from './known-codes.ts'
import type { InputIssue } from './outcome.ts'

/**
 * Says of a bad input which field it is and what is expected there, in both languages. What was found is told by its
 * kind and size alone: the value may be a person's.
 */

type Issue = z.core.$ZodIssue

export type Parsed =
  | { readonly ok: true; readonly input: unknown }
  | { readonly ok: false; readonly issues: readonly InputIssue[] }

/** At most so many issues of one input are told. */
const ISSUES_MAX = 20

export const parseInput = (schema: z.ZodType, raw: unknown): Parsed => {
  const result = z.safeDecode(schema, raw)
  if (result.success) {
    const unknown = unknownCodes(schema, result.data)
    if (unknown.length === 0) return { ok: true, input: result.data }
    const issues = unknown.slice(0, ISSUES_MAX)
    return {
      ok: false,
      issues: issues.map(({ path, expected }) => told(path, found(at(raw, path)), expected)),
    }
  }
  // An integer may have two: a large input full of faults is not looked through for each of them.
  const issues = result.error.issues
    .slice(0, 2 * ISSUES_MAX)
    .filter(isNarrowest)
    .slice(0, ISSUES_MAX)
  return { ok: false, issues: withFormats(issues, schema, raw).flatMap(issue => tell(issue, [], raw)) }
}

/** Every integer has the bounds of the safe range besides its own: the narrower is told. */
const isNarrowest = (issue: Issue, _: number, all: readonly Issue[]): boolean =>
  !('origin' in issue && issue.origin === 'int') ||
  !all.some(other => other !== issue && other.code === issue.code && isAt(other, issue.path))

const isAt = ({ path }: Issue, other: Path): boolean =>
  path.length === other.length && path.every((key, i) => key === other[i])

/** Where a text is missing, or something else than one is there: what form of text it is, if it is one of a form. */
const withFormats = (issues: readonly Issue[], schema: z.ZodType, raw: unknown): readonly Issue[] => {
  const lacking = issues.filter(isNoText)
  if (lacking.length === 0) return issues
  const probe = z.safeDecode(
    schema,
    lacking.reduce((input, { path }) => withText(input, path), raw),
  )
  const formAt = (path: Path): Issue | undefined =>
    probe.error?.issues.find(issue => isOfAForm(issue) && isAt(issue, path))
  return issues.map(issue => (isNoText(issue) && formAt(issue.path)) || issue)
}

const isNoText = (issue: Issue): boolean => issue.code === 'invalid_type' && issue.expected === 'string'

const isOfAForm = (issue: Issue): boolean =>
  issue.code === 'invalid_format' && !('pattern' in issue && ANY_TEXT.has(issue.pattern))

/** The input, with a text of no form at a path. */
const withText = (value: unknown, [key, ...path]: Path): unknown => {
  if (key === undefined) return '\0'
  if (Array.isArray(value))
    return value.map((item, i) => (i === key ? withText(item, path) : (item as unknown)))
  return {
    ...(value as object),
    [key]: withText((value as Record<PropertyKey, unknown> | undefined)?.[key], path),
  }
}

/** The canonical text of a parsed input: equal inputs, equal texts. What the digest of an input is made of. */
export const inputText = (input: unknown): string => JSON.stringify(input, withJsonIntegers)

type Path = readonly PropertyKey[]

const tell = (issue: Issue, base: Path, raw: unknown): readonly InputIssue[] => {
  const path = [...base, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => told([...path, key], undefined, NO_SUCH_FIELD))
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return closest(issue.errors).flatMap(i => tell(i, path, raw))
  return [told(path, found(at(raw, path)), expectation(issue))]
}

/** Of the options of a union, the one that the input went furthest into. */
const closest = (errors: readonly (readonly Issue[])[]): readonly Issue[] => {
  const depth = (issues: readonly Issue[]): number => Math.max(...issues.map(i => i.path.length))
  return errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? []
}

const told = (path: Path, what: Sentence | undefined, expected: Sentence): InputIssue => {
  const field = path.map(String).join('.')
  return {
    field,
    ...(what !== undefined && { found: what }),
    expected,
    fr: field === '' ? `Attendu : ${expected.fr}.` : `Champ « ${field} » : attendu ${expected.fr}.`,
    en: field === '' ? `Expected ${expected.en}.` : `Field "${field}": expected ${expected.en}.`,
  }
}

const at = (raw: unknown, path: Path): unknown => {
  let value = raw
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

const found = (value: unknown): Sentence => {
  if (value === undefined) return { fr: 'rien', en: 'nothing' }
  if (value === null) return { fr: 'null', en: 'null' }
  if (Array.isArray(value))
    return { fr: `une liste de ${value.length} éléments`, en: `a list of ${value.length} items` }
  if (typeof value === 'string')
    return { fr: `un texte de ${value.length} caractères`, en: `text of ${value.length} characters` }
  if (typeof value === 'number') return { fr: 'un nombre', en: 'a number' }
  return typeof value === 'boolean'
    ? { fr: 'vrai ou faux', en: 'true or false' }
    : { fr: 'un objet', en: 'an object' }
}

const NO_SUCH_FIELD: Sentence = { fr: 'pas de champ de ce nom', en: 'no field of this name' }

const TYPES: Readonly<Record<string, Sentence>> = {
  string: { fr: 'un texte', en: 'a text' },
  // No number of the product has decimals: amounts, quantities and rates are integers of a fixed scale.
  number: { fr: 'un nombre entier', en: 'an integer' },
  int: { fr: 'un nombre entier', en: 'an integer' },
  boolean: { fr: 'vrai ou faux', en: 'true or false' },
  array: { fr: 'une liste', en: 'a list' },
  object: { fr: 'un objet', en: 'an object' },
  record: { fr: 'un objet', en: 'an object' },
}

const FORMATS: Readonly<Record<string, Sentence>> = {
  date: { fr: 'un jour réel AAAA-MM-JJ', en: 'a real day YYYY-MM-DD' },
  datetime: { fr: 'un instant ISO 8601', en: 'an ISO 8601 instant' },
  email: { fr: 'une adresse électronique', en: 'an e-mail address' },
  uuid: { fr: 'un UUID', en: 'a UUID' },
}

const expectation = (issue: Issue): Sentence => {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? { fr: `une valeur ${issue.expected}`, en: `a ${issue.expected}` }
    case 'too_small':
    case 'too_big':
      return bound(issue)
    case 'invalid_format':
      return format(issue)
    case 'invalid_value':
      return oneOf(issue.values.map(String))
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options.map(String)) : ANOTHER
    case 'not_multiple_of':
      return { fr: `un multiple de ${issue.divisor}`, en: `a multiple of ${issue.divisor}` }
    case 'custom':
      return custom(issue)
    default:
      return ANOTHER
  }
}

/** A schema that judges by a function says what it expects in `params.expected`, in both languages. */
const custom = ({ params, message }: Extract<Issue, { code: 'custom' }>): Sentence => {
  const expected = params?.['expected'] as Sentence | undefined
  if (expected) return expected
  return message === '' ? ANOTHER : { fr: message, en: message }
}

const ANOTHER: Sentence = { fr: 'une autre valeur', en: 'another value' }

const oneOf = (values: readonly string[]): Sentence => ({
  fr: `l'une de ces valeurs : ${values.join(', ')}`,
  en: `one of ${values.join(', ')}`,
})

const UNITS: Readonly<Record<string, Sentence>> = {
  string: { fr: ' caractères', en: ' characters' },
  array: { fr: ' éléments', en: ' items' },
}
const NO_UNIT: Sentence = { fr: '', en: '' }

const bound = (issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Sentence => {
  const unit = UNITS[issue.origin] ?? NO_UNIT
  return issue.code === 'too_small'
    ? { fr: `au moins ${issue.minimum}${unit.fr}`, en: `at least ${issue.minimum}${unit.en}` }
    : { fr: `au plus ${issue.maximum}${unit.fr}`, en: `at most ${issue.maximum}${unit.en}` }
}

/** What a person is told instead of a regular expression. */
const TOLD_AS: readonly (readonly [z.ZodType, Sentence])[] = [
  [Uuid, { fr: 'un UUID en minuscules', en: 'a UUID in lower case' }],
  [
    Instant,
    {
      fr: 'un instant ISO 8601 en UTC, aux millisecondes',
      en: 'an ISO 8601 instant in UTC, to the millisecond',
    },
  ],
  [Period, { fr: 'un mois AAAA-MM', en: 'a month YYYY-MM' }],
  [Currency, { fr: 'un code de monnaie ISO 4217, comme EUR', en: 'an ISO 4217 currency code, such as EUR' }],
  [Country, { fr: 'un code de pays ISO 3166-1, comme FR', en: 'an ISO 3166-1 country code, such as FR' }],
  [
    text(1),
    {
      fr: 'une ligne sans caractère de contrôle ni blanc à ses bouts',
      en: 'one line without control characters or blanks at its ends',
    },
  ],
  [multiline(1), { fr: 'un texte sans caractère de contrôle', en: 'a text without control characters' }],
  [
    AccountNumber,
    { fr: 'un numéro de compte : trois chiffres au moins', en: 'an account number: three digits at least' },
  ],
  [
    Code,
    { fr: 'un code de 20 lettres, chiffres ou _ au plus', en: 'a code of at most 20 letters, digits or _' },
  ],
  [
    AxisName,
    {
      fr: 'un nom d’axe : une minuscule, puis 29 lettres au plus',
      en: 'the name of an axis: a small letter, then at most 29 letters',
    },
  ],
  [
    NumberPattern,
    {
      fr: 'un modèle de numéro comme F{year}-{number:6} : lettres, chiffres et + _ / -, l’année au plus une fois, le compteur à la fin',
      en: 'a pattern of numbers such as F{year}-{number:6}: letters, digits and + _ / -, the year at most once, the count at the end',
    },
  ],
  [Sha256, { fr: 'un SHA-256 : 64 chiffres hexadécimaux', en: 'a SHA-256: 64 hexadecimal digits' }],
  [Iban, { fr: 'un IBAN sans espaces, en majuscules', en: 'an IBAN without spaces, in capitals' }],
  [Bic, { fr: 'un BIC : 8 ou 11 lettres et chiffres', en: 'a BIC: 8 or 11 letters and digits' }],
  [
    ElectronicScheme,
    { fr: 'un code de la liste EAS, comme 0225', en: 'a code of the list EAS, such as 0225' },
  ],
  [Siren, { fr: 'un SIREN : neuf chiffres', en: 'a SIREN: nine digits' }],
  [Siret, { fr: 'un SIRET : quatorze chiffres', en: 'a SIRET: fourteen digits' }],
  [
    VatNumber,
    {
      fr: 'un numéro de TVA : code du pays, puis 2 à 13 signes',
      en: 'a VAT number: country code, then 2 to 13 characters',
    },
  ],
]

const patternOf = (schema: z.ZodType): string | undefined =>
  schema.safeParse('\0').error?.issues.find(issue => issue.code === 'invalid_format')?.pattern

/** What any text must be tells nothing of this one. */
const ANY_TEXT: ReadonlySet<string | undefined> = new Set([text(1), multiline(1)].map(patternOf))

const PATTERNS: ReadonlyMap<string | undefined, Sentence> = new Map([
  ...TOLD_AS.map(([schema, sentence]) => [patternOf(schema), sentence] as const),
  [String(BUSINESS_YEARS), { fr: 'une date de 1900 à 2999', en: 'a date from 1900 to 2999' }],
])

const format = (issue: Extract<Issue, { code: 'invalid_format' }>): Sentence => {
  const known = FORMATS[issue.format] ?? PATTERNS.get(issue.pattern)
  if (known) return known
  return {
    fr: `un texte de la forme ${issue.pattern ?? issue.format}`,
    en: `text of the form ${issue.pattern ?? issue.format}`,
  }
}
