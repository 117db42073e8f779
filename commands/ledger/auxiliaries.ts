import { customer } from '../../domain/commerce/public.ts'
import { user } from '../../domain/organisation/user.ts'
import type { EntryLine } from '../../domain/shared/journal-entry.ts'
import type { FactReader } from '../definition.ts'

/** Whether the third parties that an entry written by hand names are who it says: what is stored names nobody unknown. */

export type AuxiliaryRejection =
  | { readonly code: 'AUXILIARY_CUSTOMER_NOT_FOUND'; readonly field: string; readonly customerId: string }
  | {
      readonly code: 'AUXILIARY_CODE_NOT_OF_CUSTOMER'
      readonly field: string
      readonly customerCode: string
      readonly expected: string
    }
  | { readonly code: 'AUXILIARY_SUPPLIER_UNKNOWN'; readonly field: string; readonly supplierId: string }
  | { readonly code: 'AUXILIARY_PERSON_NOT_FOUND'; readonly field: string; readonly personId: string }
  | {
      readonly code: 'AUXILIARY_CODE_NOT_OF_PERSON'
      readonly field: string
      readonly personCode: string
      readonly expected: string
    }

type Auxiliary = NonNullable<EntryLine['auxiliary']>
type Refusal = AuxiliaryRejection | undefined

/** What is wrong with the first line that names a third party who is not there, or by a code that is not his. */
export const auxiliaryRefusal = async (
  read: FactReader,
  lines: readonly Pick<EntryLine, 'auxiliary'>[],
): Promise<Refusal> => {
  for (const [index, { auxiliary }] of lines.entries()) {
    const refusal = auxiliary && (await REFUSALS[auxiliary.kind](read, auxiliary, `lines.${index}.auxiliary`))
    if (refusal) return refusal
  }
  return undefined
}

const ofCustomer = async (read: FactReader, { id, code }: Auxiliary, field: string): Promise<Refusal> => {
  const state = await read.state(customer, id)
  if (state.status !== 'registered')
    return { code: 'AUXILIARY_CUSTOMER_NOT_FOUND', field: `${field}.id`, customerId: id }
  return state.code === code
    ? undefined
    : {
        code: 'AUXILIARY_CODE_NOT_OF_CUSTOMER',
        field: `${field}.code`,
        customerCode: code,
        expected: state.code,
      }
}

/** There are no suppliers as yet: whoever is named was invented. */
const ofSupplier = (_: FactReader, { id }: Auxiliary, field: string): Promise<Refusal> =>
  Promise.resolve({ code: 'AUXILIARY_SUPPLIER_UNKNOWN', field, supplierId: id })

/** Employees are users, also those who left. Their code is their identifier: a name would stand in the log in clear. */
const ofPerson = async (read: FactReader, { id, code }: Auxiliary, field: string): Promise<Refusal> => {
  const { status } = await read.state(user, id)
  if (status === 'none' || status === 'abandoned')
    return { code: 'AUXILIARY_PERSON_NOT_FOUND', field: `${field}.id`, personId: id }
  return code === id
    ? undefined
    : { code: 'AUXILIARY_CODE_NOT_OF_PERSON', field: `${field}.code`, personCode: code, expected: id }
}

const REFUSALS: Readonly<Record<Auxiliary['kind'], typeof ofPerson>> = {
  customer: ofCustomer,
  supplier: ofSupplier,
  person: ofPerson,
}
