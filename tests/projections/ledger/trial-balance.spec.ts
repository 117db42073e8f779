import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chart } from '../../../projections/ledger/chart.ts'
import { accountPage, partyPage } from '../../../projections/ledger/accounts.queries.ts'
import { ledger } from '../../../projections/ledger/ledger.ts'
import { ledgerMoment } from '../../../projections/ledger/moments.queries.ts'
import { partyBalances } from '../../../projections/ledger/parties.queries.ts'
import { trialBalance } from '../../../projections/ledger/trial-balance.queries.ts'
import { history } from '../../../projections/organisation/history.ts'
import { appendFacts } from '../support/append-facts.ts'
import { ENTITY, cut, id, manual, opening } from '../support/facts.ts'
import { openReadSide } from '../support/read-side.ts'
import type { ReadSide } from '../support/read-side.ts'

const vinet = { auxiliary: { kind: 'customer' as const, id: id('vinet'), code: 'VINET' } }
const tomsp = { auxiliary: { kind: 'customer' as const, id: id('tomsp'), code: 'TOMSP' } }
const food = { axes: { department: 'food' } }

const moved = (name: string, day: string, debit: string, credit: string, amount: bigint) =>
  manual(name, day, [
    [debit, amount],
    [credit, -amount],
  ])
const sold = (name: string, day: string, party: typeof vinet, [net, vat]: [bigint, bigint], axes = {}) =>
  manual(
    name,
    day,
    [
      ['411', net + vat, party],
      ['707', -net, axes],
      ['44571', -vat],
    ],
    'VE',
  )
const paid = (name: string, day: string, party: typeof vinet, amount: bigint) =>
  manual(
    name,
    day,
    [
      ['512', amount],
      ['411', -amount, party],
    ],
    'BQ',
  )

/** A dozen entries over a change of year, worked out by hand below. Cents. */
const entries = [
  moved('capital', '1996-07-01', '512', '101', 1_000_00n),
  sold('sale 1', '1996-07-16', vinet, [100_00n, 20_60n], food),
  sold('sale 2', '1996-09-02', tomsp, [200_00n, 41_20n]),
  moved('rent', '1996-09-30', '6132', '512', 50_00n),
  paid('paid 1', '1996-10-05', vinet, 120_60n),
  cut('1996-07'),
  // Dated in the month that was cut: posted on the first open day.
  sold('late sale', '1996-07-20', vinet, [50_00n, 10_30n], food),
  moved('wages', '1996-12-31', '641', '421', 70_00n),
  sold('sale 97', '1997-01-10', tomsp, [10_00n, 2_06n], food),
  moved('rent 97', '1997-01-31', '6132', '512', 5_00n),
  paid('paid 2', '1997-02-03', tomsp, 241_20n),
  moved('wages paid', '1997-02-05', '421', '512', 70_00n),
  sold('sale 97 b', '1997-03-01', vinet, [20_00n, 4_12n]),
]

let side: ReadSide
let count: number
beforeAll(async () => {
  side = await openReadSide([ledger, chart, history])
  count = await appendFacts(side.store, [...opening(['1996', '1997']), ...entries])
  await side.reach(count)
})
afterAll(() => side.close())

const balance = async (from: string, to: string, more: object = {}) => {
  const result = await trialBalance(side.pool, { entityId: ENTITY, from, to, ...more })
  return {
    ...result,
    lines: result.lines.map(l => [l.account, l.opening, l.debit, l.credit, l.closing, l.notPosted]),
  }
}

