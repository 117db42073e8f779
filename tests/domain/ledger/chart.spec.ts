import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accountOf, chart, decide, postingAccountsOn } from '../../../domain/ledger/chart.ts'
import { pcgOf } from '../../../domain/ledger/pcg.ts'
import { specFor } from '../../support/spec.ts'
import { ENTITY, books, booksHistory, postingAccounts } from './books.ts'

const given = specFor(chart)
const entityId = ENTITY
const kept = given(...booksHistory)
const adopted = given(booksHistory[0]!)
const account = (
  number: string,
  more: { auxiliary?: 'customer' | 'supplier' | 'person'; lettering?: boolean } = {},
) => ({
  entityId,
  account: number,
  label: 'X',
  ...more,
})

describe('the standard chart', () => {
  it('is the PCG of 2026, with its credit', () => {
    const file = JSON.parse(readFileSync('domain/ledger/pcg-2026.json', 'utf8')) as Record<string, unknown>
    expect(file['source']).toContain('arrhes/PCG')
    expect(file['licence']).toContain('CC0')
    const pcg = pcgOf(2026)
    expect(pcg?.size).toBe(838)
    expect(pcg?.get('44571')).toBe('TVA collectée')
    expect(pcg?.get('7085')).toBe('Ports et frais accessoires facturés')
  })

  it('has accounts of three figures and more for entries; what is above only orders them', () => {
    expect(accountOf(books, '411')?.label).toBe('Clients')
    expect(accountOf(books, '41')).toBeUndefined()
    expect(accountOf(books, '4119')).toBeUndefined()
    expect(accountOf(chart.initial, '411')).toBeUndefined()
  })

  it('keeps customers and suppliers by third party, and nothing else', () => {
    const kinds = ['411', '4117', '401', '4091', '4191', '4181', '421', '44571', '512', '707']
    expect(kinds.map(a => accountOf(books, a)?.auxiliary)).toStrictEqual([
      ...['customer', 'customer', 'supplier', 'supplier', 'customer'],
      ...Array<undefined>(5).fill(undefined),
    ])
  })
})

describe('adopt', () => {
  it('takes an edition once', () => {
    given().when(decide.adopt(entityId, 2026)).then(booksHistory[0]!)
    adopted.when(decide.adopt(entityId, 2026)).thenNothing()
  })
  it('refuses an edition it does not know', () =>
    given()
      .when(decide.adopt(entityId, 2027))
      .thenRejects({ code: 'CHART_EDITION_UNKNOWN', edition: 2027, known: [2026] }))
})

describe('openAccount', () => {
  const opened = (number: string, more = {}) =>
    ({ type: 'ledger.AccountOpened', data: account(number, more) }) as const

  it('opens below an account', () => {
    adopted.when(decide.openAccount(account('44574'))).then(opened('44574'))
    adopted.when(decide.openAccount(account('70851'))).then(opened('70851'))
  })
  it('opens below a heading that the chart does not divide', () =>
    adopted.when(decide.openAccount(account('530'))).then(opened('530')))
  it('inherits the third party, also below an opened one', () => {
    const state = given(
      booksHistory[0]!,
      opened('4281', { auxiliary: 'person' }),
      opened('42811'),
      opened('41112'),
    ).state()
    expect(accountOf(state, '42811')?.auxiliary).toBe('person')
    expect(accountOf(state, '41112')?.auxiliary).toBe('customer')
  })
  it('adds nothing when it is open as asked', () =>
    given(booksHistory[0]!, opened('44574'))
      .when(decide.openAccount(account('44574')))
      .thenNothing())
  it('refuses before a chart', () =>
    given()
      .when(decide.openAccount(account('44574')))
      .thenRejects({ code: 'CHART_NOT_ADOPTED' }))
  it('refuses one that exists', () =>
    adopted
      .when(decide.openAccount(account('44571')))
      .thenRejects({ code: 'ACCOUNT_ALREADY_OPEN', account: '44571', label: 'TVA collectée' }))
  it.each(['459', '999'])('refuses %s, which has no account above it', number =>
    adopted
      .when(decide.openAccount(account(number)))
      .thenRejects({ code: 'ACCOUNT_WITHOUT_PARENT', account: number }),
  )
  it('refuses another third party than its parent', () =>
    adopted
      .when(decide.openAccount(account('4112', { auxiliary: 'supplier' })))
      .thenRejects({ code: 'AUXILIARY_NOT_OF_PARENT', account: '4112', expected: 'customer' }))
  it('refuses lettering by hand where it comes from allocations', () =>
    adopted
      .when(decide.openAccount(account('4112', { lettering: true })))
      .thenRejects({ code: 'LETTERING_IS_DERIVED', account: '4112' }))
  it('refuses to open a closed one again', () =>
    given(booksHistory[0]!, { type: 'ledger.AccountClosed', data: { entityId, account: '4117' } })
      .when(decide.openAccount(account('4117')))
      .thenRejects({ code: 'ACCOUNT_CLOSED', account: '4117' }))
})

