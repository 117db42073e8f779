import { z } from 'zod'
import { Day, Uuid } from '../../domain/shared/values.ts'
import type { ListField } from '../../projections/lists.ts'

/** What a column's values are on the wire: amounts and other scaled integers are JSON integers. */
const WIRE: Readonly<Record<ListField['type'], () => z.ZodType>> = {
  text: () => z.string(),
  uuid: () => z.string(),
  bigint: () => z.int(),
  integer: () => z.int(),
  boolean: () => z.boolean(),
  date: () => z.string().meta({ format: 'date' }),
  timestamptz: () => z.string().meta({ format: 'date-time' }),
  jsonb: () => z.unknown(),
  'text[]': () => z.array(z.string()),
}

/** What a parameter must look like to be compared with a column. */
const PARAMETER: Readonly<Record<ListField['type'], () => z.ZodType>> = {
  text: () => z.string().max(200),
  uuid: () => Uuid,
  bigint: () => z.string().regex(/^-?\d{1,16}$/),
  integer: () => z.string().regex(/^-?\d{1,9}$/),
  boolean: () => z.enum(['true', 'false']),
  date: () => Day,
  timestamptz: () => z.iso.datetime(),
  jsonb: () => z.never(),
  'text[]': () => z.never(),
}

const wordsOf = ({ values }: ListField): z.ZodType | undefined => values && z.enum(values)

/** A sum, which no bound holds: an integer as far as JSON's are exact, the text of its digits beyond (PROTOCOL 7). */
export const sum = (): z.ZodType<number | string> => z.union([z.int(), z.string().regex(/^-?\d{16,}$/)])

const wireOf = (field: ListField): z.ZodType =>
  wordsOf(field) ?? (field.unbounded ? sum() : WIRE[field.type]())

/** The shape of a row, from the columns it comes from. */
export const fieldSchema = (fields: readonly ListField[]): z.ZodType =>
  z.strictObject(
    Object.fromEntries(
      fields.map(field => {
        const schema = wireOf(field)
        return [field.name, (field.nullable ? schema.nullable() : schema).describe(field.comment)]
      }),
    ),
  )

export const parameterSchema = ({ type, comment }: ListField): z.ZodType =>
  PARAMETER[type]().optional().describe(comment)

/** Asked to equal a value, or one of several where the parameter is repeated. */
export const filterSchema = (field: ListField): z.ZodType => {
  const one = wordsOf(field) ?? PARAMETER[field.type]()
  return z
    .union([one, z.array(one).max(50)])
    .optional()
    .describe(`${field.comment}; may be repeated`)
}
