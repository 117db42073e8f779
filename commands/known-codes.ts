import { z } from 'zod'
import { COUNTRIES, UNITS } from '../domain/shared/code-lists.ts'
import { Country, Unit } from '../domain/shared/values.ts'
import type { Sentence } from './definition.ts'

/** A code of an input that its list does not hold. */
export interface UnknownCode {
  readonly path: readonly PropertyKey[]
  readonly expected: Sentence
}

interface CodeList {
  readonly codes: ReadonlySet<string>
  readonly expected: Sentence
}

const LISTS: ReadonlyMap<z.ZodType, CodeList> = new Map<z.ZodType, CodeList>([
  [
    Country,
    {
      codes: COUNTRIES,
      expected: { fr: 'un code de pays ISO 3166-1, comme FR', en: 'an ISO 3166-1 country code, such as FR' },
    },
  ],
  [
    Unit,
    {
      codes: UNITS,
      expected: {
        fr: 'une unité de la recommandation 20 de l’ONU, comme C62 (pièce), HUR (heure) ou KGM (kilogramme)',
        en: 'a unit of UN/ECE recommendation 20, such as C62 (piece), HUR (hour) or KGM (kilogram)',
      },
    },
  ],
])

/**
 * Codes that no list holds, wherever the schema of an input says that there is one. Shapes tell only how a code is
 * written: they are those of stored events, which must stay readable whatever becomes of a list.
 */
export const unknownCodes = (
  schema: z.ZodType,
  value: unknown,
  path: readonly PropertyKey[] = [],
): readonly UnknownCode[] => {
  if (value === undefined) return []
  const list = LISTS.get(schema)
  if (list)
    return typeof value === 'string' && list.codes.has(value) ? [] : [{ path, expected: list.expected }]
  if (schema instanceof z.ZodOptional) return unknownCodes(schema.unwrap() as z.ZodType, value, path)
  if (schema instanceof z.ZodArray)
    return (value as readonly unknown[]).flatMap((item, i) =>
      unknownCodes(schema.element as z.ZodType, item, [...path, i]),
    )
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const option = (schema.options as z.ZodType[]).find(each => z.safeEncode(each, value as never).success)
    return option ? unknownCodes(option, value, path) : []
  }
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, field]) =>
    unknownCodes(field, (value as Record<string, unknown>)[key], [...path, key]),
  )
}
