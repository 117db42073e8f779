import { Day } from '../../domain/shared/values.ts'
import { entityName } from '../organisation/organisation.queries.ts'
import { schemaOf } from '../definition.ts'
import { badCursor, checkedLimit, defineList, defineLookup } from '../lists.ts'
import type { Queryable } from '../lists.ts'
import { accountTable, chart, journalTable } from './chart.ts'
import { entryTable, lineTable } from './entries.ts'
import { ledger } from './ledger.ts'
import { manualEntries, manualEntryTable } from './manual-entries.ts'
import { lockTable, periodTable } from './periods.ts'
import { yearStartOf } from './trial-balance.queries.ts'

export const accountList = defineList({
  projection: chart,
  table: accountTable,
  filters: ['entity_id', 'account', 'auxiliary', 'opened', 'closed', 'lettering'],
  ranges: ['account'],
  sorts: ['account', 'label'],
  defaultSort: { by: 'account', direction: 'asc' },
})

export const journalList = defineList({
  projection: chart,
  table: journalTable,
  filters: ['entity_id', 'journal', 'kind'],
  ranges: [],
  sorts: ['journal'],
  defaultSort: { by: 'journal', direction: 'asc' },
})

export const entryList = defineList({
  projection: ledger,
  table: entryTable,
  filters: [
    'entity_id',
    'journal',
    'fiscal_year',
    'moved',
    'rule',
    'document_reference',
    'event_id',
    'number',
  ],
  ranges: ['posted_on', 'accounting_date', 'total', 'number'],
  sorts: ['posted_on', 'number', 'total', 'ordinal'],
  defaultSort: { by: 'posted_on', direction: 'desc' },
  groups: ['journal', 'posted_on', 'fiscal_year', 'rule', 'entity_id'],
  sums: ['total'],
  names: { entity_id: entityName },
})

export const entryLineList = defineList({
  projection: ledger,
  table: lineTable,
  filters: ['ordinal', 'entity_id', 'account', 'party_id'],
  ranges: ['posted_on', 'amount', 'ordinal'],
  sorts: ['ordinal', 'posted_on'],
  defaultSort: { by: 'ordinal', direction: 'asc' },
  groups: ['account', 'posted_on', 'entity_id'],
})

export const periodList = defineList({
  projection: ledger,
  table: periodTable,
  filters: ['entity_id', 'state', 'agrees'],
  ranges: ['period'],
  sorts: ['period'],
  defaultSort: { by: 'period', direction: 'desc' },
})

export const journalLockList = defineList({
  projection: ledger,
  table: lockTable,
  filters: ['entity_id', 'period', 'journal', 'locked_by'],
  ranges: ['period'],
  sorts: ['period', 'journal'],
  defaultSort: { by: 'period', direction: 'desc' },
})

export const manualEntryList = defineList({
  projection: manualEntries,
  table: manualEntryTable,
  filters: ['entry_id', 'entity_id', 'state', 'journal', 'drafted_by'],
  ranges: ['accounting_date', 'changed_at'],
  sorts: ['accounting_date', 'changed_at'],
  defaultSort: { by: 'accounting_date', direction: 'desc' },
  groups: ['state', 'journal', 'accounting_date', 'entity_id'],
})

/** By the entry's id. */
export const findManualEntry = defineLookup(manualEntries, manualEntryTable)
/** By the ordinal of its event. */
export const findEntry = defineLookup(ledger, entryTable)

const SCHEMA = schemaOf(ledger)

/** A line of an account or third-party page. Amounts: debit positive, credit negative, minor units. */
export interface LedgerLine {
  readonly ordinal: number
  readonly line: number
  readonly account: string
  readonly postedOn: string
  readonly journal: string
  readonly number: number
  readonly documentReference: string
  readonly label: string
  readonly partyId: string | null
  readonly partyCode: string | null
  readonly dueOn: string | null
  readonly moved: boolean
  readonly amount: bigint
  /** Opening and all lines up to this one. */
  readonly balance: bigint
  /** Stream of the event that carries its entry. */
  readonly stream: string
}

export interface LedgerPage {
  /** Balance before the first line of the page. */
  readonly opening: bigint
  readonly lines: readonly LedgerLine[]
  readonly next: string | undefined
}

export interface LedgerPageRequest {
  readonly entityId: string
  /** First and last posting day, inclusive. */
  readonly from: string
  readonly to: string
  /** As it stood behind this ordinal of the log. */
  readonly asOf?: number
  /** 1 to 500; 50 when absent. */
  readonly limit?: number
  readonly cursor?: string
}

/** Where a page begins: behind which line; its opening where that is known already. */
interface PlaceInPage {
  readonly postedOn: string
  readonly ordinal: string
  readonly line: string
  readonly balance?: bigint
}

/**
 * Which lines a page shows, and what stood before them: SQL over $1, the entity, and its own parameters, $7 and $8. As of
 * an ordinal, which is $10, the opening is that of the lines up to there.
 */
interface Shown {
  readonly name: string
  readonly match: string
  readonly opening: string
  readonly values: readonly (string | null)[]
}

/**
 * Opening and lines in one row: the opening, $9 where the page before told it, and the lines as JSON that PostgreSQL
 * writes, which is read at once. To take 50 lines out of the protocol value by value cost more than the rest of a page.
 */
