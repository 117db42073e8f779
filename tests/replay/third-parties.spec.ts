import { expect, it } from 'vitest'
import type { DomainEvent } from '../../domain/shared/events.ts'
import type { EntryLine, JournalEntry } from '../../domain/shared/journal-entry.ts'
import type { OpenedSubject } from '../../replay/check.ts'
import { thirdParties } from '../../replay/checks/third-parties.ts'
import { CUSTOMER, ENTITY } from '../domain/ledger/books.ts'
import { goods, issuedOf } from '../domain/invoicing/sale.ts'

/** What the check says of a log of these events, by code. */
const told = async (...events: readonly DomainEvent[]) => {
  const found: string[] = []
  const walk = thirdParties.begin(
    {} as OpenedSubject,
    (_, { code, severity = 'error', found: is, expected }) =>
      found.push(`${severity} ${code}: ${is} for ${expected}`),
  )
  for (const event of events)
    walk.see?.({ ...event, stream: 's', revision: 0, ordinal: 1 } as never, {} as never)
  await walk.end?.()
  return found
}

const issued = issuedOf({ lines: [goods(1, '100.00')], day: '2026-11-20', deliveredOn: '2026-11-18' })
const OTHER = '01932f0c-0000-7000-8000-000000000009'

/** The invoice with the third party of its entry's lines changed. */
const posted = (change: (line: EntryLine) => EntryLine): DomainEvent => {
  const { journalEntry } = issued.data
  return {
    ...issued,
    data: { ...issued.data, journalEntry: { ...journalEntry, lines: journalEntry.lines.map(change) } },
  }
}
const byHand = (amount: bigint, side: 'debit' | 'credit', of = CUSTOMER): DomainEvent => {
  const auxiliary = { kind: 'customer' as const, id: of, code: 'VINET' }
  const lines = [{ account: '411', auxiliary, label: 'Régularisation', side, amount }]
  const journalEntry = { entityId: ENTITY, lines } as unknown as JournalEntry
  return { type: 'ledger.ManualEntryValidated', data: { entryId: OTHER, entityId: ENTITY, journalEntry } }
}

it('finds nothing where the ledger holds what is left of the documents', async () => {
  expect(await told(issued)).toStrictEqual([])
})

it('finds an entry that stands with another customer than its document', async () => {
  const moved = posted(line =>
    line.auxiliary ? { ...line, auxiliary: { ...line.auxiliary, id: OTHER } } : line,
  )
  expect(await told(moved)).toStrictEqual([
    'error THIRD_PARTY_NOT_OF_DOCUMENTS: 0 for 12000',
    'error THIRD_PARTY_NOT_OF_DOCUMENTS: 12000 for 0',
  ])
})

it('finds an amount that is not the document’s', async () => {
  const less = posted(line => (line.auxiliary ? { ...line, amount: line.amount - 1n } : line))
  expect(await told(less)).toStrictEqual(['error THIRD_PARTY_NOT_OF_DOCUMENTS: 11999 for 12000'])
})

it('tells what entries by hand account for, and nothing once they are undone', async () => {
  expect(await told(issued, byHand(20_00n, 'credit'))).toStrictEqual([
    'warning THIRD_PARTY_MOVED_BY_HAND: 10000 for 12000',
  ])
  expect(await told(issued, byHand(20_00n, 'credit'), byHand(20_00n, 'debit'))).toStrictEqual([])
})
