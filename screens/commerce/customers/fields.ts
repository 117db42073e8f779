import type { Field } from '../../forms/declaration.ts'
import { given, whole } from '../../forms/declaration.ts'
import type { Values } from '../../forms/declaration.ts'
import { count, text } from '../../shapes/shapes.tsx'
import { words as commerce } from '../words.ts'
import { words } from './words.ts'

/** What is typed of a customer: fields named as the commands name them, so that errors find them. */

export const typedIn = (values: Values) => values as Readonly<Record<string, string | undefined>>

/** @param place the path of the address within the party: `party.address` of a company, `party` of a person */
export const addressFields = (place: string): readonly Field[] => [
  { name: `${place}.line1`, label: words.line1, as: text },
  { name: `${place}.line2`, label: words.line2, as: text, optional: true },
  { name: `${place}.postcode`, label: words.postcode, as: text, optional: true },
  { name: `${place}.city`, label: words.city, as: text },
  { name: `${place}.country`, label: words.country, as: text },
]

/** The address that was typed; undefined while it is not whole. */
export const addressIn = (values: Values, place: string) => {
  const typed = (name: string): string | undefined => typedIn(values)[`${place}.${name}`]?.trim() || undefined
  const needed = whole({ city: typed('city'), country: typed('country')?.toUpperCase() })
  const lines = { line1: typed('line1'), line2: typed('line2'), postcode: typed('postcode') }
  return needed && { ...needed, ...given(lines) }
}

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
    name: typed['party.name']?.trim() || undefined,
    address: addressIn(values, 'party.address'),
  })
  const siren = typed['party.siren']?.replaceAll(' ', '')
  return (
    needed && { ...needed, ...given({ siren, vatNumber: typed['party.vatNumber']?.replaceAll(' ', '') }) }
  )
}

export const termFields: readonly Field[] = [
  { name: 'currency', label: commerce.currency, as: text },
  { name: 'paymentTermDays', label: words.terms, as: count, optional: true },
]

export const termsIn = (values: Values) => {
  const needed = whole({ currency: typedIn(values)['currency'] || undefined })
  return (
    needed && { ...needed, ...given({ paymentTermDays: values['paymentTermDays'] as number | undefined }) }
  )
}

export const USUAL = { currency: 'EUR' }
