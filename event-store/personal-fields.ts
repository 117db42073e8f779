import { z } from 'zod'
import { ProtectedField, isPersonal, purposeOf } from '../domain/shared/protected.ts'
import type { Purpose } from '../domain/shared/protected.ts'

/** Where a clear personal field was found: whose it is, why it is kept, and the key it stands under. */
export interface PersonalPlace {
  readonly personId: string
  readonly purpose: Purpose
  readonly field: string
}

/** What to put in the place of a clear personal field. */
export type ReplacePersonal = (clear: string, place: PersonalPlace) => unknown

/** Copies a value of the stored form (plain JSON) with every clear personal field replaced. */
export type PersonalWalk = (value: unknown, replace: ReplacePersonal) => unknown

interface Group {
  readonly purpose: Purpose
  readonly personId: string
}
type Walk = (value: unknown, replace: ReplacePersonal, group: Group | undefined, field: string) => unknown

const leaf: Walk = (value, replace, group, field) =>
  typeof value === 'string' && group !== undefined ? replace(value, { ...group, field }) : value

/**
 * Compiles the walk of one schema, or undefined where the schema holds no personal field.
 * @throws when a protected field does not lie directly in a group made by `about`: nobody could tell whose it is
 */
export const personalWalk = (schema: z.ZodType): PersonalWalk | undefined => {
  const walk = compile(schema, false)
  return walk && ((value, replace) => walk(value, replace, undefined, ''))
}

type Schema = z.ZodType

const compile = (schema: Schema, inGroup: boolean): Walk | undefined => {
  if (isPersonal(schema)) {
    if (!inGroup) throw new Error('a personal field lies outside a group made by about()')
    return leaf
  }
  if (schema === ProtectedField && !inGroup)
    throw new Error('a protected field lies outside a group made by about()')
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return compile(schema.unwrap() as Schema, inGroup)
  if (schema instanceof z.ZodObject) return compileObject(schema)
  if (schema instanceof z.ZodArray) return compileArray(schema)
  if (schema instanceof z.ZodUnion) return compileUnion(schema)
  if (schema instanceof z.ZodRecord) return compileRecord(schema)
  return undefined
}

const compileObject = (schema: z.ZodObject): Walk | undefined => {
  const purpose = purposeOf(schema)
  const fields = Object.entries(schema.shape).flatMap(([key, child]) => {
    const walk = compile(child as Schema, purpose !== undefined)
    return walk ? [[key, walk] as const] : []
  })
  if (fields.length === 0) return undefined
  return (value, replace, outer) => {
    const copy = { ...(value as Record<string, unknown>) }
    const group = purpose === undefined ? outer : { purpose, personId: copy['personId'] as string }
    for (const [key, walk] of fields)
      if (copy[key] !== undefined) copy[key] = walk(copy[key], replace, group, key)
    return copy
  }
}

const compileArray = (schema: z.ZodArray): Walk | undefined => {
  const walk = compile(schema.element as Schema, false)
  return (
    walk && ((value, replace, group, field) => (value as unknown[]).map(v => walk(v, replace, group, field)))
  )
}

const compileRecord = (schema: z.ZodRecord): Walk | undefined => {
  const walk = compile(schema.valueType as Schema, false)
  return (
    walk &&
    ((value, replace, group) =>
      Object.fromEntries(
        Object.entries(value as Record<string, unknown>).map(([k, v]) => [k, walk(v, replace, group, k)]),
      ))
  )
}

/** Whether a value of a union is one of its option: its discriminator tells, where there is one. */
const belonging = (union: z.ZodUnion, option: Schema): ((value: unknown) => boolean) => {
  const key = union instanceof z.ZodDiscriminatedUnion ? union.def.discriminator : ''
  const tag: unknown = option instanceof z.ZodObject ? option.shape[key] : undefined
  return tag instanceof z.ZodLiteral
    ? value => tag.values.has((value as Record<string, z.core.util.Literal>)[key] ?? null)
    : value => z.safeDecode(option, value).success
}

/** The option that a value belongs to is the first that reads it; options without personal fields copy it. */
const compileUnion = (schema: z.ZodUnion): Walk | undefined => {
  const options = schema.options.map(o => ({
    has: belonging(schema, o as Schema),
    walk: compile(o as Schema, false),
  }))
  if (options.every(o => o.walk === undefined)) return undefined
  return (value, replace, group, field) => {
    const option = options.find(o => o.has(value))
    return option?.walk ? option.walk(value, replace, group, field) : value
  }
}
