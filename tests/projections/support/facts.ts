import { eventDefinitions } from '../../../domain/events.ts'
import type { DomainEvent } from '../../../domain/shared/events.ts'
import type { EntryLine, JournalEntry } from '../../../domain/shared/journal-entry.ts'
import { createCodec } from '../../../event-store/codec.ts'
import { uuidv5 } from '../../../event-store/uuid.ts'
import { TEST_LOG } from '../../support/test-events.ts'

/**
 * Histories of a trading company, made without commands: shapes are the stored ones, figures agree with each other.
 * For tests and measurements of what is folded from them.
 */

export const codec = createCodec(eventDefinitions)

/** An event and where it stands; the order of a list is the order of the log. */
export interface Fact {
  readonly stream: string
  readonly event: DomainEvent
  readonly recordedAt?: string
}

/** The same name always gives the same id. */
export const id = (name: string): string => uuidv5(TEST_LOG, name)
export const ENTITY = id('entity')

export const fact = (stream: string, type: string, data: object): Fact => ({ stream, event: { type, data } })

/** The legal entity with its years, chart and journals. */
export const opening = (years: readonly string[] = ['1996', '1997', '1998']): readonly Fact[] => [
  fact('log-main', 'organisation.LogOpened', {
    logId: TEST_LOG,
    kind: 'sandbox',
    name: 'test',
    secretCheck: '0'.repeat(64),
  }),
  fact(`legalEntity-${ENTITY}`, 'organisation.LegalEntityRegistered', {
    entityId: ENTITY,
    code: 'NW',
    name: 'Northwind France',
    legalForm: 'SAS',
    siren: '303265045',
    vatNumber: 'FR40303265045',
    address: { city: 'Paris', country: 'FR' },
    currency: 'EUR',
    timeZone: 'Europe/Paris',
  }),
  ...years.map(year =>
    fact(`legalEntity-${ENTITY}`, 'organisation.FiscalYearOpened', {
      entityId: ENTITY,
      year,
      startsOn: `${year}-01-01`,
      endsOn: `${year}-12-31`,
    }),
  ),
  fact(`chart-${ENTITY}`, 'ledger.ChartAdopted', { entityId: ENTITY, chart: 'PCG', edition: 2026 }),
  fact(`chart-${ENTITY}`, 'ledger.AccountOpened', {
    entityId: ENTITY,
    account: '44571',
    label: 'TVA collectée',
  }),
  ...['VE', 'BQ', 'OD'].map(journal =>
    fact(`chart-${ENTITY}`, 'ledger.JournalOpened', {
      entityId: ENTITY,
      journal,
      label: journal,
      kind: journal === 'VE' ? 'sale' : journal === 'BQ' ? 'bank' : 'operations',
    }),
  ),
]

export const customerFact = (n: number): Fact =>
  fact(`customer-${id(`customer ${n}`)}`, 'commerce.CustomerRegistered', {
    customerId: id(`customer ${n}`),
    code: `C${String(n).padStart(4, '0')}`,
    party: { kind: 'company', name: `Customer ${n}`, address: { city: 'Reims', country: 'FR' } },
    currency: 'EUR',
    contacts: [],
  })

export const productFact = (n: number): Fact =>
  fact(`product-${id(`product ${n}`)}`, 'commerce.ProductRegistered', {
    productId: id(`product ${n}`),
    code: `P${n}`,
    name: `Product ${n}`,
    operation: 'goods',
    unit: 'H87',
    vat: 'standard',
    revenueAccount: '707',
    unitPrice: BigInt(n + 1) * 1_000_000n,
    currency: 'EUR',
  })

export const line = (
  account: string,
  side: 'debit' | 'credit',
  amount: bigint,
  more: Partial<EntryLine> = {},
): EntryLine => ({
  account,
  label: account,
  side,
  amount,
  ...more,
})

/** An entry written by hand: `[account, amount]`, debit positive. */
export const manual = (
  name: string,
  day: string,
  lines: readonly (readonly [string, bigint, Partial<EntryLine>?])[],
  journal = 'OD',
): Fact => {
  const journalEntry: JournalEntry = {
    entityId: ENTITY,
    journal,
    accountingDate: day,
    documentDate: day,
    documentReference: name,
    label: name,
    currency: 'EUR',
    rule: { id: 'manual', version: 1 },
    lines: lines.map(([account, amount, more]) =>
      amount > 0n ? line(account, 'debit', amount, more) : line(account, 'credit', -amount, more),
    ),
  }
  return fact(`manualEntry-${id(name)}`, 'ledger.ManualEntryValidated', {
    entryId: id(name),
    entityId: ENTITY,
    journalEntry,
  })
}

/** A manual entry is drafted before it is validated. */
export const drafted = (name: string, day: string): Fact =>
  fact(`manualEntry-${id(name)}`, 'ledger.ManualEntryDrafted', {
    entryId: id(name),
    entityId: ENTITY,
    journal: 'OD',
    accountingDate: day,
    documentDate: day,
    documentReference: name,
    label: name,
    lines: [],
  })

export const cut = (period: string): Fact =>
  fact(`period-${ENTITY}.${period}`, 'ledger.PeriodCut', { entityId: ENTITY, period })
