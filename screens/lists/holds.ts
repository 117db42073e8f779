import { isId } from '../frame/address-parts.ts'
import { parseDay } from '../words/formats.ts'

/** What an address may ask of a field: a value that is none of its kind is told, and not asked of the API. */

interface Asking {
  readonly field: string
  /** Of its shape, the kind, and of a choice what can be chosen. */
  readonly as: { readonly kind: string; readonly options?: Readonly<Record<string, unknown>> }
}

const INTEGER = /^-?\d{1,15}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Whether a value is one that the field can be narrowed to. */
export const holds = ({ field, as }: Asking, value: string): boolean => {
  switch (as.kind) {
    case 'day':
      return DAY.test(value) && parseDay(value, value) !== undefined
    case 'choice':
      return as.options === undefined || value in as.options
    case 'flag':
      return value === 'true' || value === 'false'
    case 'reference':
      // Some are known by a code: accounts, journals.
      return !field.endsWith('Id') || isId(value)
    case 'amount':
    case 'quantity':
    case 'price':
    case 'rate':
    case 'count':
      return INTEGER.test(value)
    default:
      return true
  }
}