describe('the trial balance', () => {
  it('of the first year has no openings; what was late stands in the first open month', async () => {
    const { lines, debit, credit, closing } = await balance('1996-01', '1996-12')
    expect(lines).toEqual([
      ['101', 0n, 0n, 1_000_00n, -1_000_00n, false],
      ['411', 0n, 422_10n, 120_60n, 301_50n, false],
      ['421', 0n, 0n, 70_00n, -70_00n, false],
      ['44571', 0n, 0n, 72_10n, -72_10n, false],
      ['512', 0n, 1_120_60n, 50_00n, 1_070_60n, false],
      ['6132', 0n, 50_00n, 0n, 50_00n, false],
      ['641', 0n, 70_00n, 0n, 70_00n, false],
      ['707', 0n, 0n, 350_00n, -350_00n, false],
    ])
    expect([debit, credit, closing]).toEqual([1_662_70n, 1_662_70n, 0n])
    const sales = ['707', 0n, 0n, 100_00n, -100_00n, false]
    expect((await balance('1996-07', '1996-07')).lines).toContainEqual(sales)
    const late = ['707', -100_00n, 0n, 50_00n, -150_00n, false]
    expect((await balance('1996-08', '1996-08')).lines).toContainEqual(late)
  })

  it('of the second year carries classes 1 to 5, begins 6 and 7 again, and shows the result nobody has posted', async () => {
    const result = await balance('1997-01', '1997-12')
    expect(result.lines).toEqual([
      ['101', -1_000_00n, 0n, 0n, -1_000_00n, false],
      ['120', -230_00n, 0n, 0n, -230_00n, true],
      ['411', 301_50n, 36_18n, 241_20n, 96_48n, false],
      ['421', -70_00n, 70_00n, 0n, 0n, false],
      ['44571', -72_10n, 0n, 6_18n, -78_28n, false],
      ['512', 1_070_60n, 241_20n, 75_00n, 1_236_80n, false],
      ['6132', 0n, 5_00n, 0n, 5_00n, false],
      ['707', 0n, 0n, 30_00n, -30_00n, false],
    ])
    expect([result.opening, result.closing, result.yearFrom]).toEqual([0n, 0n, '1997-01'])
  })

  it('of a later month opens with the year’s months before it', async () => {
    const { lines } = await balance('1997-03', '1997-03')
    expect(lines).toContainEqual(['707', -10_00n, 0n, 20_00n, -30_00n, false])
    expect(lines).toContainEqual(['120', -230_00n, 0n, 0n, -230_00n, true])
  })

  it('by an axis counts the lines that carry its value', async () => {
    const { lines } = await balance('1996-01', '1996-12', { axis: { name: 'department', value: 'food' } })
    expect(lines).toEqual([['707', 0n, 0n, 150_00n, -150_00n, false]])
  })

  it('as of an ordinal is that of the entries before it', async () => {
    const all = await balance('1997-01', '1997-12')
    expect(await balance('1997-01', '1997-12', { asOf: count })).toEqual(all)
    const { lines } = await balance('1996-01', '1996-12', { asOf: count - 11 })
    expect(lines).toEqual([
      ['101', 0n, 0n, 1_000_00n, -1_000_00n, false],
      ['411', 0n, 120_60n, 0n, 120_60n, false],
      ['44571', 0n, 0n, 20_60n, -20_60n, false],
      ['512', 0n, 1_000_00n, 0n, 1_000_00n, false],
      ['707', 0n, 0n, 100_00n, -100_00n, false],
    ])
  })
})

describe('an account page', () => {
  const page = (account: string, from: string, to: string, more: object = {}) =>
    accountPage(side.pool, { entityId: ENTITY, account, from, to, ...more })

  it('runs its balance from the opening, over any cut into pages', async () => {
    const whole = await page('411', '1996-09-01', '1997-12-31')
    expect(whole.opening).toBe(180_90n)
    expect(whole.lines.map(l => [l.postedOn, l.documentReference, l.amount, l.balance])).toEqual([
      ['1996-09-02', 'sale 2', 241_20n, 422_10n],
      ['1996-10-05', 'paid 1', -120_60n, 301_50n],
      ['1997-01-10', 'sale 97', 12_06n, 313_56n],
      ['1997-02-03', 'paid 2', -241_20n, 72_36n],
      ['1997-03-01', 'sale 97 b', 24_12n, 96_48n],
    ])
    for (const limit of [1, 2, 5]) {
      const lines = []
      let cursor: string | undefined
      do {
        const part = await page('411', '1996-09-01', '1997-12-31', { limit, ...(cursor && { cursor }) })
        lines.push(...part.lines)
        cursor = part.next
      } while (cursor !== undefined)
      expect(lines).toEqual(whole.lines)
    }
  })

  it('opens accounts of classes 6 and 7 with their year', async () => {
    expect((await page('707', '1997-02-01', '1997-12-31')).opening).toBe(-10_00n)
    expect((await page('707', '1997-01-01', '1997-12-31')).opening).toBe(0n)
  })

  it('PROTOCOL 25: shows an entry dated in a cut month on the first open day, marked', async () => {
    const { lines } = await page('707', '1996-08-01', '1996-08-31')
    expect(lines.map(l => [l.postedOn, l.documentReference, l.moved])).toEqual([
      ['1996-08-01', 'late sale', true],
    ])
  })

  it('without a line still tells its opening', async () => {
    expect(await page('411', '1997-06-01', '1997-06-30')).toEqual({
      opening: 96_48n,
      lines: [],
      next: undefined,
    })
  })

  it('refuses a cursor that is not one of ours', async () => {
    await expect(page('707', '1996-08-01', '1996-08-31', { cursor: 'x' })).rejects.toThrow('cursor')
  })
})

