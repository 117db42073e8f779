import { z } from 'zod'
import { decide, product } from '../../domain/commerce/product.ts'
import {
  ProductChanged,
  ProductPriceChanged,
  ProductRegistered,
} from '../../domain/commerce/product.events.ts'
import type { Role } from '../../domain/organisation/user.events.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import { Uuid } from '../../domain/shared/values.ts'
import { claimKey } from '../claims.ts'
import { defineCommand, step } from '../definition.ts'

const ROLES: readonly Role[] = ['sales', 'accountant', 'chiefAccountant']

const registerProduct = defineCommand({
  name: 'commerce.registerProduct',
  summary: { fr: 'Enregistrer un article', en: 'Register a product' },
  input: ProductRegistered.data,
  roles: ROLES,
  steps: (input, _, context) => [
    claimKey(context, {
      kind: 'productCode',
      parts: [input.code],
      ownerStream: streamOf(product, input.productId),
    }),
    step({ aggregate: product, id: input.productId, decide: decide.register(input) }),
  ],
})

const changeProduct = defineCommand({
  name: 'commerce.changeProduct',
  summary: { fr: 'Modifier un article', en: 'Change a product' },
  input: ProductChanged.data,
  roles: ROLES,
  steps: input => [step({ aggregate: product, id: input.productId, decide: decide.change(input) })],
})

const changeProductPrice = defineCommand({
  name: 'commerce.changeProductPrice',
  summary: { fr: "Changer le prix d'un article", en: 'Change the price of a product' },
  input: ProductPriceChanged.data,
  roles: ROLES,
  steps: input => [step({ aggregate: product, id: input.productId, decide: decide.changePrice(input) })],
})

const discontinueProduct = defineCommand({
  name: 'commerce.discontinueProduct',
  summary: { fr: "Cesser d'offrir un article", en: 'Stop offering a product' },
  input: z.strictObject({ productId: Uuid }),
  roles: ROLES,
  steps: ({ productId }) => [
    step({ aggregate: product, id: productId, decide: decide.discontinue(productId) }),
  ],
})

export const productCommands = [registerProduct, changeProduct, changeProductPrice, discontinueProduct]
