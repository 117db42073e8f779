import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evolve } from '../../../domain/ledger/chart.ts'
import { totalOf } from '../../../domain/ledger/entry-balance.ts'
import { frozenEntry, journalEntry } from '../../../domain/ledger/journal-entry.ts'
import type { EntryLine, JournalEntry } from '../../../domain/shared/journal-entry.ts'
import { CUSTOMER, ENTITY, books } from './books.ts'

const line = (
  side: 'debit' | 'credit',
  account: string,
  amount: bigint,
  more: Partial<EntryLine> = {},
): EntryLine => ({
  account,
  label: 'X',
  side,
  amount,
  ...more,
})
const customer = { auxiliary: { kind: 'customer', id: CUSTOMER, code: 'VINET' } } as const
const supplier = { auxiliary: { kind: 'supplier', id: CUSTOMER, code: 'FOUR' } } as const
const person = { auxiliary: { kind: 'person', id: CUSTOMER, code: CUSTOMER } } as const
const entry = (lines: EntryLine[], journal = 'OD'): JournalEntry => ({
  entityId: ENTITY,
  journal,
  accountingDate: '2026-11-30',
  documentDate: '2026-11-30',
  documentReference: 'P1',
  label: 'X',
  currency: 'EUR',
  rule: { id: 'manual', version: 1 },
  lines,
})
const refusal = (candidate: JournalEntry, chart = books) => {
  const result = journalEntry(chart)(candidate)
  return E.isLeft(result) ? result.left : undefined
}
const pair = [line('debit', '6132', 100n), line('credit', '512', 100n)] as const

describe('the constructor of entries', () => {
  it('accepts what balances on open accounts', () => {
    expect(journalEntry(books)(entry([...pair]))).toStrictEqual(E.right(entry([...pair])))
    const onCustomer = [line('debit', '411', 5n, customer), line('credit', '707', 5n)]
    expect(refusal(entry(onCustomer))).toBeUndefined()
    const ofSuppliers = [line('debit', '6132', 5n), line('credit', '401', 5n)]
    expect(refusal(entry(ofSuppliers))).toBeUndefined()
  })

  const closed = evolve(books, { type: 'ledger.AccountClosed', data: { entityId: ENTITY, account: '6132' } })
  it.each<[string, unknown, JournalEntry, typeof books?]>([
    ['no line', { code: 'ENTRY_TOO_FEW_LINES', lines: 0 }, entry([])],
    ['one line', { code: 'ENTRY_TOO_FEW_LINES', lines: 1 }, entry([pair[0]])],
    [
      '501 lines',
      { code: 'ENTRY_TOO_MANY_LINES', lines: 501, max: 500 },
      entry([...Array<EntryLine>(500).fill(pair[0]), line('credit', '512', 50_000n)]),
    ],
    [
      'a cent too much',
      { code: 'ENTRY_UNBALANCED', debit: 100n, credit: 101n },
      entry([pair[0], line('credit', '512', 101n)]),
    ],
    [
      'an amount of zero',
      { code: 'LINE_AMOUNT_NOT_POSITIVE', line: 3, amount: 0n },
      entry([...pair, line('debit', '6132', 0n)]),
    ],
    [
      'a negative amount',
      { code: 'LINE_AMOUNT_NOT_POSITIVE', line: 1, amount: -1n },
      entry([line('debit', '6132', -1n), line('credit', '512', -1n)]),
    ],
    [
      'a total above the bound',
      { code: 'AMOUNT_OUT_OF_BOUNDS', amount: 10n ** 14n + 1n },
      entry([line('debit', '6132', 10n ** 14n + 1n), line('credit', '512', 10n ** 14n + 1n)]),
    ],
    ['an unknown journal', { code: 'JOURNAL_UNKNOWN', journal: 'XX' }, entry([...pair], 'XX')],
    [
      'an unknown account',
      { code: 'ACCOUNT_UNKNOWN', line: 2, account: '5129' },
      entry([pair[0], line('credit', '5129', 100n)]),
    ],
    [
      'a heading',
      { code: 'ACCOUNT_UNKNOWN', line: 2, account: '51' },
      entry([pair[0], line('credit', '51', 100n)]),
    ],
    [
      'a closed account',
      { code: 'ACCOUNT_NO_LONGER_OPEN', line: 1, account: '6132' },
      entry([...pair]),
      closed,
    ],
    [
      'no third party',
      { code: 'AUXILIARY_MISSING', line: 1, account: '411', kind: 'customer' },
      entry([line('debit', '411', 100n), pair[1]]),
    ],
    [
      'a third party of another kind',
      { code: 'AUXILIARY_MISSING', line: 1, account: '411', kind: 'customer' },
      entry([line('debit', '411', 100n, person), pair[1]]),
    ],
    [
      'a supplier, whom nobody knows',
      { code: 'SUPPLIERS_NOT_KEPT', line: 1, account: '401' },
      entry([line('debit', '401', 100n, supplier), pair[1]]),
    ],
    [
      'a third party where none belongs',
      { code: 'AUXILIARY_FORBIDDEN', line: 1, account: '6132' },
      entry([line('debit', '6132', 100n, customer), pair[1]]),
    ],
  ])('refuses %s', (_, rejection, candidate, chart = books) =>
    expect(refusal(candidate, chart)).toStrictEqual(rejection),
  )

  it('accepts exactly what balances with amounts above zero', () => {
    const anyLine = fc
      .record({ side: fc.constantFrom('debit' as const, 'credit' as const), amount: fc.bigInt(-2n, 5n) })
      .map(({ side, amount }) => line(side, '6132', amount))
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 6 }), lines => {
        const balanced = totalOf(lines, 'debit') === totalOf(lines, 'credit')
        const valid = lines.length >= 2 && lines.every(l => l.amount > 0n) && balanced
        expect(refusal(entry(lines)) === undefined).toBe(valid)
      }),
      { numRuns: 500 },
    )
  })

  it('has no other way in: what is frozen or made again is checked too', () => {
    expect(() => frozenEntry(entry([pair[0], line('credit', '512', 101n)]))).toThrow('ENTRY_UNBALANCED')
    expect(frozenEntry(entry([...pair]))).toStrictEqual(entry([...pair]))
  })
})
