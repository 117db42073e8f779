import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { customer, decide as decideCustomer } from '../../domain/commerce/customer.ts'
import { decide as decideOrder } from '../../domain/commerce/order-decisions.ts'
import { order } from '../../domain/commerce/order.ts'
import { decide as decideProduct, product } from '../../domain/commerce/product.ts'
import { decide as decidePayment, payment } from '../../domain/invoicing/payment.ts'
import { KEY_KINDS, type KeyKind } from '../../domain/organisation/claim.events.ts'
import { decide as decideEntity } from '../../domain/organisation/legal-entity-decisions.ts'
import { legalEntity } from '../../domain/organisation/legal-entity.ts'
import { decideKey, keyId, keyText, uniqueKey } from '../../domain/organisation/public.ts'
import { identityPart } from '../../domain/organisation/unique-key.ts'
import { decide as decideUser, user } from '../../domain/organisation/user.ts'
import type { KnownUser } from '../../domain/organisation/user.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import { Sha256 } from '../../domain/shared/values.ts'
import {
  defineCommand,
  step,
  type AnyStep,
  type CommandContext,
  type FactReader,
  type Steps,
} from '../definition.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'

/**
 * What becomes of a unique key whose command was cut off between its claim and its owner's first event (PROTOCOL 16):
 * the owner's stream is ended first, so that a command that was only paused finds it ended; then the key is released.
 */

export interface KeyInUse {
  readonly code: 'KEY_IN_USE'
  readonly kind: string
  readonly ownerStream: string
}

/** What an owner holds who is there. */
interface Held {
  /** Of his key; empty where he holds none of the kind, `unknown` where they were erased. */
  readonly parts: readonly string[] | 'unknown'
  /** Where another claim is not his: what keeps the command that claimed from going on with it. */
  readonly endClaim?: (claimedBy: string) => AnyStep
}

/** Who holds keys of a kind: how to tell that he is there and which key is his, and how to end him. */
interface Owner {
  readonly category: string
  /** Undefined where there is no owner. */
  readonly holds: (read: FactReader, id: string) => Promise<Held | undefined>
  readonly end: (id: string, commandId: string) => AnyStep
}

/** The user, where there is one who is or was there. */
const knownUser = async (read: FactReader, id: string): Promise<KnownUser | undefined> => {
  const state = await read.state(user, id)
  return state.status === 'active' || state.status === 'left' ? state : undefined
}

const loginOf = async (read: FactReader, { registered }: KnownUser): Promise<Held> => {
  const login = await read.reveal('login', registered.person.login)
  return { parts: login === undefined ? 'unknown' : [login] }
}

/** A claim of an identity has no owner of its own to end: the user may have been there before it. */
const identityOf = async (read: FactReader, { registered, identity }: KnownUser): Promise<Held> => {
  const subject = identity && (await read.reveal('subject', identity.subject))
  const parts = subject === undefined ? 'unknown' : [identityPart(identity?.issuer ?? '', subject)]
  const { userId: id } = registered
  return {
    parts: identity === undefined ? [] : parts,
    endClaim: claimedBy =>
      step({ aggregate: user, id, decide: decideUser.abandonIdentityLink(claimedBy, identity) }),
  }
}

const OWNERS: Readonly<Record<KeyKind, Owner>> = {
  customerCode: {
    category: customer.category,
    holds: async (read, id) => {
      const state = await read.state(customer, id)
      return state.status === 'registered' ? { parts: [state.code] } : undefined
    },
    end: (customerId, commandId) =>
      step({
        aggregate: customer,
        id: customerId,
        decide: decideCustomer.abandon({ customerId, commandId }),
      }),
  },
  productCode: {
    category: product.category,
    holds: async (read, id) => {
      const state = await read.state(product, id)
      return state.status === 'offered' || state.status === 'discontinued'
        ? { parts: [state.code] }
        : undefined
    },
    end: (productId, commandId) =>
      step({ aggregate: product, id: productId, decide: decideProduct.abandon({ productId, commandId }) }),
  },
  orderNumber: {
    category: order.category,
    holds: async (read, id) => {
      const state = await read.state(order, id)
      return state.status === 'placed' || state.status === 'confirmed'
        ? { parts: [state.placed.entityId, state.placed.number] }
        : undefined
    },
    end: (orderId, commandId) =>
      step({ aggregate: order, id: orderId, decide: decideOrder.abandon({ orderId, commandId }) }),
  },
  legalEntityCode: {
    category: legalEntity.category,
    holds: async (read, id) => {
      const state = await read.state(legalEntity, id)
      return state.status === 'registered' ? { parts: [state.registered.code] } : undefined
    },
    end: (entityId, commandId) =>
      step({ aggregate: legalEntity, id: entityId, decide: decideEntity.abandon({ entityId, commandId }) }),
  },
  login: {
    category: user.category,
    holds: async (read, id) => {
      const known = await knownUser(read, id)
      return known && loginOf(read, known)
    },
    end: (userId, commandId) =>
      step({ aggregate: user, id: userId, decide: decideUser.abandon({ userId, commandId }) }),
  },
  identity: {
    category: user.category,
    holds: async (read, id) => {
      const known = await knownUser(read, id)
      return known && identityOf(read, known)
    },
    end: (userId, commandId) =>
      step({ aggregate: user, id: userId, decide: decideUser.abandon({ userId, commandId }) }),
  },
  bankReference: {
    category: payment.category,
    holds: async (read, id) => {
      const state = await read.state(payment, id)
      return state.status === 'Received'
        ? { parts: [state.entityId, state.journal, state.bankReference] }
        : undefined
    },
    end: (paymentId, commandId) =>
      step({ aggregate: payment, id: paymentId, decide: decidePayment.abandon({ paymentId, commandId }) }),
  },
}

const Input = z.strictObject({ kind: z.enum(KEY_KINDS), digest: Sha256 })
type Input = z.output<typeof Input>

/** Whether what an owner holds is this key, or may be. */
const isSame = ({ parts }: Held, { kind, digest }: Input, context: CommandContext): boolean =>
  parts === 'unknown' || context.digest(keyText(kind, ...parts)) === digest

const unfinishedFacts = async (
  { kind, digest }: Input,
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<KeyInUse, { readonly steps: Steps }>> => {
  const key = await read.state(uniqueKey, keyId(kind, digest))
  if (key.status === 'free') return E.right({ steps: [] })
  const { ownerStream, commandId } = key
  const owner = OWNERS[kind]
  const ownerId = ownerStream.slice(streamOf(owner, '').length)
  const held = await owner.holds(read, ownerId)
  if (held !== undefined && isSame(held, { kind, digest }, context))
    return E.left({ code: 'KEY_IN_USE', kind, ownerStream })
  const release = step({
    aggregate: uniqueKey,
    id: keyId(kind, digest),
    decide: decideKey.release({ kind, ownerStream, commandId: context.commandId }),
  })
  if (held === undefined) return E.right({ steps: [owner.end(ownerId, commandId), release] })
  // An owner that came under another key lives on; this key was never his.
  return E.right({ steps: held.endClaim ? [held.endClaim(commandId), release] : [release] })
}

/** Ends a claim that nobody came to complete. Refused where its owner came after all. */
export const endUnfinishedClaim = defineCommand({
  name: 'organisation.endUnfinishedClaim',
  summary: { fr: 'Libérer une clé restée sans titulaire', en: 'Free a key that was left without an owner' },
  input: Input,
  roles: [],
  actors: [SYSTEM_ACTORS.reactions, SYSTEM_ACTORS.operator],
  facts: unfinishedFacts,
  steps: (_, { steps }) => steps,
})
