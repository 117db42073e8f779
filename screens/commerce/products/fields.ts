import type { Commands } from '../../api/generated.ts'
import { given, whole } from '../../forms/declaration.ts'
import type { Field, Values } from '../../forms/declaration.ts'
import { text } from '../../shapes/shapes.tsx'
import { words as commerce } from '../words.ts'
import { operation, vatClass, words } from './words.ts'

/** What is typed of a product, registered or changed. */

type Described = Omit<Commands['commerce.changeProduct'], 'productId'>

export const productFields: readonly Field[] = [
  { name: 'name', label: commerce.name, as: text },
  { name: 'description', label: words.description, as: text, wide: true, optional: true },
  { name: 'family', label: words.family, as: text, optional: true },
  { name: 'operation', label: words.operation, as: operation },
  { name: 'unit', label: words.unit, as: text },
  { name: 'vat', label: words.vat, as: vatClass },
  { name: 'vatExemption', label: words.vatExemption, as: text, optional: true },
  { name: 'revenueAccount', label: words.revenueAccount, as: text },
]

/** The product that was typed; undefined while it is not whole. */
export const productIn = (values: Values): Described | undefined => {
  const { name, description, family, operation, unit, vat, vatExemption, revenueAccount } =
    Object.fromEntries(
      Object.entries(values).map(([field, value]) => [
        field,
        typeof value === 'string' ? value.trim() || undefined : value,
      ]),
    ) as Partial<Described>
  const needed = whole({ name, operation, unit, vat, revenueAccount })
  return needed && { ...needed, ...given({ description, family, vatExemption }) }
}
