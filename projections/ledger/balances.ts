import { monthOf } from '../../domain/shared/days.ts'
import type { EntryLine } from '../../domain/shared/journal-entry.ts'
import { column, stagedTable } from '../definition.ts'
import type { Columns, RowOf, Table } from '../definition.ts'
import { entryEvents } from '../shared.ts'
import { postedEntry } from './entries.ts'
import type { EntryEvent, PostedEntry } from './entries.ts'
import type { Posted } from './posting-stage.ts'

/** Debits and credits of the lines of entries, summed by what the columns of a key say of each line. */

const ledgerTable = stagedTable<Posted>()

const sums = {
  debit: column.bigint('Sum of debits, minor units'),
  credit: column.bigint('Sum of credits, minor units'),
}
type Sums = RowOf<typeof sums>

interface Balance<C extends Columns> {
  readonly name: string
  readonly comment: string
  readonly columns: C
  readonly key: readonly (keyof C & string)[]
  /** The rows that a line counts in, without its amount. */
  readonly of: (line: EntryLine, posted: PostedEntry) => readonly RowOf<C>[]
}

/** What an entry adds to each row that it touches: the fold finds it in the key. */
const shares = <C extends Columns>(
  { key, of }: Balance<C>,
  posted: PostedEntry,
): readonly (RowOf<C> & Sums)[] => {
  const found = new Map<string, RowOf<C> & Sums>()
  for (const line of posted.entry.lines) {
    const debit = line.side === 'debit' ? line.amount : 0n
    const credit = line.amount - debit
    for (const row of of(line, posted)) {
      const text = key.map(name => row[name]).join('\n')
      const before = found.get(text)
      found.set(text, {
        ...row,
        debit: (before?.debit ?? 0n) + debit,
        credit: (before?.credit ?? 0n) + credit,
      })
    }
  }
  return [...found.values()]
}

const balance = <const C extends Columns>(declaration: Balance<C>): Table<C & typeof sums> => {
  const { name, comment, columns, key } = declaration
  return ledgerTable({
    name,
    comment,
    columns: { ...columns, ...sums },
    key,
    measures: ['debit', 'credit'],
    on: on => [
      on(
        entryEvents,
        (e: EntryEvent) => {
          const posted = postedEntry(e)
          return posted ? shares(declaration, posted) : []
        },
        (row: Sums | undefined, _, share) => {
          const { debit, credit } = share as Sums
          return {
            ...share,
            debit: (row?.debit ?? 0n) + debit,
            credit: (row?.credit ?? 0n) + credit,
          } as RowOf<C & typeof sums>
        },
      ),
    ],
  })
}

const entity_id = column.uuid('Legal entity')
const account = column.text('Account')
const period = column.text('Month of the posting day, YYYY-MM')

export const periodBalance = balance({
  name: 'account_period',
  comment: 'Movements of each account in each month',
  columns: { entity_id, account, period },
  key: ['entity_id', 'period', 'account'],
  of: (line, { entry, posting }) => [
    { entity_id: entry.entityId, account: line.account, period: monthOf(posting.postingDay) },
  ],
})

export const dayBalance = balance({
  name: 'account_day',
  comment: 'Movements of each account on each posting day: openings are sums of these',
  columns: { entity_id, account, posted_on: column.date('Posting day') },
  key: ['entity_id', 'account', 'posted_on'],
  of: (line, { entry, posting }) => [
    { entity_id: entry.entityId, account: line.account, posted_on: posting.postingDay },
  ],
})

export const partyBalance = balance({
  name: 'party_period',
  comment: 'Movements of each third party on each account in each month',
  columns: {
    entity_id,
    account: column.text('Account kept by third party'),
    party_id: column.uuid('Third party'),
    period,
    party_kind: column.oneOf(['customer', 'supplier', 'person'], 'Kind of third party'),
    party_code: column.text('Code of the third party on its last line'),
  },
  key: ['entity_id', 'account', 'party_id', 'period'],
  of: ({ account, auxiliary }, { entry, posting }) =>
    auxiliary
      ? [
          {
            entity_id: entry.entityId,
            account,
            party_id: auxiliary.id,
            period: monthOf(posting.postingDay),
            party_kind: auxiliary.kind,
            party_code: auxiliary.code,
          },
        ]
      : [],
})

export const axisBalance = balance({
  name: 'axis_period',
  comment: 'Movements of each account in each month by the value of an analytic axis',
  columns: {
    entity_id,
    axis: column.text('Name of the axis'),
    value: column.text('Value on the axis'),
    account,
    period,
  },
  key: ['entity_id', 'axis', 'value', 'period', 'account'],
  of: ({ account, axes }, { entry, posting }) =>
    Object.entries(axes ?? {}).map(([axis, value]) => ({
      entity_id: entry.entityId,
      axis,
      value,
      account,
      period: monthOf(posting.postingDay),
    })),
})