const statementOf = ({ match, opening }: Shown, upTo: string): string => `
  select coalesce($9::bigint, (${opening}), 0)::text, (
    select coalesce(json_agg(page), '[]')::text from (
      select l.ordinal, l.line, l.account, l.posted_on as "postedOn", e.journal, e.number,
        e.document_reference as "documentReference", l.label, l.party_id as "partyId", l.party_code as "partyCode",
        l.due_on as "dueOn", e.moved, l.amount, e.stream
      from ${SCHEMA}.entry_line l join ${SCHEMA}.entry e on e.ordinal = l.ordinal
      where l.entity_id = $1::uuid and ${match} ${upTo}
        and l.posted_on <= $2::date and (l.posted_on, l.ordinal, l.line) > ($3::date, $4::bigint, $5::int)
      order by l.posted_on, l.ordinal, l.line limit $6::int) page)`

/** Lines known behind the event of an ordinal: the ledger only ever grows. */
const UP_TO = 'and ordinal <= $10::bigint'

const BEGINNING = '0001-01-01'

/**
 * One account line by line, with its running balance.
 * @throws BadListRequest
 */
export const accountPage = async (
  db: Queryable,
  request: LedgerPageRequest & { readonly account: string },
): Promise<LedgerPage> => {
  const { entityId, account, from, asOf } = request
  // What an opening adds up: the whole past, or the year for accounts that begin again with it.
  const since = account < '6' ? BEGINNING : `${await yearStartOf(db, entityId, from.slice(0, 7))}-01`
  return pageOf(db, request, {
    name: 'account-page',
    match: 'l.account = $7',
    opening:
      asOf === undefined
        ? `select sum(debit - credit) from ${SCHEMA}.account_day
           where entity_id = $1::uuid and account = $7 and posted_on < $3::date and posted_on >= $8::date`
        : `select sum(amount) from ${SCHEMA}.entry_line
           where entity_id = $1::uuid and account = $7 and posted_on < $3::date and posted_on >= $8::date ${UP_TO}`,
    values: [account, since],
  })
}

/**
 * One third party line by line, on one of its accounts or on all, with its running balance.
 * @throws BadListRequest
 */
export const partyPage = (
  db: Queryable,
  request: LedgerPageRequest & { readonly partyId: string; readonly account?: string },
): Promise<LedgerPage> =>
  pageOf(db, request, {
    name: 'party-page',
    match: 'l.party_id = $7::uuid and ($8::text is null or l.account = $8)',
    opening: `select sum(amount) from ${SCHEMA}.entry_line
      where entity_id = $1::uuid and party_id = $7::uuid and ($8::text is null or account = $8)
        and posted_on < $3::date ${request.asOf === undefined ? '' : UP_TO}`,
    values: [request.partyId, request.account ?? null],
  })

const pageOf = async (
  db: Queryable,
  { entityId, from, to, cursor, asOf, limit = 50 }: LedgerPageRequest,
  shown: Shown,
): Promise<LedgerPage> => {
  checkedLimit(limit)
  const place: PlaceInPage =
    cursor === undefined ? { postedOn: from, ordinal: '0', line: '0' } : readPlace(cursor)
  const { rows } = await db.query<[string, string]>({
    name: asOf === undefined ? shown.name : `${shown.name}-as-of`,
    text: statementOf(shown, asOf === undefined ? '' : 'and l.ordinal <= $10::bigint'),
    values: [
      ...[entityId, to, place.postedOn, place.ordinal, place.line, limit + 1],
      ...shown.values,
      place.balance?.toString() ?? null,
      ...(asOf === undefined ? [] : [asOf]),
    ],
    rowMode: 'array',
  })
  const [sum, json] = rows[0] ?? ['0', '[]']
  const opening = BigInt(sum)
  const found = JSON.parse(json) as readonly WrittenLine[]
  const lines = withBalances(opening, found.slice(0, limit))
  const last = found.length > limit ? lines.at(-1) : undefined
  return { opening, lines, next: last && writePlace(last) }
}

/** As PostgreSQL writes it: an amount is a safe integer (PROTOCOL 7), which the sum of many need not be. */
type WrittenLine = Omit<LedgerLine, 'amount' | 'balance'> & { readonly amount: number }

const withBalances = (opening: bigint, lines: readonly WrittenLine[]): readonly LedgerLine[] => {
  let balance = opening
  return lines.map(({ stream, ...line }) => {
    const amount = BigInt(line.amount)
    balance += amount
    return { ...line, amount, balance, stream }
  })
}

const writePlace = (line: LedgerLine): string =>
  Buffer.from(
    JSON.stringify([line.postedOn, String(line.ordinal), String(line.line), String(line.balance)]),
  ).toString('base64url')

const PLACE = [/^\d{1,15}$/, /^\d{1,4}$/, /^-?\d{1,30}$/] as const

const readPlace = (cursor: string): PlaceInPage => {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown
    if (Array.isArray(parts) && parts.every(p => typeof p === 'string')) {
      const [postedOn = '', ordinal = '', line = '', balance = ''] = parts
      const counts = [ordinal, line, balance].every((text, i) => PLACE[i]?.test(text))
      if (!counts || !Day.safeParse(postedOn).success) throw badCursor()
      return { postedOn, ordinal, line, balance: BigInt(balance) }
    }
  } catch {
    // Told below.
  }
  throw badCursor()
}