it('a third-party page counts the lines of that party alone', async () => {
  const request = { entityId: ENTITY, partyId: id('vinet'), from: '1996-08-01', to: '1996-12-31' }
  const { opening: before, lines } = await partyPage(side.pool, request)
  expect(before).toBe(120_60n)
  expect(lines.map(l => [l.documentReference, l.balance])).toEqual([
    ['late sale', 180_90n],
    ['paid 1', 60_30n],
  ])
})

describe('as of an ordinal', () => {
  const year = { entityId: ENTITY, from: '1997-01', to: '1997-12' }
  const days = { entityId: ENTITY, from: '1997-01-01', to: '1997-12-31' }
  const moments = () => [...Array(count + 1).keys()]

  it('an account page has the lines known there, and closes with the trial balance', async () => {
    for (const account of ['411', '707', '512']) {
      const now = await accountPage(side.pool, { ...days, account })
      for (const asOf of moments()) {
        const { opening: before, lines } = await accountPage(side.pool, { ...days, account, asOf })
        const known = now.lines.filter(({ ordinal }) => ordinal <= asOf)
        expect(lines.map(l => [l.ordinal, l.line])).toEqual(known.map(l => [l.ordinal, l.line]))
        const balance = await trialBalance(side.pool, { ...year, asOf })
        const line = balance.lines.find(l => l.account === account && !l.notPosted)
        expect([before, lines.at(-1)?.balance ?? before]).toEqual([line?.opening ?? 0n, line?.closing ?? 0n])
      }
      expect(await accountPage(side.pool, { ...days, account, asOf: count })).toEqual(now)
    }
  })

  it('pages of third parties and their balances say the same', async () => {
    for (const asOf of moments()) {
      const { rows, closing } = await partyBalances(side.pool, { ...year, asOf })
      const { lines } = await trialBalance(side.pool, { ...year, asOf })
      expect(closing).toBe(lines.find(l => l.account === '411')?.closing ?? 0n)
      for (const { partyId, opening: before, closing: after } of rows) {
        const page = await partyPage(side.pool, { ...days, partyId, asOf })
        expect([page.opening, page.lines.at(-1)?.balance ?? page.opening]).toEqual([before, after])
      }
    }
    expect(await partyBalances(side.pool, { ...year, asOf: count })).toEqual(
      await partyBalances(side.pool, year),
    )
  })

  it('pages go on behind a cursor', async () => {
    const whole = await accountPage(side.pool, { ...days, account: '411', asOf: count - 1 })
    const first = await accountPage(side.pool, { ...days, account: '411', asOf: count - 1, limit: 1 })
    const rest = await accountPage(side.pool, {
      ...{ ...days, account: '411', asOf: count - 1 },
      cursor: first.next as string,
    })
    expect([...first.lines, ...rest.lines]).toEqual(whole.lines)
  })

  it('moments lie behind the entries, and know those around them', async () => {
    const newest = await ledgerMoment(side.pool, ENTITY, { ordinal: count })
    expect(newest).toMatchObject({ ordinal: count, later: null, documentReference: 'sale 97 b' })
    const first = await ledgerMoment(side.pool, ENTITY, { ordinal: newest.first as number })
    expect(first).toMatchObject({ ordinal: newest.first, earlier: null, documentReference: 'capital' })
    const before = await ledgerMoment(side.pool, ENTITY, { ordinal: (newest.first as number) - 1 })
    expect(before).toMatchObject({ ordinal: 0, recordedAt: null, later: newest.first, last: count })
    // The cut between two entries is no moment of the ledger.
    const paid = await ledgerMoment(side.pool, ENTITY, { ordinal: count - 7 })
    expect(paid).toMatchObject({ ordinal: count - 8, documentReference: 'paid 1', later: count - 6 })
  })

  it('PROTOCOL 11: an instant is resolved to what was known then', async () => {
    const { recordedAt } = await ledgerMoment(side.pool, ENTITY, { ordinal: count - 3 })
    const found = await ledgerMoment(side.pool, ENTITY, { instant: recordedAt as string })
    expect(found.recordedAt).toBe(recordedAt)
    expect(await ledgerMoment(side.pool, ENTITY, { instant: '1970-01-01T00:00:00.000Z' })).toMatchObject({
      ordinal: 0,
    })
  })
})
