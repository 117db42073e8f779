import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trialBalance } from '../../projections/ledger/trial-balance.queries.ts'
import { invoiceAsOf, partyAsOf, trialBalanceAsOf } from '../../replay/as-of.ts'
import { cutFrom } from '../../replay/cut.ts'
import { codec, find, logOf, playOriginal } from './support/copies.ts'
import type { Original } from './support/copies.ts'
import { entityId, vinet } from './support/trade.ts'

let original: Original
let source: { store: ReturnType<typeof logOf>; codec: typeof codec }
beforeAll(async () => {
  original = await playOriginal()
  source = { store: logOf(original.events), codec }
})
afterAll(() => original.close())

const ordinalOf = (type: string, nth = 0): number =>
  original.events.indexOf(find(original.events, type, nth)) + 1

describe('as of', () => {
  it('PROTOCOL 11: resolves an instant to the last event before the first recorded later', async () => {
    const { ordinal, eventId, provisional } = await invoiceAsOf(source, original.first.invoiceId, {
      instant: '1997-01-10T09:00:00.000Z',
    })
    const next = original.events[ordinal]
    expect(eventId).toBe(original.events[ordinal - 1]?.id)
    expect(provisional).toBe(false)
    expect(next?.metadata).toContain('"recordedAt":"1997-01-20')
  })

  it('PROTOCOL 11: is provisional until something recorded later is in the log', async () => {
    const late = await invoiceAsOf(source, original.first.invoiceId, { instant: '1997-12-31T00:00:00.000Z' })
    expect(late).toMatchObject({ provisional: true, ordinal: original.events.length })
    const before = await invoiceAsOf(source, original.first.invoiceId, {
      instant: '1990-01-01T00:00:00.000Z',
    })
    expect(before).toMatchObject({ provisional: false, ordinal: 0, eventId: undefined })
    expect(before.answer.invoice).toBeUndefined()
  })

  it('shows an invoice as it was: drafted, issued, settled in part', async () => {
    const at = async (ordinal: number) =>
      (await invoiceAsOf(source, original.first.invoiceId, { ordinal })).answer.invoice
    expect(await at(ordinalOf('invoicing.InvoiceDrafted'))).toMatchObject({ state: 'draft', number: null })
    expect(await at(ordinalOf('invoicing.InvoiceIssued'))).toMatchObject({
      state: 'issued',
      number: 'F1997-000001',
      settlement: 'open',
    })
    expect(await at(original.events.length)).toMatchObject({ settlement: 'partlySettled', settled: 15_000n })
  })

  it('shows a customer as it was: owed, open, posted', async () => {
    const early = await partyAsOf(source, vinet, { ordinal: ordinalOf('invoicing.InvoiceIssued') })
    expect(early.answer.balances.map(({ balance }) => balance)).toStrictEqual([51_663n])
    expect(early.answer.openItems.map(({ left_open }) => left_open)).toStrictEqual([51_663n])
    expect(early.answer.movements).toMatchObject([
      { account: '411', period: '1997-01', debit: 51_663n, credit: 0n },
    ])
    const now = await partyAsOf(source, vinet)
    expect(now.answer.openItems.map(({ kind, left_open }) => [kind, left_open])).toStrictEqual([
      ['invoice', 36_663n],
      ['payment', -5_000n],
      ['invoice', 10_854n],
    ])
  })

  it('gives the trial balance that the read models give, at every place of the log', async () => {
    for (let ordinal = 1; ordinal <= original.events.length; ordinal += 3)
      for (const months of [
        { from: '1997-01', to: '1997-01' },
        { from: '1997-02', to: '1997-12' },
        { from: '1998-01', to: '1998-12' },
      ]) {
        const replayed = await trialBalanceAsOf(source, { entityId, ...months }, { ordinal })
        const read = await trialBalance(original.pool, { entityId, ...months, asOf: ordinal })
        const withoutLabels = ({ lines, ...totals }: typeof read) => ({
          ...totals,
          // Labels of accounts are those of now in the one, those of then in the other.
          lines: lines.map(line => ({ ...line, label: '' })),
        })
        expect(withoutLabels(replayed.answer)).toStrictEqual(withoutLabels(read))
      }
  })

  it('as of a place is a replay of the log cut there', async () => {
    const ordinal = ordinalOf('invoicing.PaymentAllocated')
    const cut = { store: logOf(original.events.slice(0, ordinal)), codec }
    const months = { entityId, from: '1997-01', to: '1997-12' }
    const [asOf, replayed] = [
      await trialBalanceAsOf(source, months, { ordinal }),
      await trialBalanceAsOf(cut, months),
    ]
    expect(asOf).toStrictEqual(replayed)
    expect(asOf.answer.lines.length).toBeGreaterThan(3)
  })
})

describe('a cut is read', () => {
  it.each([
    ['1234', { ordinal: 1234 }],
    ['1997-03-31T23:59:59Z', { instant: '1997-03-31T23:59:59.000Z' }],
    ['1997-03-31T23:59:59.5+01:00', { instant: '1997-03-31T22:59:59.500Z' }],
    ['1997-03-31', undefined],
    ['yesterday', undefined],
    ['-3', undefined],
  ])('%s', (text, cut) => expect(cutFrom(text)).toStrictEqual(cut))
})
