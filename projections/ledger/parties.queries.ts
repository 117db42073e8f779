import { FIRST_PLACE, readCodeCursor, writeCodeCursor } from '../code-cursor.ts'
import { schemaOf } from '../definition.ts'
import { letteredDocuments } from '../invoicing/lettering.queries.ts'
import type { LetteredDocument } from '../invoicing/lettering.queries.ts'
import { checkedLimit } from '../lists.ts'
import type { Queryable } from '../lists.ts'
import { partyPage } from './accounts.queries.ts'
import type { LedgerLine, LedgerPage, LedgerPageRequest } from './accounts.queries.ts'
import { ledger } from './ledger.ts'

/** The subsidiary ledger: what stands on the accounts of each third party. */

const SCHEMA = schemaOf(ledger)

interface Balance {
  readonly opening: bigint
  readonly debit: bigint
  readonly credit: bigint
  readonly closing: bigint
}

/** One third party on one account. Opening and closing: debit positive, credit negative, minor units. */
export interface PartyBalance extends Balance {
  readonly partyId: string
  readonly partyCode: string
  readonly partyKind: string
  readonly account: string
}

export interface PartyBalances extends Balance {
  readonly rows: readonly PartyBalance[]
  readonly next: string | undefined
}

export interface PartyBalancesRequest {
  readonly entityId: string
  /** First and last month, inclusive. */
  readonly from: string
  readonly to: string
  readonly account?: string
  /** As it stood behind this ordinal of the log. */
  readonly asOf?: number
  readonly limit?: number
  readonly cursor?: string
}

/** Movements by month: from the balances; as of an ordinal, which is $9, from the lines themselves. */
const MOVEMENTS = {
  now: `${SCHEMA}.party_period`,
  asOf: `(select entity_id, party_id, account, party_kind, party_code, to_char(posted_on, 'YYYY-MM') as period,
      greatest(amount, 0) as debit, greatest(-amount, 0) as credit
    from ${SCHEMA}.entry_line where entity_id = $1 and party_id is not null and ordinal <= $9::bigint) m`,
} as const

/** Third parties that moved, or still had something open, with the code of their last month. */
const statementOf = (movements: string): string => `
  with party as (
    select party_id, account, max(party_kind) kind, (array_agg(party_code order by period desc))[1] code,
      coalesce(sum(debit - credit) filter (where period < $2), 0) opening,
      coalesce(sum(debit) filter (where period >= $2), 0) debit,
      coalesce(sum(credit) filter (where period >= $2), 0) credit
    from ${movements}
    where entity_id = $1 and period <= $3 and ($4::text is null or account = $4)
    group by party_id, account),
  shown as (select * from party where opening <> 0 or debit <> 0 or credit <> 0),
  total as (
    select coalesce(sum(opening), 0) opening, coalesce(sum(debit), 0) debit, coalesce(sum(credit), 0) credit
    from shown)
  select total.opening::text, total.debit::text, total.credit::text,
    p.party_id::text, p.code, p.kind, p.account, p.opening::text, p.debit::text, p.credit::text
  from total left join lateral (
    select * from shown where (code, party_id, account) > ($5::text, $6::uuid, $7::text)
    order by code, party_id, account limit $8::int) p on true
  order by p.code, p.party_id, p.account`

const balanceOf = (texts: readonly (string | null)[]): Balance => {
  const [opening = 0n, debit = 0n, credit = 0n] = texts.map(text => BigInt(text ?? 0))
  return { opening, debit, credit, closing: opening + debit - credit }
}

/**
 * Balances of third parties in the order of their codes, a page at a time, with the sums of all.
 * @throws BadListRequest
 */
export const partyBalances = async (db: Queryable, request: PartyBalancesRequest): Promise<PartyBalances> => {
  const { entityId, from, to, account = null, asOf, limit = 50, cursor } = request
  const source = asOf === undefined ? 'now' : 'asOf'
  checkedLimit(limit)
  const behind = cursor === undefined ? FIRST_PLACE : readCodeCursor(cursor)
  const { rows } = await db.query<(string | null)[]>({
    name: `party-balances-${source}`,
    text: statementOf(MOVEMENTS[source]),
    values: [entityId, from, to, account, ...behind, limit + 1, ...(asOf === undefined ? [] : [asOf])],
    rowMode: 'array',
  })
  const page = rows
    .slice(0, limit)
    .flatMap(([, , , id, code, kind, on, ...texts]): readonly PartyBalance[] =>
      id
        ? [
            {
              partyId: id,
              partyCode: code ?? '',
              partyKind: kind ?? '',
              account: on ?? '',
              ...balanceOf(texts),
            },
          ]
        : [],
    )
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    rows: page,
    next: last && writeCodeCursor([last.partyCode, last.partyId, last.account]),
    ...balanceOf(rows[0]?.slice(0, 3) ?? []),
  }
}

/** A line with the document it stands for: only documents are allocated and lettered. */
export interface PartyLine extends LedgerLine {
  readonly document: LetteredDocument | null
}

export interface LetteredPage extends Omit<LedgerPage, 'lines'> {
  readonly lines: readonly PartyLine[]
}

const PAYMENT = 'payment-'
/** Documents get their numbers on the streams of registrars. */
const REGISTER = 'invoiceRegister-'

const documentOf = (documents: readonly LetteredDocument[]) => {
  const payments = new Map(documents.map(document => [`${PAYMENT}${document.documentId}`, document]))
  const numbered = new Map(
    documents.filter(({ kind }) => kind !== 'payment').map(document => [document.reference, document]),
  )
  return ({ stream, documentReference }: LedgerLine): LetteredDocument | undefined =>
    stream.startsWith(REGISTER) ? numbered.get(documentReference) : payments.get(stream)
}

/**
 * One third party line by line, each with what is left of its document and the code it is lettered with.
 * @throws BadListRequest
 */
export const letteredPartyPage = async (
  db: Queryable,
  request: LedgerPageRequest & { readonly partyId: string; readonly account?: string },
): Promise<LetteredPage> => {
  const [page, documents] = await Promise.all([partyPage(db, request), letteredDocuments(db, request)])
  const find = documentOf(documents)
  return { ...page, lines: page.lines.map(line => ({ ...line, document: find(line) ?? null })) }
}
