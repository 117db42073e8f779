import { z } from 'zod'
import { BillingClaimed, BillingReleased } from '../../domain/commerce/order.events.ts'
import { InvoiceDraftCancelled, InvoiceIssueRequested } from '../../domain/invoicing/invoice.events.ts'
import { KeyClaimed, KeyReleased } from '../../domain/organisation/claim.events.ts'
import { UserIdentityUnlinked } from '../../domain/organisation/user.events.ts'
import type { RecordedEvent } from '../../event-store/log.ts'
import { decodeMetadata } from '../../event-store/metadata.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import { billedOf } from '../invoicing/release.ts'
import type { OrderClaim } from '../invoicing/release.ts'
import { invoiceOfStream, hasRemainder } from './billing-claims.ts'
import { causeOf, reaction } from './reaction.ts'
import type { Cause, Decode, Reaction, ReactionCommand } from './reaction.ts'

/**
 * Claims that nobody came to complete (PROTOCOL 16). A command that was cut off between its claim and its owner's
 * first event is given time to be sent again; then the owner's stream is ended, and only after it the claim released.
 * While the owner lives nothing is released; after its end, what it did not use is.
 */

/** Long enough for every repeat of a client that lost its answer. */
const PATIENCE_MS = 120_000

interface PendingKey {
  readonly ownerStream: string
  /** The command that claimed; absent in what was stored before it was kept. */
  readonly commandId?: string | undefined
  readonly cause: Cause
  readonly at: string
}

/** What an invoice claims of orders, until its end has released the rest. */
interface BillingOfInvoice {
  readonly orders: Map<string, OrderClaim>
  /** Whether an event of the invoice came behind a claim. */
  owned: boolean
  /** Its end, with what the request billed of each order; nothing where the draft was cancelled. */
  ended: { readonly kind: 'issued' | 'cancelled'; readonly billed: Map<string, OrderClaim> } | undefined
  cause: Cause
  at: string
}

export interface Unfinished {
  /** By stream of the key. */
  readonly keys: Map<string, PendingKey>
  /** Streams of keys, by the owner that has not come. */
  readonly owners: Map<string, Set<string>>
  /** By invoice. */
  readonly billing: Map<string, BillingOfInvoice>
}

const claimKey = (state: Unfinished, event: RecordedEvent, at: string): void => {
  const { ownerStream, commandId } = event.data as z.output<typeof KeyClaimed.data>
  waitFor(state, event.stream, { ownerStream, commandId, cause: causeOf(event), at })
}

const waitFor = (state: Unfinished, keyStream: string, pending: PendingKey): void => {
  state.keys.set(keyStream, pending)
  const keys = state.owners.get(pending.ownerStream) ?? new Set()
  state.owners.set(pending.ownerStream, keys.add(keyStream))
}

/** A link that was ended frees its key behind it: where that does not come, the key waits for nobody. */
const unlinked = (state: Unfinished, event: RecordedEvent, at: string): void => {
  const { keyStream, commandId } = event.data as z.output<typeof UserIdentityUnlinked.data>
  waitFor(state, keyStream, { ownerStream: event.stream, commandId, cause: causeOf(event), at })
}

const forgetKey = (state: Unfinished, keyStream: string): void => {
  const pending = state.keys.get(keyStream)
  if (!pending) return
  state.keys.delete(keyStream)
  const keys = state.owners.get(pending.ownerStream)
  keys?.delete(keyStream)
  if (keys?.size === 0) state.owners.delete(pending.ownerStream)
}

const claimBilling = (state: Unfinished, event: RecordedEvent, at: string): void => {
  const { invoiceId, orderId, lines, freight } = event.data as z.output<typeof BillingClaimed.data>
  const known = state.billing.get(invoiceId)
  const orders = known?.orders ?? new Map<string, OrderClaim>()
  const claimed: OrderClaim = orders.get(orderId) ?? { lines: new Map(), freight: 0n }
  for (const { lineId, quantity } of lines)
    claimed.lines.set(lineId, (claimed.lines.get(lineId) ?? 0n) + quantity)
  orders.set(orderId, { ...claimed, freight: claimed.freight + freight })
  state.billing.set(invoiceId, {
    orders,
    owned: known?.owned ?? false,
    ended: known?.ended,
    cause: causeOf(event),
    at,
  })
}

