import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import type { Aggregate, Rejection } from '../../../domain/shared/aggregate.ts'
import type { DomainEvent, EventOf } from '../../../domain/shared/events.ts'
import { Code, Period, UnitPrice, Uuid, text } from '../../../domain/shared/values.ts'
import { ProductPriceChanged } from '../../../domain/commerce/product.events.ts'
import { JournalLocked, JournalUnlocked, periodEvents } from '../../../domain/ledger/period.events.ts'
import type { PeriodEvent } from '../../../domain/ledger/period.events.ts'
import { decide as decideKey, keyId, keyText, uniqueKey } from '../../../domain/organisation/unique-key.ts'
import type { UniqueKeyRejection } from '../../../domain/organisation/unique-key.ts'
import { UserRegistered } from '../../../domain/organisation/user.events.ts'
import { defineCommand, sentencesFor, step } from '../../../commands/definition.ts'
import type { ContextCommands } from '../../../commands/definition.ts'
import { SYSTEM_ACTORS } from '../../../commands/system-actors.ts'

/** Small commands over real events, one for each thing a handler must do. */

const priceEvents = [ProductPriceChanged] as const
type PriceEvent = EventOf<typeof priceEvents>
export interface Price {
  readonly unitPrice?: bigint
  readonly changes: number
}
export const price: Aggregate<Price, PriceEvent> = {
  category: 'product',
  events: priceEvents,
  initial: { changes: 0 },
  evolve: (state, event) => ({ unitPrice: event.data.unitPrice, changes: state.changes + 1 }),
}

type PriceRejection =
  | { readonly code: 'PRICE_UNLUCKY'; readonly unitPrice: bigint }
  | { readonly code: 'TOO_MANY_CHANGES'; readonly changes: number }

const CHANGES_MAX = 1_000

const priceSet = (productId: string, unitPrice: bigint): PriceEvent => ({
  type: ProductPriceChanged.type,
  data: { productId, unitPrice, currency: 'EUR' },
})

const setPrice =
  (productId: string, unitPrice: bigint) =>
  (state: Price): E.Either<Rejection, PriceEvent[]> => {
    const unlucky: PriceRejection = { code: 'PRICE_UNLUCKY', unitPrice }
    if (unitPrice === 13n) return E.left(unlucky)
    return E.right(state.unitPrice === unitPrice ? [] : [priceSet(productId, unitPrice)])
  }

/** Adds one to whatever the price is: a doubled effect shows. */
const raise =
  (productId: string) =>
  (state: Price): E.Either<Rejection, PriceEvent[]> => {
    const tooMany: PriceRejection = { code: 'TOO_MANY_CHANGES', changes: state.changes }
    return state.changes >= CHANGES_MAX
      ? E.left(tooMany)
      : E.right([priceSet(productId, (state.unitPrice ?? 0n) + 1n)])
  }

const prices = defineCommand({
  name: 'test.setPrice',
  summary: { fr: 'Fixe un prix', en: 'Sets a price' },
  input: z.strictObject({ productId: Uuid, unitPrice: UnitPrice }),
  roles: ['sales'],
  steps: ({ productId, unitPrice }) => [
    step({ aggregate: price, id: productId, decide: setPrice(productId, unitPrice) }),
  ],
})

const raised = defineCommand({
  name: 'test.raisePrice',
  summary: { fr: 'Augmente un prix', en: 'Raises a price' },
  input: z.strictObject({ productId: Uuid }),
  roles: ['sales'],
  steps: ({ productId }) => [step({ aggregate: price, id: productId, decide: raise(productId) })],
})

/** A claim first; the second step goes on from what the claim says, not from the input. */
const claimed = defineCommand({
  name: 'test.claimCode',
  summary: { fr: 'Réserve un code', en: 'Claims a code' },
  input: z.strictObject({ code: text(20), productId: Uuid, unitPrice: UnitPrice }),
  roles: ['sales'],
  steps: ({ code, productId, unitPrice }, _, { commandId, digest }) => [
    step({
      aggregate: uniqueKey,
      id: keyId('productCode', digest(keyText('productCode', code))),
      decide: decideKey.claim({ kind: 'productCode', ownerStream: `product-${productId}`, commandId }),
    }),
    stored => {
      const claim = stored[0] as { data: { ownerStream: string } } | undefined
      const id = claim ? claim.data.ownerStream.slice('product-'.length) : productId
      return step({ aggregate: price, id, decide: setPrice(id, unitPrice) })
    },
  ],
})

