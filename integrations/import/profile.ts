import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Code, Country, text } from '../../domain/shared/values.ts'
import { Company } from './company.ts'
import { ImportFailure } from './errors.ts'
import { INVENTIBLE_COUNTRIES } from './invented.ts'
import { fieldsOf, isRequired, type TableName } from './fields.ts'

/**
 * A profile says how the files of another system are read and which business they are: data, not code. A reader's
 * guide to each part is docs/import.md.
 */

/** How one cell is written. */
const CellShape = {
  /** Text of a cell that means "nothing". An empty cell means it always. */
  empty: z.string().max(20).optional(),
  decimalMark: z.enum(['.', ',']).optional(),
  /** `YYYY`, `MM`, `DD`, `hh`, `mm`, `ss`, `fff` stand for digits. */
  date: z
    .string()
    .max(40)
    .regex(/^(?=.*YYYY)(?=.*MM)(?=.*DD)/)
    .optional(),
  /** Whether 15 % is written 0.15 or 15. */
  rates: z.enum(['fraction', 'percent']).optional(),
}

const Format = z.strictObject({
  separator: z.string().length(1),
  quote: z.string().max(1),
  encoding: z.enum(['utf-8', 'latin1', 'windows-1252']),
  ...CellShape,
  decimalMark: CellShape.decimalMark.unwrap(),
  date: CellShape.date.unwrap(),
  rates: CellShape.rates.unwrap(),
})

const FileName = z
  .string()
  .max(200)
  .regex(/^[^/\\\u0000]+$/)
const ColumnName = z.string().min(1).max(100)

/** Where the value of a field comes from: a column by its name alone, or one of these. */
const FieldSource = z.union([
  ColumnName,
  z.strictObject({
    column: ColumnName,
    ...CellShape,
    /** What the words of the file mean: `{"0": "no", "1": "yes"}`. */
    values: z.record(z.string(), z.string()).optional(),
    /** The cell is the key of a row of another file; that row's `value` is taken. */
    lookup: z.strictObject({ file: FileName, key: ColumnName, value: ColumnName }).optional(),
  }),
  z.strictObject({ constant: z.string().min(1).max(200) }),
  z.strictObject({
    invented: z.enum(['siren', 'vatNumber']),
    forCountries: z.array(Country.and(z.enum(INVENTIBLE_COUNTRIES))).min(1),
  }),
])
export type FieldSource = z.output<typeof FieldSource>

const TableSpec = z.strictObject({
  file: FileName,
  /** What only this file does differently. */
  format: Format.partial().optional(),
  fields: z.record(z.string(), FieldSource),
})
export type TableSpec = z.output<typeof TableSpec>

const Shape = z.strictObject({
  /** Stands in keys and ids of everything imported: renamed, it is another import. */
  profile: Code,
  title: text(100),
  /** What a reader of the profile should know: what is assumed, what is made up. */
  note: text(500).optional(),
  format: Format,
  /** Names of countries that no dictionary has: `{"UK": "GB"}`. */
  countries: z.record(z.string(), Country).default({}),
  customers: TableSpec,
  products: TableSpec,
  orders: TableSpec,
  orderLines: TableSpec,
  /** The seller, set up before the first order. */
  company: Company,
  /** VAT in per cent that sales within the country bear: what the control totals are computed with. */
  controlVatPercent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/),
})

/** Fields must exist, and those that the business needs must come from somewhere. */
export const Profile = Shape.superRefine((profile, context) => {
  for (const table of ['customers', 'products', 'orders', 'orderLines'] as const) {
    const known = fieldsOf(table)
    for (const field of Object.keys(profile[table].fields)) {
      if (known.includes(field)) continue
      const message = `no field of ${table}; known are ${known.join(', ')}`
      context.addIssue({ code: 'custom', path: [table, 'fields', field], message })
    }
    for (const field of known.filter(name => isRequired(table, name))) {
      if (profile[table].fields[field] !== undefined) continue
      const message = `missing: say which column of ${profile[table].file} it is`
      context.addIssue({ code: 'custom', path: [table, 'fields', field], message })
    }
  }
})
export type Profile = z.output<typeof Profile>

/** How a file is cut into cells. */
export type FileFormat = Pick<z.output<typeof Format>, 'separator' | 'quote' | 'encoding'>

/** How a cell is read: the profile's ways, with what its table and its field do differently. */
export interface CellFormat {
  readonly empty: string | undefined
  readonly decimalMark: string
  readonly date: string
  readonly rates: 'fraction' | 'percent'
  readonly countries: Readonly<Record<string, string>>
}

export const formatOfTable = (profile: Profile, table: TableName): z.output<typeof Format> =>
  Format.parse({ ...profile.format, ...profile[table].format })

const PROFILES = join(dirname(fileURLToPath(import.meta.url)), '..', 'profiles')

/**
 * Finds a profile: a name that the project knows (`northwind`), or the path of a JSON file.
 * @throws ImportFailure where there is none, or it says something that no profile can say
 */
export const loadProfile = async (nameOrPath: string): Promise<Profile> => {
  const path = /[./\\]/.test(nameOrPath) ? nameOrPath : join(PROFILES, `${nameOrPath}.json`)
  const parsed = Profile.safeParse(jsonOf(nameOrPath, await textOf(nameOrPath, path)))
  if (parsed.success) return parsed.data
  throw invalidProfile(nameOrPath, parsed.error)
}

const textOf = async (name: string, path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new ImportFailure(
      'PROFILE_UNKNOWN',
      {
        en: `There is no profile "${name}": give the name of one in integrations/profiles, or the path of a JSON file.`,
        fr: `Il n’y a pas de profil « ${name} » : donnez le nom d’un profil de integrations/profiles, ou le chemin d’un fichier JSON.`,
      },
      { profile: name },
    )
  }
}

const jsonOf = (name: string, words: string): unknown => {
  try {
    return JSON.parse(words)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ImportFailure(
      'PROFILE_NOT_JSON',
      {
        en: `The profile "${name}" is not JSON (${reason}).`,
        fr: `Le profil « ${name} » n’est pas du JSON (${reason}).`,
      },
      { profile: name },
    )
  }
}

const invalidProfile = (name: string, error: z.ZodError): ImportFailure => {
  const said = error.issues.map(issue => `${issue.path.map(String).join('.')}: ${issue.message}`).join('; ')
  return new ImportFailure(
    'PROFILE_INVALID',
    {
      en: `The profile "${name}" cannot be used: ${said}.`,
      fr: `Le profil « ${name} » n’est pas utilisable : ${said}.`,
    },
    { profile: name, issues: error.issues.length, field: error.issues[0]?.path.map(String).join('.') ?? '' },
  )
}