const releaseBilling = (state: Unfinished, event: RecordedEvent): void => {
  const { invoiceId, orderId } = event.data as z.output<typeof BillingReleased.data>
  const claim = state.billing.get(invoiceId)
  claim?.orders.delete(orderId)
  if (claim?.orders.size === 0) state.billing.delete(invoiceId)
}

const endInvoice = (state: Unfinished, stored: StoredEvent, decode: Decode, at: string): void => {
  const invoiceId = invoiceOfStream(stored.stream)
  const claim = state.billing.get(invoiceId)
  if (!claim) return
  const event = decode(stored)
  const isIssue = event.type === InvoiceIssueRequested.type
  const billed = isIssue ? billedOf(event) : new Map<string, OrderClaim>()
  const unused = [...claim.orders].filter(([orderId, c]) => hasRemainder(c, billed.get(orderId)))
  if (unused.length === 0) state.billing.delete(invoiceId)
  else {
    const ended = { kind: isIssue ? ('issued' as const) : ('cancelled' as const), billed }
    state.billing.set(invoiceId, {
      ...claim,
      orders: new Map(unused),
      owned: true,
      ended,
      cause: causeOf(event),
      at,
    })
  }
}

/**
 * An event of the owner itself: what its command claimed is its own now. What other commands claimed for it is not, or
 * is the same key again: that is asked once their patience is over.
 */
const ownerCame = (state: Unfinished, { stream, metadata }: StoredEvent): void => {
  const keys = [...(state.owners.get(stream) ?? [])]
  if (keys.length > 0) {
    const { commandId } = decodeMetadata(metadata)
    for (const key of keys) if (state.keys.get(key)?.commandId === commandId) forgetKey(state, key)
  }
  if (!stream.startsWith('invoice-')) return
  const claim = state.billing.get(invoiceOfStream(stream))
  if (claim) claim.owned = true
}

const react = (
  state: Unfinished,
  stored: StoredEvent,
  decode: Decode,
  at: string,
): readonly ReactionCommand[] => {
  ownerCame(state, stored)
  switch (stored.type) {
    case KeyClaimed.type:
      claimKey(state, decode(stored), at)
      break
    case KeyReleased.type:
      forgetKey(state, stored.stream)
      break
    case UserIdentityUnlinked.type:
      unlinked(state, decode(stored), at)
      break
    case BillingClaimed.type:
      claimBilling(state, decode(stored), at)
      break
    case BillingReleased.type:
      releaseBilling(state, decode(stored))
      break
    case InvoiceIssueRequested.type:
    case InvoiceDraftCancelled.type:
      endInvoice(state, stored, decode, at)
      break
    default:
  }
  return []
}

const endKey = (keyStream: string, { cause }: PendingKey): ReactionCommand => {
  const [kind, digest] = keyStream.slice('uniqueKey-'.length).split('.')
  return {
    name: 'organisation.endUnfinishedClaim',
    input: { kind, digest },
    key: 'end',
    cause,
    settledBy: ['KEY_IN_USE', 'IDENTITY_LINKED'],
  }
}

const EXPLANATION = 'Jamais préparée : sa réservation est libérée / never drafted: its claim is released'

const endBilling = (
  invoiceId: string,
  { orders, ended, cause }: BillingOfInvoice,
): readonly ReactionCommand[] => {
  if (ended?.kind !== 'issued')
    return [
      {
        name: 'invoicing.abandonInvoice',
        input: { invoiceId, orders: [...orders.keys()], explanation: EXPLANATION },
        key: 'end',
        cause,
      },
    ]
  return [...orders.keys()].map(orderId => {
    const { lines, freight } = ended.billed.get(orderId) ?? { lines: new Map<string, bigint>(), freight: 0n }
    const used = [...lines].map(([lineId, quantity]) => ({ lineId, quantity: Number(quantity) }))
    return {
      name: 'invoicing.releaseUnusedClaim',
      input: { invoiceId, orderId, lines: used, freight: Number(freight) },
      key: orderId,
      cause,
    }
  })
}

