/** Comparison of decoded data: bigint, text, lists and records; an absent key and an undefined one are the same. */

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isProtected = (value: unknown): boolean => isRecord(value) && '$protected' in value

/**
 * Whether two values say the same. A protected field does not tell what it holds: `hidden` says what to take it for,
 * where one of the two is protected and their bytes differ.
 */
export const same = (a: unknown, b: unknown, hidden: 'same' | 'different'): boolean => {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index], hidden))
  if (isProtected(a) !== isProtected(b)) return hidden === 'same' && a !== undefined && b !== undefined
  if (!isRecord(a) || !isRecord(b)) return false
  if (isProtected(a)) return a['$protected'] === b['$protected'] || hidden === 'same'
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(key => same(a[key], b[key], hidden))
}
