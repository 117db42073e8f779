import { monthOf } from '../../domain/shared/days.ts'
import type { EntryLine } from '../../domain/shared/journal-entry.ts'
import { column, stagedTable } from '../definition.ts'
import { entryEvents } from '../shared.ts'
import { postedEntry } from './entries.ts'
import type { EntryEvent } from './entries.ts'
import type { Posted } from './posting-stage.ts'

const ledgerTable = stagedTable<Posted>()

interface Sums {
  readonly debit: bigint
  readonly credit: bigint
}

/** Sums of the lines that a test holds for, added to those of a row. */
const added = (
  row: Sums | undefined,
  lines: readonly EntryLine[],
  test: (line: EntryLine) => boolean,
): Sums => {
  let debit = row?.debit ?? 0n
  let credit = row?.credit ?? 0n
  for (const line of lines) {
    if (!test(line)) continue
    if (line.side === 'debit') debit += line.amount
    else credit += line.amount
  }
  return { debit, credit }
}

/** Each account of an entry once, in the order of its lines. */
const accountsOf = (lines: readonly EntryLine[]): readonly string[] => [...new Set(lines.map(l => l.account))]

const sums = {
  debit: column.bigint('Sum of debits, minor units'),
  credit: column.bigint('Sum of credits, minor units'),
}

export const periodBalance = ledgerTable({
  name: 'account_period',
  comment: 'Movements of each account in each month',
  columns: {
    entity_id: column.uuid('Legal entity'),
    account: column.text('Account'),
    period: column.text('Month of the posting day, YYYY-MM'),
    ...sums,
  },
  key: ['entity_id', 'period', 'account'],
  measures: ['debit', 'credit'],
  indexes: [],
  on: on => [
    on(
      entryEvents,
      (e: EntryEvent) => {
        const posted = postedEntry(e)
        if (!posted) return []
        const period = monthOf(posted.posting.postingDay)
        return accountsOf(posted.entry.lines).map(account => ({
          entity_id: posted.entry.entityId,
          account,
          period,
        }))
      },
      (row, e, { entity_id, account, period }) => ({
        entity_id: entity_id as string,
        account: account as string,
        period: period as string,
        ...added(row, postedEntry(e)?.entry.lines ?? [], l => l.account === account),
      }),
    ),
  ],
})

export const dayBalance = ledgerTable({
  name: 'account_day',
  comment: 'Movements of each account on each posting day: openings are sums of these',
  columns: {
    entity_id: column.uuid('Legal entity'),
    account: column.text('Account'),
    posted_on: column.date('Posting day'),
    ...sums,
  },
  key: ['entity_id', 'account', 'posted_on'],
  measures: ['debit', 'credit'],
  on: on => [
    on(
      entryEvents,
      (e: EntryEvent) => {
        const posted = postedEntry(e)
        return posted
          ? accountsOf(posted.entry.lines).map(account => ({
              entity_id: posted.entry.entityId,
              account,
              posted_on: posted.posting.postingDay,
            }))
          : []
      },
      (row, e, { entity_id, account, posted_on }) => ({
        entity_id: entity_id as string,
        account: account as string,
        posted_on: posted_on as string,
        ...added(row, postedEntry(e)?.entry.lines ?? [], l => l.account === account),
      }),
    ),
  ],
})

export const partyBalance = ledgerTable({
  name: 'party_period',
  comment: 'Movements of each third party on each account in each month',
  columns: {
    entity_id: column.uuid('Legal entity'),
    account: column.text('Account kept by third party'),
    party_id: column.uuid('Third party'),
    period: column.text('Month of the posting day, YYYY-MM'),
    party_kind: column.text('customer, supplier or person'),
    party_code: column.text('Code of the third party on its last line'),
    ...sums,
  },
  key: ['entity_id', 'account', 'party_id', 'period'],
  measures: ['debit', 'credit'],
  on: on => [
    on(
      entryEvents,
      (e: EntryEvent) => {
        const posted = postedEntry(e)
        if (!posted) return []
        const { entityId: entity_id, lines } = posted.entry
        const period = monthOf(posted.posting.postingDay)
        const keys = new Map<
          string,
          { entity_id: string; account: string; party_id: string; period: string }
        >()
        for (const { account, auxiliary } of lines)
          if (auxiliary)
            keys.set(`${account} ${auxiliary.id}`, { entity_id, account, party_id: auxiliary.id, period })
        return [...keys.values()]
      },
      (row, e, { entity_id, account, party_id, period }) => {
        const lines = postedEntry(e)?.entry.lines ?? []
        const mine = (l: EntryLine) => l.account === account && l.auxiliary?.id === party_id
        const party = lines.find(mine)?.auxiliary
        return {
          entity_id: entity_id as string,
          account: account as string,
          party_id: party_id as string,
          period: period as string,
          party_kind: party?.kind ?? row?.party_kind ?? '',
          party_code: party?.code ?? row?.party_code ?? '',
          ...added(row, lines, mine),
        }
      },
    ),
  ],
})

export const axisBalance = ledgerTable({
  name: 'axis_period',
  comment: 'Movements of each account in each month by the value of an analytic axis',
  columns: {
    entity_id: column.uuid('Legal entity'),
    axis: column.text('Name of the axis'),
    value: column.text('Value on the axis'),
    account: column.text('Account'),
    period: column.text('Month of the posting day, YYYY-MM'),
    ...sums,
  },
  key: ['entity_id', 'axis', 'value', 'period', 'account'],
  measures: ['debit', 'credit'],
  on: on => [
    on(
      entryEvents,
      (e: EntryEvent) => {
        const posted = postedEntry(e)
        if (!posted) return []
        const period = monthOf(posted.posting.postingDay)
        const keys = new Map<
          string,
          { entity_id: string; axis: string; value: string; account: string; period: string }
        >()
        for (const { account, axes } of posted.entry.lines)
          for (const [axis, value] of Object.entries(axes ?? {}))
            keys.set(`${axis}\n${value}\n${account}`, {
              entity_id: posted.entry.entityId,
              axis,
              value,
              account,
              period,
            })
        return [...keys.values()]
      },
      (row, e, { entity_id, axis, value, account, period }) => ({
        entity_id: entity_id as string,
        axis: axis as string,
        value: value as string,
        account: account as string,
        period: period as string,
        ...added(
          row,
          postedEntry(e)?.entry.lines ?? [],
          l => l.account === account && l.axes?.[axis as string] === value,
        ),
      }),
    ),
  ],
})
