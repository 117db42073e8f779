import { defineList } from '../../lists/declaration.ts'
import { instant, price, text } from '../../shapes/shapes.tsx'
import { unit } from '../../shapes/units.ts'
import { words as commerce } from '../words.ts'
import { offering, operation, vatClass, words } from './words.ts'

export default defineList({
  path: '/api/commerce/products',
  title: commerce.products,
  key: 'productId',
  open: ({ productId }) => `/commerce/products/${productId}`,
  live: 'products',
  searchable: true,
  sort: 'code',
  sorts: ['code', 'name', 'family', 'unitPrice', 'changedAt'],
  columns: [
    { field: 'code', label: commerce.code, as: text, width: 100 },
    { field: 'name', label: commerce.name, as: text, width: 220 },
    { field: 'family', label: words.family, as: text, width: 120, spare: 1 },
    { field: 'operation', label: words.operation, as: operation, width: 90, spare: 2 },
    { field: 'vat', label: words.vat, as: vatClass, width: 120, spare: 3 },
    { field: 'discontinued', label: commerce.state, as: offering, width: 90 },
    { field: 'unit', label: words.unit, as: unit, width: 60 },
    { field: 'unitPrice', label: words.unitPrice, as: price, width: 110 },
    { field: 'revenueAccount', label: words.revenueAccount, as: text, width: 100, hidden: true },
    { field: 'changedAt', label: commerce.changedAt, as: instant, width: 130, hidden: true },
  ],
  filters: [
    { field: 'family', label: words.family, as: text },
    { field: 'operation', label: words.operation, as: operation },
    { field: 'vat', label: words.vat, as: vatClass },
    { field: 'discontinued', label: commerce.state, as: offering },
  ],
  ranges: [{ field: 'unitPrice', label: words.unitPrice, as: price }],
  groups: [
    { field: 'family', label: words.family, as: text },
    { field: 'operation', label: words.operation, as: operation },
    { field: 'vat', label: words.vat, as: vatClass },
  ],
  empty: words.empty,
})
