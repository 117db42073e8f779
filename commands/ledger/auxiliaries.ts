import { customer } from '../../domain/commerce/public.ts'
import type { EntryLine } from '../../domain/shared/journal-entry.ts'
import type { FactReader } from '../definition.ts'

/** Whether the customers that an entry written by hand names are who it says. */

export type AuxiliaryRejection =
  | { readonly code: 'AUXILIARY_CUSTOMER_NOT_FOUND'; readonly field: string; readonly customerId: string }
  | {
      readonly code: 'AUXILIARY_CODE_NOT_OF_CUSTOMER'
      readonly field: string
      readonly customerCode: string
      readonly expected: string
    }

/** What is wrong with the first line that names a customer who is not there, or by a code that is not his. */
export const auxiliaryRefusal = async (
  read: FactReader,
  lines: readonly Pick<EntryLine, 'auxiliary'>[],
): Promise<AuxiliaryRejection | undefined> => {
  for (const [index, { auxiliary }] of lines.entries()) {
    if (auxiliary?.kind !== 'customer') continue
    const { id: customerId, code: customerCode } = auxiliary
    const field = `lines.${index}.auxiliary`
    const state = await read.state(customer, customerId)
    if (state.status !== 'registered')
      return { code: 'AUXILIARY_CUSTOMER_NOT_FOUND', field: `${field}.id`, customerId }
    if (state.code !== customerCode)
      return {
        code: 'AUXILIARY_CODE_NOT_OF_CUSTOMER',
        field: `${field}.code`,
        customerCode,
        expected: state.code,
      }
  }
  return undefined
}