/** A claim whose invoice lives is left alone; one without an owner, or whose owner ended, is not. */
const isWaiting = ({ owned, ended }: BillingOfInvoice): boolean => !owned || ended !== undefined

const due =
  (patienceMs: number) =>
  (state: Unfinished, now: string): readonly ReactionCommand[] => {
    const before = new Date(Date.parse(now) - patienceMs).toISOString()
    const keys = [...state.keys].filter(([, pending]) => pending.at <= before)
    for (const [stream] of keys) forgetKey(state, stream)
    const billing = [...state.billing].filter(([, claim]) => claim.at <= before && isWaiting(claim))
    for (const [invoiceId] of billing) state.billing.delete(invoiceId)
    return [
      ...keys.map(([stream, pending]) => endKey(stream, pending)),
      ...billing.flatMap(([invoiceId, claim]) => endBilling(invoiceId, claim)),
    ]
  }

const Claim = z.object({ lines: z.array(z.tuple([z.string(), z.int()])), freight: z.int() })
const Orders = z.array(z.tuple([z.string(), Claim]))
const StoredCause = z.object({ eventId: z.string(), correlationId: z.string() })
const Stored = z.object({
  keys: z.array(
    z.tuple([
      z.string(),
      z.object({
        ownerStream: z.string(),
        commandId: z.string().optional(),
        cause: StoredCause,
        at: z.string(),
      }),
    ]),
  ),
  billing: z.array(
    z.tuple([
      z.string(),
      z.object({
        orders: Orders,
        owned: z.boolean(),
        ended: z.object({ kind: z.enum(['issued', 'cancelled']), billed: Orders }).optional(),
        cause: StoredCause,
        at: z.string(),
      }),
    ]),
  ),
})

const plain = (claims: Map<string, OrderClaim>): z.output<typeof Orders> =>
  [...claims].map(([orderId, { lines, freight }]) => [
    orderId,
    { lines: [...lines].map(([lineId, quantity]) => [lineId, Number(quantity)]), freight: Number(freight) },
  ])

const live = (claims: z.output<typeof Orders>): Map<string, OrderClaim> =>
  new Map(
    claims.map(([orderId, { lines, freight }]) => [
      orderId,
      {
        lines: new Map(lines.map(([lineId, quantity]) => [lineId, BigInt(quantity)])),
        freight: BigInt(freight),
      },
    ]),
  )

const encode = (state: Unfinished): z.output<typeof Stored> => ({
  keys: [...state.keys],
  billing: [...state.billing].map(([invoiceId, { orders, ended, ...claim }]) => [
    invoiceId,
    { ...claim, orders: plain(orders), ended: ended && { ...ended, billed: plain(ended.billed) } },
  ]),
})

const decodeState = (stored: unknown): Unfinished => {
  const { keys, billing } = Stored.parse(stored)
  const owners = new Map<string, Set<string>>()
  for (const [stream, { ownerStream }] of keys)
    owners.set(ownerStream, (owners.get(ownerStream) ?? new Set()).add(stream))
  return {
    keys: new Map(keys),
    owners,
    billing: new Map(
      billing.map(([invoiceId, { orders, ended, ...claim }]) => [
        invoiceId,
        { ...claim, orders: live(orders), ended: ended && { ...ended, billed: live(ended.billed) } },
      ]),
    ),
  }
}

/** @param patienceMs how long a claim waits for its owner */
export const unfinishedClaims = (patienceMs = PATIENCE_MS): Reaction =>
  reaction<Unfinished>({
    name: 'unfinished claims',
    prefixes: [
      'uniqueKey-',
      'customer-',
      'product-',
      'order-',
      'legalEntity-',
      'user-',
      'payment-',
      'invoice-',
    ],
    initial: () => ({ keys: new Map(), owners: new Map(), billing: new Map() }),
    react,
    due: due(patienceMs),
    encode,
    decode: decodeState,
  })
