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
type Side = 'debit' | 'credit'
const lines = (amount: bigint, side: Side, of: string, kind: 'customer' | 'person' = 'customer') => [
  {
    account: '411',
    auxiliary: { kind, id: of, code: 'VINET' },
    label: 'Régularisation',
    side,
    amount,
  } satisfies EntryLine,
]
const drafted = (written: readonly EntryLine[]): DomainEvent => ({
  type: 'ledger.ManualEntryDrafted',
  data: { entryId: OTHER, entityId: ENTITY, lines: written },
})
const validated = (posted: readonly EntryLine[]): DomainEvent => {
  const journalEntry = { entityId: ENTITY, lines: posted } as unknown as JournalEntry
  return { type: 'ledger.ManualEntryValidated', data: { entryId: OTHER, entityId: ENTITY, journalEntry } }
}
const reversed = (original: readonly EntryLine[], posted: readonly EntryLine[]): DomainEvent => ({
  type: 'ledger.ManualEntryReversed',
  data: {
    entryId: OTHER,
    entityId: ENTITY,
    original: { lines: original },
    journalEntry: { entityId: ENTITY, lines: posted },
  },
})

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

it('finds nothing where an accountant wrote by hand what the ledger holds beside the documents', async () => {
  const opening = lines(20_00n, 'credit', CUSTOMER)
  expect(await told(issued, drafted(opening), validated(opening))).toStrictEqual([])
  const advance = lines(300_00n, 'debit', OTHER, 'person')
  expect(await told(drafted(advance), validated(advance))).toStrictEqual([])
})

it('finds nothing where an entry by hand was reversed', async () => {
  const wrong = lines(20_00n, 'credit', CUSTOMER)
  const back = reversed(wrong, lines(20_00n, 'debit', CUSTOMER))
  expect(await told(issued, drafted(wrong), validated(wrong), back)).toStrictEqual([])
})

it('finds an entry by hand that nobody wrote, or that is not what was written', async () => {
  expect(await told(validated(lines(20_00n, 'credit', CUSTOMER)))).toStrictEqual([
    'error THIRD_PARTY_NOT_OF_DOCUMENTS: -2000 for 0',
  ])
  const written = drafted(lines(20_00n, 'credit', CUSTOMER))
  expect(await told(written, validated(lines(20_01n, 'credit', CUSTOMER)))).toStrictEqual([
    'error THIRD_PARTY_NOT_OF_DOCUMENTS: -2001 for -2000',
  ])
  expect(await told(written, validated(lines(20_00n, 'credit', OTHER)))).toStrictEqual([
    'error THIRD_PARTY_NOT_OF_DOCUMENTS: 0 for -2000',
    'error THIRD_PARTY_NOT_OF_DOCUMENTS: -2000 for 0',
  ])
})

it('finds a reversal that does not undo its entry', async () => {
  const wrong = lines(20_00n, 'credit', CUSTOMER)
  const back = reversed(wrong, lines(19_00n, 'debit', CUSTOMER))
  expect(await told(drafted(wrong), validated(wrong), back)).toStrictEqual([
    'error THIRD_PARTY_NOT_OF_DOCUMENTS: -100 for 0',
  ])
})

it('counts no draft that was changed or given up', async () => {
  const last = lines(25_00n, 'debit', CUSTOMER)
  const changed = { type: 'ledger.ManualEntryDraftChanged', data: { entryId: OTHER, lines: last } }
  const first = drafted(lines(20_00n, 'credit', CUSTOMER))
  expect(await told(first, changed, validated(last))).toStrictEqual([])
  const cancelled = { type: 'ledger.ManualEntryDraftCancelled', data: { entryId: OTHER } }
  expect(await told(first, cancelled)).toStrictEqual([])
})
