import { given, whole } from '../../forms/declaration.ts'
import type { Field, Values } from '../../forms/declaration.ts'
import { text } from '../../shapes/shapes.tsx'
import { words } from './words.ts'

/** Who a company is, as its documents say it: fields named as the commands name them, so that errors find them. */
export const identityFields: readonly Field[] = [
  { name: 'name', label: words.name, as: text },
  { name: 'legalForm', label: words.legalForm, as: text },
  { name: 'capital', label: words.capital, as: text, optional: true },
  { name: 'registration', label: words.registration, as: text, optional: true },
  { name: 'siren', label: words.siren, as: text },
  { name: 'siret', label: words.siret, as: text, optional: true },
  { name: 'vatNumber', label: words.vatNumber, as: text },
  { name: 'address.line1', label: words.line1, as: text, optional: true },
  { name: 'address.line2', label: words.line2, as: text, optional: true },
  { name: 'address.postcode', label: words.postcode, as: text, optional: true },
  { name: 'address.city', label: words.city, as: text },
  { name: 'address.country', label: words.country, as: text },
]

/** Reads a text that was typed; without its spaces where it is a number that people group. */
export const typedIn =
  (values: Values) =>
  (name: string): string | undefined =>
    (values[name] as string | undefined)?.trim() || undefined

const ungrouped = (text: string | undefined): string | undefined => text?.replaceAll(' ', '')

/** The company that was typed; undefined while it is not whole. */
export const identityIn = (values: Values) => {
  const typed = typedIn(values)
  const place = whole({
    city: typed('address.city'),
    country: typed('address.country')?.toUpperCase(),
  })
  const lines = {
    line1: typed('address.line1'),
    line2: typed('address.line2'),
    postcode: typed('address.postcode'),
  }
  const needed = whole({
    name: typed('name'),
    legalForm: typed('legalForm'),
    siren: ungrouped(typed('siren')),
    vatNumber: ungrouped(typed('vatNumber')),
    address: place && { ...given(lines), ...place },
  })
  const printed = { capital: typed('capital'), registration: typed('registration') }
  return needed && { ...needed, ...given({ ...printed, siret: ungrouped(typed('siret')) }) }
}
