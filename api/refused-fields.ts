import type { Sentence } from '../commands/definition.ts'
import type { Rejection } from '../domain/shared/aggregate.ts'
import { withJsonIntegers } from '../domain/shared/json.ts'
import type { FieldError } from './problems.ts'

/** Texts shorter than this are found in an input by chance. */
const TELLING_CHARACTERS_MIN = 3

type Leaf = { readonly path: string; readonly key: string; readonly value: unknown }

/**
 * Which fields of the input a refusal is about: those that hold what the refusal names (`{code: 'PERIOD_CLOSED', day}`
 * is about the field with that day), the one it names by `field`, or the id of what was not found. A field of the same
 * name comes before one of the same value.
 */
export const refusedFields = (
  rejection: Rejection,
  input: unknown,
  sentence: Sentence,
): readonly FieldError[] => {
  const leaves = leavesOf(input, '')
  const fields = new Set<string>()
  for (const [name, value] of Object.entries(rejection as object) as [string, unknown][]) {
    if (name === 'code') continue
    const wire = withJsonIntegers('', value)
    const named =
      leaves.find(leaf => leaf.key === name && leaf.value === wire) ??
      (name === 'field' ? leaves.find(leaf => leaf.path === wire) : undefined)
    const found = named ?? (isTelling(wire) ? leaves.find(leaf => leaf.value === wire) : undefined)
    if (found) fields.add(found.path)
  }
  const missing =
    fields.size === 0 ? (idNotFound(rejection.code, leaves) ?? takenKey(rejection, leaves)) : undefined
  if (missing) fields.add(missing)
  return [...fields].map(field => ({ field, expected: sentence, detail: sentence }))
}

/** `CUSTOMER_NOT_FOUND` is about `customerId`. */
const idNotFound = (code: string, leaves: readonly Leaf[]): string | undefined => {
  const thing = /^(?:LEGAL_)?([A-Z_]+)_NOT_FOUND$/.exec(code)?.[1]
  if (thing === undefined) return undefined
  const name = thing.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return leaves.find(leaf => leaf.key === `${name}Id` || leaf.key === name)?.path
}

/** A key of the kind `orderNumber` is the field `number`: kinds of keys end with the name of what is unique. */
const takenKey = (rejection: Rejection, leaves: readonly Leaf[]): string | undefined => {
  const { kind } = rejection as { readonly kind?: unknown }
  if (rejection.code !== 'KEY_TAKEN' || typeof kind !== 'string') return undefined
  const name = /[A-Za-z][a-z]*$/.exec(kind)?.[0].toLowerCase()
  return leaves.find(({ path }) => path === name)?.path
}

const isTelling = (value: unknown): boolean =>
  typeof value === 'string' && value.length >= TELLING_CHARACTERS_MIN

const leavesOf = (value: unknown, path: string): readonly Leaf[] => {
  if (value === null || typeof value !== 'object') {
    return [{ path, key: path.slice(path.lastIndexOf('.') + 1), value }]
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, path === '' ? key : `${path}.${key}`),
  )
}
