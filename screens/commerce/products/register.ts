import { defineForm, whole } from '../../forms/declaration.ts'
import { newId } from '../../forms/ids.ts'
import { price, text } from '../../shapes/shapes.tsx'
import { words as commerce } from '../words.ts'
import { productFields, productIn } from './fields.ts'
import { words } from './words.ts'

export default defineForm({
  command: 'commerce.registerProduct',
  title: commerce.newProduct,
  submit: words.register,
  fields: [
    { name: 'code', label: commerce.code, as: text },
    ...productFields,
    { name: 'unitPrice', label: words.unitPrice, as: price },
    { name: 'currency', label: commerce.currency, as: text },
  ],
  begin: () => ({ productId: newId(), operation: 'services', vat: 'standard', currency: 'EUR' }),
  input: values => {
    const product = productIn(values)
    const needed = whole({
      productId: values['productId'] as string,
      code: (values['code'] as string | undefined) || undefined,
      unitPrice: values['unitPrice'] as number | undefined,
      currency: (values['currency'] as string | undefined) || undefined,
    })
    return needed && product && { ...needed, ...product }
  },
  opens: ({ productId }) => `/commerce/products/${productId}`,
  done: (_, { code }) => [words.isRegistered, { code }],
})
