import type { Rejection } from '../domain/shared/aggregate.ts'

/** Which line of an input a refusal names by its `lineId`: counted from 1, as people do. */
export const lineNumber = (rejection: Rejection, input: unknown): number | undefined => {
  const { lineId } = rejection as { readonly lineId?: unknown }
  return typeof lineId === 'string' ? numberIn(input, lineId) : undefined
}

const numberIn = (value: unknown, lineId: string): number | undefined => {
  if (value === null || typeof value !== 'object') return undefined
  const { lines } = value as { readonly lines?: unknown }
  const index = Array.isArray(lines)
    ? lines.findIndex(line => (line as { readonly lineId?: unknown } | null)?.lineId === lineId)
    : -1
  if (index >= 0) return index + 1
  for (const inner of Object.values(value)) {
    const found = numberIn(inner, lineId)
    if (found !== undefined) return found
  }
  return undefined
}
