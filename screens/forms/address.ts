import { text } from '../shapes/shapes.tsx'
import { dictionary } from '../words/words.ts'
import type { Field } from './declaration.ts'
import { given, typedIn, whole } from './input.ts'
import type { Values } from './input.ts'

/** A postal address as it is typed: its fields are named as the commands name them, so that errors find them. */

const words = dictionary('forms.address', {
  line1: { fr: 'Adresse', en: 'Address' },
  line2: { fr: 'Complément d’adresse', en: 'Address, continued' },
  postcode: { fr: 'Code postal', en: 'Postcode' },
  city: { fr: 'Ville', en: 'City' },
  country: { fr: 'Pays', en: 'Country' },
})

/** @param place the path of the address within the input: `party.address` of a company, `party` of a person */
export const addressFields = (place: string): readonly Field[] => [
  { name: `${place}.line1`, label: words.line1, as: text },
  { name: `${place}.line2`, label: words.line2, as: text, optional: true },
  { name: `${place}.postcode`, label: words.postcode, as: text, optional: true },
  { name: `${place}.city`, label: words.city, as: text },
  { name: `${place}.country`, label: words.country, as: text },
]

/** What the fields begin with; what has no field among them is kept as it is. */
export const addressValues = (place: string, address: Readonly<Record<string, string>>): Values =>
  Object.fromEntries(Object.entries(address).map(([name, value]) => [`${place}.${name}`, value]))

/** The address that was typed; undefined while it is not whole. */
export const addressIn = (values: Values, place: string) => {
  const typed = typedIn(values)
  const at = (name: string): string | undefined => typed(`${place}.${name}`)
  const needed = whole({ city: at('city'), country: at('country')?.toUpperCase() })
  const lines = {
    line1: at('line1'),
    line2: at('line2'),
    line3: at('line3'),
    postcode: at('postcode'),
    region: at('region'),
  }
  return needed && { ...given(lines), ...needed }
}
