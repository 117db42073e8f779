import { z } from 'zod'
import { isPersonal, type personal } from '../domain/shared/protected.ts'

/**
 * The shape in which a person's data arrives. Events hold a personal field in clear or protected; a command brings it
 * in clear alone, so that nobody can pass off a protected field of somebody else.
 */

type Personal = ReturnType<typeof personal>
type ClearField<F> =
  F extends z.ZodOptional<infer Inner extends z.ZodType>
    ? z.ZodOptional<ClearType<Inner>>
    : F extends z.ZodType
      ? ClearType<F>
      : never
type ClearType<F extends z.ZodType> = F extends Personal ? z.ZodString : F
type ClearShape<S> = { -readonly [K in keyof S]: ClearField<S[K]> }

const clearField = (field: z.ZodType): z.ZodType => {
  if (field instanceof z.ZodOptional) return clearField(field.unwrap() as z.ZodType).optional()
  return isPersonal(field) ? (field as Personal).options[0] : field
}

/** The group of fields about a person (`about`), each personal field as plain text of the same length. */
export const clearText = <S extends z.ZodRawShape>(group: z.ZodObject<S>): z.ZodObject<ClearShape<S>> =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(group.shape).map(([name, field]) => [name, clearField(field as z.ZodType)]),
    ),
  ) as unknown as z.ZodObject<ClearShape<S>>
