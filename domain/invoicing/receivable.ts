import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import { streamOf } from '../shared/aggregate.ts'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { sum } from '../shared/money.ts'
import { same } from '../shared/same.ts'
import { impossible } from '../shared/values.ts'
import {
  journalEntry,
  releasedShare,
  settlementsInOneEntry,
  vatBackEntry,
  vatOnReceiptEntry,
} from '../ledger/public.ts'
import type { Chart, EntryRejection } from '../ledger/public.ts'
import { receivableEvents } from './receivable.events.ts'
import type {
  AllocationReversed,
  PaymentAllocated,
  ReceivableEvent,
  Settlement,
  VatRelease,
} from './receivable.events.ts'

/**
 * What one customer owes one entity in one currency (PROTOCOL 23): what is left of each document and of each payment.
 * A document enters with the first allocation that names it.
 */

type Allocated = z.output<typeof PaymentAllocated.data>

/** What was settled of a document, and the tax that fell due by it, by `category rate`. */
interface Settled {
  readonly paid: bigint
  readonly released: ReadonlyMap<string, { readonly base: bigint; readonly tax: bigint }>
}

export interface Receivable {
  readonly documents: ReadonlyMap<string, Settled>
  /** Used of each payment, in minor units. */
  readonly used: ReadonlyMap<string, bigint>
  readonly allocations: ReadonlyMap<
    string,
    { readonly data: Allocated; readonly revision: number; readonly reversed: boolean }
  >
  /** Events so far: the revision of the next one. */
  readonly length: number
}

export type ReceivableRejection =
  | EntryRejection
  | { readonly code: 'ALLOCATION_ALREADY_EXISTS' }
  | { readonly code: 'ALLOCATION_NOT_FOUND' }
  | { readonly code: 'DOCUMENT_NAMED_TWICE'; readonly number: string }
  | {
      readonly code: 'SETTLED_ON_ANOTHER_ACCOUNT'
      readonly number: string
      readonly account: string
      readonly expected: string
    }
  | { readonly code: 'ALLOCATION_EXCEEDS_DOCUMENT'; readonly number: string; readonly left: bigint }
  | { readonly code: 'ALLOCATION_EXCEEDS_PAYMENT'; readonly reference: string; readonly left: bigint }
  | { readonly code: 'TOO_MANY_SETTLEMENTS'; readonly settlements: number; readonly max: number }
  | { readonly code: 'ALLOCATED_BEFORE_RECEIPT'; readonly receivedOn: string }
  | { readonly code: 'ALLOCATED_BEFORE_ISSUE'; readonly number: string; readonly issuedOn: string }
  | { readonly code: 'REVERSED_BEFORE_ALLOCATION'; readonly allocatedOn: string }

/** A document to settle: what it holds in all, and how much of it is paid now. */
export type ToSettle = Omit<Settlement, 'vat'> & {
  /** Tax of the document that waits for receipts. */
  readonly pending: readonly Omit<VatRelease, 'base' | 'tax'>[]
}

export type Allocation = Omit<Allocated, 'settlements' | 'journalEntry'> & {
  readonly settlements: readonly ToSettle[]
}

export type AllocationReversal = Pick<
  z.output<typeof AllocationReversed.data>,
  'allocationId' | 'reversedOn' | 'explanation'
>

type Decide = Decision<Receivable, ReceivableEvent, ReceivableRejection>

/** Id of the stream `receivable-<entityId>.<customerId>.<currency>`. */
export const receivableIdOf = (ids: Pick<Allocated, 'entityId' | 'customerId' | 'currency'>): string =>
  `${ids.entityId}.${ids.customerId}.${ids.currency}`

const settledOf = (state: Receivable, invoiceId: string): Settled =>
  state.documents.get(invoiceId) ?? { paid: 0n, released: new Map() }

export const decide = {
  /** Says what a payment pays: never more than is left of it, nor of any document. */
  allocate:
    (allocation: Allocation, chart: Chart): Decide =>
    state => {
      const existing = state.allocations.get(allocation.allocationId)
      if (existing !== undefined)
        return sameAllocation(existing.data, allocation)
          ? E.right([])
          : E.left({ code: 'ALLOCATION_ALREADY_EXISTS' })
      const refusal = refusalOf(state, allocation)
      if (refusal !== undefined) return E.left(refusal)
      const settlements = allocation.settlements.map(settlement => settle(state, settlement))
      const data = { ...allocation, settlements }
      const max = settlementsInOneEntry(data)
      if (max < settlements.length)
        return E.left({ code: 'TOO_MANY_SETTLEMENTS', settlements: settlements.length, max })
      return withEntry(chart, vatOnReceiptEntry(data), entry => ({
        type: 'invoicing.PaymentAllocated',
        data: { ...data, ...entry },
      }))
    },

  /** Takes an allocation back: what it took is free again, the tax it released waits again. */
  reverse:
    ({ allocationId, reversedOn, explanation }: AllocationReversal, chart: Chart): Decide =>
    state => {
      const allocated = state.allocations.get(allocationId)
      if (allocated === undefined) return E.left({ code: 'ALLOCATION_NOT_FOUND' })
      if (allocated.reversed) return E.right([])
      const { allocatedOn, journalEntry: _, ...data } = allocated.data
      if (reversedOn < allocatedOn) return E.left({ code: 'REVERSED_BEFORE_ALLOCATION', allocatedOn })
      const stream = streamOf(receivable, receivableIdOf(data))
      const facts = { ...data, reversedOn, explanation }
      const entry = vatBackEntry(facts, { stream, revision: allocated.revision })
      return withEntry(chart, entry, carried => ({
        type: 'invoicing.AllocationReversed',
        data: { ...facts, ...carried },
      }))
    },
}

