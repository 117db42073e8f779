import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recompute, rules } from '../../domain/ledger/posting-rules/registry.ts'
import type { Check } from '../../replay/check.ts'
import { balanced } from '../../replay/checks/balanced.ts'
import { figures } from '../../replay/checks/figures.ts'
import { recomputedBy } from '../../replay/checks/recomputed.ts'
import { verify } from '../../replay/verify.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import { codec, find, forged, logOf, playOriginal } from './support/copies.ts'
import type { Original } from './support/copies.ts'

interface Line {
  side: string
  amount: number
  account: string
}

let original: Original
beforeAll(async () => {
  original = await playOriginal()
})
afterAll(() => original.close())

const event = (type: string): StoredEvent => find(original.events, type)
const verified = (events: readonly StoredEvent[], ...checks: readonly Check[]) =>
  verify({ store: logOf(events), codec }, { checks })
const codes = async (events: readonly StoredEvent[], ...checks: readonly Check[]) => [
  ...new Set((await verified(events, ...checks)).findings.map(({ code }) => code)),
]

describe('a fault in a posting rule', () => {
  const carriers = {
    sale: 'invoicing.InvoiceIssued',
    creditNote: undefined,
    receipt: 'invoicing.PaymentReceived',
    vatOnReceipt: 'invoicing.PaymentAllocated',
    manual: 'ledger.ManualEntryValidated',
    reversal: 'ledger.ManualEntryReversed',
  } as const
  const played = Object.entries(carriers).flatMap(([rule, type]) => (type ? [[rule, type] as const] : []))

  it('is played for every rule there is; of credit notes there are only shapes yet', () =>
    expect(Object.keys(carriers).toSorted()).toStrictEqual(Object.keys(rules).toSorted()))

  it.each(played)('%s: verify reports every entry that the faulty rule makes again', async rule => {
    const faulty = recomputedBy(carrier => {
      const entry = recompute(carrier)
      return entry?.rule.id === rule ? { ...entry, lines: entry.lines.toReversed() } : entry
    })
    const { findings } = await verified(original.events, faulty)
    const made = original.events.filter(({ data }) => {
      const { journalEntry } = JSON.parse(data) as { journalEntry?: { rule: { id: string } } }
      return journalEntry?.rule.id === rule
    })
    expect(made.length).toBeGreaterThan(0)
    expect(findings.map(({ where }) => ('eventId' in where ? where.eventId : ''))).toStrictEqual(
      made.map(({ id }) => id),
    )
  })

  /** Faults that stay balanced, and that the faulty rule would make again for ever: only another eye sees them. */
  const faults: Readonly<Record<string, (line: Line) => Line>> = {
    'on the wrong sides': line => ({ ...line, side: line.side === 'debit' ? 'credit' : 'debit' }),
    'a cent too much on each line': line => ({ ...line, amount: line.amount + 1 }),
    'on neighbouring accounts': line => ({ ...line, account: `${line.account.slice(0, -1)}9` }),
  }
  const cases = played.flatMap(([rule, type]) =>
    Object.keys(faults).map(fault => [rule, fault, type] as const),
  )

  it.each(cases)('%s: an entry %s is found by something other than the rule', async (_, fault, type) => {
    const events = forged(original.events, event(type), data => {
      const entry = data['journalEntry'] as { readonly lines: readonly Line[] }
      return { ...data, journalEntry: { ...entry, lines: entry.lines.map(line => faults[fault]?.(line)) } }
    })
    expect(await codes(events, balanced, figures)).toContain('ENTRY_NOT_OF_DOCUMENT')
  })

  it('an entry that does not balance is found whatever its rule says', async () => {
    const events = forged(original.events, event('invoicing.InvoiceIssued'), data => {
      const entry = data['journalEntry'] as { readonly lines: readonly Line[] }
      const lines = entry.lines.map((line, i) => (i === 0 ? { ...line, amount: line.amount + 1 } : line))
      return { ...data, journalEntry: { ...entry, lines } }
    })
    expect(await codes(events, balanced)).toStrictEqual(['ENTRY_UNBALANCED'])
  })
})
