import { chart, evolve } from '../../../domain/ledger/chart.ts'
import type { Chart } from '../../../domain/ledger/chart.ts'
import type { ChartEvent } from '../../../domain/ledger/chart.events.ts'
import type { EntryLine, JournalEntry } from '../../../domain/shared/journal-entry.ts'

/** Books of a small company, and entries written as an accountant would. */

export const ENTITY = '01932f0c-0000-7000-8000-0000000000e1'
export const CUSTOMER = '01932f0c-0000-7000-8000-000000000001'

const entityId = ENTITY
export const postingAccounts = {
  entityId,
  from: '1991-01-01',
  customers: '411',
  vatCollected: '44571',
  vatCollectedPending: '44574',
  freight: '7085',
  saleJournal: 'VE',
  operationsJournal: 'OD',
}

const journal = (code: string, label: string, kind: 'sale' | 'operations' | 'bank', treasury?: string) =>
  ({
    type: 'ledger.JournalOpened',
    data: {
      entityId,
      journal: code,
      label,
      kind,
      ...(treasury === undefined ? {} : { treasuryAccount: treasury }),
    },
  }) as const

export const booksHistory: readonly ChartEvent[] = [
  { type: 'ledger.ChartAdopted', data: { entityId, chart: 'PCG', edition: 2026 } },
  {
    type: 'ledger.AccountOpened',
    data: { entityId, account: '44574', label: 'TVA collectée en attente d’encaissement' },
  },
  { type: 'ledger.AccountOpened', data: { entityId, account: '7062', label: 'Formation exonérée' } },
  journal('VE', 'Ventes', 'sale'),
  journal('OD', 'Opérations diverses', 'operations'),
  journal('BQ', 'Banque', 'bank', '512'),
  { type: 'ledger.PostingAccountsSet', data: postingAccounts },
]
export const books: Chart = booksHistory.reduce(evolve, chart.initial)

const cents = (amount: bigint): string => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const vatShown = ({
  category,
  rate,
  regime,
  base,
  tax,
  taxPoint,
  exemptionCode,
}: NonNullable<EntryLine['vat']>) =>
  ` | ${category} ${cents(rate)}% ${regime} ${cents(base)} + ${cents(tax)} ${taxPoint === undefined ? 'waits' : `due ${taxPoint}`}` +
  (exemptionCode === undefined ? '' : ` ${exemptionCode}`)

const lineShown = (line: EntryLine): string =>
  `${line.side === 'debit' ? 'D' : 'C'} ${line.account}` +
  (line.auxiliary === undefined ? '' : ` ${line.auxiliary.code}`) +
  ` ${cents(line.amount)}` +
  (line.dueOn === undefined ? '' : ` by ${line.dueOn}`) +
  (line.axes === undefined ? '' : ` ${JSON.stringify(line.axes)}`) +
  (line.vat === undefined ? '' : vatShown(line.vat))

/** An entry as text: journal, days, document and rule, then a line each. */
export const shown = (entry: JournalEntry | undefined): readonly string[] =>
  entry === undefined
    ? []
    : [
        `${entry.journal} ${entry.accountingDate} ${entry.documentReference} of ${entry.documentDate} ${entry.rule.id} ${entry.rule.version}` +
          (entry.corrects === undefined
            ? ''
            : ` corrects ${entry.corrects.documentReference} at ${entry.corrects.revision}`),
        ...entry.lines.map(lineShown),
      ]