interface Locks {
  readonly locked: boolean
}
const locks: Aggregate<Locks, PeriodEvent> = {
  category: 'period',
  events: periodEvents,
  initial: { locked: false },
  evolve: (_, event) => ({ locked: event.type === JournalLocked.type }),
}
const Lock = z.strictObject({ entityId: Uuid, period: Period, journal: Code })

const lock = defineCommand({
  name: 'test.lock',
  summary: { fr: 'Verrouille', en: 'Locks' },
  input: Lock,
  roles: ['accountant'],
  entity: ({ entityId }) => entityId,
  steps: data => [
    step({
      aggregate: locks,
      id: `${data.entityId}.${data.period}`,
      decide: ({ locked }): E.Either<Rejection, PeriodEvent[]> =>
        E.right(locked ? [] : [{ type: JournalLocked.type, data }]),
    }),
  ],
})

const unlock = defineCommand({
  name: 'test.unlock',
  summary: { fr: 'Déverrouille', en: 'Unlocks' },
  input: Lock,
  roles: ['accountant'],
  entity: ({ entityId }) => entityId,
  separation: {
    duty: { fr: 'Qui a verrouillé ne déverrouille pas.', en: 'Who locked does not unlock.' },
    from: ['test.lock'],
    conflictsWith: event => event.type === JournalLocked.type,
    counts: 'newest',
  },
  steps: data => [
    step({
      aggregate: locks,
      id: `${data.entityId}.${data.period}`,
      decide: ({ locked }): E.Either<Rejection, PeriodEvent[]> =>
        E.right(locked ? [{ type: JournalUnlocked.type, data: { ...data, explanation: 'test' } }] : []),
    }),
  ],
})

const userEvents = [UserRegistered] as const
type UserEvent = EventOf<typeof userEvents>
/** The state keeps what the event said: a clear name in it would be a leak. */
const user: Aggregate<DomainEvent | undefined, UserEvent> = {
  category: 'user',
  events: userEvents,
  initial: undefined,
  evolve: (_, event) => event,
}
const registered = defineCommand({
  name: 'test.registerUser',
  summary: { fr: 'Inscrit', en: 'Registers' },
  input: z.strictObject({ userId: Uuid, login: text(254), name: text(200) }),
  roles: ['administrator'],
  steps: ({ userId, login, name }) => [
    step({
      aggregate: user,
      id: userId,
      decide: (state): E.Either<Rejection, UserEvent[]> =>
        E.right(
          state
            ? []
            : [
                {
                  type: UserRegistered.type,
                  data: { userId, kind: 'human', person: { personId: userId, login, name }, grants: [] },
                },
              ],
        ),
    }),
  ],
})

const internal = defineCommand({
  name: 'test.completed',
  summary: { fr: 'Achève', en: 'Completes' },
  input: z.strictObject({ productId: Uuid, unitPrice: UnitPrice }),
  roles: [],
  actors: [SYSTEM_ACTORS.reactions],
  steps: ({ productId, unitPrice }) => [
    step({ aggregate: price, id: productId, decide: setPrice(productId, unitPrice) }),
  ],
})

export const testContext: ContextCommands = {
  commands: [prices, raised, claimed, lock, unlock, registered, internal],
  sentences: {
    ...sentencesFor<PriceRejection>({
      PRICE_UNLUCKY: ({ unitPrice }) => ({
        fr: `${unitPrice} porte malheur.`,
        en: `${unitPrice} is unlucky.`,
        fields: ['unitPrice'],
      }),
      TOO_MANY_CHANGES: ({ changes }) => ({
        fr: `${changes} changements.`,
        en: `${changes} changes.`,
        fields: [],
      }),
    }),
    ...sentencesFor<UniqueKeyRejection>({
      KEY_TAKEN: () => ({ fr: 'Déjà pris.', en: 'Taken.', fields: [] }),
      KEY_NOT_HELD: () => ({ fr: 'Pas à vous.', en: 'Not yours.', fields: [] }),
    }),
  },
}