const sameAllocation = ({ journalEntry: _, ...existing }: Allocated, allocation: Allocation): boolean =>
  same(
    { ...existing, settlements: existing.settlements.map(s => [s.invoiceId, s.amount]) },
    { ...allocation, settlements: allocation.settlements.map(s => [s.invoiceId, s.amount]) },
    'same',
  )

const refusalOf = (
  state: Receivable,
  { settlements, source, allocatedOn }: Allocation,
): ReceivableRejection | undefined => {
  if (allocatedOn < source.day) return { code: 'ALLOCATED_BEFORE_RECEIPT', receivedOn: source.day }
  for (const [index, settlement] of settlements.entries()) {
    const { invoiceId, number, issuedOn, account, payable, amount } = settlement
    if (settlements.findIndex(other => other.invoiceId === invoiceId) !== index)
      return { code: 'DOCUMENT_NAMED_TWICE', number }
    if (account !== source.account)
      return { code: 'SETTLED_ON_ANOTHER_ACCOUNT', number, account, expected: source.account }
    // Its tax waits from its issue on: nothing can be taken from it before (CGI 269-2-c tells when it falls due).
    if (allocatedOn < issuedOn) return { code: 'ALLOCATED_BEFORE_ISSUE', number, issuedOn }
    const left = payable - settledOf(state, invoiceId).paid
    if (amount > left) return { code: 'ALLOCATION_EXCEEDS_DOCUMENT', number, left }
  }
  const left = source.amount - (state.used.get(source.id) ?? 0n)
  return sum(settlements.map(({ amount }) => amount)) > left
    ? { code: 'ALLOCATION_EXCEEDS_PAYMENT', reference: source.reference, left }
    : undefined
}

const rateKey = ({ category, rate }: Pick<VatRelease, 'category' | 'rate'>): string => `${category} ${rate}`

/** The settlement with the tax that falls due by it. */
const settle = (state: Receivable, { pending, ...settlement }: ToSettle): Settlement => {
  const { paid, released } = settledOf(state, settlement.invoiceId)
  const { payable } = settlement
  const vat = pending.map(tax => {
    const before = released.get(rateKey(tax)) ?? { base: 0n, tax: 0n }
    return { ...tax, ...releasedShare(tax, { paid: paid + settlement.amount, payable }, before) }
  })
  return { ...settlement, vat }
}

type Entry = Allocated['journalEntry']

/** The event with its entry, once the books accept it; without one where no tax moves. */
const withEntry = (
  chart: Chart,
  entry: Entry,
  event: (carried: { journalEntry?: NonNullable<Entry> }) => ReceivableEvent,
): E.Either<EntryRejection, readonly ReceivableEvent[]> => {
  if (entry === undefined) return E.right([event({})])
  const checked = journalEntry(chart)(entry)
  return E.isLeft(checked) ? checked : E.right([event({ journalEntry: checked.right })])
}

/** Adds (sign 1n) or takes back (sign -1n) what settlements paid and released. */
const moved = (
  state: Receivable,
  { source, settlements }: Pick<Allocated, 'source' | 'settlements'>,
  sign: 1n | -1n,
): Pick<Receivable, 'documents' | 'used' | 'length'> => {
  const documents = new Map(state.documents)
  for (const { invoiceId, amount, vat } of settlements) {
    const { paid, released } = settledOf({ ...state, documents }, invoiceId)
    const next = new Map(released)
    // A release without tax posted nothing: the base that old ones state was never declared, and is still to come.
    for (const tax of vat.filter(release => release.tax !== 0n)) {
      const before = next.get(rateKey(tax)) ?? { base: 0n, tax: 0n }
      next.set(rateKey(tax), { base: before.base + sign * tax.base, tax: before.tax + sign * tax.tax })
    }
    documents.set(invoiceId, { paid: paid + sign * amount, released: next })
  }
  const total = sum(settlements.map(({ amount }) => amount))
  const used = new Map(state.used).set(source.id, (state.used.get(source.id) ?? 0n) + sign * total)
  return { documents, used, length: state.length + 1 }
}

export const evolve = (state: Receivable, event: ReceivableEvent): Receivable => {
  const { allocationId } = event.data
  const allocations = new Map(state.allocations)
  switch (event.type) {
    case 'invoicing.PaymentAllocated':
      allocations.set(allocationId, { data: event.data, revision: state.length, reversed: false })
      return { ...moved(state, event.data, 1n), allocations }
    case 'invoicing.AllocationReversed': {
      const allocated = allocations.get(allocationId) ?? impossible(`${event.type} of nothing`)
      allocations.set(allocationId, { ...allocated, reversed: true })
      return { ...moved(state, event.data, -1n), allocations }
    }
  }
}

export const receivable: Aggregate<Receivable, ReceivableEvent> = {
  category: 'receivable',
  events: receivableEvents,
  initial: { documents: new Map(), used: new Map(), allocations: new Map(), length: 0 },
  evolve,
}
