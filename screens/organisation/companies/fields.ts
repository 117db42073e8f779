import { addressFields, addressIn } from '../../forms/address.ts'
import { given, typedIn, whole } from '../../forms/declaration.ts'
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
  ...addressFields('address'),
]

const ungrouped = (text: string | undefined): string | undefined => text?.replaceAll(' ', '')

/** The company that was typed; undefined while it is not whole. */
export const identityIn = (values: Values) => {
  const typed = typedIn(values)
  const needed = whole({
    name: typed('name'),
    legalForm: typed('legalForm'),
    siren: ungrouped(typed('siren')),
    vatNumber: ungrouped(typed('vatNumber')),
    address: addressIn(values, 'address'),
  })
  const printed = { capital: typed('capital'), registration: typed('registration') }
  return needed && { ...needed, ...given({ ...printed, siret: ungrouped(typed('siret')) }) }
}
