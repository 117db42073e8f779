import type { Answer } from '../../api/client.ts'
import { action, defineDocument } from '../../documents/declaration.ts'
import { whole } from '../../forms/declaration.ts'
import { price, text } from '../../shapes/shapes.tsx'
import { unit } from '../../shapes/units.ts'
import { commerceEvents } from '../event-words.ts'
import { words as commerce } from '../words.ts'
import { productFields, productIn } from './fields.ts'
import { offering, operation, vatClass, words } from './words.ts'

type Product = Answer<'/api/commerce/products/{id}'>

const offered = ({ discontinued }: Product): boolean => !discontinued

const change = action(offered, {
  command: 'commerce.changeProduct',
  title: words.change,
  submit: words.change,
  fields: productFields,
  begin: (_, product) => ({
    ...product,
    description: product.description ?? undefined,
    family: product.family ?? undefined,
    vatExemption: product.vatExemption ?? undefined,
  }),
  input: (values, { productId }) => {
    const product = productIn(values)
    return product && { productId, ...product }
  },
  done: () => [words.isChanged, {}],
})

const changePrice = action(offered, {
  command: 'commerce.changeProductPrice',
  title: words.changePrice,
  submit: words.changePrice,
  fields: [{ name: 'unitPrice', label: words.unitPrice, as: price }],
  begin: (_, { unitPrice }) => ({ unitPrice }),
  input: (values, { productId, currency }) =>
    whole({ productId, currency, unitPrice: values['unitPrice'] as number | undefined }),
  done: () => [words.priceChanged, {}],
})

const discontinue = action(offered, {
  command: 'commerce.discontinueProduct',
  title: words.discontinue,
  submit: words.discontinue,
  fields: [],
  begin: () => ({}),
  input: (_, { productId }) => ({ productId }),
  done: () => [words.isDiscontinued, {}],
})

export default defineDocument({
  path: '/api/commerce/products/{id}',
  story: '/api/commerce/products/{id}/story',
  kind: commerce.product,
  name: ({ name }) => name,
  list: '/commerce/products',
  live: 'products',
  state: { field: 'discontinued', label: commerce.state, as: offering },
  facts: [
    { field: 'code', label: commerce.code, as: text },
    { field: 'name', label: commerce.name, as: text },
    { field: 'description', label: words.description, as: text },
    { field: 'family', label: words.family, as: text },
    { field: 'operation', label: words.operation, as: operation },
    { field: 'unit', label: words.unit, as: unit },
    { field: 'unitPrice', label: words.unitPrice, as: price },
    { field: 'currency', label: commerce.currency, as: text },
    { field: 'vat', label: words.vat, as: vatClass },
    { field: 'revenueAccount', label: words.revenueAccount, as: text },
  ],
  actions: [change, changePrice, discontinue],
  events: commerceEvents,
})