describe('closeAccount', () => {
  const closed = { type: 'ledger.AccountClosed', data: { entityId, account: '4117' } } as const
  it('closes once', () => {
    adopted.when(decide.closeAccount(entityId, '4117')).then(closed)
    given(booksHistory[0]!, closed).when(decide.closeAccount(entityId, '4117')).thenNothing()
    expect(accountOf(given(booksHistory[0]!, closed).state(), '4117')?.closed).toBe(true)
  })
  it('refuses one that is not there', () =>
    adopted
      .when(decide.closeAccount(entityId, '4999'))
      .thenRejects({ code: 'ACCOUNT_NOT_FOUND', account: '4999' }))
  it('refuses one that a posting rule or a journal takes', () => {
    kept
      .when(decide.closeAccount(entityId, '44574'))
      .thenRejects({ code: 'ACCOUNT_IN_USE', account: '44574', use: 'vatCollectedPending' })
    kept
      .when(decide.closeAccount(entityId, '512'))
      .thenRejects({ code: 'ACCOUNT_IN_USE', account: '512', use: 'BQ' })
  })
})

describe('openJournal', () => {
  const journal = (kind: 'bank' | 'cash' | 'operations', treasuryAccount?: string) => ({
    entityId,
    journal: 'J1',
    label: 'X',
    kind,
    ...(treasuryAccount === undefined ? {} : { treasuryAccount }),
  })
  it('opens once', () => {
    const opened = { type: 'ledger.JournalOpened', data: journal('bank', '5121') } as const
    adopted.when(decide.openJournal(journal('bank', '5121'))).then(opened)
    given(booksHistory[0]!, opened)
      .when(decide.openJournal(journal('bank', '5121')))
      .thenNothing()
    given(booksHistory[0]!, opened)
      .when(decide.openJournal(journal('operations')))
      .thenRejects({ code: 'JOURNAL_ALREADY_OPEN', journal: 'J1', label: 'X' })
  })
  it('wants the treasury account of a bank, and of no other', () => {
    adopted
      .when(decide.openJournal(journal('bank')))
      .thenRejects({ code: 'TREASURY_ACCOUNT_REQUIRED', journal: 'J1' })
    adopted
      .when(decide.openJournal(journal('operations', '512')))
      .thenRejects({ code: 'TREASURY_ACCOUNT_FORBIDDEN', journal: 'J1' })
    adopted
      .when(decide.openJournal(journal('bank', '707')))
      .thenRejects({ code: 'POSTING_ACCOUNT_UNSUITABLE', field: 'treasuryAccount', account: '707' })
    adopted
      .when(decide.openJournal(journal('cash', '539')))
      .thenRejects({ code: 'ACCOUNT_NOT_FOUND', account: '539' })
  })
})

describe('setPostingAccounts', () => {
  const set = (more: Partial<typeof postingAccounts>) =>
    decide.setPostingAccounts({ ...postingAccounts, ...more })
  it('holds from its day on; the newest of a day counts', () => {
    const later = { ...postingAccounts, from: '2026-01-01', freight: '7085' }
    const state = given(...booksHistory, { type: 'ledger.PostingAccountsSet', data: later }).state()
    expect(postingAccountsOn(state, '2025-12-31')?.from).toBe('1991-01-01')
    expect(postingAccountsOn(state, '2026-01-01')?.from).toBe('2026-01-01')
    expect(postingAccountsOn(state, '1990-12-31')).toBeUndefined()
  })
  it('adds nothing when said twice', () => kept.when(set({})).thenNothing())
  it.each([
    [{ customers: '4119' }, { code: 'ACCOUNT_NOT_FOUND', account: '4119' }],
    [{ customers: '707' }, { code: 'POSTING_ACCOUNT_UNSUITABLE', field: 'customers', account: '707' }],
    [{ freight: '7088' }, { code: 'POSTING_ACCOUNT_UNSUITABLE', field: 'freight', account: '7088' }],
    [
      { vatCollectedPending: '44571' },
      { code: 'POSTING_ACCOUNT_UNSUITABLE', field: 'vatCollectedPending', account: '44571' },
    ],
    [{ saleJournal: 'XX' }, { code: 'JOURNAL_NOT_FOUND', journal: 'XX' }],
    [{ saleJournal: 'OD' }, { code: 'POSTING_JOURNAL_UNSUITABLE', field: 'saleJournal', journal: 'OD' }],
  ] as const)('refuses %o', (more, rejection) => kept.when(set(more)).thenRejects(rejection))
  it('refuses a closed account', () =>
    given(...booksHistory, { type: 'ledger.AccountClosed', data: { entityId, account: '4111' } })
      .when(set({ customers: '4111' }))
      .thenRejects({ code: 'ACCOUNT_CLOSED', account: '4111' }))
})
