import { amount, price, quantity, rate, text } from '../../shapes/shapes.tsx'
import { unit } from '../../shapes/units.ts'
import { words } from './words.ts'

/** What a line bills, on a draft as on what was issued. */
export const billedColumns = [
  { field: 'productCode', label: words.product, as: text, width: 90 },
  { field: 'name', label: words.designation, as: text, width: 220 },
  { field: 'quantity', label: words.quantity, as: quantity, width: 80 },
  { field: 'unit', label: words.unit, as: unit, width: 70 },
  { field: 'unitPrice', label: words.unitPrice, as: price, width: 90 },
  { field: 'discountRate', label: words.discount, as: rate, width: 70 },
] as const

/** What it comes to. */
export const netColumn = { field: 'net', label: words.net, as: amount, width: 100, sum: true } as const
