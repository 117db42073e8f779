import { describe, expect, it } from 'vitest'
import { decide, monthBefore, period } from '../../../domain/ledger/period.ts'
import type { CutFacts, LedgerPeriod } from '../../../domain/ledger/period.ts'
import { dayRefusal } from '../../../domain/ledger/open-day.ts'
import { specFor } from '../../support/spec.ts'
import { ENTITY } from './books.ts'

const given = specFor(period)
const entityId = ENTITY
const may = { entityId, period: '2026-05' }
const journal = { ...may, journal: 'VE' }
const locked = { type: 'ledger.JournalLocked', data: journal } as const
const unlocked = {
  type: 'ledger.JournalUnlocked',
  data: { ...journal, explanation: 'Facture tardive' },
} as const
const cut = { type: 'ledger.PeriodCut', data: may } as const
const closing = {
  ...may,
  cut: {
    stream: `period-${ENTITY}.2026-05`,
    revision: 0,
    eventId: ENTITY,
    recordedAt: '2026-06-05T08:00:00.000Z',
  },
  stageVersion: 1,
  journals: [
    {
      journal: 'VE',
      firstNumber: 1,
      lastNumber: 2,
      entries: 2,
      debit: 120n,
      credit: 120n,
      digest: 'a'.repeat(64),
    },
  ],
}
const closed = { type: 'ledger.PeriodClosed', data: closing } as const

describe('locks', () => {
  it('are set and taken off, each once', () => {
    given().when(decide.lock(journal)).then(locked)
    given(locked).when(decide.lock(journal)).thenNothing()
    given(locked).when(decide.unlock(unlocked.data)).then(unlocked)
    given(locked, unlocked).when(decide.unlock(unlocked.data)).thenNothing()
  })
  it('concern one journal', () =>
    given(locked)
      .when(decide.unlock({ ...unlocked.data, journal: 'OD' }))
      .thenNothing())
  it('PROTOCOL 25: mean nothing after the cut', () => {
    given(cut).when(decide.lock(journal)).thenRejects({ code: 'PERIOD_IS_CUT', period: '2026-05' })
    given(locked, cut)
      .when(decide.unlock(unlocked.data))
      .thenRejects({ code: 'PERIOD_IS_CUT', period: '2026-05' })
  })
})

describe('PROTOCOL 25: the cut', () => {
  const facts: CutFacts = {
    ...may,
    day: '2026-06-01',
    before: { period: '2026-04', isCut: true },
    inFiscalYear: true,
    isFollowed: true,
    unanswered: [],
  }
  it('takes effect once, also over locks', () => {
    given(locked).when(decide.cut(facts)).then(cut)
    given(cut).when(decide.cut(facts)).thenNothing()
  })
  it('needs no month before the first of the books', () =>
    given()
      .when(decide.cut({ ...facts, before: undefined }))
      .then(cut))
  it('waits for the end of the month', () =>
    given()
      .when(decide.cut({ ...facts, day: '2026-05-31' }))
      .thenRejects({ code: 'PERIOD_NOT_OVER', period: '2026-05', endsOn: '2026-05-31' }))
  it('is contiguous', () =>
    given()
      .when(decide.cut({ ...facts, before: { period: '2026-04', isCut: false } }))
      .thenRejects({ code: 'PERIOD_BEFORE_NOT_CUT', period: '2026-05', before: '2026-04' }))
  it('belongs to a fiscal year', () =>
    given()
      .when(decide.cut({ ...facts, inFiscalYear: false }))
      .thenRejects({ code: 'PERIOD_WITHOUT_FISCAL_YEAR', period: '2026-05' }))
  it('leaves a fiscal year to post in what arrives late', () =>
    given()
      .when(decide.cut({ ...facts, isFollowed: false }))
      .thenRejects({ code: 'NEXT_FISCAL_YEAR_NOT_OPENED', period: '2026-05', firstDay: '2026-06-01' }))
  it('is refused while a request dated in the period is unanswered', () =>
    given()
      .when(decide.cut({ ...facts, unanswered: ['F', 'F', 'A'] }))
      .thenRejects({ code: 'REQUESTS_UNANSWERED', period: '2026-05', count: 3, series: ['F', 'A'] }))

  it('follows the months from the first fiscal year on', () => {
    const years = [{ startsOn: '2027-01-01' }, { startsOn: '2026-03-15' }]
    expect(monthBefore(years, '2026-03')).toBeUndefined()
    expect(monthBefore(years, '2026-04')).toBe('2026-03')
    expect(monthBefore(years, '2027-01')).toBe('2026-12')
  })
})

describe('the close', () => {
  it('completes the cut once', () => {
    given(cut).when(decide.close(closing)).then(closed)
    given(cut, closed).when(decide.close(closing)).thenNothing()
  })
  it('comes after the cut', () =>
    given(locked).when(decide.close(closing)).thenRejects({ code: 'PERIOD_NOT_CUT', period: '2026-05' }))
  it('is for ever', () =>
    given(cut, closed)
      .when(decide.close({ ...closing, journals: [] }))
      .thenRejects({ code: 'PERIOD_ALREADY_CLOSED', period: '2026-05' }))
  it('cannot have happened without a cut', () => expect(() => given(closed).state()).toThrow('impossible'))
})

describe('a day for entries', () => {
  const years = [{ startsOn: '2026-01-01', endsOn: '2026-12-31' }]
  const open: LedgerPeriod = { locked: new Set(), isCut: false, closed: undefined }
  const states: Record<string, LedgerPeriod> = {
    '2026-01': { ...open, isCut: true },
    '2026-02': { ...open, locked: new Set(['VE']) },
    '2026-12': { ...open, locked: new Set(['VE']) },
  }
  const refusal = (journal: string, day: string) =>
    dayRefusal(years, month => Promise.resolve(states[month] ?? open), journal, { day, field: 'bankDate' })

  it('is accepted in an open month', async () => {
    expect(await refusal('VE', '2026-03-01')).toBeUndefined()
    expect(await refusal('OD', '2026-02-28')).toBeUndefined()
  })
  it('PROTOCOL 25: is refused in a closed month by name, with the first open day', async () => {
    expect(await refusal('VE', '2026-01-15')).toStrictEqual({
      code: 'PERIOD_CLOSED_FOR_ENTRIES',
      field: 'bankDate',
      day: '2026-01-15',
      journal: 'VE',
      period: '2026-01',
      firstOpenDay: '2026-03-01',
    })
    expect(await refusal('OD', '2026-01-15')).toMatchObject({ firstOpenDay: '2026-02-01' })
  })
  it('PROTOCOL 25: is refused in a locked journal by name', async () => {
    expect(await refusal('VE', '2026-02-15')).toMatchObject({
      code: 'JOURNAL_LOCKED_FOR_ENTRIES',
      field: 'bankDate',
      firstOpenDay: '2026-03-01',
    })
    expect(await refusal('VE', '2026-12-01')).toMatchObject({ firstOpenDay: undefined })
  })
  it('is refused outside the fiscal years', async () => {
    expect(await refusal('VE', '2027-01-01')).toStrictEqual({
      code: 'DAY_WITHOUT_FISCAL_YEAR',
      field: 'bankDate',
      day: '2027-01-01',
      journal: 'VE',
    })
  })
})
