import { Day } from '../../domain/shared/values.ts'
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
  filters: ['entity_id', 'kind'],
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
})

export const entryLineList = defineList({
  projection: ledger,
  table: lineTable,
  filters: ['ordinal', 'entity_id', 'account', 'party_id'],
  ranges: ['posted_on', 'amount', 'ordinal'],
  sorts: ['ordinal', 'posted_on'],
  defaultSort: { by: 'ordinal', direction: 'asc' },
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
  filters: ['entity_id', 'state', 'journal', 'drafted_by'],
  ranges: ['accounting_date', 'changed_at'],
  sorts: ['accounting_date', 'changed_at'],
  defaultSort: { by: 'accounting_date', direction: 'desc' },
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
  /** 1 to 500; 50 when absent. */
  readonly limit?: number
  readonly cursor?: string
}

interface PlaceInPage {
  readonly postedOn: string
  readonly ordinal: string
  readonly line: string
  readonly balance: bigint
}

const LINES = (match: string): string => `
  select l.ordinal::text, l.line::text, l.account, to_char(l.posted_on, 'YYYY-MM-DD'), e.journal, e.number::text,
    e.document_reference, l.label, l.party_id::text, l.party_code, to_char(l.due_on, 'YYYY-MM-DD'),
    e.moved::text, l.amount::text
  from ${SCHEMA}.entry_line l join ${SCHEMA}.entry e on e.ordinal = l.ordinal
  where l.entity_id = $1::uuid and ${match}
    and l.posted_on <= $4::date and (l.posted_on, l.ordinal, l.line) > ($5::date, $6::bigint, $7::int)
  order by l.posted_on, l.ordinal, l.line limit $3`

const OPENING = `
  select coalesce(sum(debit - credit), 0)::text from ${SCHEMA}.account_day
  where entity_id = $1::uuid and account = $2 and posted_on < $3::date and posted_on >= $4::date`

const PARTY_OPENING = `
  select coalesce(sum(amount), 0)::text from ${SCHEMA}.entry_line
  where entity_id = $1::uuid and party_id = $2::uuid and ($4::text is null or account = $4)
    and posted_on < $3::date`

const BEGINNING = '0001-01-01'

/** The sum an opening begins with: the whole past, or the year for accounts that begin again with it. */
const accountOpening = async (
  db: Queryable,
  { entityId, from }: LedgerPageRequest,
  account: string,
): Promise<bigint> => {
  const since = account < '6' ? BEGINNING : `${await yearStartOf(db, entityId, from.slice(0, 7))}-01`
  const { rows } = await db.query<[string]>({
    name: 'account-opening',
    text: OPENING,
    values: [entityId, account, from, since],
    rowMode: 'array',
  })
  return BigInt(rows[0]?.[0] ?? 0)
}

/**
 * One account line by line, with its running balance.
 * @throws BadListRequest
 */
export const accountPage = async (
  db: Queryable,
  request: LedgerPageRequest & { readonly account: string },
): Promise<LedgerPage> => {
  const place = await startOf(request, () => accountOpening(db, request, request.account))
  return linesFrom(db, request, place, {
    name: 'account-page',
    text: LINES('l.account = $2'),
    what: request.account,
  })
}

/**
 * One third party line by line, on one of its accounts or on all, with its running balance.
 * @throws BadListRequest
 */
export const partyPage = async (
  db: Queryable,
  request: LedgerPageRequest & { readonly partyId: string; readonly account?: string },
): Promise<LedgerPage> => {
  const { entityId, partyId, account = null, from } = request
  const place = await startOf(request, async () => {
    const values = [entityId, partyId, from, account]
    const { rows } = await db.query<[string]>({
      name: 'party-opening',
      text: PARTY_OPENING,
      values,
      rowMode: 'array',
    })
    return BigInt(rows[0]?.[0] ?? 0)
  })
  const match = 'l.party_id = $2::uuid and ($8::text is null or l.account = $8)'
  return linesFrom(db, request, place, {
    name: 'party-page',
    text: LINES(match),
    what: partyId,
    more: [account],
  })
}

const startOf = async (
  { from, cursor, limit = 50 }: LedgerPageRequest,
  opening: () => Promise<bigint>,
): Promise<PlaceInPage> => {
  checkedLimit(limit)
  if (cursor !== undefined) return readPlace(cursor)
  return { postedOn: from, ordinal: '0', line: '0', balance: await opening() }
}

const linesFrom = async (
  db: Queryable,
  { entityId, to, limit = 50 }: LedgerPageRequest,
  place: PlaceInPage,
  statement: { name: string; text: string; what: string; more?: readonly unknown[] },
): Promise<LedgerPage> => {
  const { rows } = await db.query<(string | null)[]>({
    name: statement.name,
    text: statement.text,
    values: [
      entityId,
      statement.what,
      limit + 1,
      to,
      place.postedOn,
      place.ordinal,
      place.line,
      ...(statement.more ?? []),
    ],
    rowMode: 'array',
  })
  let { balance } = place
  const lines = rows.slice(0, limit).map(texts => {
    const line = lineOf(texts, balance)
    balance = line.balance
    return line
  })
  const last = rows.length > limit ? lines.at(-1) : undefined
  return { opening: place.balance, lines, next: last && writePlace(last) }
}

const lineOf = (texts: readonly (string | null)[], before: bigint): LedgerLine => {
  const text = (i: number): string => texts[i] ?? ''
  const amount = BigInt(text(12))
  return {
    ordinal: Number(text(0)),
    line: Number(text(1)),
    account: text(2),
    postedOn: text(3),
    journal: text(4),
    number: Number(text(5)),
    documentReference: text(6),
    label: text(7),
    partyId: texts[8] ?? null,
    partyCode: texts[9] ?? null,
    dueOn: texts[10] ?? null,
    moved: text(11) === 'true',
    amount,
    balance: before + amount,
  }
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
