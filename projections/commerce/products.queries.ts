import { defineList, defineLookup } from '../lists.ts'
import { productTable, products } from './products.ts'

export const productList = defineList({
  projection: products,
  table: productTable,
  filters: ['product_id', 'code', 'family', 'operation', 'vat', 'discontinued', 'currency'],
  ranges: ['unit_price', 'changed_at'],
  sorts: ['code', 'name', 'family', 'unit_price', 'changed_at'],
  defaultSort: { by: 'code', direction: 'asc' },
  groups: ['family', 'operation', 'vat', 'discontinued'],
})

/** By the product's id. */
export const findProduct = defineLookup(products, productTable)
