import {
  AccountClosed,
  AccountOpened,
  ChartAdopted,
  JournalKind,
  JournalOpened,
  PostingAccountsSet,
} from '../../domain/ledger/chart.events.ts'
import { pcgAuxiliary, pcgOf } from '../../domain/ledger/pcg.ts'
import { column, table } from '../definition.ts'
import type { Projection } from '../definition.ts'
import { present, searchText, SEARCH_COMMENT } from '../shared.ts'

/** Accounts that an adopted edition of the chart has. */
const accountsOf = (edition: number): ReadonlyMap<string, string> => present(pcgOf(edition))

export const accountTable = table({
  name: 'account',
  comment: 'The chart of accounts of each legal entity',
  columns: {
    entity_id: column.uuid('Legal entity'),
    account: column.text('Number'),
    label: column.text('Label'),
    auxiliary: column.optional(column.text('Kind of third party it is kept by')),
    lettering: column.boolean('May be lettered by hand'),
    opened: column.boolean('Opened by the entity itself, below the standard chart'),
    closed: column.boolean('No new entry may use it'),
    search: column.text(SEARCH_COMMENT),
  },
  key: ['entity_id', 'account'],
  on: on => [
    on(
      ChartAdopted,
      e =>
        [...accountsOf(e.data.edition).keys()].map(number => ({
          entity_id: e.data.entityId,
          account: number,
        })),
      (row, e, key) => {
        const label = accountsOf(e.data.edition).get(key.account as string) as string
        return {
          entity_id: e.data.entityId,
          account: key.account as string,
          label,
          auxiliary: pcgAuxiliary(key.account as string) ?? null,
          lettering: false,
          opened: false,
          closed: row?.closed ?? false,
          search: searchText(key.account, label),
        }
      },
    ),
    on(
      AccountOpened,
      e => [{ entity_id: e.data.entityId, account: e.data.account }],
      (_, { data }) => ({
        entity_id: data.entityId,
        account: data.account,
        label: data.label,
        auxiliary: data.auxiliary ?? pcgAuxiliary(data.account) ?? null,
        lettering: data.lettering ?? false,
        opened: true,
        closed: false,
        search: searchText(data.account, data.label),
      }),
    ),
    on(
      AccountClosed,
      e => [{ entity_id: e.data.entityId, account: e.data.account }],
      row => ({ ...present(row), closed: true }),
    ),
  ],
})

export const journalTable = table({
  name: 'journal',
  comment: 'Journals of each legal entity',
  columns: {
    entity_id: column.uuid('Legal entity'),
    journal: column.text('Code'),
    label: column.text('Label'),
    kind: column.oneOf(JournalKind.options, 'What it is for'),
    treasury_account: column.optional(column.text('Account of a bank or cash journal')),
  },
  key: ['entity_id', 'journal'],
  on: on => [
    on(
      JournalOpened,
      e => [{ entity_id: e.data.entityId, journal: e.data.journal }],
      (_, { data }) => ({
        entity_id: data.entityId,
        journal: data.journal,
        label: data.label,
        kind: data.kind,
        treasury_account: data.treasuryAccount ?? null,
      }),
    ),
  ],
})

export const postingAccountsTable = table({
  name: 'posting_accounts',
  comment: 'Accounts and journals that the posting rules take, from a day on',
  columns: {
    entity_id: column.uuid('Legal entity'),
    from_day: column.date('First day they are taken'),
    customers: column.text('Account of customers'),
    vat_collected: column.text('Account of VAT that is due'),
    vat_collected_pending: column.text('Account of VAT that waits for the receipt'),
    freight: column.text('Account of freight charged'),
    sale_journal: column.text('Journal of sales'),
    operations_journal: column.text('Journal of other operations'),
  },
  key: ['entity_id', 'from_day'],
  on: on => [
    on(
      PostingAccountsSet,
      e => [{ entity_id: e.data.entityId, from_day: e.data.from }],
      (_, { data }) => ({
        entity_id: data.entityId,
        from_day: data.from,
        customers: data.customers,
        vat_collected: data.vatCollected,
        vat_collected_pending: data.vatCollectedPending,
        freight: data.freight,
        sale_journal: data.saleJournal,
        operations_journal: data.operationsJournal,
      }),
    ),
  ],
})

export const chart: Projection = {
  name: 'chart',
  version: 2,
  comment: 'Accounts and journals',
  tables: [accountTable, journalTable, postingAccountsTable],
}
