import {
  ProductChanged,
  ProductDiscontinued,
  ProductPriceChanged,
  ProductRegistered,
} from '../../domain/commerce/product.events.ts'
import { VatRateClass } from '../../domain/commerce/public.ts'
import { column, table } from '../definition.ts'
import type { Projection, Recorded } from '../definition.ts'
import { present, searchText, SEARCH_COMMENT } from '../shared.ts'

type Details = Recorded<typeof ProductChanged | typeof ProductRegistered>['data']

const detailsOf = (code: string, data: Details) => ({
  name: data.name,
  description: data.description ?? null,
  family: data.family ?? null,
  operation: data.operation,
  unit: data.unit,
  vat: data.vat,
  vat_exemption: data.vatExemption ?? null,
  revenue_account: data.revenueAccount,
  search: searchText(code, data.name, data.family),
})

export const productTable = table({
  name: 'product',
  comment: 'The catalogue as it stands now',
  columns: {
    product_id: column.uuid('Identifier of the product'),
    code: column.text('Code, unique'),
    name: column.text('Name'),
    description: column.optional(column.text('Description')),
    family: column.optional(column.text('Family')),
    operation: column.oneOf(['goods', 'services'], 'What is sold'),
    unit: column.text('UN/ECE Recommendation 20 code of the unit'),
    unit_price: column.bigint('Gross price of one unit, 6 decimals'),
    currency: column.text('ISO 4217 code of the price'),
    vat: column.oneOf(VatRateClass.options, 'Class of the VAT rate'),
    vat_exemption: column.optional(column.text('VATEX code where it is exempt')),
    revenue_account: column.text('Account of the revenue'),
    discontinued: column.boolean('No longer offered'),
    search: column.text(SEARCH_COMMENT),
    changed_at: column.instant('Instant of its last change'),
  },
  key: ['product_id'],
  history: true,
  measures: ['unit_price'],
  indexes: [
    { columns: ['code', 'product_id'] },
    { columns: ['name', 'product_id'] },
    { columns: ['search'], using: 'trigrams' },
  ],
  on: on => [
    on(
      ProductRegistered,
      e => [{ product_id: e.data.productId }],
      (_, e) => ({
        product_id: e.data.productId,
        code: e.data.code,
        ...detailsOf(e.data.code, e.data),
        unit_price: e.data.unitPrice,
        currency: e.data.currency,
        discontinued: false,
        changed_at: e.recordedAt,
      }),
    ),
    on(
      ProductChanged,
      e => [{ product_id: e.data.productId }],
      (row, e) => ({ ...present(row), ...detailsOf(present(row).code, e.data), changed_at: e.recordedAt }),
    ),
    on(
      ProductPriceChanged,
      e => [{ product_id: e.data.productId }],
      (row, e) => ({
        ...present(row),
        unit_price: e.data.unitPrice,
        currency: e.data.currency,
        changed_at: e.recordedAt,
      }),
    ),
    on(
      ProductDiscontinued,
      e => [{ product_id: e.data.productId }],
      (row, e) => ({ ...present(row), discontinued: true, changed_at: e.recordedAt }),
    ),
  ],
})

export const products: Projection = {
  name: 'products',
  version: 3,
  comment: 'The catalogue',
  tables: [productTable],
}
