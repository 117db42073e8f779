import { describe } from 'vitest'
import { ledgerSentences } from '../../../commands/ledger/sentences.ts'
import type { AuxiliaryRejection } from '../../../commands/ledger/auxiliaries.ts'
import type { ChartRejection } from '../../../domain/ledger/chart.ts'
import type { EntryRejection } from '../../../domain/ledger/journal-entry.ts'
import type { ManualEntryRejection } from '../../../domain/ledger/manual-entry.ts'
import type { DayRejection } from '../../../domain/ledger/open-day.ts'
import type { PeriodRejection } from '../../../domain/ledger/period.ts'
import { expectSentences } from '../../support/sentences.ts'
import type { Samples } from '../../support/sentences.ts'

const chart: Samples<ChartRejection> = {
  CHART_NOT_ADOPTED: {},
  CHART_ALREADY_ADOPTED: { edition: 2026 },
  CHART_EDITION_UNKNOWN: { edition: 2027, known: [2026] },
  ACCOUNT_ALREADY_OPEN: { account: '411', label: 'Clients' },
  ACCOUNT_WITHOUT_PARENT: { account: '999' },
  AUXILIARY_NOT_OF_PARENT: { account: '4112', expected: 'customer' },
  LETTERING_IS_DERIVED: { account: '4112' },
  ACCOUNT_NOT_FOUND: { account: '4119' },
  ACCOUNT_CLOSED: { account: '4117' },
  ACCOUNT_IN_USE: { account: '512', use: 'BQ' },
  JOURNAL_ALREADY_OPEN: { journal: 'VE', label: 'Ventes' },
  TREASURY_ACCOUNT_REQUIRED: { journal: 'BQ' },
  TREASURY_ACCOUNT_FORBIDDEN: { journal: 'OD' },
  JOURNAL_NOT_FOUND: { journal: 'XX' },
  POSTING_ACCOUNT_UNSUITABLE: { field: 'freight', account: '7088' },
  POSTING_JOURNAL_UNSUITABLE: { field: 'saleJournal', journal: 'OD' },
}
const entry: Samples<EntryRejection> = {
  ENTRY_TOO_FEW_LINES: { lines: 1 },
  ENTRY_TOO_MANY_LINES: { lines: 501, max: 500 },
  LINE_AMOUNT_NOT_POSITIVE: { line: 2, amount: -5n },
  AMOUNT_OUT_OF_BOUNDS: { amount: 10n ** 14n + 1n },
  ENTRY_UNBALANCED: { debit: 100n, credit: 101n },
  JOURNAL_UNKNOWN: { journal: 'XX' },
  ACCOUNT_UNKNOWN: { line: 1, account: '4119' },
  ACCOUNT_NO_LONGER_OPEN: { line: 1, account: '4117' },
  AUXILIARY_MISSING: { line: 1, account: '4281', kind: 'person' },
  SUPPLIERS_NOT_KEPT: { line: 1, account: '401' },
  AUXILIARY_FORBIDDEN: { line: 1, account: '707' },
}
const manual: Samples<ManualEntryRejection> = {
  ...entry,
  MANUAL_ENTRY_NOT_FOUND: {},
  MANUAL_ENTRY_ALREADY_EXISTS: {},
  MANUAL_ENTRY_CANCELLED: {},
  MANUAL_ENTRY_ALREADY_VALIDATED: {},
  MANUAL_ENTRY_NOT_VALIDATED: {},
  MANUAL_ENTRY_ALREADY_REVERSED: { reversedOn: '2026-12-01' },
  DOCUMENT_DATE_TOO_LATE: { documentDate: '2999-01-01', latest: '2026-12-31' },
  REVERSED_BEFORE_ENTRY: { accountingDate: '2026-11-30' },
}
const shut = {
  day: '2026-01-15',
  field: 'bankDate',
  journal: 'VE',
  period: '2026-01',
  firstOpenDay: '2026-03-01',
}
const day: Samples<DayRejection> = {
  DAY_WITHOUT_FISCAL_YEAR: { day: '2027-01-01', field: 'bankDate', journal: 'VE' },
  PERIOD_CLOSED_FOR_ENTRIES: shut,
  JOURNAL_LOCKED_FOR_ENTRIES: { ...shut, firstOpenDay: undefined },
}
const period: Samples<PeriodRejection> = {
  PERIOD_IS_CUT: { period: '2026-01' },
  PERIOD_NOT_CUT: { period: '2026-01' },
  PERIOD_ALREADY_CLOSED: { period: '2026-01' },
  PERIOD_NOT_OVER: { period: '2026-01', endsOn: '2026-01-31' },
  PERIOD_WITHOUT_FISCAL_YEAR: { period: '2026-01' },
  NEXT_FISCAL_YEAR_NOT_OPENED: { period: '2026-12', firstDay: '2027-01-01' },
  PERIOD_BEFORE_NOT_CUT: { period: '2026-02', before: '2026-01' },
  REQUESTS_UNANSWERED: { period: '2026-01', count: 3, series: ['F'] },
}

const auxiliary: Samples<AuxiliaryRejection> = {
  AUXILIARY_SUPPLIER_UNKNOWN: { field: 'lines.0.auxiliary', supplierId: 'x' },
  AUXILIARY_PERSON_NOT_FOUND: { field: 'lines.0.auxiliary.id', personId: 'x' },
  AUXILIARY_CODE_NOT_OF_PERSON: { field: 'lines.0.auxiliary.code', personCode: 'x', expected: 'y' },
  AUXILIARY_CUSTOMER_NOT_FOUND: { field: 'lines.0.auxiliary.id', customerId: 'x' },
  AUXILIARY_CODE_NOT_OF_CUSTOMER: {
    field: 'lines.0.auxiliary.code',
    customerCode: 'VINETT',
    expected: 'VINET',
  },
}

describe('what the ledger refuses', () =>
  expectSentences(ledgerSentences, { ...chart, ...manual, ...day, ...period, ...auxiliary }))
