import { addressFields, addressIn } from '../../forms/address.ts'
import type { Field } from '../../forms/declaration.ts'
import { given, typedIn, whole } from '../../forms/declaration.ts'
import type { Values } from '../../forms/declaration.ts'
import { count, text } from '../../shapes/shapes.tsx'
import { words as commerce } from '../words.ts'
import { words } from './words.ts'

/** What is typed of a customer: fields named as the commands name them, so that errors find them. */

export const companyFields: readonly Field[] = [
  { name: 'party.name', label: words.companyName, as: text },
  { name: 'party.siren', label: words.siren, as: text, optional: true },
  { name: 'party.vatNumber', label: words.vatNumber, as: text, optional: true },
  ...addressFields('party.address'),
]

/** The company that was typed; undefined while it is not whole. */
export const companyIn = (values: Values) => {
  const typed = typedIn(values)
  const needed = whole({
    kind: 'company' as const,
    name: typed('party.name'),
    address: addressIn(values, 'party.address'),
  })
  const siren = typed('party.siren')?.replaceAll(' ', '')
  const vatNumber = typed('party.vatNumber')?.replaceAll(' ', '')
  return needed && { ...needed, ...given({ siren, vatNumber }) }
}

export const termFields: readonly Field[] = [
  { name: 'currency', label: commerce.currency, as: text },
  { name: 'paymentTermDays', label: words.terms, as: count, optional: true },
]

export const termsIn = (values: Values) => {
  const needed = whole({ currency: typedIn(values)('currency') })
  return (
    needed && { ...needed, ...given({ paymentTermDays: values['paymentTermDays'] as number | undefined }) }
  )
}

export const USUAL = { currency: 'EUR' }
