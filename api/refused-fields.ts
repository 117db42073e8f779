import type { RefusalSentence } from '../commands/definition.ts'
import type { Rejection } from '../domain/shared/aggregate.ts'
import type { FieldError } from './problems.ts'

/** Texts shorter than this are found in an input by chance. */
const TELLING_CHARACTERS_MIN = 3

/** Anything in the input that has a name, lists and objects included. */
type Node = { readonly path: string; readonly key: string; readonly value: unknown }

/**
 * Where the fields stand that a refusal is about. Their names are declared with its sentence; of several fields of one
 * name it is the one in the line that the refusal counts, or that holds what the refusal names.
 */
export const refusedFields = (
  rejection: Rejection,
  input: unknown,
  { fields, fr, en }: RefusalSentence,
): readonly FieldError[] => {
  const nodes = nodesOf(input, '')
  const sentence = { fr, en }
  return fields.map(name => ({
    field: placeOf(name, rejection, nodes),
    expected: sentence,
    detail: sentence,
  }))
}

const placeOf = (name: string, rejection: Rejection, nodes: readonly Node[]): string => {
  const { line } = rejection as { readonly line?: unknown }
  if (typeof line === 'number') return `lines.${line - 1}.${name}`
  const named = nodes.filter(({ path, key }) => path === name || key === name)
  const told = valuesOf(rejection)
  const place =
    named.find(({ value }) => told.has(value)) ??
    named.find(({ path }) => isBeside(path, told, nodes)) ??
    nodes.find(({ path, value }) => path.startsWith(`${name}.`) && told.has(value)) ??
    named[0]
  return place?.path ?? name
}

/** Whether a field stands in the same object as a value that the refusal names: the id of its line. */
const isBeside = (path: string, told: ReadonlySet<unknown>, nodes: readonly Node[]): boolean => {
  const within = path.slice(0, path.lastIndexOf('.') + 1)
  return within !== '' && nodes.some(node => told.has(node.value) && node.path === within + node.key)
}

/** What the refusal names of the input: texts, as a number is found there by chance. */
const valuesOf = ({ code: _, ...data }: Rejection): ReadonlySet<unknown> =>
  new Set(
    Object.values(data).filter(value => typeof value === 'string' && value.length >= TELLING_CHARACTERS_MIN),
  )

const nodesOf = (value: unknown, path: string): readonly Node[] => {
  const own: Node = { path, key: path.slice(path.lastIndexOf('.') + 1), value }
  if (value === null || typeof value !== 'object') return [own]
  return [
    own,
    ...Object.entries(value).flatMap(([key, inner]) => nodesOf(inner, path === '' ? key : `${path}.${key}`)),
  ]
}
