import type { ProtectedField } from '../domain/shared/protected.ts'
import type { FactReader } from './definition.ts'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isProtected = (value: unknown): value is ProtectedField => isFields(value) && '$protected' in value

/**
 * Whether an input says what was recorded, its personal fields included: a decision cannot tell, as they are protected
 * there, and would take an input that says something else for a repeat. A field that was erased is not the same.
 */
export const sameInClear = async (
  read: Pick<FactReader, 'reveal'>,
  input: unknown,
  recorded: unknown,
  field = '',
): Promise<boolean> => {
  if (isProtected(recorded)) return (await read.reveal(field, recorded)) === input
  if (Array.isArray(input) && Array.isArray(recorded))
    return (
      input.length === recorded.length && all(input.map((item, i) => sameInClear(read, item, recorded[i])))
    )
  if (!isFields(input) || !isFields(recorded)) return input === recorded
  const names = new Set([...Object.keys(input), ...Object.keys(recorded)])
  return all([...names].map(name => sameInClear(read, input[name], recorded[name], name)))
}

const all = async (answers: readonly Promise<boolean>[]): Promise<boolean> =>
  (await Promise.all(answers)).every(Boolean)
