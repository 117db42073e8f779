import { ManualEntryReversed, ManualEntryValidated } from '../../domain/ledger/manual-entry.events.ts'
import { entryOf } from '../../domain/ledger/posting.ts'
import type { JournalEntry } from '../../domain/shared/journal-entry.ts'
import { sum } from '../../domain/shared/money.ts'
import type { RecordedEvent } from '../../projections/definition.ts'
import { allocations, changesBy, openedBy, openings } from '../../projections/invoicing/open-documents.ts'
import type { Allocation, Opening } from '../../projections/invoicing/open-documents.ts'
import { entryEvents } from '../../projections/shared.ts'
import { placeOf, typesOf } from '../check.ts'
import type { Check, EventPlace, Fault } from '../check.ts'

/**
 * What customers owe stands in two places: in what is left of their documents, from which open items, ageing and
 * balances are made, and on the ledger's accounts kept by third party. Entries by hand move the second alone: what
 * they come to is told as a difference to look at. Any other difference is a fault.
 */
export const thirdParties: Check = {
  name: 'third-parties',
  title: {
    fr: 'Les comptes de tiers disent ce que les clients doivent',
    en: 'The accounts of third parties say what customers owe',
  },
  begin: (_, report) => {
    const owed = new Map<string, Owed>()
    return {
      types: typesOf(...openings, ...allocations, ...entryEvents),
      see: event => {
        for (const { entityId, customerId, amount, what } of movesOf(event)) {
          const key = `${entityId} ${customerId}`
          const before = owed.get(key) ?? { entityId, customerId, documents: 0n, entries: 0n, byHand: 0n }
          owed.set(key, { ...before, [what]: before[what] + amount, last: placeOf(event) })
        }
      },
      end: () => {
        for (const { last, ...of } of owed.values())
          if (last) for (const fault of faultsOf(of)) report(last, fault)
        return Promise.resolve(undefined)
      },
    }
  },
}

type What = 'documents' | 'entries' | 'byHand'

/** What a customer owes an entity: by documents, by their entries, by entries written by hand. */
interface Owed extends Readonly<Record<What, bigint>> {
  readonly entityId: string
  readonly customerId: string
  /** The last event that moved any of it. */
  readonly last?: EventPlace
}

interface Move extends Pick<Owed, 'entityId' | 'customerId'> {
  readonly what: What
  /** Owed to us positive, minor units. */
  readonly amount: bigint
}

const OPENINGS = typesOf(...openings)
const ALLOCATIONS = typesOf(...allocations)
const BY_HAND = typesOf(ManualEntryValidated, ManualEntryReversed)

const movesOf = (event: RecordedEvent): readonly Move[] => [
  ...documentMoves(event),
  ...entryMoves(entryOf(event), BY_HAND.has(event.type) ? 'byHand' : 'entries'),
]

const documentMoves = (event: RecordedEvent): readonly Move[] => {
  if (OPENINGS.has(event.type)) {
    const { entity_id: entityId, customer_id: customerId, left_open: amount } = openedBy(event as Opening)
    return [{ entityId, customerId, amount, what: 'documents' }]
  }
  if (!ALLOCATIONS.has(event.type)) return []
  const { data } = event as Allocation
  const amount = sum(changesBy(event as Allocation).map(({ change }) => change))
  return [{ entityId: data.entityId, customerId: data.customerId, amount, what: 'documents' }]
}

const entryMoves = (entry: JournalEntry | undefined, what: What): readonly Move[] =>
  (entry?.lines ?? []).flatMap(({ auxiliary, side, amount }) =>
    entry && auxiliary?.kind === 'customer'
      ? [
          {
            entityId: entry.entityId,
            customerId: auxiliary.id,
            amount: side === 'debit' ? amount : -amount,
            what,
          },
        ]
      : [],
  )

function* faultsOf({ entityId, customerId, documents, entries, byHand }: Owed): Generator<Fault> {
  if (entries !== documents)
    yield {
      code: 'THIRD_PARTY_NOT_OF_DOCUMENTS',
      found: String(entries),
      expected: String(documents),
      sentence: {
        fr: `Les comptes de tiers du client ${customerId} (entité ${entityId}) portent ${entries} ; il reste ${documents} de ses documents (centimes, dû par lui positif).`,
        en: `The accounts of customer ${customerId} (entity ${entityId}) hold ${entries}; ${documents} is left of his documents (cents, owed by him positive).`,
      },
    }
  if (byHand !== 0n)
    yield {
      code: 'THIRD_PARTY_MOVED_BY_HAND',
      severity: 'warning',
      found: String(documents + byHand),
      expected: String(documents),
      sentence: {
        fr: `Des écritures manuelles changent de ${byHand} les comptes du client ${customerId} (entité ${entityId}), et rien de ce qui reste de ses documents (centimes, dû par lui positif).`,
        en: `Entries by hand change the accounts of customer ${customerId} (entity ${entityId}) by ${byHand}, and nothing of what is left of his documents (cents, owed by him positive).`,
      },
    }
}
