import { z } from 'zod'
import { isPersonal } from '../../domain/shared/protected.ts'

/**
 * What a schema can hold that none of some stored examples shows: optional fields, options of a union, elements of a
 * list. A field that no example shows is a field whose decoding nothing keeps.
 */
export const unshown = (schema: z.ZodType, examples: readonly unknown[], path = ''): readonly string[] => {
  if (examples.length === 0) return [path]
  if (isPersonal(schema)) return []
  if (schema instanceof z.ZodOptional) return unshown(schema.unwrap() as z.ZodType, examples, path)
  if (schema instanceof z.ZodCodec) return unshown(schema.in as z.ZodType, examples, path)
  if (schema instanceof z.ZodArray) return unshown(schema.element as z.ZodType, examples.flat(), `${path}[]`)
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, field]) =>
      unshown(field, valuesOf(examples, key), path === '' ? key : `${path}.${key}`),
    )
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option, index) =>
      unshown(
        option as z.ZodType,
        examples.filter(example => z.safeDecode(option as z.ZodType, example as never).success),
        `${path}|${index}`,
      ),
    )
  return []
}

const valuesOf = (examples: readonly unknown[], key: string): readonly unknown[] =>
  examples.map(example => (example as Record<string, unknown>)[key]).filter(value => value !== undefined)
