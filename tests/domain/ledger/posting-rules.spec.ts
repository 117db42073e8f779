import { describe, expect, it } from 'vitest'
import { recompute, rules } from '../../../domain/ledger/posting-rules/registry.ts'
import { entryOf } from '../../../domain/ledger/posting.ts'
import type { JournalEntry } from '../../../domain/shared/journal-entry.ts'
import { shown } from './books.ts'
import { worked } from './worked-entries.ts'

describe('entries worked out by hand', () => {
  it.each(worked)('$name', ({ event, expected }) => {
    expect(shown(entryOf(event))).toStrictEqual(expected)
  })

  it('are of every rule in every version', () => {
    const tried = new Set(
      worked.map(({ event }) => `${entryOf(event)!.rule.id} ${entryOf(event)!.rule.version}`),
    )
    const known = Object.entries(rules).flatMap(([id, versions]) =>
      Object.keys(versions).map(version => `${id} ${version}`),
    )
    expect([...tried].toSorted()).toStrictEqual(known.toSorted())
  })

  it('are made again from the facts of their events', () => {
    for (const { event } of worked) expect(recompute(event)).toStrictEqual(entryOf(event))
  })
})

/** Faults that a rule could have: each must be seen by an entry worked out by hand. */
const faults: Record<string, (entry: JournalEntry) => JournalEntry> = {
  'sides swapped': e => ({
    ...e,
    lines: e.lines.map(l => ({ ...l, side: l.side === 'debit' ? 'credit' : 'debit' })),
  }),
  'a cent more on both sides': e => ({
    ...e,
    lines: e.lines.map((l, i) => (i === 0 || i === e.lines.length - 1 ? { ...l, amount: l.amount + 1n } : l)),
  }),
  'another account': e => ({ ...e, lines: e.lines.map(l => ({ ...l, account: `${l.account}9` })) }),
  'a line left out': e => ({ ...e, lines: e.lines.slice(1) }),
  'dated by another day': e => ({ ...e, accountingDate: '2001-01-01' }),
}

describe('a fault planted in a rule is seen by the entry worked out by hand', () => {
  it.each(Object.entries(faults))('%s', (_, fault) => {
    for (const { event, expected } of worked)
      expect(shown(fault(entryOf(event)!))).not.toStrictEqual(expected)
  })

  it('tax points and bases that are wrong are seen wherever there is VAT', () => {
    const withVat = worked.filter(({ event }) => entryOf(event)!.lines.some(l => l.vat))
    const wrong = (e: JournalEntry): JournalEntry => ({
      ...e,
      lines: e.lines.map(l => (l.vat ? { ...l, vat: { ...l.vat, base: l.vat.base + 1n } } : l)),
    })
    expect(withVat.length).toBeGreaterThanOrEqual(15)
    for (const { event, expected } of withVat)
      expect(shown(wrong(entryOf(event)!))).not.toStrictEqual(expected)
  })

  it('`verify` sees an entry that its facts would not give', () => {
    for (const { event } of worked) {
      const stored = entryOf(event)!
      if (stored.rule.id === 'manual') continue
      const tampered = { ...stored, lines: stored.lines.map(l => ({ ...l, amount: l.amount + 1n })) }
      const data = { ...(event.data as object), journalEntry: tampered }
      expect(recompute({ ...event, data })).toStrictEqual(stored)
    }
  })

  it('stops at a rule version that never existed', () => {
    const { event } = worked[0]!
    const journalEntry = { ...entryOf(event)!, rule: { id: 'sale', version: 2 } }
    expect(() => recompute({ ...event, data: { ...(event.data as object), journalEntry } })).toThrow(
      'rule sale version 2',
    )
  })
})
