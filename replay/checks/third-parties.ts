import type { z } from 'zod'
import { ManualEntryReversed, ManualEntryValidated } from '../../domain/ledger/manual-entry.events.ts'
import { entryOf } from '../../domain/ledger/posting.ts'
import type { EntryLine } from '../../domain/shared/journal-entry.ts'
import { sum } from '../../domain/shared/money.ts'
import type { RecordedEvent } from '../../projections/definition.ts'
import { allocations, changesBy, openedBy, openings } from '../../projections/invoicing/open-documents.ts'
import type { Allocation, Opening } from '../../projections/invoicing/open-documents.ts'
import { entryEvents } from '../../projections/shared.ts'
import { placeOf, typesOf } from '../check.ts'
import type { Check, EventPlace, Fault } from '../check.ts'
import { ManualDrafts, draftEvents } from '../manual-drafts.ts'

/**
 * What a third party owes stands in two places: on the ledger's accounts kept by third party, and in what is left of
 * his documents, from which open items, ageing and balances are made, with what accountants wrote by hand (openings,
 * corrections). What was written is read from the drafts, not from the entries that it is held against.
 */
export const thirdParties: Check = {
  name: 'third-parties',
  title: {
    fr: 'Les comptes de tiers portent ce que disent les documents et les écritures manuelles',
    en: 'The accounts of third parties hold what documents and entries by hand say',
  },
  begin: (_, report) => {
    const drafts = new ManualDrafts(linesOfParties)
    const owed = new Map<string, Owed>()
    return {
      types: typesOf(...openings, ...allocations, ...entryEvents, ...draftEvents),
      see: event => {
        if (drafts.note(event)) return
        for (const { entityId, partyId, amount, what } of movesOf(event, drafts)) {
          const key = `${entityId} ${partyId}`
          const before = owed.get(key) ?? { entityId, partyId, documents: 0n, byHand: 0n, ledger: 0n }
          owed.set(key, { ...before, [what]: before[what] + amount, last: placeOf(event) })
        }
      },
      end: () => {
        for (const { last, ...of } of owed.values())
          if (last && of.ledger !== of.documents + of.byHand) report(last, faultOf(of))
        return Promise.resolve(undefined)
      },
    }
  },
}

type What = 'documents' | 'byHand' | 'ledger'

/** What a third party owes an entity: by documents, by what was written by hand, by the ledger. */
interface Owed extends Readonly<Record<What, bigint>> {
  readonly entityId: string
  readonly partyId: string
  /** The last event that moved any of it. */
  readonly last?: EventPlace
}

interface OfParty {
  readonly partyId: string
  /** Owed to us positive, minor units. */
  readonly amount: bigint
}

interface Move extends OfParty {
  readonly entityId: string
  readonly what: What
}

type Drafts = ManualDrafts<readonly OfParty[]>

const OPENINGS = typesOf(...openings)
const ALLOCATIONS = typesOf(...allocations)

const movesOf = (event: RecordedEvent, drafts: Drafts): readonly Move[] => {
  const entry = entryOf(event)
  return [
    ...documentMoves(event),
    ...handMoves(event, drafts),
    ...(entry ? movesOfEntity(entry.entityId, 'ledger', linesOfParties(entry.lines)) : []),
  ]
}

const movesOfEntity = (entityId: string, what: What, parties: readonly OfParty[]): readonly Move[] =>
  parties.map(party => ({ ...party, entityId, what }))

const documentMoves = (event: RecordedEvent): readonly Move[] => {
  if (OPENINGS.has(event.type)) {
    const { entity_id: entityId, customer_id: partyId, left_open: amount } = openedBy(event as Opening)
    return [{ entityId, partyId, amount, what: 'documents' }]
  }
  if (!ALLOCATIONS.has(event.type)) return []
  const { data } = event as Allocation
  const amount = sum(changesBy(event as Allocation).map(({ change }) => change))
  return [{ entityId: data.entityId, partyId: data.customerId, amount, what: 'documents' }]
}

/** What was written by hand counts once it is validated, and counts back once it is reversed. */
const handMoves = ({ type, data }: RecordedEvent, drafts: Drafts): readonly Move[] => {
  if (type === ManualEntryValidated.type) {
    const { entryId, entityId } = data as z.output<typeof ManualEntryValidated.data>
    return movesOfEntity(entityId, 'byHand', drafts.take(entryId) ?? [])
  }
  if (type !== ManualEntryReversed.type) return []
  const { entityId, original } = data as z.output<typeof ManualEntryReversed.data>
  const reversed = linesOfParties(original.lines).map(party => ({ ...party, amount: -party.amount }))
  return movesOfEntity(entityId, 'byHand', reversed)
}

const linesOfParties = (lines: readonly EntryLine[]): readonly OfParty[] =>
  lines.flatMap(({ auxiliary, side, amount }) =>
    auxiliary ? [{ partyId: auxiliary.id, amount: side === 'debit' ? amount : -amount }] : [],
  )

const faultOf = ({ entityId, partyId, documents, byHand, ledger }: Owed): Fault => ({
  code: 'THIRD_PARTY_NOT_OF_DOCUMENTS',
  found: String(ledger),
  expected: String(documents + byHand),
  sentence: {
    fr: `Les comptes du tiers ${partyId} (entité ${entityId}) portent ${ledger} ; il reste ${documents} de ses documents, et les écritures manuelles y ajoutent ${byHand} (centimes, dû par lui positif).`,
    en: `The accounts of third party ${partyId} (entity ${entityId}) hold ${ledger}; ${documents} is left of his documents, and entries by hand add ${byHand} (cents, owed by him positive).`,
  },
})
