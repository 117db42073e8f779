import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { decide } from '../../domain/commerce/order-decisions.ts'
import { order } from '../../domain/commerce/order.ts'
import {
  OrderConfirmed,
  OrderDelivered,
  OrderRemainderCancelled,
} from '../../domain/commerce/order.events.ts'
import { legalEntity } from '../../domain/organisation/public.ts'
import { Uuid, type Day } from '../../domain/shared/values.ts'
import { defineCommand, step, type CommandContext, type FactReader } from '../definition.ts'
import { placeOrder } from './place-order.ts'

interface OrderFacts {
  /** The day of the command where the entity is. */
  readonly today: Day
}

interface OfOrder {
  readonly orderId: string
}

const entityOf = async (
  { orderId }: OfOrder,
  read: FactReader,
): Promise<E.Either<{ code: 'ORDER_NOT_FOUND' }, string>> => {
  const known = await read.state(order, orderId)
  return known.status === 'none' || known.status === 'abandoned'
    ? E.left({ code: 'ORDER_NOT_FOUND' })
    : E.right(known.placed.entityId)
}

const orderFacts = async (
  input: OfOrder,
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<{ code: 'ORDER_NOT_FOUND' | 'LEGAL_ENTITY_NOT_FOUND' }, OrderFacts>> => {
  const entityId = await entityOf(input, read)
  if (E.isLeft(entityId)) return entityId
  const entity = await read.state(legalEntity, entityId.right)
  if (entity.status !== 'registered') return E.left({ code: 'LEGAL_ENTITY_NOT_FOUND' })
  return E.right({ today: context.dayIn(entity.registered.timeZone) })
}

const confirmOrder = defineCommand({
  name: 'commerce.confirmOrder',
  summary: { fr: 'Confirmer une commande', en: 'Confirm an order' },
  input: OrderConfirmed.data,
  roles: ['sales'],
  entity: entityOf,
  facts: orderFacts,
  steps: ({ orderId, confirmedOn }, { today }) => [
    step({ aggregate: order, id: orderId, decide: decide.confirm(confirmedOn, today) }),
  ],
})

const deliverOrder = defineCommand({
  name: 'commerce.deliverOrder',
  summary: { fr: 'Livrer tout ou partie d’une commande', en: 'Deliver an order, in whole or in part' },
  input: OrderDelivered.data,
  roles: ['sales', 'billing'],
  entity: entityOf,
  facts: orderFacts,
  steps: (input, { today }) => [
    step({ aggregate: order, id: input.orderId, decide: decide.deliver(input, today) }),
  ],
})

const { cancelledOn, explanation } = OrderRemainderCancelled.data.shape
const cancelOrderRemainder = defineCommand({
  name: 'commerce.cancelOrderRemainder',
  summary: { fr: 'Annuler le reste d’une commande', en: 'Cancel the remainder of an order' },
  input: z.strictObject({ orderId: Uuid, cancelledOn, explanation }),
  roles: ['sales'],
  entity: entityOf,
  facts: orderFacts,
  steps: ({ orderId, ...cancellation }, { today }) => [
    step({ aggregate: order, id: orderId, decide: decide.cancelRemainder(cancellation, today) }),
  ],
})

export const orderCommands = [placeOrder, confirmOrder, deliverOrder, cancelOrderRemainder]
