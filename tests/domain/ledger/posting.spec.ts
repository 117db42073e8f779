import fc from 'fast-check'
import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { closingTotals, initialPosting, post } from '../../../domain/ledger/posting.ts'
import type { PostingOutcome, PostingState } from '../../../domain/ledger/posting.ts'
import { decodePosting, encodePosting } from '../../../domain/ledger/posting-state.ts'
import type { JournalEntry } from '../../../domain/shared/journal-entry.ts'

const ENTITY = '01932f0c-0000-7000-8000-000000000001'
const OTHER = '01932f0c-0000-7000-8000-000000000002'
const CUT = { stream: 's', revision: 0, eventId: ENTITY, recordedAt: '2026-02-03T08:00:00.000Z' }

let ids = 0
const event = (type: string, data: object) => ({ id: `event-${++ids}`, type, data })
const yearOpened = (year: string, startsOn: string, endsOn: string) =>
  event('organisation.FiscalYearOpened', { entityId: ENTITY, year, startsOn, endsOn })
const cut = (period: string, entityId = ENTITY) => event('ledger.PeriodCut', { entityId, period })
const entry = (accountingDate: string, { journal = 'OD', entityId = ENTITY, amount = 100_00n } = {}) => {
  const journalEntry: JournalEntry = {
    entityId,
    journal,
    accountingDate,
    documentDate: accountingDate,
    documentReference: 'P1',
    label: 'Loyer',
    currency: 'EUR',
    rule: { id: 'manual', version: 1 },
    lines: [
      { account: '6132', label: 'Loyer', side: 'debit', amount },
      { account: '512', label: 'Loyer', side: 'credit', amount },
    ],
  }
  return event('ledger.ManualEntryValidated', { entityId, journalEntry })
}
type Event = ReturnType<typeof event>

const fold = (events: readonly Event[], state: PostingState = initialPosting()): PostingOutcome[] =>
  events.map(e => post(state, e))
const postings = (...events: readonly Event[]) => fold(events).flatMap(({ posting }) => posting ?? [])

describe('PROTOCOL 24: posting day and number are a fold over the order of the log', () => {
  it('counts 1, 2, 3… per entity, journal and fiscal year, in log order and not by date', () => {
    const result = postings(
      yearOpened('2026', '2026-01-01', '2026-12-31'),
      yearOpened('2027', '2027-01-01', '2027-12-31'),
      entry('2026-03-15'),
      entry('2026-02-01'),
      entry('2026-02-01', { journal: 'VE' }),
      entry('2026-02-01', { entityId: OTHER }),
      entry('2027-01-05'),
      entry('2026-12-31'),
    )
    expect(result.map(p => [p.fiscalYear, p.number])).toStrictEqual([
      ['2026', 1],
      ['2026', 2],
      ['2026', 1],
      ['2026', 1],
      ['2027', 1],
      ['2026', 3],
    ])
  })

  it('follows a fiscal year that is not the calendar year', () => {
    const result = postings(
      yearOpened('2025_26', '2025-07-01', '2026-06-30'),
      entry('2026-06-30'),
      entry('2025-07-01'),
      entry('2026-07-01'),
    )
    expect(result.map(p => [p.fiscalYear, p.number])).toStrictEqual([
      ['2025_26', 1],
      ['2025_26', 2],
      ['2026', 1],
    ])
  })

  it('ignores events without an entry', () => {
    expect(fold([event('invoicing.InvoiceDrafted', { invoiceId: ENTITY })])).toStrictEqual([{}])
  })
})

describe('PROTOCOL 25: PeriodCut alone decides, by log order', () => {
  it('what stands after the cut and is dated inside goes to the first open day, flagged', () => {
    expect(postings(entry('2026-01-31'), cut('2026-01'), entry('2026-01-31'))).toStrictEqual([
      { postingDay: '2026-01-31', number: 1, fiscalYear: '2026', moved: false },
      { postingDay: '2026-02-01', number: 2, fiscalYear: '2026', moved: true },
    ])
  })

  it('moves over every cut month, and into the next fiscal year with its numbers', () => {
    const result = postings(
      yearOpened('2026', '2026-01-01', '2026-12-31'),
      yearOpened('2027', '2027-01-01', '2027-12-31'),
      entry('2026-12-31'),
      cut('2026-11'),
      cut('2026-12'),
      entry('2026-11-30'),
    )
    expect(result[1]).toStrictEqual({ postingDay: '2027-01-01', number: 1, fiscalYear: '2027', moved: true })
  })

  it('concerns one entity', () => {
    expect(postings(cut('2026-01', OTHER), entry('2026-01-31'))[0]?.moved).toBe(false)
  })

  it('a lock moves nothing', () => {
    const lock = event('ledger.JournalLocked', { entityId: ENTITY, period: '2026-01', journal: 'OD' })
    expect(postings(lock, entry('2026-01-31'))[0]?.moved).toBe(false)
  })
})

