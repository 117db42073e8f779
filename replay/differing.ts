import { same } from '../domain/shared/same.ts'
import { beginningOf } from '../domain/shared/values.ts'

/** Where two values say different things, for a person: the first place, what is found there and what is expected. */
export interface Differing {
  /** Keys and indexes from the top, joined by dots; '' for the whole. */
  readonly path: string
  readonly found: string
  readonly expected: string
}

const MAX_TEXT = 200

export const shown = (value: unknown): string => {
  const text =
    typeof value === 'string'
      ? value
      : (JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v)) ?? '')
  return text.length > MAX_TEXT ? `${beginningOf(text, MAX_TEXT)}…` : text
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The first difference, depth first; undefined where both say the same. Protected fields are equal by their bytes. */
export const firstDifference = (found: unknown, expected: unknown, path = ''): Differing | undefined => {
  if (same(found, expected, 'different')) return undefined
  if (isObject(found) && isObject(expected) && Array.isArray(found) === Array.isArray(expected))
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      const inside = firstDifference(found[key], expected[key], path === '' ? key : `${path}.${key}`)
      if (inside) return inside
    }
  return { path, found: shown(found), expected: shown(expected) }
}