describe('PROTOCOL 25: the digests of a close', () => {
  /** The two lines of `entry`, written as the digest's definition says. */
  const lines = (cents: string) =>
    JSON.stringify(
      ['6132', '512'].map((account, i) => [
        account,
        null,
        'Loyer',
        i === 0 ? 'debit' : 'credit',
        cents,
        ...Array<null>(6).fill(null),
      ]),
    )

  it('chains number, event id, posting day and lines, per journal', () => {
    const first = entry('2026-01-10')
    const second = entry('2026-01-02', { amount: 7n })
    const state = initialPosting()
    fold([first, second], state)
    const empty = hash('sha256', 'grandlivre.period.1')
    const one = hash('sha256', [empty, '1', first.id, '2026-01-10', lines('10000')].join('\n'))
    const two = hash('sha256', [one, '2', second.id, '2026-01-02', lines('7')].join('\n'))
    expect(closingTotals(state, ENTITY, '2026-01')).toStrictEqual([
      {
        journal: 'OD',
        firstNumber: 1,
        lastNumber: 2,
        entries: 2,
        debit: 100_07n,
        credit: 100_07n,
        digest: two,
      },
    ])
  })

  const history = [
    entry('2026-01-10'),
    entry('2026-01-11', { journal: 'VE' }),
    entry('2026-02-01'),
    cut('2026-01'),
  ]
  const closedWith = (events: readonly Event[]) => {
    const state = initialPosting()
    fold(events, state)
    return event('ledger.PeriodClosed', {
      entityId: ENTITY,
      period: '2026-01',
      cut: CUT,
      stageVersion: 1,
      journals: closingTotals(state, ENTITY, '2026-01'),
    })
  }

  it('is reproduced by the same log', () => {
    const closing = fold([...history, closedWith(history)]).at(-1)?.closing
    expect(closing?.agrees).toBe(true)
    expect(closing?.found.map(j => j.journal)).toStrictEqual(['OD', 'VE'])
  })

  it('is not disturbed by what races past the cut', () => {
    const closed = closedWith(history)
    expect(fold([...history, entry('2026-01-31'), closed]).at(-1)?.closing?.agrees).toBe(true)
  })

  it.each([
    ['an entry was taken out', [...history.slice(1)]],
    ['an amount was changed', [entry('2026-01-10', { amount: 1n }), ...history.slice(1)]],
    ['an entry was slipped in before the cut', [entry('2026-01-10'), ...history]],
    ['two entries changed places', [history[2]!, history[0]!, history[1]!, history[3]!]],
    ['the cut came later', [...history.slice(0, 3), entry('2026-01-31'), history[3]!]],
  ])('is not reproduced when %s', (_, altered) => {
    expect(fold([...altered, closedWith(history)]).at(-1)?.closing?.agrees).toBe(false)
  })
})

describe('the state', () => {
  const month = fc.integer({ min: 1, max: 6 })
  /** Of an ordinary entry, and of one of a hundred lines of the largest amount allowed. */
  const amount = fc.constantFrom(100_00n, 10n ** 16n)
  const anyEvent = fc.oneof(
    { weight: 6, arbitrary: fc.record({ month, amount }) },
    { weight: 1, arbitrary: fc.record({ month, amount: fc.constant(undefined) }) },
  )
  const built = (steps: readonly { month: number; amount: bigint | undefined }[]) => [
    yearOpened('2026', '2026-01-01', '2026-12-31'),
    ...steps.map(({ month, amount }, i) =>
      amount === undefined
        ? cut(`2026-0${month}`)
        : entry(`2026-0${month}-15`, { journal: i % 2 === 0 ? 'OD' : 'VE', amount }),
    ),
  ]

  it('survives storage anywhere in the log without changing what follows', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), fc.nat(30), (steps, at) => {
        const events = built(steps)
        const straight = initialPosting()
        const expected = fold(events, straight)
        const before = initialPosting()
        const first = fold(events.slice(0, at), before)
        const resumed = decodePosting(JSON.parse(JSON.stringify(encodePosting(before))))
        expect([...first, ...fold(events.slice(at), resumed)]).toStrictEqual(expected)
        expect(encodePosting(resumed)).toStrictEqual(encodePosting(straight))
      }),
    )
  })

  it('never posts into a cut month, and numbers without gap', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), steps => {
        const state = initialPosting()
        const given = new Map<string, number[]>()
        let through = ''
        for (const e of built(steps)) {
          const { posting } = post(state, e)
          const data = e.data as { period?: string; journalEntry?: JournalEntry }
          if (data.period !== undefined && data.period > through) through = data.period
          if (posting === undefined) continue
          expect(posting.postingDay.slice(0, 7) > through).toBe(true)
          const journal = data.journalEntry!.journal
          given.set(journal, [...(given.get(journal) ?? []), posting.number])
        }
        for (const numbers of given.values())
          expect(numbers).toStrictEqual(numbers.map((_, index) => index + 1))
      }),
    )
  })
})
